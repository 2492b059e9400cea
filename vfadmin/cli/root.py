"""The whole tree of commands, and the program without a command: the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

from vfadmin import __version__
from vfadmin.cli import (
    alerts,
    audit,
    bulk,
    compare,
    connection,
    database,
    demo,
    diagnose,
    event,
    explain,
    held,
    history,
    imports,
    integration,
    person,
    secrets,
    settings,
    simulator,
    status,
    sync,
    undo,
    update,
    valueframe,
    worker,
)
from vfadmin.cli.call import Call, usage
from vfadmin.cli.self_test import self_test as examined
from vfadmin.cli.tree import Command, Group
from vfadmin.settings import Language, LogLevel

_GROUPS: Mapping[str, Callable[[], typer.Typer]] = {
    "person": person.group,
    "integration": integration.group,
    "imports": imports.group,
    "held": held.group,
    "event": event.group,
    "connection": connection.group,
    "db": database.group,
    "settings": settings.group,
    "alerts": alerts.group,
    "module": settings.module_group,
    "simulator": simulator.group,
    "valueframe": valueframe.group,
    "update": update.group,
}
_COMMANDS: Mapping[str, Callable[..., Any]] = {
    "import": bulk.import_file,
    "template": bulk.template,
    "sync": sync.sync,
    "worker": worker.worker,
    "status": status.status,
    "pause": settings.pause,
    "continue": settings.go_on,
    "history": history.history,
    "audit": audit.audit,
    "undo": undo.undo,
    "compare": compare.compare,
    "diagnose": diagnose.diagnose,
    "explain": explain.explain,
    "demo": demo.demo,
    "forget-secrets": secrets.forget_secrets,
}


def tree(first: str = "") -> TyperGroup:
    """The tree; only the branch called ``first``, if there is one.

    To work out the options of all the others takes longer than most commands. It is done once in a process:
    what belongs to one call is in the context, and the words of a help page are looked up when it is shown.
    """
    return _grown(first if first in _GROUPS or first in _COMMANDS else "")


@cache
def _grown(branch: str) -> TyperGroup:
    return cast("TyperGroup", typer.main.get_command(_planted(branch)))


def _planted(branch: str) -> typer.Typer:
    app = typer.Typer(
        name="vfadmin",
        cls=Group,
        help="root",
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    for name, group in _GROUPS.items():
        if branch in ("", name):
            app.add_typer(group(), name=name)
    for name, function in _COMMANDS.items():
        if branch in ("", name):
            app.command(name, cls=Command, help=name)(function)
    return app


def _version(ctx: typer.Context, asked: bool) -> None:
    if asked:
        cast("Call", ctx.obj).out.line(f"vfadmin {__version__}")
        raise typer.Exit


def _root(
    ctx: typer.Context,
    home: Annotated[str | None, typer.Option(metavar="DIR", help="common.home")] = None,
    database: Annotated[str | None, typer.Option(metavar="URL", help="common.database")] = None,
    lang: Annotated[Language | None, typer.Option(help="common.lang")] = None,
    log_level: Annotated[LogLevel | None, typer.Option(help="common.log_level")] = None,
    support: Annotated[bool, typer.Option("--support", help="common.support")] = False,
    self_test: Annotated[bool, typer.Option("--self-test", help="common.self_test")] = False,
    as_json: Annotated[bool, typer.Option("--json", hidden=True)] = False,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="common.version")
    ] = False,
) -> None:
    del version  # answered before anything else was read
    call = cast("Call", ctx.obj)
    call.configure(home, database, lang, log_level)
    if self_test:
        call.start_log()
        raise typer.Exit(examined(call, as_json=as_json))
    if as_json:
        raise usage(call, "usage.option", name="--json")
    if ctx.invoked_subcommand is None:
        raise typer.Exit(call.show_window(support=support))
    if ctx.invoked_subcommand != "demo":  # it logs into its own throw-away home
        call.start_log()
