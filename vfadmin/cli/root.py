"""The whole tree of commands, and the program without a command: the window."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from vfadmin import __version__
from vfadmin.cli import (
    bulk,
    connection,
    demo,
    event,
    history,
    integration,
    person,
    settings,
    simulator,
    status,
    sync,
)
from vfadmin.cli.call import Call
from vfadmin.cli.tree import Command, Group
from vfadmin.settings import Language, LogLevel


def build() -> typer.Typer:
    """The tree, fresh: nothing is kept between two calls in one process."""
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
    app.add_typer(person.group(), name="person")
    app.add_typer(integration.group(), name="integration")
    app.add_typer(event.group(), name="event")
    app.add_typer(connection.group(), name="connection")
    app.add_typer(settings.group(), name="settings")
    app.add_typer(settings.module_group(), name="module")
    app.add_typer(simulator.group(), name="simulator")
    for name, function in (
        ("import", bulk.import_file),
        ("template", bulk.template),
        ("sync", sync.sync),
        ("status", status.status),
        ("history", history.history),
        ("demo", demo.demo),
    ):
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
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="common.version")
    ] = False,
) -> None:
    del version  # answered before anything else was read
    call = cast("Call", ctx.obj)
    call.configure(home, database, lang, log_level)
    if ctx.invoked_subcommand is None:
        raise typer.Exit(call.show_window(support=support))
    if ctx.invoked_subcommand != "demo":  # it logs into its own throw-away home
        call.start_log()
