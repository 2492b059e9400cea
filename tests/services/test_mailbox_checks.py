"""Asking a real server on loopback about the logins of a list (R26, R6)."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.services.customer import AINO, ANNA, PEKKA, PEOPLE, Customer
from tests.services.workbooks import write_list
from vfadmin.errors import UsageError
from vfadmin.models import Connection
from vfadmin.services.bulk_import import ImportPlan, Verdict
from vfadmin.services.mailbox_checks import MailboxAnswers, MailboxVerdict
from vfadmin.services.progress import Progress
from vfadmin.simulator import FaultRule, MailboxSpec

ANNA_AT, AINO_AT = PEOPLE[ANNA][0], PEOPLE[AINO][0]


def planned(customer: Customer, folder: Path, *logins: str | None) -> ImportPlan:
    """A list of so many new persons."""
    rows = [[None, f"Uusi {place}", None, None, login] for place, login in enumerate(logins)]
    return customer.services.bulk_import.check(write_list(folder / "lista.xlsx", *rows))


def codes(answers: MailboxAnswers) -> dict[int, str | None]:
    return {
        row: None if one.failure is None else one.failure.code
        for row, one in sorted(answers.verdicts.items())
    }


def heeded(customer: Customer, plan: ImportPlan, answers: MailboxAnswers) -> ImportPlan:
    return customer.services.bulk_import.revise(plan, answers=answers.verdicts.values())


def refusals(plan: ImportPlan) -> dict[int, str]:
    return {row.row: row.failure.code for row in plan.rows if row.failure is not None}


def test_r26_each_login_is_asked_for_its_mailbox(customer: Customer, tmp_path: Path) -> None:
    customer.simulator.deny_impersonation(AINO_AT)
    try:
        plan = planned(
            customer,
            tmp_path,
            "EXAMPLE\\anna",
            "kukaan@example.test",
            AINO_AT,
            None,
            "EXAMPLE\\kukaan",
            "huono tunnus",
        )
        progress = Progress(0)
        heard: list[MailboxVerdict] = []

        answers = customer.services.mailbox_checks.ask(plan, progress=progress, on_verdict=heard.append)
    finally:
        customer.simulator.allow_impersonation(AINO_AT)

    assert codes(answers) == {2: None, 3: "EX-MBX-01", 4: "EX-IMP-01", 6: "EX-MBX-03"}
    assert answers.verdicts[2].mailbox == ANNA_AT
    assert (progress.done, progress.total) == (4, 4)
    assert {one.row for one in heard} == {2, 3, 4, 6}
    refused = heeded(customer, plan, answers)
    assert [row.verdict for row in refused.rows] == [
        *("create", "reject", "reject", "create", "reject", "reject")
    ]
    assert (refused.rows[1].column, refused.rows[1].value) == ("Integraatiotunnus", "kukaan@example.test")
    assert customer.services.bulk_import.apply(refused).created == 2


def test_r6_a_principal_name_that_is_no_address_is_found(customer: Customer, tmp_path: Path) -> None:
    customer.simulator.add_mailbox(MailboxSpec(email="olli@example.test", login="olli@ad.example.test"))
    plan = planned(customer, tmp_path, "olli@ad.example.test", "nobody@ad.example.test")
    try:
        answers = customer.services.mailbox_checks.ask(plan)
    finally:
        customer.simulator.remove_mailbox("olli@example.test")

    assert codes(answers) == {2: None, 3: "EX-MBX-01"}
    assert (answers.verdicts[2].mailbox, answers.verdicts[2].certain) == ("olli@example.test", True)


def test_r30_two_logins_of_one_mailbox_are_told(customer: Customer, tmp_path: Path) -> None:
    customer.activate(PEKKA)
    customer.set_row(PEKKA, mailbox=PEOPLE[PEKKA][0])
    plan = planned(customer, tmp_path, ANNA_AT, "EXAMPLE\\anna", PEOPLE[AINO][1], "pekka@EXAMPLE.test")
    assert plan.rows[3].verdict is Verdict.REJECT, "that is seen without asking"
    plan = planned(customer, tmp_path, ANNA_AT, "EXAMPLE\\anna", PEOPLE[AINO][1], "OTHER\\pekka")

    answers = customer.services.mailbox_checks.ask(plan)
    plan = heeded(customer, plan, answers)

    assert codes(answers) == dict.fromkeys((2, 3, 4, 5))
    assert refusals(plan) == {3: "EX-MBX-06", 5: "EX-MBX-06"}
    told = [row.failure.params for row in plan.rows if row.failure is not None]
    assert told[0] == {"mailbox": ANNA_AT, "person": "Uusi 0"}
    assert told[1]["person"] == f"{PEOPLE[PEKKA][0]} ({PEKKA})"
    assert customer.services.bulk_import.apply(plan).created == 2


def test_a_mailbox_that_the_person_has_already_is_his(customer: Customer, tmp_path: Path) -> None:
    customer.activate(ANNA)
    customer.set_row(ANNA, mailbox=ANNA_AT)
    path = write_list(tmp_path / "lista.xlsx", [ANNA, None, None, None, "EXAMPLE\\anna"])
    plan = customer.services.bulk_import.check(path)

    answers = customer.services.mailbox_checks.ask(plan)
    assert codes(answers) == {2: None}
    assert refusals(heeded(customer, plan, answers)) == {}


def test_r27_a_wrong_password_is_tried_once_whatever_the_number_of_rows(
    customer: Customer, tmp_path: Path
) -> None:
    customer.services.connections.set(secret="wrong")
    customer.simulator.clear_requests()
    plan = planned(customer, tmp_path, *(f"kuka{place}@example.test" for place in range(30)))

    answers = customer.services.mailbox_checks.ask(plan)

    assert answers.verdicts == {}
    assert answers.stopped is not None
    assert answers.stopped.code == "EX-AUTH-01"
    tried = [one for one in customer.simulator.requests if one.status == 401]
    assert len(tried) == 1


def test_a_closed_connection_is_not_tried(customer: Customer, tmp_path: Path) -> None:
    with customer.store.write() as session:
        session.get_one(Connection, "ews").blocked_code = "EX-AUTH-01"
    customer.simulator.clear_requests()

    with pytest.raises(UsageError) as error:
        customer.services.mailbox_checks.ask(planned(customer, tmp_path, ANNA_AT))

    assert error.value.failure.code == "EX-AUTH-01"
    assert customer.simulator.requests == []


def test_what_a_busy_server_says_is_not_certain(customer: Customer, tmp_path: Path) -> None:
    busy = FaultRule(mailbox=ANNA_AT, code="ErrorServerBusy", status=500, times=None)
    customer.simulator.set_faults([busy])
    plan = planned(customer, tmp_path, ANNA_AT, AINO_AT)

    answers = customer.services.mailbox_checks.ask(plan)

    assert codes(answers) == {2: "EX-BUSY-01", 3: None}
    assert not answers.verdicts[2].certain
    plan = heeded(customer, plan, answers)
    assert refusals(plan) == {}
    customer.simulator.set_faults([])
    assert codes(customer.services.mailbox_checks.ask(plan)) == {2: None}, "what is known is not asked again"


def test_r26_asking_is_cancelled_and_keeps_what_was_answered(customer: Customer, tmp_path: Path) -> None:
    customer.services.settings.set("workers", 1)
    progress = Progress(0)

    def enough(_one: MailboxVerdict) -> None:
        progress.cancelled = True

    plan = planned(customer, tmp_path, ANNA_AT, AINO_AT, PEOPLE[PEKKA][0])
    answers = customer.services.mailbox_checks.ask(plan, progress=progress, on_verdict=enough)

    assert codes(answers) == {2: None}
    assert answers.stopped is None


def test_only_the_chosen_rows_are_asked_and_side_by_side(customer: Customer, tmp_path: Path) -> None:
    """Each waits for the other: one after the other neither would end."""
    both = threading.Barrier(2, timeout=20)
    plan = planned(customer, tmp_path, ANNA_AT, "EXAMPLE\\pekka", AINO_AT)

    answers = customer.services.mailbox_checks.ask(
        plan, rows={2, 4}, on_verdict=lambda _: both.wait() and None
    )

    assert codes(answers) == {2: None, 4: None}


@pytest.mark.parametrize(("version", "wanted", "limit"), [("2010", 27, 10), ("2019", 27, 27), ("auto", 4, 4)])
def test_no_more_run_side_by_side_than_the_server_lets(
    customer: Customer, version: str, wanted: int, limit: int
) -> None:
    customer.services.settings.set("workers", wanted)
    row = Connection(name="ews", server_version=version)

    assert customer.services.mailbox_checks._limit(row) == limit


def test_r26_an_edit_keeps_the_answers_of_other_logins_and_nothing_is_asked_twice(
    customer: Customer, tmp_path: Path
) -> None:
    service, checks = customer.services.bulk_import, customer.services.mailbox_checks
    plan = planned(customer, tmp_path, ANNA_AT, "kukaan@example.test", AINO_AT, "EXAMPLE\\pekka")
    plan = heeded(customer, plan, checks.ask(plan, rows={2, 3, 4}))
    assert refusals(plan) == {3: "EX-MBX-01"}

    plan = service.edit(plan, 4, "login", "EXAMPLE\\aino")

    assert [row.answer and row.answer.ok for row in plan.rows] == [True, False, None, None]
    assert refusals(plan) == {3: "EX-MBX-01"}
    asked = checks.ask(plan)
    assert codes(asked) == {4: None, 5: None}
    plan = heeded(customer, plan, asked)
    assert codes(checks.ask(plan)) == {3: "EX-MBX-01"}, "the refused one may be mended by now"
    assert [one.row for one in service.apply(plan).rejected] == [3]


def test_what_exchange_refuses_is_not_applied_though_the_store_has_nothing_against_it(
    customer: Customer, tmp_path: Path
) -> None:
    service = customer.services.bulk_import
    path = write_list(tmp_path / "lista.xlsx", [ANNA, None, None, None, "kukaan@example.test"])
    plan = service.check(path)
    assert plan.rows[0].verdict is Verdict.UPDATE
    plan = heeded(customer, plan, customer.services.mailbox_checks.ask(plan))
    result = service.apply(plan)
    assert (result.updated, len(result.rejected), result.batch) == (0, 1, None)
    # The login that was asked about stands in another row meanwhile: the answer goes with it.
    again = service.judge(service.edit(plan, 2, "login", "EXAMPLE\\anna"))
    assert refusals(again) == {}
    assert refusals(service.edit(again, 2, "login", "KUKAAN@example.test")) == {2: "EX-MBX-01"}


def test_the_obstacle_to_asking_is_told(customer: Customer) -> None:
    assert customer.services.mailbox_checks.obstacle() is None
    with customer.store.write() as session:
        session.get_one(Connection, "ews").blocked_code = "EX-AUTH-01"
    told = customer.services.mailbox_checks.obstacle()
    assert told is not None
    assert told.code == "EX-AUTH-01"
    customer.services.connections.forget()
    told = customer.services.mailbox_checks.obstacle()
    assert told is not None
    assert told.code == "EX-CONN-01"
