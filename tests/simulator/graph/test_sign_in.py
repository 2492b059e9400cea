"""The identity platform: discovery and tokens ("OAuth 2.0 client credentials flow")."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
import jwt
import msal
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.clock import FakeClock
from tests.simulator.graph.caller import Caller, error_of
from vfadmin.simulator import FaultRule, GraphConfig, MailboxSpec, Simulator, SimulatorConfig
from vfadmin.simulator.graph.aadsts import EntraError
from vfadmin.simulator.graph.assertion import Certificates

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SCOPE = "https://graph.microsoft.com/.default"


@pytest.fixture(scope="session")
def certificate() -> tuple[str, str]:
    """A private key and its certificate (PEM)."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "vfadmin")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    return private.decode(), made.public_bytes(serialization.Encoding.PEM).decode()


@pytest.fixture(scope="module")
def _real_time() -> Iterator[Simulator]:
    """A server by the wall clock, which msal's assertions go by."""
    with Simulator(SimulatorConfig(mailboxes=(MailboxSpec("a@example.test"),), protocol="graph")) as sim:
        yield sim


@pytest.fixture
def timely(_real_time: Simulator) -> Simulator:
    _real_time.reset()
    return _real_time


@pytest.fixture
def web(timely: Simulator) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(timely.ca_file)
        yield session


def application(sim: Simulator, session: requests.Session, credential: Any, **options: Any) -> Any:
    options = {"authority": sim.authority, "instance_discovery": False} | options
    return msal.ConfidentialClientApplication(
        sim.config.graph.client_id, client_credential=credential, http_client=session, **options
    )


def test_msal_signs_in_with_a_secret(timely: Simulator, web: requests.Session) -> None:
    answer = application(timely, web, timely.client_secret).acquire_token_for_client([SCOPE])

    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3599)
    user = web.get(
        f"{timely.graph_url}/users/a@example.test",
        headers={"Authorization": f"Bearer {answer['access_token']}"},
        timeout=30,
    )
    assert user.json()["mail"] == "a@example.test"


@pytest.mark.parametrize(
    "options",
    [
        {"authority": None, "oidc_authority": "{authority}/v2.0", "instance_discovery": None},
        {"instance_discovery": "{base}/common/discovery/instance"},
    ],
)
def test_msal_finds_the_tenant_in_other_ways_too(
    timely: Simulator, web: requests.Session, options: dict[str, Any]
) -> None:
    places = {"authority": timely.authority, "base": timely.base_url}
    options = {name: text and text.format(**places) for name, text in options.items()}

    answer = application(timely, web, timely.client_secret, **options).acquire_token_for_client([SCOPE])

    assert "access_token" in answer, answer


@pytest.mark.parametrize("newer", [True, False])
def test_msal_signs_in_with_a_certificate(
    timely: Simulator, web: requests.Session, certificate: tuple[str, str], *, newer: bool
) -> None:
    private, public = certificate
    der = x509.load_pem_x509_certificate(public.encode()).public_bytes(serialization.Encoding.DER)
    # With the certificate msal signs PS256 and names it by SHA-256, with a thumbprint alone the old way.
    way = (
        {"public_certificate": public}
        if newer
        else {"thumbprint": hashlib.sha1(der, usedforsecurity=False).hexdigest()}
    )
    timely.register_certificate(public.encode())

    answer = application(timely, web, {"private_key": private, **way}).acquire_token_for_client([SCOPE])

    assert "access_token" in answer, answer
    assert claims(answer["access_token"])["appidacr"] == "2"


def test_a_certificate_nobody_registered_is_700027(
    web: requests.Session, certificate: tuple[str, str]
) -> None:
    with Simulator(SimulatorConfig(protocol="graph")) as other:
        web.verify = str(other.ca_file)
        private, public = certificate
        credential = {"private_key": private, "public_certificate": public}

        answer = application(other, web, credential).acquire_token_for_client([SCOPE])

    assert (answer["error"], answer["error_codes"]) == ("invalid_client", [700027])


@pytest.mark.parametrize(
    ("claims_changed", "head", "number"),
    [
        ({}, {}, None),
        ({"aud": "https://login.microsoftonline.com/x/oauth2/v2.0/token"}, {}, 700023),
        ({"iss": "somebody"}, {}, 700021),
        ({"sub": "somebody"}, {}, 700021),
        ({"exp": 1_000_000_000}, {}, 700024),
        ({"nbf": 9_000_000_000}, {}, 700024),
        ({"exp": "soon"}, {}, 50027),
        ({}, {"x5t": "AAAA"}, 700027),
        ({}, {"alg": "RS512"}, 700027),
    ],
)
def test_an_assertion_is_checked_in_every_part(
    clock: FakeClock, certificate: tuple[str, str], claims_changed: dict[str, Any], head: dict[str, str],
    number: int | None,
) -> None:  # fmt: skip
    private, public = certificate
    der = x509.load_pem_x509_certificate(public.encode()).public_bytes(serialization.Encoding.DER)
    thumbprint = base64.urlsafe_b64encode(hashlib.sha1(der, usedforsecurity=False).digest()).decode()
    config = GraphConfig(certificates=(public.encode(),))
    moment = int(clock().timestamp())
    with (
        Simulator(SimulatorConfig(protocol="graph", graph=config, clock=clock)) as sim,
        Caller(sim) as caller,
    ):
        value = {
            "aud": f"{sim.authority}/oauth2/v2.0/token", "iss": config.client_id, "sub": config.client_id,
            "nbf": moment - 60, "exp": moment + 600,
        } | claims_changed  # fmt: skip
        headers = {"x5t": thumbprint.rstrip("=")} | head
        assertion = jwt.encode(value, private, headers.get("alg", "RS256"), headers=headers)
        form = {"client_secret": "", "client_assertion": assertion, "client_assertion_type": ASSERTION}
        answer = caller.sign_in(**form).json()

    assert answer.get("error_codes") == (None if number is None else [number]), answer


@pytest.mark.parametrize("year", [2019, 2100])
def test_a_certificate_outside_its_time_is_700027(certificate: tuple[str, str], year: int) -> None:
    certificates = Certificates()
    certificates.register(certificate[1].encode())
    now = datetime(year, 1, 1, tzinfo=UTC)
    der = x509.load_pem_x509_certificate(certificate[1].encode()).public_bytes(serialization.Encoding.DER)
    name = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).decode().rstrip("=")
    value = {"aud": "x", "iss": "c", "sub": "c", "exp": int(now.timestamp()) + 60}
    assertion = jwt.encode(value, certificate[0], "PS256", headers={"x5t#S256": name})

    with pytest.raises(EntraError, match=r"AADSTS700027: The certificate .* is expired"):
        certificates.verify(assertion, "c", ("x",), now)


def test_a_certificate_is_registered_at_the_control_address(
    timely: Simulator, web: requests.Session, certificate: tuple[str, str]
) -> None:
    put = web.put(f"{timely.control_url}/certificates", certificate[1], timeout=30)
    none = web.put(f"{timely.control_url}/certificates", "no certificate", timeout=30)

    assert (put.status_code, none.status_code) == (204, 400)


def claims(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    return cast("dict[str, Any]", json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))))


def test_a_token_carries_an_applications_claims(graph: Caller) -> None:
    config = graph.simulator.config.graph

    found = claims(graph.sign_in().json()["access_token"])

    assert found["aud"] == "https://graph.microsoft.com"
    assert (found["appid"], found["tid"]) == (config.client_id, config.tenant)
    assert found["roles"] == ["Calendars.ReadWrite", "MailboxSettings.Read", "User.Read.All"]


@pytest.mark.parametrize(
    ("form", "status", "error", "number"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client", 7000215),
        ({"client_secret": ""}, 401, "invalid_client", 7000218),
        ({"client_id": "00000000-0000-0000-0000-000000000000"}, 400, "unauthorized_client", 700016),
        ({"client_id": ""}, 400, "invalid_request", 900144),
        ({"scope": "User.Read"}, 400, "invalid_scope", 1002012),
        ({"scope": "https://other.example/.default"}, 400, "invalid_resource", 500011),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
        ({"client_assertion": "a.b.c", "client_assertion_type": ASSERTION}, 401, "invalid_request", 50027),
    ],
)  # fmt: skip
def test_a_refused_token_says_why(
    graph: Caller, form: dict[str, str], status: int, error: str, number: int
) -> None:
    response = graph.sign_in(**form)

    value = response.json()
    assert (response.status_code, value["error"], value["error_codes"]) == (status, error, [number])
    assert value["error_description"].startswith(f"AADSTS{number}: ")


def test_an_unknown_tenant_is_90002(graph: Caller) -> None:
    url = f"{graph.simulator.base_url}/nobody.example/v2.0/.well-known/openid-configuration"

    response = graph.http.get(url)

    assert (response.status_code, response.json()["error_codes"]) == (400, [90002])


def test_a_tenant_goes_by_its_domain_too(graph: Caller) -> None:
    url = f"{graph.simulator.base_url}/example.test/v2.0/.well-known/openid-configuration"

    assert graph.http.get(url).json()["token_endpoint"].endswith("/example.test/oauth2/v2.0/token")


@pytest.mark.parametrize(
    ("config", "number"),
    [
        (GraphConfig(secret_expires=datetime(2026, 1, 1, tzinfo=UTC)), 7000222),
        (GraphConfig(roles=()), 650056),
    ],
)
def test_an_expired_secret_and_a_missing_consent_are_refused(
    clock: FakeClock, config: GraphConfig, number: int
) -> None:
    with (
        Simulator(SimulatorConfig(protocol="graph", graph=config, clock=clock)) as sim,
        Caller(sim) as caller,
    ):
        assert caller.sign_in().json()["error_codes"] == [number]


def test_conditional_access_is_a_fault(graph: Caller) -> None:
    graph.simulator.set_faults([FaultRule(operation="GraphToken", code="AADSTS53003")])

    refused, after = graph.sign_in(), graph.sign_in()

    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
    assert refused.json()["error_codes"] == [53003]
    assert after.status_code == 200


# --- what Graph makes of a token


def _other_audience(caller: Caller) -> str:
    answer = caller.sign_in(scope="https://outlook.office365.com/.default")
    return f"Bearer {answer.json()['access_token']}"


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (lambda _: "", "empty"),
        (lambda _: "Bearer nonsense", "IDX14100"),
        (lambda _: "Bearer a.b.c", "80049217"),
        (lambda caller: f"{caller.headers['Authorization']}A", "Signature"),
        (_other_audience, "audience"),
    ],
)
def test_a_token_that_is_none_is_refused_with_401(
    graph: Caller, header: Callable[[Caller], str], part: str
) -> None:
    response = graph.call("GET", "events", Authorization=header(graph))

    assert error_of(response) == (401, "InvalidAuthenticationToken")
    assert part in response.json()["error"]["message"]
    assert response.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a_token_expires(clock: FakeClock) -> None:
    config = SimulatorConfig(
        mailboxes=(MailboxSpec("a@example.test"),), clock=FakeClock(clock.now), protocol="graph",
        graph=GraphConfig(token_lifetime_s=60),
    )  # fmt: skip
    with Simulator(config) as sim, Caller(sim) as caller:
        caller.sign_in()
        assert caller.call("GET", "events").status_code == 200
        cast("FakeClock", config.clock).advance(timedelta(seconds=60))

        late = caller.call("GET", "events")

    assert error_of(late) == (401, "InvalidAuthenticationToken")
    assert "expired" in late.json()["error"]["message"]


def test_permissions_are_checked(clock: FakeClock) -> None:
    config = SimulatorConfig(
        mailboxes=(MailboxSpec("a@example.test"),), clock=clock, protocol="graph",
        graph=GraphConfig(roles=("Calendars.Read",)),
    )  # fmt: skip
    with Simulator(config) as sim, Caller(sim) as caller:
        caller.sign_in()
        read, written, settings, user, translated = (
            caller.call("GET", "events"),
            caller.call("POST", "events", {}),
            caller.call("GET", "mailboxSettings"),
            caller.call("GET", ""),
            caller.call("POST", "translateExchangeIds", {}),
        )

    assert read.status_code == 200
    assert error_of(written) == error_of(settings) == error_of(translated) == (403, "ErrorAccessDenied")
    assert error_of(user) == (403, "Authorization_RequestDenied")


def test_a_secret_may_come_in_the_header(graph: Caller) -> None:
    config = graph.simulator.config.graph
    url = f"{graph.simulator.authority}/oauth2/v2.0/token"

    response = graph.http.post(
        url,
        data={"grant_type": "client_credentials", "scope": SCOPE},
        auth=httpx.BasicAuth(config.client_id, graph.simulator.client_secret),
    )

    assert response.status_code == 200
