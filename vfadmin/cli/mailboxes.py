"""``import --ask-exchange``: whether the mailboxes of a list are there, before anything is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vfadmin.cli import faults
from vfadmin.cli.call import Call
from vfadmin.cli.interrupt import INTERRUPTED, stoppable

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.bulk_import import ImportPlan


def ask(call: Call, plan: ImportPlan) -> ImportPlan | int:
    """The plan as Exchange sees its logins, or an exit code where nothing more is to be done.

    What a busy server did not answer is told and keeps nothing from being applied.
    """
    from vfadmin.services.progress import Progress  # noqa: PLC0415 - as all services, see `wiring`

    progress = Progress(0)

    def stop() -> None:
        progress.cancelled = True

    with stoppable(stop) as stopped:
        answers = call.services.mailbox_checks.ask(plan, progress=progress)
    if stopped.is_set():
        return INTERRUPTED
    if answers.stopped is not None:
        faults.report_failure(answers.stopped, call)
        return 1
    for row, one in sorted(answers.verdicts.items()):
        if one.failure is not None and not one.certain:
            faults.tell(one.failure, call, about=call.text("import.unasked", row=row, login=one.login))
    return call.services.bulk_import.revise(plan, answers=answers.verdicts.values())
