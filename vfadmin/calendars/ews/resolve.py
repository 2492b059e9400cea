"""From a login to a mailbox (R6), by exact match only (R30)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from vfadmin.calendars.ews import folders
from vfadmin.calendars.ews.errors import Context, EwsFault, build, translated
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.ews.soap import Message
from vfadmin.calendars.ews.xml import branch, element, find, tag, text_at
from vfadmin.calendars.exchange.mailbox import ResolvedMailbox
from vfadmin.errors import CalendarError


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One answer of the directory."""

    primary: str
    name: str
    alias: str
    addresses: frozenset[str]


def resolve(session: EwsSession, login: str) -> ResolvedMailbox:
    r"""The mailbox of ``DOMAIN\\user``, a user principal name or an address.

    Raises CalendarError: EX-MBX-01 no such mailbox, EX-MBX-02 an alias (the right address in
    ``primary``), EX-MBX-03 nothing matches exactly, EX-MBX-04 several do.
    """
    wanted = login.strip()
    account = wanted.rpartition("\\")[2]
    if not account:
        raise CalendarError(build("EX-MBX-03", Context(session.connection, mailbox=login)))
    if "@" not in account:
        # "=" asks the directory for whole names, where plain ones are beginnings; not every server
        # knows it.
        found = _ask(session, f"={account}", wanted) or _ask(session, account, wanted)
        return _only(session, wanted, _by_alias(found, account))
    try:
        return _by_address(session, account)
    except CalendarError as error:
        if error.failure.code != "EX-MBX-01":
            raise
    # No mailbox has that address, so it may be a principal name in a domain without mail.
    candidates = _ask(session, account, wanted) + _ask(session, account.partition("@")[0], wanted)
    return _only(session, wanted, _by_principal(session, candidates, account))


def _by_address(session: EwsSession, address: str) -> ResolvedMailbox:
    """The address itself, if a mailbox answers to it as its primary one."""
    context = Context(session.connection, mailbox=address)
    try:
        folders.default_identity(session, context)
    except CalendarError as error:
        if error.failure.code != "EX-MBX-02" or "primary" in error.failure.params:
            raise
        # Some versions refuse an alias without naming the right address; the directory knows it.
        found = [one for one in _ask(session, f"smtp:{address}", address) if _has(one, address)]
        if len(found) != 1:
            raise
        raise CalendarError(build("EX-MBX-02", context, primary=found[0].primary)) from error
    return ResolvedMailbox(address)


def _ask(session: EwsSession, entry: str, login: str) -> tuple[_Candidate, ...]:
    """What the directory offers for an entry: anything of whose names one begins with it (MS-OXWSRSLNM).

    Only the shape AllProperties shows the alias (Exchange 2010 SP2 and later).
    """
    request = branch(
        "m:ResolveNames",
        element("m:UnresolvedEntry", entry),
        ReturnFullContactData="true",
        SearchScope="ActiveDirectory",
        ContactDataShape="AllProperties",
    )
    context = Context(session.connection, mailbox=login)
    with translated(context):
        try:
            message = session.ask(request, context, impersonate=False)
            return tuple(_candidates(message))
        except EwsFault as fault:
            if fault.code == "ErrorNameResolutionNoResults":
                return ()
            raise


def _candidates(message: Message) -> list[_Candidate]:
    found = []
    for one in message.items("m:ResolutionSet"):
        mailbox = find(one, "t:Mailbox")
        if mailbox is None or text_at(mailbox, "t:MailboxType") not in (None, "Mailbox"):
            continue
        if "@" not in (text_at(mailbox, "t:EmailAddress") or ""):
            # Without an address, or with a directory's own name in its place, nobody can be reached.
            continue
        contact = find(one, "t:Contact")
        found.append(_candidate(mailbox, contact if contact is not None else element("t:Contact")))
    return found


def _candidate(mailbox: etree._Element, contact: etree._Element) -> _Candidate:
    primary = text_at(mailbox, "t:EmailAddress") or ""
    # Entries read "SMTP:anna@example.com"; other kinds (X400, SIP) do no harm.
    entries = (entry.text or "" for entry in contact.iter(tag("t:Entry")))
    addresses = {entry.rpartition(":")[2].casefold() for entry in entries}
    return _Candidate(
        primary=primary,
        name=text_at(contact, "t:DisplayName") or text_at(mailbox, "t:Name") or "",
        alias=text_at(contact, "t:Alias") or "",
        addresses=frozenset(addresses | {primary.casefold()}),
    )


def _by_alias(candidates: tuple[_Candidate, ...], account: str) -> list[_Candidate]:
    """Those whose account it is.

    EWS does not show the account name. Exchange makes the alias from it and keeps aliases unique;
    where no alias is shown (2010), the address it makes from the alias stands in.
    """
    wanted = account.casefold()
    return [one for one in candidates if wanted == (one.alias or one.primary.partition("@")[0]).casefold()]


def _by_principal(
    session: EwsSession, candidates: tuple[_Candidate, ...], principal: str
) -> list[_Candidate]:
    """Those whose calendar is the one the principal name leads to."""
    try:
        owned = folders.default_identity(
            session, Context(session.connection, mailbox=principal, principal=True)
        )
    except CalendarError as error:
        if error.failure.code in ("EX-MBX-01", "EX-MBX-03"):
            return []
        raise
    likely = {
        one.primary: one
        for one in candidates
        if _has(one, principal) or one.alias.casefold() == principal.partition("@")[0].casefold()
    }
    return [one for one in likely.values() if _calendar_of(session, one) == owned.folder]


def _calendar_of(session: EwsSession, candidate: _Candidate) -> str:
    return folders.default_identity(session, Context(session.connection, mailbox=candidate.primary)).folder


def _has(candidate: _Candidate, address: str) -> bool:
    return address.casefold() in candidate.addresses


def _only(session: EwsSession, login: str, found: list[_Candidate]) -> ResolvedMailbox:
    primaries = {one.primary.casefold(): one for one in found}
    if len(primaries) != 1:
        code = "EX-MBX-04" if primaries else "EX-MBX-03"
        raise CalendarError(build(code, Context(session.connection, mailbox=login)))
    (one,) = primaries.values()
    return ResolvedMailbox(one.primary, one.name)
