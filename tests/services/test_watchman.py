"""Administrators are told of what changed, over real sockets: sparingly, never twice, and no user ever is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.clock import FakeClock
from tests.services.outside import Hook, Post, running
from tests.services.scenes import active, change, person, stop
from vfadmin.errors import StoreError, failure
from vfadmin.models.store import Store
from vfadmin.services.alert_settings import AlertChange
from vfadmin.services.context import Services
from vfadmin.services.health import Health
from vfadmin.services.watchman import SPARING, Alerts, Told, Watchman, due
from vfadmin.systemlog import MARK

MAIL_CHANGE = {"sender": "vfadmin@firma.fi", "recipients": ("it@firma.fi", "paivystys@firma.fi")}


@pytest.fixture
def alerts(services: Services) -> Alerts:
    return services.alerts


@pytest.fixture
def hook(services: Services, tmp_path: Path) -> Iterator[Hook]:
    """A webhook that is set."""
    server = Hook(tmp_path)
    with running(server):
        services.alert_settings.set(AlertChange(webhook=server.url, ca_file=server.ca_file))
        yield server


@pytest.fixture
def post(services: Services, tmp_path: Path) -> Iterator[Post]:
    """A mail server that is set."""
    server = Post(tmp_path)
    with running(server):
        services.alert_settings.set(
            AlertChange(
                server=server.address,
                ca_file=server.ca_file,
                account="vfadmin",
                password="oikea",
                **MAIL_CHANGE,  # type: ignore[arg-type]
            )
        )
        yield server


def test_nobody_is_told_anything_by_default(
    services: Services, store: Store, alerts: Alerts, fake_clock: FakeClock
) -> None:
    stop(store, active(services).id, fake_clock.now)
    assert alerts.look().stopped
    assert alerts.deliveries() == ()
    assert alerts.test() == ()


def test_r24_a_webhook_is_told_what_stopped_once_and_when_it_is_over(
    services: Services, store: Store, alerts: Alerts, fake_clock: FakeClock, hook: Hook
) -> None:
    alerts.look()
    assert hook.taken == [], "all is well"
    one, other = active(services, "Anna Aalto"), active(services, "Bea Berg")
    stop(store, one.id, fake_clock.now)
    alerts.look()
    alerts.look()
    stop(store, other.id, fake_clock.now)
    alerts.look()
    ((path, told),) = hook.taken
    assert path == "/haly/s3kr1t-token"
    assert told["new"] == [{"kind": "stopped", "code": "EX-IMP-01"}]
    assert told["stopped"] == [{"code": "EX-IMP-01", "count": 1}]
    assert (told["program"], told["test"], told["gone"]) == ("vfadmin", False, [])
    assert "Anna" not in str(told)
    assert "firma" not in str(told)

    for row in (one, other):
        change(store, row.id, state="active", error_code=None, error_since=None)
    alerts.look()
    assert len(hook.taken) == 1, "good news can wait"
    fake_clock.advance(SPARING)
    alerts.look()
    assert hook.taken[1][1]["gone"] == [{"kind": "stopped", "code": "EX-IMP-01"}]
    (delivery,) = alerts.deliveries()
    assert (delivery.channel, delivery.at, delivery.failed) == ("webhook", fake_clock.now, "")


@pytest.mark.expected_log("an alert could not be sent")
def test_a_webhook_that_refuses_is_noted_once_and_tried_again(
    services: Services,
    store: Store,
    alerts: Alerts,
    fake_clock: FakeClock,
    hook: Hook,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hook.status = 302  # nor is it followed elsewhere
    stop(store, active(services).id, fake_clock.now)
    alerts.look()
    alerts.look()
    assert len(hook.taken) == 1
    assert [one.failed for one in alerts.deliveries()] == ["VF-ALERT-03 (HTTP 302)"]
    fake_clock.advance(SPARING)
    alerts.look()
    assert len(hook.taken) == 2
    assert caplog.text.count("an alert could not be sent") == 1
    assert "s3kr1t" not in caplog.text
    hook.status = 204
    fake_clock.advance(SPARING)
    alerts.look()
    assert hook.taken[2][1]["new"] == [{"kind": "stopped", "code": "EX-IMP-01"}]
    assert [one.failed for one in alerts.deliveries()] == [""]


def test_a_webhook_whose_certificate_is_not_known_is_told_nothing(
    services: Services, alerts: Alerts, hook: Hook
) -> None:
    services.alert_settings.set(AlertChange(ca_file=""))
    (delivery,) = alerts.test()
    assert delivery.failure is not None
    assert (delivery.failure.code, delivery.failure.params["detail"]) == ("VF-ALERT-03", "EX-TLS-01")
    assert hook.taken == []
    services.secrets.forget("alert-webhook")
    (delivery,) = alerts.test()
    assert delivery.failure is not None
    assert delivery.failure.code == "VF-SECRET-03"


def test_mail_goes_to_administrators_encrypted_and_says_what_to_do_in_both_languages(
    services: Services, store: Store, alerts: Alerts, fake_clock: FakeClock, post: Post
) -> None:
    stop(store, active(services, "Anna Aalto").id, fake_clock.now)
    services.connections.set(url="https://mail.firma.fi/ews/exchange.asmx", account="svc@firma.fi")
    alerts.look()
    ((recipients, message),) = post.taken
    assert recipients == ["it@firma.fi", "paivystys@firma.fi"]
    assert post.logins == [("vfadmin", "oikea")]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["To"] == "it@firma.fi, paivystys@firma.fi"
    body = message.get_content()
    assert "Pysähtyneitä postilaatikoita: 1. Syy: EX-IMP-01." in body
    assert "Mailboxes stopped: 1. Cause: EX-IMP-01." in body
    assert "Aalto" not in body


@pytest.mark.parametrize("tls", [False, True])
def test_mail_over_either_kind_of_tls(services: Services, alerts: Alerts, tmp_path: Path, tls: bool) -> None:
    server = Post(tmp_path, tls=tls)
    with running(server):
        services.alert_settings.set(
            AlertChange(
                server=server.address,
                security="tls" if tls else "starttls",
                ca_file=server.ca_file,
                **MAIL_CHANGE,  # type: ignore[arg-type]
            )
        )
        assert [one.failure for one in alerts.test()] == [None]
        services.alert_settings.set(AlertChange(ca_file=""))
        (unknown,) = alerts.test()
    assert len(server.taken) == 1
    assert "koehälytys" in server.taken[0][1]["Subject"]
    assert unknown.failure is not None
    assert unknown.failure.params["detail"] == "EX-TLS-01"


def test_a_password_is_never_sent_in_the_clear_nor_a_servers_words_shown(
    services: Services, alerts: Alerts, post: Post
) -> None:
    post.starttls = False
    (plain,) = alerts.test()
    post.starttls = True
    services.alert_settings.set(AlertChange(password="vaara"))
    (wrong,) = alerts.test()
    services.alert_settings.set(AlertChange(password="oikea"))
    post.refused = "paivystys"
    (some,) = alerts.test()
    post.refused = "@"
    (none,) = alerts.test()
    found = [one.failure.params["detail"] for one in (plain, wrong, some, none) if one.failure is not None]
    assert found == ["SMTPNotSupportedError", "SMTP 535", "SMTP 550", "SMTP 550"]
    assert post.logins == [("vfadmin", "vaara"), *[("vfadmin", "oikea")] * 2]


@pytest.mark.expected_log("an alert could not be sent")
def test_who_has_the_mail_does_not_get_it_again_because_another_was_refused(
    services: Services, store: Store, alerts: Alerts, fake_clock: FakeClock, post: Post
) -> None:
    post.refused = "paivystys"
    stop(store, active(services).id, fake_clock.now)
    for _ in range(3):
        alerts.look()
        fake_clock.advance(SPARING)
    assert [recipients for recipients, _ in post.taken] == [["it@firma.fi"]]
    assert [one.failed for one in alerts.deliveries()] == ["VF-ALERT-03 (SMTP 550)"]


@pytest.mark.expected_log("an alert could not be sent")
def test_no_alert_goes_to_who_has_become_a_user_since(
    services: Services, store: Store, alerts: Alerts, fake_clock: FakeClock, post: Post
) -> None:
    person(services, "Päivystys", email="paivystys@firma.fi")
    stop(store, active(services).id, fake_clock.now)
    alerts.look()
    assert post.taken == []
    assert [one.failed for one in alerts.deliveries()] == ["VF-ALERT-02"]


def test_nobody_answers(services: Services, alerts: Alerts, post: Post, hook: Hook) -> None:
    for server in (post, hook):
        server.shutdown()
        server.server_close()
    services.alert_settings.set(AlertChange(webhook=hook.url))
    details = [one.failure.params["detail"] for one in alerts.test() if one.failure is not None]
    assert details == ["EX-CONN-03", "EX-CONN-03"]


@pytest.mark.parametrize(
    ("told", "now", "after", "wanted"),
    [
        ({}, {}, timedelta(0), False),
        ({}, {"silent": 1}, timedelta(0), True),
        ({"silent": 1}, {"silent": 2}, timedelta(minutes=1), True),
        ({"silent": 1}, {"silent": 1}, timedelta(days=1), False),
        ({"silent": 2}, {"silent": 1}, timedelta(days=1), False),
        ({"silent": 1}, {}, SPARING - timedelta(seconds=1), False),
        ({"silent": 1}, {}, SPARING, True),
    ],
)
def test_what_gets_worse_is_told_at_once_and_the_rest_sparingly(
    told: dict[str, int], now: dict[str, int], after: timedelta, wanted: bool, fake_clock: FakeClock
) -> None:
    at = fake_clock.now
    assert due(Told(told, at), now, at + after) is wanted


def test_after_a_failure_it_waits_even_if_it_is_new(fake_clock: FakeClock) -> None:
    at = fake_clock.now
    failed = Told({}, at, "VF-ALERT-03")
    assert not due(failed, {"silent": 1}, at)
    assert due(failed, {"silent": 1}, at + SPARING)


# The watchman


@pytest.mark.expected_log("to be looked at")
def test_r24_what_changes_is_in_the_log_once_and_marked_for_the_systems_own(
    services: Services, store: Store, alerts: Alerts, fake_clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "vfadmin")
    watchman = Watchman(alerts)
    row = active(services, "Anna Aalto")
    stop(store, row.id, fake_clock.now)
    watchman.look()
    watchman.look()
    change(store, row.id, state="active", error_code=None, error_since=None)
    watchman.look()
    marked = [(getattr(one, MARK), one.levelname) for one in caplog.records if hasattr(one, MARK)]
    assert marked == [("stopped:EX-IMP-01", "WARNING"), ("over:stopped:EX-IMP-01", "INFO")]
    assert "stopped:EX-IMP-01 (1)" in caplog.text


class Broken(Alerts):
    """Cannot look."""

    def __init__(self, error: Exception, looked: Callable[[], object]) -> None:
        self._error, self._looked = error, looked

    def look(self) -> Health:
        self._looked()
        raise self._error


@pytest.mark.expected_log("unforeseen fault while looking")
def test_whatever_happens_it_looks_again_until_it_is_closed(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "vfadmin")
    for error in (StoreError(failure("VF-STORE-04")), RuntimeError("x")):
        looks = threading.Semaphore(0)
        watchman = Watchman(Broken(error, looks.release), every_seconds=0.001)
        watchman.begin()
        watchman.begin()
        assert looks.acquire(timeout=20)
        assert looks.acquire(timeout=20)
        watchman.close()
        watchman.close()
    marked = [getattr(one, MARK) for one in caplog.records if hasattr(one, MARK)]
    assert marked == ["begin", "end"] * 2
