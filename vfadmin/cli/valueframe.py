"""``valueframe``: where ValueFrame's side is read from, the database or REST; support's business."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vfadmin.cli import faults, secrets
from vfadmin.cli.call import Call, usage
from vfadmin.cli.connection import step_document, tell_step
from vfadmin.cli.tree import Command, Json, call_of, make_group

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.valueframe import Source


class Kind(StrEnum):
    """Where ValueFrame's side is read from."""

    SQL = "sql"
    REST = "rest"


Map = Annotated[Path | None, typer.Option("--map", metavar="FILE", help="valueframe.map")]


def group() -> typer.Typer:
    """The commands under ``valueframe``."""
    app = make_group("valueframe")
    app.command("check", cls=Command, help="valueframe.check")(check)
    app.command("pull", cls=Command, help="valueframe.pull")(pull)
    app.command("use", cls=Command, help="valueframe.use")(use)
    app.command("key", cls=Command, help="valueframe.key")(key)
    app.command("show", cls=Command, help="valueframe.show")(show)
    return app


def check(ctx: typer.Context, field_map: Map = None, as_json: Json = False) -> int:
    """The checks one by one; nothing is written anywhere."""
    call = call_of(ctx, as_json=as_json)
    steps = call.services.valueframe.check(field_map, on_step=lambda step: tell_step(step, call))
    if as_json:
        call.out.document([step_document(step, call) for step in steps])
    for step in steps:
        if step.failure is not None and not step.ok:
            faults.tell(step.failure, call)
    return 0 if all(step.ok for step in steps) else 1


def pull(ctx: typer.Context, as_json: Json = False) -> int:
    """Take companies and persons over; 3 where some rows could not be used."""
    call = call_of(ctx, as_json=as_json)
    done = call.services.valueframe.pull()
    if as_json:
        broken = [{"id": row, "error": faults.as_json(one, call)} for row, one in done.failures]
        call.out.document(
            {"listed": done.listed, "added": done.added, "changed": done.changed, "failures": broken}
        )
    else:
        call.out.say("valueframe.pulled", listed=done.listed, added=done.added, changed=done.changed)
    for row, one in done.failures:
        call.out.note("valueframe.unusable", row=row, message=faults.as_json(one, call)["message"])
    return 3 if done.failures else 0


def use(
    ctx: typer.Context,
    kind: Annotated[Kind, typer.Argument(metavar="sql|rest", help="valueframe.kind")],
    field_map: Map = None,
    as_json: Json = False,
) -> None:
    """Choose the source."""
    call = call_of(ctx, as_json=as_json)
    if (kind is Kind.REST) != (field_map is not None):
        raise usage(call, "valueframe.needs_map")
    chosen = call.services.valueframe
    _answer(call, chosen.use_sql() if field_map is None else chosen.use_rest(field_map))


def key(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="valueframe.key_name")],
    secret_stdin: Annotated[bool, typer.Option("--secret-stdin", help="connection.secret_stdin")] = False,
    as_json: Json = False,
) -> None:
    """Store a transfer key, which is asked for or read from standard input."""
    call = call_of(ctx, as_json=as_json)
    given = (
        secrets.piped(call, "--secret-stdin")
        if secret_stdin
        else secrets.asked(call.text("valueframe.ask", name=name))
    )
    if given is None:
        raise usage(call, "valueframe.no_key")
    call.services.valueframe.store_key(name, given)
    if as_json:
        call.out.document({"key": name, "key_stored": True})
    else:
        call.out.say("valueframe.key_stored", name=name)


def show(ctx: typer.Context, as_json: Json = False) -> None:
    """What is in force, without keys."""
    call = call_of(ctx, as_json=as_json)
    _answer(call, call.services.valueframe.show())


def document(source: Source) -> dict[str, Any]:
    """The source as JSON; whether keys are stored, never which."""
    return {
        "source": source.source,
        "map": source.path or None,
        "url": source.url or None,
        "user": source.user or None,
        "resources": [
            {
                "kind": one.kind,
                "resource": one.name,
                "key": one.key,
                "verbs": list(one.verbs),
                "key_stored": one.key_stored,
            }
            for one in source.resources
        ],
    }


def _answer(call: Call, source: Source) -> None:
    if call.out.as_json:
        call.out.document(document(source))
        return
    told = "valueframe.is_sql" if source.source == Kind.SQL else "valueframe.is_rest"
    call.out.say(told, path=source.path, url=source.url, user=source.user)
    for one in source.resources:
        words = {True: "word.yes", False: "word.no", None: "word.unknown"}
        stored = call.text(words[one.key_stored])
        call.out.say(
            "valueframe.resource", name=one.name, verbs=" ".join(one.verbs), key=one.key, stored=stored
        )
