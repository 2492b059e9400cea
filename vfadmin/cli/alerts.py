"""``alerts``: who is told when something stops, by an address of the web or by mail to administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from vfadmin.cli import faults, secrets
from vfadmin.cli.call import Call, usage
from vfadmin.cli.tree import Command, Json, call_of, make_group

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.alert_settings import AlertSettings
    from vfadmin.services.watchman import Delivery

_WEBHOOK, _PASSWORD = "--webhook-stdin", "--mail-password-stdin"


def group() -> typer.Typer:
    """The commands under ``alerts``."""
    app = make_group("alerts")
    app.command("show", cls=Command, help="alerts.show")(show)
    app.command("set", cls=Command, help="alerts.set")(put)
    app.command("test", cls=Command, help="alerts.test")(send_test)
    app.command("off", cls=Command, help="alerts.off")(off)
    return app


def show(ctx: typer.Context, as_json: Json = False) -> None:
    """What is set, and how it went last."""
    call = call_of(ctx, as_json=as_json)
    _tell(call, call.services.alert_settings.get())


def put(
    ctx: typer.Context,
    webhook_stdin: Annotated[bool, typer.Option(_WEBHOOK, help="alerts.webhook_stdin")] = False,
    mail_to: Annotated[list[str] | None, typer.Option(metavar="ADDRESS", help="alerts.mail_to")] = None,
    mail_from: Annotated[str | None, typer.Option(metavar="ADDRESS", help="alerts.mail_from")] = None,
    mail_server: Annotated[str | None, typer.Option(metavar="HOST[:PORT]", help="alerts.mail_server")] = None,
    mail_security: Annotated[
        str | None, typer.Option(metavar="starttls|tls", help="alerts.mail_security")
    ] = None,
    mail_account: Annotated[str | None, typer.Option(metavar="USER", help="alerts.mail_account")] = None,
    mail_password_stdin: Annotated[bool, typer.Option(_PASSWORD, help="alerts.mail_password_stdin")] = False,
    ca_file: Annotated[str | None, typer.Option(metavar="FILE", help="alerts.ca_file")] = None,
    as_json: Json = False,
) -> None:
    """Change what is given; secrets are read, never given as words."""
    from vfadmin.services.alert_settings import AlertChange  # noqa: PLC0415 - see `wiring`

    call = call_of(ctx, as_json=as_json)
    if webhook_stdin and mail_password_stdin:
        raise usage(call, "alerts.one_stdin")
    change = AlertChange(
        webhook=secrets.piped(call, _WEBHOOK) if webhook_stdin else None,
        server=mail_server,
        security=mail_security,
        sender=mail_from,
        recipients=None if mail_to is None else tuple(mail_to),
        account=mail_account,
        password=secrets.piped(call, _PASSWORD) if mail_password_stdin else None,
        ca_file=ca_file,
    )
    _tell(call, call.services.alert_settings.set(change))


def send_test(ctx: typer.Context, as_json: Json = False) -> int:
    """Send one now, which says that it is a test."""
    call = call_of(ctx, as_json=as_json)
    done = call.services.alerts.test()
    if as_json:
        call.out.document({"sent": [_delivery(one, call) for one in done]})
    for one in done:
        if one.failure is not None:
            faults.tell(one.failure, call, about=one.channel)
        else:
            call.out.say("alerts.sent", channel=call.word("channel", one.channel))
    if not done:
        call.out.say("alerts.nobody")
    failures = [one.failure for one in done if one.failure is not None]
    return faults.exit_code(failures, len(done) - len(failures))


def off(ctx: typer.Context, as_json: Json = False) -> None:
    """Tell nobody any more; forget the secrets."""
    call = call_of(ctx, as_json=as_json)
    _tell(call, call.services.alert_settings.off())


def lines(call: Call) -> list[str]:
    """What went wrong with telling, in sentences."""
    return [
        call.text("alerts.failed", channel=call.word("channel", one.channel), reason=one.failed)
        for one in call.services.alerts.deliveries()
        if one.failed
    ]


def document(call: Call) -> list[dict[str, Any]]:
    """How the channels that are set stand."""
    return [_delivery(one, call) for one in call.services.alerts.deliveries()]


def _tell(call: Call, settings: AlertSettings) -> None:
    if call.out.as_json:
        call.out.document(
            {
                "webhook": settings.webhook,
                "mail_to": list(settings.recipients),
                "mail_from": settings.sender,
                "mail_server": settings.server,
                "mail_security": settings.security,
                "mail_account": settings.account,
                "ca_file": settings.ca_file or None,
                "channels": document(call),
            }
        )
        return
    call.out.pairs(
        [
            ("alerts.webhook", settings.webhook),
            ("alerts.mail_to", ", ".join(settings.recipients)),
            ("alerts.mail_from", settings.sender),
            ("alerts.mail_server", f"{settings.server} ({settings.security})" if settings.server else ""),
            ("alerts.mail_account", settings.account),
            ("alerts.ca_file", settings.ca_file),
        ]
    )
    if not settings.on:
        call.out.say("alerts.nobody")
    for line in lines(call):
        call.out.line(line)


def _delivery(one: Delivery, call: Call) -> dict[str, Any]:
    failed = one.failed or None
    error = None if one.failure is None else faults.as_json(one.failure, call)
    return {"channel": one.channel, "at": one.at, "failed": failed, "ok": error is None, "error": error}
