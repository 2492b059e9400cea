"""``demo``: a throw-away home, a loopback Exchange and a whole story between them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from vfadmin.cli.interrupt import INTERRUPTED, stoppable
from vfadmin.cli.tree import Json, call_of
from vfadmin.cli.wiring import DemoRequest


class Protocol(StrEnum):
    """What the story's Exchange speaks."""

    EWS = "ews"
    GRAPH = "graph"


def demo(
    ctx: typer.Context,
    persons: Annotated[int, typer.Option(min=10, max=2000, metavar="N", help="demo.persons")] = 40,
    protocol: Annotated[Protocol, typer.Option(help="demo.protocol")] = Protocol.EWS,
    no_window: Annotated[bool, typer.Option("--no-window", help="demo.no_window")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="demo.keep")] = False,
    as_json: Json = False,
) -> int:
    """The story; without a window its end decides: 0 only if both calendars are equal."""
    call = call_of(ctx, as_json=as_json)
    window = not no_window and not as_json
    if window and not call.wiring.has_display():
        call.out.note("demo.no_display")
        window = False
    request = DemoRequest(
        persons=persons,
        window=window,
        keep=keep,
        lang=call.lang,
        log_level=call.settings.log_level,
        tell=call.out.line,
        protocol=protocol.value,
    )
    if window:
        with stoppable(call.wiring.close_window) as stopped:
            call.wiring.demo(request)
        return INTERRUPTED if stopped.is_set() else 0
    told = call.wiring.demo(request)
    if as_json:
        call.out.document(told)
    return 0 if told["equal"] else 1
