"""What the tests of the bulk load ask of plans and results."""

from __future__ import annotations

from collections.abc import Callable

from vfadmin.services.bulk_import import ImportPlan, ImportResult, PlannedRow
from vfadmin.services.context import Services
from vfadmin.services.rows import PersonRow
from vfadmin.services.search import PersonQuery

Load = Callable[..., ImportPlan]


def told(row: PlannedRow) -> tuple[int, str, str | None, str | None]:
    return row.row, row.verdict.value, row.column, None if row.failure is None else row.failure.code


def everybody(services: Services) -> list[PersonRow]:
    ids = services.search.ids(PersonQuery(include_inactive=True, sort=(("id", False),)))
    return services.search.rows(ids)


def numbers(result: ImportResult) -> tuple[int, int, int, int, int, int]:
    return (
        result.rows,
        result.created,
        result.updated,
        result.unchanged,
        result.activated,
        len(result.rejected),
    )
