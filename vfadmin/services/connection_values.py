"""What makes a connection: its values, their defaults, and what is wrong with them."""

from __future__ import annotations

import ssl
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from vfadmin.errors import UsageError, VfadminError, failure
from vfadmin.models import Connection

if TYPE_CHECKING:
    from vfadmin.calendars.ews import EwsConnection

NAME_LIMIT = 50
ACCOUNT_LIMIT = 320
CA_FILE_LIMIT = 4_000_000
"""Bytes read of a CA file; the bundles of operating systems have a quarter of a million."""

_SHOWN_LIMIT = 120

DEFAULTS: dict[str, str | None] = {
    "protocol": "ews",
    "url": None,
    "account": None,
    "auth": "ntlm",
    "server_version": "auto",
    "ca_file": None,
}


def ews_connection(row: Connection) -> EwsConnection:
    """What the EWS keeper needs to know of it."""
    from vfadmin.calendars.ews import EwsConnection  # noqa: PLC0415 - slow to load, needed late

    return EwsConnection(
        name=row.name,
        url=row.url or "",
        account=row.account or "",
        auth=cast("Any", row.auth or "ntlm"),
        server_version=cast("Any", row.server_version),
        ca_file=row.ca_file,
    )


def merged(row: Connection | None, given: dict[str, str | None]) -> dict[str, str | None]:
    """What stands, with what is given laid over it; None leaves a value, an empty CA file removes it."""
    standing = DEFAULTS if row is None else {name: getattr(row, name) for name in DEFAULTS}
    merged = {name: standing[name] if value is None else value for name, value in given.items()}
    merged["ca_file"] = merged["ca_file"] or None
    return merged


def validated(name: str, values: dict[str, str | None]) -> dict[str, str | None]:
    """The values, if a connection can be made of them. Raises UsageError EX-CONN-10 and EX-TLS-04."""
    if values["protocol"] != "ews":
        raise _bad("protocol", values["protocol"])
    account = values["account"] or ""
    if not account.isprintable() or len(account) > ACCOUNT_LIMIT:
        raise _bad("account", account)
    if "@" in (values["url"] or ""):
        raise _bad("url", None)  # not quoted: it may hold a password, which belongs into the keyring (R27)
    if any(char.isspace() or not char.isprintable() for char in values["url"] or ""):
        raise _bad("url", values["url"])
    try:
        ews_connection(Connection(name=name, **values)).check()
    except VfadminError as error:
        raise UsageError(error.failure) from None
    if values["ca_file"] is not None:
        _check_ca_file(values["ca_file"])
    return values


def _check_ca_file(path: str) -> None:
    try:
        with Path(path).open("rb") as file:
            text = file.read(CA_FILE_LIMIT).decode("ascii", errors="replace")
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=text)
    except (OSError, ValueError) as error:
        raise UsageError(failure("EX-TLS-04", path=path)) from error


def absolute(path: str) -> str:
    """A path that means the same from every directory vfadmin may be started in; empty for none."""
    return str(Path(path.strip()).expanduser().absolute()) if path.strip() else ""


def checked_name(name: str) -> str:
    """The name of a connection: plain letters, digits, - and _. Raises UsageError EX-CONN-10."""
    good = name.isascii() and name.replace("-", "").replace("_", "").isalnum() and len(name) <= NAME_LIMIT
    if not good:
        raise _bad("name", name)
    return name


def checked_secret(secret: str) -> str:
    """A secret that is one, without control characters and halves of any.

    Raises UsageError EX-CONN-10, which never quotes it.
    """
    if not secret or any(unicodedata.category(char) in {"Cc", "Cs"} for char in secret):
        raise UsageError(failure("EX-CONN-10", field="secret"))
    return secret


def _bad(field: str, value: str | None) -> UsageError:
    return UsageError(failure("EX-CONN-10", field=field, value=(value or "")[:_SHOWN_LIMIT]))
