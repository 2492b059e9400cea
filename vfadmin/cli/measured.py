"""Answering a monitoring system as long as a command synchronises."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from vfadmin.cli.call import Call, usage

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.metrics import Meter


@contextmanager
def measured(call: Call, meter: Meter, address: str) -> Iterator[None]:
    """Answer a monitoring system meanwhile. Raises UsageError where nobody can listen there."""
    from vfadmin.services.metrics import Scrape  # noqa: PLC0415 - see `wiring`
    from vfadmin.services.metrics_server import address_of, serving  # noqa: PLC0415

    health = call.services.health
    with ExitStack() as held:
        try:
            where = address_of(address)
            url = held.enter_context(serving(where, Scrape(health.now, meter, health.clock)))
        except (ValueError, OSError) as error:
            raise usage(call, "sync.metrics_address", address=address) from error
        call.out.note("sync.measured", url=url)
        yield
