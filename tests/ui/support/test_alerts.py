"""Alerts to administrators, set on the screen of support and tried against a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.services.outside import Hook, running
from tests.ui.conftest import House, Shown
from vfadmin.services.alert_settings import WEBHOOK_SECRET
from vfadmin.ui.support.alerts import AlertFields


@pytest.fixture
def hook(tmp_path: Path) -> Iterator[Hook]:
    server = Hook(tmp_path)
    with running(server):
        yield server


def opened(shown: Shown) -> AlertFields:
    fields = shown.window.interior.screens.assistance.alerts
    shown.wait(lambda: fields._stored is not None)
    return fields


def put(line: QLineEdit, text: str) -> None:
    line.setText(text)
    line.textEdited.emit(text)


def told(shown: Shown) -> str:
    return shown.window.interior.screens.assistance.bar.message


def test_r27_a_webhook_is_stored_tried_and_taken_away_and_never_shown(
    shown: Shown, house: House, hook: Hook
) -> None:
    fields = opened(shown)
    assert not any(one.isEnabled() for one in (fields.save, fields.test, fields.off))
    put(fields.lines["webhook"], hook.url)
    put(fields.lines["ca_file"], hook.ca_file)
    fields.save.click()
    shown.wait(lambda: told(shown) == "Hälytykset tallennettiin. Lähetä nyt koehälytys.")
    assert house.services.secrets.read(WEBHOOK_SECRET) == hook.url
    assert fields.lines["webhook"].text() == ""
    assert fields.lines["webhook"].placeholderText() == "Tallennettu; kirjoita vaihtaaksesi"
    fields.test.click()
    shown.wait(lambda: told(shown) == "Koehälytys lähetettiin.")
    assert len(hook.taken) == 1
    hook.status = 500
    fields.test.click()
    shown.wait(lambda: told(shown).startswith("Hälytystä ei saatu lähetettyä (HTTP 500)."))
    fields.off.click()
    shown.wait(lambda: told(shown) == "Hälytyksiä ei enää lähetetä.")
    assert not house.services.alert_settings.get().on


def test_an_address_of_a_user_is_refused_in_words_and_what_was_typed_stays(
    shown: Shown, house: House
) -> None:
    fields = opened(shown)
    email = next(one.email for one in map(house.services.directory.person, shown.rows()) if one.email)
    put(fields.lines["recipients"], f"it@firma.fi; {email}")
    put(fields.lines["sender"], "vfadmin@firma.fi")
    put(fields.lines["server"], "smtp.firma.fi")
    fields.security.setCurrentIndex(1)
    fields.security.activated.emit(1)
    assert fields.changes()["security"] == "tls"
    fields.save.click()
    shown.wait(lambda: "Hälytyksiä ei lähetetä käyttäjille" in told(shown))
    assert email in fields.lines["recipients"].text()
    put(fields.lines["recipients"], "it@firma.fi, paivystys@firma.fi")
    fields.save.click()
    shown.wait(lambda: told(shown).startswith("Hälytykset tallennettiin."))
    assert house.services.alert_settings.get().recipients == ("it@firma.fi", "paivystys@firma.fi")
