"""The identity platform before Graph: discovery, and tokens for an application.

"OAuth 2.0 client credentials flow on the Microsoft identity platform", "OpenID Connect on the Microsoft
identity platform".
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import uuid
from urllib.parse import parse_qs, quote, unquote, urlsplit

from vfadmin.simulator.config import GraphConfig
from vfadmin.simulator.graph.aadsts import EntraError, json_response, refusal
from vfadmin.simulator.graph.assertion import Certificates
from vfadmin.simulator.graph.tokens import GRAPH_APP, GRAPH_AUDIENCE, Application, claims_of, issue
from vfadmin.simulator.http_values import HttpRequest, HttpResponse
from vfadmin.simulator.store import Store

_TOKEN = re.compile(r"/([^/]+)/oauth2(/v2\.0)?/token", re.IGNORECASE)
_DISCOVERY = re.compile(r"/([^/]+)(?:/v2\.0)?/\.well-known/openid-configuration", re.IGNORECASE)
_KEYS = re.compile(r"/([^/]+)/discovery(?:/v2\.0)?/keys", re.IGNORECASE)
_INSTANCE = "/common/discovery/instance"
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_OTHER_RESOURCES = frozenset(("https://outlook.office365.com", "https://outlook.office.com"))


class Entra:
    """Signs applications in. `origin` is the scheme and host that a request came to."""

    def __init__(self, store: Store, config: GraphConfig, secret: str) -> None:
        self.certificates = Certificates()
        for pem in config.certificates:
            self.certificates.register(pem)
        self._store = store
        self._config = config
        self.roles = frozenset(config.roles)
        self._secret = secret

    @staticmethod
    def operation(path: str) -> str | None:
        """What a path asks of the platform; None where it is not for it."""
        if _TOKEN.fullmatch(path):
            return "GraphToken"
        known = path.lower() == _INSTANCE or _DISCOVERY.fullmatch(path) or _KEYS.fullmatch(path)
        return "GraphDiscovery" if known else None

    def handle(self, request: HttpRequest, path: str, origin: str) -> HttpResponse:
        """Answer one request."""
        correlation = request.headers.get("client-request-id") or str(uuid.uuid4())
        try:
            return self._answer(request, path, origin)
        except EntraError as error:
            return self.refuse(error, origin, correlation)

    def refuse(self, error: EntraError, origin: str, correlation: str = "") -> HttpResponse:
        """The answer that carries an error."""
        return refusal(error, self._store.clock(), origin, correlation or str(uuid.uuid4()))

    def _answer(self, request: HttpRequest, path: str, origin: str) -> HttpResponse:
        if match := _TOKEN.fullmatch(path):
            if request.method != "POST":
                raise EntraError(900561, "The endpoint only accepts POST requests.", status=405)
            self._check_tenant(match[1])
            return self._token(request, origin)
        if path.lower() == _INSTANCE:
            return self._instance(request, origin)
        match = _DISCOVERY.fullmatch(path) or _KEYS.fullmatch(path)
        assert match is not None  # noqa: S101 (the caller asked `operation`)
        self._check_tenant(match[1])
        if _KEYS.fullmatch(path):
            return json_response(200, {"keys": []})
        return json_response(200, self._discovery(match[1], origin))

    # --- discovery

    def _discovery(self, tenant: str, origin: str) -> dict[str, object]:
        base = f"{origin}/{tenant}"
        return {
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "token_endpoint_auth_methods_supported": [
                "client_secret_post", "private_key_jwt", "client_secret_basic",
            ],
            "jwks_uri": f"{base}/discovery/v2.0/keys",
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "issuer": f"{origin}/{self._config.tenant}/v2.0",
            "request_uri_parameter_supported": False,
            "userinfo_endpoint": f"{GRAPH_AUDIENCE}/oidc/userinfo",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
            "http_logout_supported": True,
            "frontchannel_logout_supported": True,
            "end_session_endpoint": f"{base}/oauth2/v2.0/logout",
            "claims_supported": ["sub", "iss", "aud", "exp", "iat", "tid", "ver"],
            "tenant_region_scope": "EU",
            "cloud_instance_name": "microsoftonline.com",
            "cloud_graph_host_name": "graph.windows.net",
            "msgraph_host": "graph.microsoft.com",
            "rbac_url": "https://pas.windows.net",
        }  # fmt: skip

    def _instance(self, request: HttpRequest, origin: str) -> HttpResponse:
        """Where the tenant of an authority that a client asks about is described."""
        query = parse_qs(urlsplit(request.path).query)
        endpoint = urlsplit(query.get("authorization_endpoint", [""])[0])
        tenant = endpoint.path.strip("/").partition("/")[0] or self._config.tenant
        host = urlsplit(origin).netloc
        value = {
            "tenant_discovery_endpoint": f"{origin}/{tenant}/v2.0/.well-known/openid-configuration",
            "api-version": "1.1",
            "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
        }
        return json_response(200, value)

    def _check_tenant(self, tenant: str) -> None:
        known = (self._config.tenant, *self._config.domains)
        if unquote(tenant).lower() not in (name.lower() for name in known):
            raise EntraError(
                90002,
                f"Tenant '{unquote(tenant)}' not found. Check to make sure you have the correct tenant ID "
                "and are signing into the correct cloud. Check with your subscription administrator, this "
                "may happen if there are no active subscriptions for the tenant.",
            )

    # --- tokens

    def _token(self, request: HttpRequest, origin: str) -> HttpResponse:
        form = {name: values[0] for name, values in parse_qs(request.body.decode("utf-8", "replace")).items()}
        form |= _basic(request.headers.get("authorization", ""))
        for name in ("grant_type", "client_id"):
            if name not in form:
                raise EntraError(900144, f"The request body must contain the following parameter: '{name}'.")
        if form["grant_type"] != "client_credentials":
            raise EntraError(70003, f"The app requested an unsupported grant type '{form['grant_type']}'.")
        if form["client_id"].lower() != self._config.client_id.lower():
            raise EntraError(
                700016,
                f"Application with identifier '{form['client_id']}' was not found in the directory "
                f"'{self._config.tenant}'. This can happen if the application has not been installed by the "
                "administrator of the tenant or consented to by any user in the tenant.",
            )
        certified = self._check_credential(form, request, origin)
        audience = self._audience(form)
        if not self.roles and not self._config.scoped:
            raise EntraError(650056)
        application = Application(self._config.client_id, self.roles)
        lifetime = self._config.token_lifetime_s
        claims = claims_of(
            application, audience, self._config.tenant, self._store.clock(), lifetime, certified=certified
        )
        token = issue(claims, self._store.secret)
        value = {
            "token_type": "Bearer", "expires_in": lifetime, "ext_expires_in": lifetime, "access_token": token,
        }  # fmt: skip
        return json_response(200, value)

    def _check_credential(self, form: dict[str, str], request: HttpRequest, origin: str) -> bool:
        """Whether a certificate signed in (True) or a secret; EntraError where neither does."""
        if "client_assertion" in form:
            if form.get("client_assertion_type") != _ASSERTION:
                raise EntraError(900144, "The request body must contain a valid 'client_assertion_type'.")
            tenant = urlsplit(request.path).path.strip("/").partition("/")[0]
            names = (tenant, self._config.tenant, *self._config.domains)
            audiences = tuple(
                f"{origin}/{name}{suffix}"
                for name in names
                for suffix in ("/oauth2/v2.0/token", "/oauth2/token", "/v2.0", "")
            )
            client = self._config.client_id.lower()
            self.certificates.verify(form["client_assertion"], client, audiences, self._store.clock())
            return True
        if "client_secret" not in form:
            raise EntraError(7000218)
        if not hmac.compare_digest(form["client_secret"].encode(), self._secret.encode()):
            raise EntraError(
                7000215,
                "Invalid client secret provided. Ensure the secret being sent in the request is the client "
                "secret value, not the client secret ID, for a secret added to app "
                f"'{self._config.client_id}'.",
            )
        expiry = self._config.secret_expires
        if expiry is not None and self._store.clock() >= expiry:
            raise EntraError(
                7000222, f"The provided client secret keys for app '{self._config.client_id}' are expired."
            )
        return False

    @staticmethod
    def _audience(form: dict[str, str]) -> str:
        """The resource a token is for: of `scope`, or of `resource` as version 1.0 has it."""
        scope = form.get("scope", f"{form['resource']}/.default" if "resource" in form else "")
        if not scope:
            raise EntraError(900144, "The request body must contain the following parameter: 'scope'.")
        if not scope.endswith("/.default") or " " in scope:
            raise EntraError(
                1002012,
                f"The provided value for scope {quote(scope, safe=':/. ')} is not valid. Client credential "
                "flows must have a scope value with /.default suffixed to the resource identifier "
                "(application ID URI).",
            )
        resource = scope.removesuffix("/.default").rstrip("/")
        if resource in (GRAPH_AUDIENCE, GRAPH_APP):
            return GRAPH_AUDIENCE
        if resource in _OTHER_RESOURCES:
            return resource
        raise EntraError(500011, f"The resource principal named {resource} was not found in the tenant.")


def _basic(header: str) -> dict[str, str]:
    """The credentials of an Authorization header, where a client sends them there (RFC 6749 2.3.1)."""
    scheme, _, text = header.partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        name, _, secret = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return {}
    return {"client_id": unquote(name), "client_secret": unquote(secret)}
