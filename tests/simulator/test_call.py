"""Impersonation, and whose folders one may open."""

from __future__ import annotations

import pytest

from tests.simulator.wire import Wire, distinguished, impersonating
from vfadmin.simulator import MailboxSpec, Simulator

GET = (
    "<GetFolder><FolderShape><ty:BaseShape>Default</ty:BaseShape>"
    "</FolderShape><FolderIds>{}</FolderIds></GetFolder>"
)
CALENDAR = GET.format(distinguished("calendar"))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("PrimarySmtpAddress", "A@Example.test"),
        ("SmtpAddress", "anna.alias@example.test"),
        ("PrincipalName", "a@example.test"),
        ("PrincipalName", "EXAMPLE\\a"),
    ],
)
def test_a_person_is_impersonated_under_each_of_his_names(
    wire: Wire, sim: Simulator, kind: str, value: str
) -> None:
    answer = wire.post(CALENDAR, person=None, header=impersonating(kind, value))

    assert answer.codes == ["NoError"]
    assert sim.requests[-1].mailbox == "a@example.test"


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("PrimarySmtpAddress", "nobody@example.test", "ErrorNonExistentMailbox"),
        ("SmtpAddress", "nobody@example.test", "ErrorNonExistentMailbox"),
        ("PrimarySmtpAddress", "anna.alias@example.test", "ErrorNonPrimarySmtpAddress"),
        ("PrincipalName", "nobody@example.test", "ErrorInvalidUserPrincipalName"),
        ("SID", "S-1-5-21-1", "ErrorInvalidUserSid"),
        ("PrimarySmtpAddress", " ", "ErrorInvalidExchangeImpersonationHeaderData"),
    ],
)
def test_nobody_is_impersonated_under_a_wrong_name(wire: Wire, kind: str, value: str, code: str) -> None:
    answer = wire.post(CALENDAR, person=None, header=impersonating(kind, value))

    assert (answer.status, answer.fault) == (500, code)


def test_an_alias_is_answered_with_the_address_to_use(wire: Wire) -> None:
    answer = wire.post(CALENDAR, person="anna.alias@example.test")

    value = answer.root.find(".//{*}MessageXml/{*}Value")
    assert value is not None
    assert value.text == "a@example.test"


def test_a_mailbox_outside_the_scope_is_denied_until_it_is_back(wire: Wire, sim: Simulator) -> None:
    sim.deny_impersonation("a@example.test")
    denied = wire.post(CALENDAR)
    other = wire.post(CALENDAR, person="b@example.test")
    sim.allow_impersonation("a@example.test")

    assert (denied.status, denied.fault) == (500, "ErrorImpersonateUserDenied")
    assert other.codes == wire.post(CALENDAR).codes == ["NoError"]


def test_without_impersonation_the_account_opens_others_mailboxes_and_has_none(wire: Wire) -> None:
    theirs = GET.format(distinguished("calendar", "b@example.test"))

    assert wire.post(theirs, person=None).codes == ["NoError"]
    assert wire.post(CALENDAR, person=None).codes == ["ErrorNonExistentMailbox"]


def test_an_impersonated_person_opens_his_own_only(wire: Wire) -> None:
    theirs = wire.post(GET.format(distinguished("calendar", "b@example.test")), person=None)

    by_id = wire.post(GET.format(f'<ty:FolderId Id="{theirs.folder_id()}"/>'))

    assert by_id.codes == ["ErrorFolderNotFound"]


def test_an_added_mailbox_is_there_and_a_removed_one_is_not(wire: Wire, sim: Simulator) -> None:
    sim.add_mailbox(MailboxSpec("new@example.test", "EXAMPLE\\new"))
    there = wire.post(CALENDAR, person="new@example.test")
    sim.remove_mailbox("new@example.test")
    gone = wire.post(CALENDAR, person="new@example.test")

    assert (there.codes, gone.fault) == (["NoError"], "ErrorNonExistentMailbox")
    with pytest.raises(KeyError):
        sim.outlook("new@example.test")
