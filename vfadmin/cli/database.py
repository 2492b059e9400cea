"""``db``: the database itself, its version, its soundness and its backups."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vfadmin.cli.call import Call, usage
from vfadmin.cli.tree import Command, Json, call_of, make_group

_PROBLEMS = {
    "revision": "db.problem_revision",
    "damage": "db.problem_damage",
    "reference": "db.problem_reference",
    "trigger": "db.problem_trigger",
    "encoding": "db.problem_encoding",
}
File = Annotated[Path, typer.Argument(metavar="FILE", help="db.file")]


def group() -> typer.Typer:
    """The commands under ``db``."""
    app = make_group("db")
    app.command("upgrade", cls=Command, help="db.upgrade")(upgrade)
    app.command("check", cls=Command, help="db.check")(check)
    app.command("backup", cls=Command, help="db.backup")(backup)
    app.command("restore", cls=Command, help="db.restore")(restore)
    app.command("move", cls=Command, help="db.move")(move)
    app.command("roles", cls=Command, help="db.roles")(roles)
    return app


def upgrade(ctx: typer.Context, as_json: Json = False) -> None:
    """Bring the schema up to date."""
    call = call_of(ctx, as_json=as_json)
    done = call.database.upgrade()
    if as_json:
        call.out.document({"database": done.database, "before": done.before, "after": done.after})
    elif done.before == done.after:
        call.out.say("db.current", database=done.database, after=done.after)
    else:
        call.out.say("db.upgraded", database=done.database, before=done.before or "-", after=done.after)


def check(ctx: typer.Context, as_json: Json = False) -> None:
    """Look whether it is up to date and sound; exit 1 if it is not."""
    call = call_of(ctx, as_json=as_json)
    found = call.database.check()
    if as_json:
        call.out.document(
            {
                "database": found.database,
                "revision": found.revision,
                "known": found.known,
                "ok": not found.problems,
                "problems": [{"check": one.check, "detail": one.detail} for one in found.problems],
            }
        )
    elif not found.problems:
        call.out.say("db.sound", database=found.database, revision=found.known)
    else:
        for one in found.problems:
            call.out.say(_PROBLEMS[one.check], detail=one.detail, known=found.known)
    if found.problems:
        raise typer.Exit(1)


def backup(
    ctx: typer.Context,
    file: File,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="db.overwrite")] = False,
    as_json: Json = False,
) -> None:
    """Write everything into one file, whole or not at all."""
    call = call_of(ctx, as_json=as_json)
    try:
        with call.out.progress("db.backing_up"):
            done = call.database.backup(file, overwrite=overwrite)
    except FileExistsError as error:
        raise usage(call, "db.exists", file=file) from error
    _tell(call, "db.backed_up", done.revision, done.rows, file=str(file))


def restore(
    ctx: typer.Context,
    file: File,
    replace: Annotated[bool, typer.Option("--replace", help="db.replace")] = False,
    as_json: Json = False,
) -> None:
    """Put a backup into the database, all of it or nothing."""
    call = call_of(ctx, as_json=as_json)
    with call.out.progress("db.restoring"):
        done = call.database.restore(file, replace=replace)
    _tell(call, "db.restored", done.revision, done.rows, file=str(file), made=done.made)


def move(
    ctx: typer.Context,
    to: Annotated[str, typer.Option("--to", metavar="URL", help="db.to")],
    as_json: Json = False,
) -> None:
    """Copy everything into an empty database, and compare."""
    call = call_of(ctx, as_json=as_json)
    with call.out.progress("db.moving"):
        target, done = call.database.move(to)
    _tell(call, "db.moved", done.revision, done.rows, target=target)


def roles(
    ctx: typer.Context,
    admin: Annotated[str | None, typer.Option("--admin-role", metavar="NAME", help="db.role_admin")] = None,
    support: Annotated[
        str | None, typer.Option("--support-role", metavar="NAME", help="db.role_support")
    ] = None,
    worker: Annotated[
        str | None, typer.Option("--worker-role", metavar="NAME", help="db.role_worker")
    ] = None,
    script: Annotated[bool, typer.Option("--print", help="db.role_print")] = False,
    as_json: Json = False,
) -> None:
    """R14, R27: give the roles of a shared database their rights, or print what does it."""
    call = call_of(ctx, as_json=as_json)
    if script:
        call.out.line(call.database.roles_script(admin=admin, support=support, worker=worker).rstrip())
        return
    done = call.database.roles(admin=admin, support=support, worker=worker)
    if as_json:
        call.out.document({"database": done.database, "roles": dict(done.names)})
    else:
        call.out.say("db.roles_given", database=done.database, **done.names)


def _tell(call: Call, key: str, revision: str, rows: int, **told: str) -> None:
    if call.out.as_json:
        call.out.document({**told, "revision": revision, "rows": rows})
    else:
        call.out.say(key, rows=rows, **told)
