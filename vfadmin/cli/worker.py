"""``worker``: one of several processes that share the mailboxes of a PostgreSQL database."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from vfadmin.cli.interrupt import INTERRUPTED, stoppable
from vfadmin.cli.measured import measured
from vfadmin.cli.readiness import READY, STOPPING, tell_systemd
from vfadmin.cli.tree import call_of

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.synchronise import MailboxResult

_MOST = 64


def worker(
    ctx: typer.Context,
    concurrency: Annotated[
        int | None, typer.Option("--concurrency", min=1, max=_MOST, metavar="N", help="worker.concurrency")
    ] = None,
    metrics: Annotated[str | None, typer.Option(metavar="[HOST:]PORT", help="worker.metrics")] = None,
) -> int:
    """Until it is interrupted or terminated."""
    call = call_of(ctx)
    working = call.worker(concurrency)
    from vfadmin.services.metrics import Meter  # noqa: PLC0415 - see `wiring`

    meter = Meter()

    def heard(one: MailboxResult) -> None:
        meter.note(one)

    def ready() -> None:
        call.out.note("worker.ready")
        tell_systemd(READY)

    def stop() -> None:
        tell_systemd(STOPPING)
        working.stop()

    with ExitStack() as held:
        held.enter_context(stoppable(stop))
        if metrics is not None:
            held.enter_context(measured(call, meter, metrics))
        working.run(heard, ready)
    return INTERRUPTED
