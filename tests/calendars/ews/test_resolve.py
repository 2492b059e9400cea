"""R6 and R30: from a login to one mailbox, or a clear reason why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.canned import Canned, answer, fault, message, serving
from vfadmin.calendars.ews import EwsServer, ResolvedMailbox
from vfadmin.calendars.ews.resolve import resolve
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.errors import CalendarError
from vfadmin.simulator import Simulator


@pytest.mark.parametrize(
    ("login", "expected"),
    [
        ("EXAMPLE\\annavir", ResolvedMailbox(people.ANNA, "Anna Virtanen")),
        ("example\\ANNAVIRT", ResolvedMailbox(people.ANNA_LONG, "Anna Virtanen-Lahti")),
        ("liisa", ResolvedMailbox(people.LIISA, "Liisa")),
        (people.ANNA, ResolvedMailbox(people.ANNA)),
        (f"  {people.ANNA_LONG} ", ResolvedMailbox(people.ANNA_LONG)),
        ("matti@corp.example.local", ResolvedMailbox(people.MATTI, "Matti Meikäläinen")),
    ],
)
def test_exact_logins(server: EwsServer, login: str, expected: ResolvedMailbox) -> None:
    assert server.resolve(login) == expected


@pytest.mark.parametrize(
    ("login", "code"),
    [
        ("EXAMPLE\\annavi", "EX-MBX-03"),
        ("EXAMPLE\\anna", "EX-MBX-03"),
        ("Anna Virtanen", "EX-MBX-03"),
        ("lii", "EX-MBX-03"),
        ("EXAMPLE\\nobody", "EX-MBX-03"),
        ("", "EX-MBX-03"),
        ("EXAMPLE\\", "EX-MBX-03"),
        ("matt@corp.example.local", "EX-MBX-03"),
        ("anna.virtanen@elsewhere.example.org", "EX-MBX-03"),
    ],
)
def test_the_beginning_of_a_name_is_never_enough(server: EwsServer, login: str, code: str) -> None:
    with pytest.raises(CalendarError) as raised:
        server.resolve(login)
    assert raised.value.failure.code == code


def test_an_alias_is_answered_with_the_right_address(server: EwsServer) -> None:
    with pytest.raises(CalendarError) as raised:
        server.resolve("anna@example.com")
    assert raised.value.failure.code == "EX-MBX-02"
    assert raised.value.failure.params["primary"] == people.ANNA


def test_a_mailbox_that_may_not_be_impersonated_is_told_so(exchange: Simulator, server: EwsServer) -> None:
    exchange.deny_impersonation(people.ANNA)
    with pytest.raises(CalendarError) as raised:
        server.resolve(people.ANNA)
    assert raised.value.failure.code == "EX-IMP-01"


def resolution(primary: str, alias: str = "", kind: str = "Mailbox", other: str = "") -> str:
    contact = f"<t:Alias>{alias}</t:Alias>" if alias else ""
    entry = f'<t:Entry Key="EmailAddress2">smtp:{other}</t:Entry>'
    return (
        f"<t:Resolution><t:Mailbox><t:Name>Nimi</t:Name><t:EmailAddress>{primary}</t:EmailAddress>"
        f"<t:MailboxType>{kind}</t:MailboxType></t:Mailbox>"
        f"<t:Contact><t:EmailAddresses>{entry}</t:EmailAddresses>{contact}</t:Contact></t:Resolution>"
    )


def names(*found: str) -> Canned:
    inside = f"<m:ResolutionSet>{''.join(found)}</m:ResolutionSet>"
    return Canned(answer("ResolveNames", message("ResolveNames", inside)))


NOBODY = Canned(answer("ResolveNames", message("ResolveNames", "", "ErrorNameResolutionNoResults")))


def folder(folder_id: str) -> Canned:
    inside = f'<m:Folders><t:CalendarFolder><t:FolderId Id="{folder_id}"/></t:CalendarFolder></m:Folders>'
    return Canned(answer("GetFolder", message("GetFolder", inside)))


def asked(tmp_path: Path, session_at: Callable[..., EwsSession], login: str, *answers: Canned) -> str:
    """The primary address, or the code of the failure."""
    with serving(tmp_path, *answers) as server:
        try:
            return resolve(session_at(server.url, server.ca_file), login).primary
        except CalendarError as error:
            return f"{error.failure.code} {error.failure.params.get('primary', '')}".strip()


BAD_MAILBOX = Canned(fault("ErrorNonExistentMailbox"), status=500)


@pytest.mark.parametrize(
    ("login", "answers", "expected"),
    [
        ("D\\anna", [names(resolution("x@e.com", "anna"), resolution("y@e.com", "anna"))], "EX-MBX-04"),
        ("D\\anna", [names(resolution("x@e.com", "anna"), resolution("X@e.com", "anna"))], "X@e.com"),
        ("D\\anna", [names(resolution("anna@e.com"))], "anna@e.com"),
        ("D\\anna", [names(resolution("anna@e.com", "annamaria"))], "EX-MBX-03"),
        ("D\\anna", [names(resolution("x@e.com", "anna", "PublicDL"))], "EX-MBX-03"),
        ("D\\anna", [names("<t:Resolution/>")], "EX-MBX-03"),
        ("D\\anna", [NOBODY, names(resolution("x@e.com", "anna"))], "x@e.com"),
        ("D\\anna", [NOBODY, NOBODY], "EX-MBX-03"),
        ("D\\anna", [Canned(fault("ErrorServerBusy"), status=500)], "EX-BUSY-01"),
        (
            "D\\anna",
            [
                names(
                    "<t:Resolution><t:Mailbox><t:EmailAddress>anna@e.com</t:EmailAddress></t:Mailbox></t:Resolution>"
                )
            ],
            "anna@e.com",
        ),
        # A principal name: the candidate's calendar must be the principal's.
        (
            "a@corp",
            [BAD_MAILBOX, NOBODY, names(resolution("x@e.com", "a")), folder("1"), folder("1")],
            "x@e.com",
        ),
        (
            "a@corp",
            [BAD_MAILBOX, NOBODY, names(resolution("x@e.com", "a")), folder("1"), folder("2")],
            "EX-MBX-03",
        ),
        (
            "a@corp",
            [BAD_MAILBOX, names(resolution("x@e.com", "zz", other="a@corp")), NOBODY, folder("1")],
            "x@e.com",
        ),
        (
            "a@corp",
            [BAD_MAILBOX, NOBODY, NOBODY, Canned(fault("ErrorInvalidUserPrincipalName"))],
            "EX-MBX-03",
        ),
        ("a@corp", [BAD_MAILBOX, NOBODY, NOBODY, Canned(fault("ErrorServerBusy"))], "EX-BUSY-01"),
        # An alias whose right address the refusal does not name.
        (
            "b@e.com",
            [Canned(fault("ErrorNonPrimarySmtpAddress")), names(resolution("x@e.com", other="b@e.com"))],
            "EX-MBX-02 x@e.com",
        ),
        ("b@e.com", [Canned(fault("ErrorNonPrimarySmtpAddress")), NOBODY], "EX-MBX-02"),
    ],
)
def test_what_the_directory_may_answer(
    tmp_path: Path, session_at: Callable[..., EwsSession], login: str, answers: list[Canned], expected: str
) -> None:
    assert asked(tmp_path, session_at, login, *answers) == expected


@pytest.mark.parametrize(
    "address", ["", "<t:EmailAddress/>", "<t:EmailAddress>/O=EX/CN=LIISA</t:EmailAddress>"]
)
def test_whoever_has_no_address_is_no_mailbox(
    tmp_path: Path, session_at: Callable[..., EwsSession], address: str
) -> None:
    contact = "<t:Contact><t:Alias>liisa</t:Alias></t:Contact>"
    one = f"<t:Resolution><t:Mailbox><t:Name>Liisa</t:Name>{address}</t:Mailbox>{contact}</t:Resolution>"
    found = answer("ResolveNames", message("ResolveNames", f"<m:ResolutionSet>{one}</m:ResolutionSet>"))
    with serving(tmp_path, Canned(found)) as server, pytest.raises(CalendarError) as raised:
        resolve(session_at(server.url, server.ca_file), "EXAMPLE\\liisa")
    assert raised.value.failure.code == "EX-MBX-03"
