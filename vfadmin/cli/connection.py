"""``connection``: how Exchange is reached; support's business. The secret is never a flag."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vfadmin.cli import faults, secrets
from vfadmin.cli.call import Call
from vfadmin.cli.tree import LARGEST, Command, Json, call_of, make_group

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.connections import CheckStep, ConnectionRow


class Protocol(StrEnum):
    """How Exchange is spoken to."""

    EWS = "ews"
    GRAPH = "graph"


class Auth(StrEnum):
    """How the account signs in."""

    BASIC = "basic"
    NTLM = "ntlm"


class Version(StrEnum):
    """Which server it is; ``auto`` asks it."""

    V2010 = "2010"
    V2013 = "2013"
    V2016 = "2016"
    V2019 = "2019"
    ONLINE = "online"
    AUTO = "auto"


class TlsProfile(StrEnum):
    """How old the server's TLS may be."""

    MODERN = "modern"
    OF_2010 = "2010"


_EWS_FIELDS = (
    "connection.field.account",
    "connection.field.auth",
    "connection.field.server_version",
    "connection.field.tls_profile",
)
_GRAPH_FIELDS = (
    "connection.field.tenant",
    "connection.field.client_id",
    "connection.field.certificate",
    "connection.field.authority",
)
_LAST_FIELDS = (
    "connection.field.ca_file",
    "connection.field.secret_stored",
    "connection.field.secret_expires",
)

Name = Annotated[str | None, typer.Option("--name", metavar="NAME", help="connection.name")]


def group() -> typer.Typer:
    """The commands under ``connection``."""
    app = make_group("connection")
    app.command("set", cls=Command, help="connection.set")(put)
    app.command("show", cls=Command, help="connection.show")(show)
    app.command("list", cls=Command, help="connection.list")(list_connections)
    app.command("test", cls=Command, help="connection.test")(check)
    app.command("forget", cls=Command, help="connection.forget")(forget)
    return app


def put(
    ctx: typer.Context,
    protocol: Annotated[Protocol | None, typer.Option(help="connection.protocol")] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="connection.url")] = None,
    account: Annotated[str | None, typer.Option(metavar="USER", help="connection.account")] = None,
    auth: Annotated[Auth | None, typer.Option(help="connection.auth")] = None,
    server_version: Annotated[Version | None, typer.Option(help="connection.server_version")] = None,
    tls_profile: Annotated[TlsProfile | None, typer.Option(help="connection.tls_profile")] = None,
    tenant: Annotated[str | None, typer.Option(metavar="T", help="connection.tenant")] = None,
    client_id: Annotated[str | None, typer.Option(metavar="C", help="connection.client_id")] = None,
    certificate: Annotated[str | None, typer.Option(metavar="FILE", help="connection.certificate")] = None,
    authority: Annotated[str | None, typer.Option(metavar="URL", help="connection.authority")] = None,
    secret_expires: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="connection.secret_expires")
    ] = None,
    ca_file: Annotated[str | None, typer.Option(metavar="FILE", help="connection.ca_file")] = None,
    secret_stdin: Annotated[bool, typer.Option("--secret-stdin", help="connection.secret_stdin")] = False,
    name: Name = None,
    as_json: Json = False,
) -> None:
    """Set or change a connection. The secret is asked for on a terminal or read from standard input."""
    call = call_of(ctx, as_json=as_json)
    given = {
        "protocol": None if protocol is None else protocol.value,
        "url": url,
        "account": account,
        "auth": None if auth is None else auth.value,
        "server_version": None if server_version is None else server_version.value,
        "tls_profile": None if tls_profile is None else tls_profile.value,
        "tenant": tenant,
        "client_id": client_id,
        "certificate": certificate,
        "authority": authority,
        "secret_expires": secret_expires,
        "ca_file": ca_file,
    }
    connections = call.services.connections
    secret = _secret(call, name, given, stdin=secret_stdin)
    row = connections.set(name=name, secret=secret, **given)
    if secret is None and not row.secret_stored:
        call.out.note("connection.no_secret")
    _answer(call, row)


def show(ctx: typer.Context, name: Name = None, as_json: Json = False) -> None:
    """One connection, without its secret."""
    call = call_of(ctx, as_json=as_json)
    _answer(call, call.services.connections.show(name))


def list_connections(ctx: typer.Context, as_json: Json = False) -> None:
    """All connections."""
    call = call_of(ctx, as_json=as_json)
    found = call.services.connections.list()
    if as_json:
        call.out.document([document(row, call) for row in found])
    elif not found:
        call.out.say("connection.none")
    for row in found:
        call.out.line(sentence(row, call))


def check(
    ctx: typer.Context,
    name: Name = None,
    person: Annotated[int | None, typer.Option(max=LARGEST, metavar="ID", help="connection.person")] = None,
    as_json: Json = False,
) -> int:
    """The checks one by one; with a person, up to their calendar."""
    call = call_of(ctx, as_json=as_json)
    steps = call.services.connections.test(name, person_id=person, on_step=lambda step: tell_step(step, call))
    if as_json:
        call.out.document([step_document(step, call) for step in steps])
    told = [step.failure for step in steps if step.failure is not None]
    for one in told:
        faults.tell(one, call)
    return 0 if all(step.ok for step in steps) else 1


def forget(ctx: typer.Context, name: Name = None, as_json: Json = False) -> None:
    """Remove a connection and its secret."""
    call = call_of(ctx, as_json=as_json)
    row = call.services.connections.forget(name)
    if as_json:
        call.out.document(document(row, call))
    else:
        call.out.say("connection.forgotten", name=row.name)


def document(row: ConnectionRow, call: Call) -> dict[str, Any]:
    """A connection as JSON; whether a secret is stored, never which."""
    blocked = row.blocked
    return {
        "name": row.name,
        "protocol": row.protocol,
        "url": row.url,
        "account": row.account,
        "auth": row.auth,
        "server_version": row.server_version,
        "ca_file": row.ca_file,
        "tls_profile": row.tls_profile,
        "tenant": row.tenant,
        "client_id": row.client_id,
        "certificate": row.certificate,
        "authority": row.authority,
        "secret_stored": row.secret_stored,
        "secret_expires": row.secret_expires,
        "secret_days_left": row.secret_days_left,
        "blocked": None
        if blocked is None
        else {**faults.explained(blocked.code, blocked.params, call.lang), "since": blocked.since},
    }


def sentence(row: ConnectionRow, call: Call) -> str:
    """A connection in one line."""
    who = row.client_id if row.protocol == Protocol.GRAPH else row.account
    text = call.text(
        "connection.row", name=row.name, protocol=row.protocol, url=row.url or "-", account=who or "-"
    )
    return f"{text} [{row.blocked.code}]" if row.blocked else text


def expiring(row: ConnectionRow, call: Call) -> str:
    """That the secret runs out within a month, or has; empty while it does not."""
    if row.secret_days_left is None:
        return ""
    key = "connection.expires" if row.secret_days_left >= 0 else "connection.expired"
    return call.text(key, name=row.name, day=row.secret_expires, days=row.secret_days_left)


def _secret(call: Call, name: str | None, given: dict[str, str | None], *, stdin: bool) -> str | None:
    """The secret, from standard input or asked for; None where nobody can be asked: it stays as it is."""
    if stdin:
        return secrets.piped(call, "--secret-stdin")
    wanted = name or given["protocol"] or Protocol.EWS.value
    row = next((one for one in call.services.connections.list() if one.name == wanted), None)
    protocol = given["protocol"] or (Protocol.EWS if row is None else row.protocol)

    def known(field: str) -> str:
        return given[field] or (None if row is None else getattr(row, field)) or ""

    if protocol == Protocol.GRAPH and known("certificate"):
        return secrets.asked(call.text("connection.ask_passphrase", file=known("certificate")))
    if protocol == Protocol.GRAPH:
        return secrets.asked(call.text("connection.ask_secret", client_id=known("client_id") or "Graph"))
    return secrets.asked(call.text("connection.ask", account=known("account") or "Exchange"))


def step_document(step: CheckStep, call: Call) -> dict[str, Any]:
    """A step of a check as JSON."""
    told = {"code": None, "remedy": None} if step.failure is None else faults.as_json(step.failure, call)
    detail = step.detail or told.get("message") or ""
    return {
        "check": step.check,
        "ok": step.ok,
        "detail": detail,
        "code": told["code"],
        "remedy": told["remedy"],
    }


def tell_step(step: CheckStep, call: Call) -> None:
    """A step of a check in one line."""
    mark = call.text("word.ok" if step.ok else "word.failed")
    call.out.line(f"{call.word('check', step.check)}: {mark}  {step.detail}".rstrip())


def _answer(call: Call, row: ConnectionRow) -> None:
    if call.out.as_json:
        call.out.document(document(row, call))
        return
    own = _GRAPH_FIELDS if row.protocol == Protocol.GRAPH else _EWS_FIELDS
    keys = ("connection.field.protocol", "connection.field.url", *own, *_LAST_FIELDS)
    call.out.pairs(
        [("column.name", row.name), *((key, getattr(row, key.rpartition(".")[2])) for key in keys)]
    )
    if soon := expiring(row, call):
        call.out.line(soon)
