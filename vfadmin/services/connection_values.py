"""What makes a connection: its values, their defaults, and what is wrong with them."""

from __future__ import annotations

import ssl
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from vfadmin.errors import UsageError, VfadminError, failure
from vfadmin.models import Connection

NAME_LIMIT = 50
ACCOUNT_LIMIT = 320
CA_FILE_LIMIT = 4_000_000
"""Bytes read of a CA file; the bundles of operating systems have a quarter of a million."""

_SHOWN_LIMIT = 120

Values = dict[str, str | None]

COLUMNS: Values = {
    "protocol": "ews",
    "url": None,
    "account": None,
    "auth": "ntlm",
    "server_version": "auto",
    "ca_file": None,
}
_OF_GRAPH = ("tenant", "client_id", "certificate", "authority", "secret_expires")
OPTIONS = (*_OF_GRAPH, "tls_profile")
"""What one protocol alone has; kept together in one column. A missing ``tls_profile`` is *modern*."""

_ONLY_EWS = ("account", "auth", "server_version", "tls_profile")
_REMOVABLE = ("ca_file", "certificate", "secret_expires", *OPTIONS)


def facts_of(row: Connection) -> Values:
    """Everything a connection is made of."""
    return {name: getattr(row, name) for name in COLUMNS} | {
        name: row.options[name] for name in OPTIONS if row.options.get(name) is not None
    }


def take(row: Connection, values: Values) -> None:
    """Write the values into the row."""
    for name in COLUMNS:
        setattr(row, name, values[name])
    row.options = {name: values[name] for name in OPTIONS if values.get(name) is not None}


def merged(row: Connection | None, given: Mapping[str, str | None], *, secret_given: bool = False) -> Values:
    """What stands, with what is given laid over it: None leaves a value, an empty one of Graph's removes it.

    A new secret has another last day than the one before, and what a certificate says goes with it. The
    TLS profile of an old server is that host's, and does not go with the address to another one. Raises
    UsageError EX-CONN-10 for another protocol than the connection has.
    """
    protocol = given.get("protocol") or ("ews" if row is None else row.protocol)
    if row is not None and row.protocol != protocol:
        raise bad("protocol", protocol)
    values: Values = {**COLUMNS, **dict.fromkeys(OPTIONS)}
    if protocol == "graph":
        _refuse(given, _ONLY_EWS)
        values |= {"auth": None}
    elif protocol == "ews":
        _refuse(given, _OF_GRAPH)
    else:
        raise bad("protocol", protocol)
    values |= {} if row is None else facts_of(row)
    if secret_given or given.get("certificate") is not None:
        values["secret_expires"] = None
    if _host(given.get("url")) not in ("", _host(values["url"])):
        values["tls_profile"] = None
    values |= {name: value for name, value in given.items() if value is not None and name in values}
    if values["tls_profile"] == "modern":
        values["tls_profile"] = None
    values |= {name: values[name] or None for name in _REMOVABLE}
    return values | {"protocol": protocol}


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").netloc.casefold()
    except ValueError:  # it is refused in a moment
        return ""


def validated(name: str, values: Values) -> Values:
    """The values, if a connection can be made of them. Raises UsageError EX-CONN-10 and EX-TLS-04."""
    account = values["account"] or ""
    if not account.isprintable() or len(account) > ACCOUNT_LIMIT:
        raise bad("account", account)
    for field in ("url", "authority"):
        address = values[field] or ""
        if "@" in address:
            raise bad(field, None)  # not quoted: it may hold a password, which belongs into the keyring (R27)
        if any(char.isspace() or not char.isprintable() for char in address):
            raise bad(field, address)
    if values["protocol"] == "graph":
        _fill_graph(values)
    try:
        _check(name, values)
    except VfadminError as error:
        raise UsageError(error.failure) from None
    if values["ca_file"] is not None:
        check_ca_file(values["ca_file"])
    return values


def _fill_graph(values: Values) -> None:
    from vfadmin.calendars.graph.connection import AUTHORITY, GRAPH_URL  # noqa: PLC0415 - slow, needed late

    values["url"] = values["url"] or GRAPH_URL
    values["authority"] = values["authority"] or AUTHORITY
    last_day = values["secret_expires"]
    if last_day is not None:
        values["secret_expires"] = _day(last_day).isoformat()


def _check(name: str, values: Values) -> None:
    from vfadmin.sync.servers import ews_connection, graph_connection  # noqa: PLC0415 - slow, needed late

    row = Connection(name=name)
    take(row, values)
    if values["protocol"] == "graph":
        graph_connection(row).check()
    else:
        ews_connection(row).check()


def expiry_of(path: str, passphrase: str | None) -> str | None:
    """The last day of the certificate in a PFX file; None while its passphrase is not known.

    Raises UsageError EX-AUTH-13 for a file that is none, that no passphrase protects, or this one does not.
    """
    from vfadmin.calendars.graph.certificate import last_day  # noqa: PLC0415 - slow, needed late

    try:
        found = last_day(path, passphrase)
    except VfadminError as error:
        raise UsageError(error.failure) from None
    return None if found is None else found.isoformat()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise bad("secret_expires", text) from None


def _refuse(given: Mapping[str, str | None], names: tuple[str, ...]) -> None:
    for name in names:
        if given.get(name) is not None:
            raise bad(name, given[name])


def check_ca_file(path: str) -> None:
    """Raise UsageError EX-TLS-04 where no certificates of authorities can be read."""
    try:
        with Path(path).open("rb") as file:
            text = file.read(CA_FILE_LIMIT).decode("ascii", errors="replace")
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=text)
    except (OSError, ValueError) as error:
        raise UsageError(failure("EX-TLS-04", path=path)) from error


def cleaned(given: Mapping[str, str | None]) -> Values:
    """What was given as it is stored. Raises TypeError for what no connection has."""
    strange = given.keys() - COLUMNS.keys() - set(OPTIONS)
    if strange:
        raise TypeError(f"no connection has {sorted(strange)}")
    values = {name: None if value is None else value.strip() for name, value in given.items()}
    for name in ("auth", "server_version", "tls_profile"):
        values[name] = None if (value := values.get(name)) is None else value.casefold()
    for name in ("ca_file", "certificate"):
        values[name] = None if (value := values.get(name)) is None else _absolute(value)
    return values


def _absolute(path: str) -> str:
    """A path that means the same from every directory vfadmin may be started in; empty for none."""
    return str(Path(path).expanduser().absolute()) if path else ""


def checked_name(name: str) -> str:
    """The name of a connection: plain letters, digits, - and _. Raises UsageError EX-CONN-10."""
    good = name.isascii() and name.replace("-", "").replace("_", "").isalnum() and len(name) <= NAME_LIMIT
    if not good:
        raise bad("name", name)
    return name


def checked_secret(secret: str) -> str:
    """A secret that is one, without control characters and halves of any.

    Raises UsageError EX-CONN-10, which never quotes it.
    """
    if not secret or any(unicodedata.category(char) in {"Cc", "Cs"} for char in secret):
        raise UsageError(failure("EX-CONN-10", field="secret"))
    return secret


def bad(field: str, value: Any) -> UsageError:  # noqa: ANN401 - whatever was given
    """The complaint about a value."""
    return UsageError(failure("EX-CONN-10", field=field, value=str(value or "")[:_SHOWN_LIMIT]))
