"""``explain``: the help page of an error, as it is known by its code."""

from __future__ import annotations

from typing import Annotated

import typer

from vfadmin.cli import faults
from vfadmin.cli.call import usage
from vfadmin.cli.tree import Json, call_of


def explain(
    ctx: typer.Context,
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="explain.code")] = None,
    as_json: Json = False,
) -> None:
    """The page of that code; without one, the list of all of them."""
    from vfadmin.errors.pages import INDEX, find, page, plain  # noqa: PLC0415 - no other command reads pages

    call = call_of(ctx, as_json=as_json)
    found = INDEX if code is None else find(code)
    if found is None:
        raise usage(call, "explain.unknown", code=code)
    text = page(found, call.lang)
    if not call.out.as_json:
        call.out.line(plain(text))
    elif found == INDEX:
        from vfadmin.errors import CODES  # noqa: PLC0415

        call.out.document([faults.facts(one, call.lang) for one in sorted(CODES)])
    else:
        call.out.document({**faults.facts(found, call.lang), "page": text})
