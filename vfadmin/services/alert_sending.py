"""Sends an alert: as JSON to an address of the web, and as mail to administrators.

An alert says counts, codes and which computer tells it: no name, no address and no event of anybody.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any

import httpx

from vfadmin.calendars.network import network_code
from vfadmin.errors import VfadminError, failure
from vfadmin.errors.texts import explain, outcome
from vfadmin.services.alert_settings import AlertSettings
from vfadmin.services.health import Health

PATIENCE = 20.0
"""Seconds for each step of the way."""
_LANGUAGES = ("fi", "en")


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told. ``new`` and ``gone`` are keys of concerns; see `Health.concerns`. ``at`` in UTC."""

    host: str
    at: datetime
    health: Health
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    test: bool = False

    def document(self) -> dict[str, Any]:
        """As JSON."""
        counts = self.health.summary.counts
        return {
            "program": "vfadmin",
            "host": self.host,
            "at": self.at.isoformat(),
            "test": self.test,
            "new": [_shown(key) for key in self.new],
            "gone": [_shown(key) for key in self.gone],
            "stopped": [{"code": one.code, "count": one.stopped} for one in self.health.stopped],
            "blocked": [one.blocked.code for one in self.health.blocked if one.blocked is not None],
            "silent": self.health.silent,
            "delayed": self.health.summary.delayed,
            "waiting": self.health.summary.waiting,
            "counts": {"active": counts.active, "passive": counts.passive, "error": counts.error},
        }

    def subject(self) -> str:
        """One line, in Finnish."""
        name = "alert.test" if self.test else ("alert.news" if self.new else "alert.mended")
        return outcome(name, "fi", host=self.host)

    def text(self) -> str:
        """The body of a mail, in Finnish and then in English."""
        return "\n\n".join(self._told(lang) for lang in _LANGUAGES) + "\n"

    def _told(self, lang: str) -> str:
        say = outcome
        name = "alert.test" if self.test else ("alert.news" if self.new else "alert.mended")
        lines = [say(name, lang, host=self.host)]
        for one in self.health.stopped:
            told = explain(one.code, {}, lang)
            lines += [say("alert.stopped", lang, count=one.stopped, code=one.code), told.message, told.remedy]
        if self.health.silent:
            lines.append(say("alert.silent", lang, count=self.health.silent))
        for blocked in (one.blocked for one in self.health.blocked if one.blocked is not None):
            told = explain(blocked.code, {}, lang)
            lines += [say("alert.blocked", lang, code=blocked.code), told.message, told.remedy]
        lines.append(say("alert.where", lang))
        return "\n".join(lines)


def post(url: str, settings: AlertSettings, alert: Alert) -> None:
    """Send it to an address of the web. Raises VfadminError VF-ALERT-03; nothing of the address is told."""
    try:
        with httpx.Client(verify=_context(settings), timeout=PATIENCE, follow_redirects=False) as client:
            answer = client.post(url, json=alert.document())
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
        raise _undelivered("webhook", network_code(error)) from None
    if not answer.is_success:
        raise _undelivered("webhook", f"HTTP {answer.status_code}")


def mail(password: str | None, settings: AlertSettings, alert: Alert) -> None:
    """Send it to the administrators. Raises VfadminError VF-ALERT-03; no word of the server's is told.

    With ``partly`` among the failure's facts some of them have it.
    """
    message = EmailMessage()
    message["From"], message["To"] = settings.sender, ", ".join(settings.recipients)
    message["Subject"] = alert.subject()
    message["Date"] = format_datetime(alert.at)
    message["Message-ID"] = make_msgid(domain=settings.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's out-of-office answers
    message.set_content(alert.text())
    try:
        with _connected(settings) as server:
            if settings.account:
                server.login(settings.account, password or "")
            refused = server.send_message(message, settings.sender, list(settings.recipients))
    except smtplib.SMTPRecipientsRefused as error:
        raise _undelivered("mail", _refusal(error.recipients)) from None
    except smtplib.SMTPNotSupportedError as error:  # of encryption, for instance
        raise _undelivered("mail", type(error).__name__) from None
    except smtplib.SMTPResponseException as error:
        raise _undelivered("mail", f"SMTP {error.smtp_code}") from None
    except (smtplib.SMTPException, ssl.SSLError, OSError, UnicodeError, ValueError) as error:
        code = network_code(error)
        raise _undelivered("mail", type(error).__name__ if "UNKNOWN" in code else code) from None
    if refused:
        raise _undelivered("mail", _refusal(refused), partly=1)


def _connected(settings: AlertSettings) -> smtplib.SMTP:
    """A connection that is encrypted, to whom its certificate names."""
    (host, port), context = settings.host_and_port, _context(settings)
    if settings.security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=context)
    server = smtplib.SMTP(host, port, timeout=PATIENCE)
    try:
        server.starttls(context=context)
    except BaseException:
        server.close()
        raise
    return server


def _context(settings: AlertSettings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.ca_file:
        context.load_verify_locations(settings.ca_file)
    return context


def _shown(key: str) -> dict[str, str]:
    """A concern without the name of a connection."""
    kind, _, rest = key.partition(":")
    code = rest.rpartition(":")[2]
    return {"kind": kind} | ({"code": code} if code else {})


def _refusal(refused: Mapping[str, tuple[int, bytes]]) -> str:
    """The code of the first refusal; what the server says of it may quote an address."""
    return f"SMTP {next(iter(refused.values()))[0]}"


def _undelivered(channel: str, detail: str, *, partly: int = 0) -> VfadminError:
    return VfadminError(failure("VF-ALERT-03", channel=channel, detail=detail, partly=partly))
