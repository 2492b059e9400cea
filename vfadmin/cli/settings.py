"""``settings``, ``module``, ``pause`` and ``continue``: what is shared by everybody, and its switches."""

from __future__ import annotations

from typing import Annotated

import typer

from vfadmin.cli.tree import Command, Json, call_of, make_group

Key = Annotated[str, typer.Argument(metavar="KEY", help="settings.key")]


def group() -> typer.Typer:
    """The commands under ``settings``."""
    app = make_group("settings")
    app.command("get", cls=Command, help="settings.get")(get)
    app.command("set", cls=Command, help="settings.set")(put)
    return app


def module_group() -> typer.Typer:
    """The commands under ``module``."""
    app = make_group("module")
    app.command("on", cls=Command, help="module.on")(on)
    app.command("off", cls=Command, help="module.off")(off)
    return app


def get(
    ctx: typer.Context,
    key: Annotated[str | None, typer.Argument(metavar="KEY", help="settings.key")] = None,
    as_json: Json = False,
) -> None:
    """One setting, or all."""
    call = call_of(ctx, as_json=as_json)
    rows = call.services.settings.all()
    if key is not None:
        value = call.services.settings.get(key)
        if as_json:
            call.out.document({key: value})
        else:
            call.out.line(call.out.cell(value))
    elif as_json:
        call.out.document({row.key: row.value for row in rows})
    else:
        call.out.table(
            ("column.setting", "column.value", "column.default"),
            [[row.key, row.value, row.default] for row in rows],
        )


def put(
    ctx: typer.Context,
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="settings.value")],
    as_json: Json = False,
) -> None:
    """Change one setting; answers what it is now."""
    call = call_of(ctx, as_json=as_json)
    now = call.services.settings.set(key, value).value
    if key == "default_event_type":
        call.out.note("settings.everybody")
    if as_json:
        call.out.document({key: now})
    else:
        call.out.say("settings.changed", key=key, value=call.out.cell(now))


def on(ctx: typer.Context, as_json: Json = False) -> None:
    """R14: synchronisation on."""
    _switch(ctx, as_json, on=True)


def off(ctx: typer.Context, as_json: Json = False) -> None:
    """R14: nothing is synchronised; administration goes on."""
    _switch(ctx, as_json, on=False)


def pause(ctx: typer.Context, as_json: Json = False) -> None:
    """Everything stopped in one step, on every computer."""
    _pause(ctx, as_json, paused=True)


def go_on(ctx: typer.Context, as_json: Json = False) -> None:
    """And back to work."""
    _pause(ctx, as_json, paused=False)


def _pause(ctx: typer.Context, as_json: bool, *, paused: bool) -> None:
    call = call_of(ctx, as_json=as_json)
    call.services.settings.set_paused(paused)
    if as_json:
        call.out.document({"paused": paused})
    else:
        call.out.say("pause.paused" if paused else "pause.going_on")


def _switch(ctx: typer.Context, as_json: bool, *, on: bool) -> None:
    call = call_of(ctx, as_json=as_json)
    call.services.settings.set_module(on)
    if as_json:
        call.out.document({"module": on})
    else:
        call.out.say("module.is_on" if on else "module.is_off")
