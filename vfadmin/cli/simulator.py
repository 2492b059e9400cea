"""``simulator serve``: a loopback Exchange for trying things out; never for a customer's data."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vfadmin.cli.call import usage
from vfadmin.cli.tree import Command, call_of, make_group
from vfadmin.cli.wiring import SimulatorRequest

_METHODS = ("basic", "ntlm")


class Protocol(StrEnum):
    """What it speaks."""

    EWS = "ews"
    GRAPH = "graph"
    BOTH = "both"


class TlsProfile(StrEnum):
    """How old its TLS is."""

    MODERN = "modern"
    OF_2010 = "2010"


class Protection(StrEnum):
    """What becomes of NTLM's channel binding."""

    OFF = "off"
    ALLOW = "allow"
    REQUIRE = "require"


class Version(StrEnum):
    """Which server it says it is."""

    V2010 = "2010"
    V2013 = "2013"
    V2016 = "2016"
    V2019 = "2019"
    ONLINE = "online"


def group() -> typer.Typer:
    """The commands under ``simulator``."""
    app = make_group("simulator")
    app.command("serve", cls=Command, help="simulator.serve")(serve)
    # A group of one would be folded into its only command without a callback of its own.
    app.callback()(_nothing)
    return app


def serve(
    ctx: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="PORT", help="simulator.port")] = 0,
    protocol: Annotated[Protocol, typer.Option(help="simulator.protocol")] = Protocol.EWS,
    version: Annotated[Version, typer.Option(help="simulator.version")] = Version.V2019,
    auth: Annotated[str, typer.Option(metavar="basic,ntlm", help="simulator.auth")] = "basic,ntlm",
    mailboxes: Annotated[str, typer.Option(metavar="N|FILE.json", help="simulator.mailboxes")] = "10",
    state: Annotated[Path | None, typer.Option(metavar="DIR", help="simulator.state")] = None,
    faults: Annotated[Path | None, typer.Option(metavar="FILE.json", help="simulator.faults")] = None,
    tls: Annotated[bool, typer.Option("--tls/--no-tls", help="simulator.tls")] = True,
    tls_profile: Annotated[TlsProfile, typer.Option(help="simulator.tls_profile")] = TlsProfile.MODERN,
    extended_protection: Annotated[
        Protection, typer.Option(help="simulator.extended_protection")
    ] = Protection.REQUIRE,
    valueframe: Annotated[bool, typer.Option("--valueframe", help="simulator.valueframe")] = False,
) -> int:
    """Serve until interrupted; the first line on standard output says in JSON how to reach it."""
    call = call_of(ctx)
    methods = tuple(word.strip().lower() for word in auth.split(",") if word.strip())
    if not methods or not set(methods) <= set(_METHODS):
        raise usage(call, "usage.value", name="--auth", expected="basic, ntlm, basic,ntlm")
    for name, path in (
        ("--faults", faults),
        ("--mailboxes", None if mailboxes.isascii() and mailboxes.isdigit() else Path(mailboxes)),
    ):
        if path is not None and not path.is_file():
            raise usage(call, "usage.no_file", name=name, path=path)
    request = SimulatorRequest(
        port,
        protocol,
        version,
        methods,
        mailboxes,
        state,
        faults,
        tls,
        tls_profile,
        extended_protection,
        valueframe,
        call.lang,
    )
    return call.wiring.simulator(request)


def _nothing() -> None:
    """See `group`."""
