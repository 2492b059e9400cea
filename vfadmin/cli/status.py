"""``status``: how the whole stands, in one look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from vfadmin.cli import alerts, connection
from vfadmin.cli.call import Call
from vfadmin.cli.tree import Json, call_of

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.health import Health


def status(ctx: typer.Context, as_json: Json = False) -> None:
    """Counts by state, what waits longest, workers, the module's switch, the connections."""
    call = call_of(ctx, as_json=as_json)
    health = call.services.health.now()
    seen = health.summary
    if as_json:
        call.out.document(_document(health, call))
        return
    counts = seen.counts
    if seen.paused:
        call.out.say("pause.paused")
    call.out.pairs(
        [
            ("status.module", call.text("module.is_on" if seen.module else "module.is_off")),
            ("state.active", counts.active),
            ("state.delayed", seen.delayed),
            ("state.passive", counts.passive),
            ("state.error", counts.error),
            ("status.silent", health.silent),
            ("state.unused", counts.unused),
            ("status.waiting", seen.waiting),
            ("status.oldest", "" if seen.oldest is None else f"{seen.oldest.name} ({seen.oldest.person_id})"),
            ("status.workers", seen.workers),
            ("status.last_cycle", health.last_cycle or ""),
        ]
    )
    for cause in health.stopped:
        call.out.say("status.stopped", code=cause.code, count=cause.stopped)
    for line in alerts.lines(call):
        call.out.line(line)
    if not seen.connections:
        call.out.say("connection.none")
    for one in seen.connections:
        call.out.line(connection.sentence(one, call))
        if soon := connection.expiring(one, call):
            call.out.line(soon)


def _document(health: Health, call: Call) -> dict[str, Any]:
    seen = health.summary
    counts = seen.counts
    oldest = seen.oldest
    return {
        "module": seen.module,
        "paused": seen.paused,
        "synchronising": seen.synchronising,
        "counts": {
            "active": counts.active,
            "passive": counts.passive,
            "error": counts.error,
            "unused": counts.unused,
            "total": counts.total,
        },
        "delayed": seen.delayed,
        "waiting": seen.waiting,
        "oldest": None
        if oldest is None
        else {"id": oldest.person_id, "name": oldest.name, "due_since": oldest.due_since},
        "silent": health.silent,
        "due": health.due,
        "last_cycle": health.last_cycle,
        "oldest_success": health.oldest_success,
        "causes": [
            {"code": one.code, "stopped": one.stopped, "delayed": one.delayed, "since": one.since}
            for one in health.causes
        ],
        "workers": seen.workers,
        "alerts": alerts.document(call),
        "connections": [connection.document(one, call) for one in seen.connections],
    }
