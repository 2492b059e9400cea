"""What Exchange says of the logins of a list, for pictures: no server is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection

from vfadmin.errors import Failure, failure
from vfadmin.services.bulk_import import ImportPlan, LoginAnswer
from vfadmin.services.mailbox_checks import MailboxAnswers, MailboxVerdict
from vfadmin.services.progress import Progress


class Answered:
    """In the place of the service. The third login leads nowhere, at the fifth the server was busy."""

    def obstacle(self) -> Failure | None:
        """Nothing is in the way."""
        return None

    def ask(
        self,
        plan: ImportPlan,
        *,
        rows: Collection[int] | None = None,
        progress: Progress,
        on_verdict: Callable[[MailboxVerdict], None],
    ) -> MailboxAnswers:
        """All at once."""
        wanted = [row for row in plan.rows if row.login and (rows is None or row.row in rows)]
        progress.begin(len(wanted))
        answers = {row.row: self._answer(place, row.login) for place, row in enumerate(wanted)}
        for number, answer in answers.items():
            progress.done += 1
            on_verdict(MailboxVerdict(number, answer))
        return MailboxAnswers(answers)

    def _answer(self, place: int, login: str) -> LoginAnswer:
        if place == 2:
            return LoginAnswer(login, None, failure("EX-MBX-01", mailbox=login))
        if place == 4:
            return LoginAnswer(login, None, failure("EX-BUSY-01", host="exch01.esimerkki.fi"))
        return LoginAnswer(login, login.lower().replace("esim\\", "") + "@esimerkki.fi" * ("@" not in login))
