"""``diagnose``: everything support needs about one stuck sync, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vfadmin.cli.call import usage
from vfadmin.cli.tree import Json, PersonId, call_of


def diagnose(
    ctx: typer.Context,
    person_id: PersonId,
    output: Annotated[Path, typer.Option("--output", metavar="FILE.zip", help="diagnose.output")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="diagnose.overwrite")] = False,
    as_json: Json = False,
) -> None:
    """Collect it, secrets and event texts redacted, and write the file whole or not at all."""
    call = call_of(ctx, as_json=as_json)
    try:
        with call.out.progress("diagnose.running"):
            done = call.services.diagnoses.write(person_id, output, call.lang, overwrite=overwrite)
    except FileExistsError as error:
        raise usage(call, "diagnose.exists", file=output) from error
    if call.out.as_json:
        call.out.document({"id": person_id, "file": str(done.path), "members": list(done.members)})
    else:
        call.out.say("diagnose.done", file=done.path)
