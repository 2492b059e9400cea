"""Who is invited to an item, and the persons that says something about (R9).

Attendees that are no person of ours stay where they are. Additions are appended, so that nobody else's
answer is touched; only a removal writes a list anew, with all the others in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from vfadmin.calendars.base import Attendee, People
from vfadmin.calendars.event import Participant
from vfadmin.calendars.ews.fields import Fields
from vfadmin.calendars.ews.xml import branch, element, tag, text_at

GROUPS = ("t:RequiredAttendees", "t:OptionalAttendees", "t:Resources")
_REQUIRED, _, _RESOURCES = GROUPS
_DIGITS = 10
"""Of an xs:int."""


@dataclass(frozen=True, slots=True)
class Invited:
    """One entry of an attendee list as the server shows it."""

    group: str
    name: str
    address: str
    routing: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to one list: ``append`` adds the entries, otherwise they are all there is."""

    group: str
    entries: tuple[etree._Element, ...]
    append: bool

    @property
    def path(self) -> str:
        """The property's name in an update."""
        return f"calendar:{self.group.removeprefix('t:')}"

    def value(self) -> etree._Element | None:
        """The list, or None where it is to be empty."""
        return branch(self.group, *self.entries) if self.entries else None


def invited(shown: Fields) -> tuple[Invited, ...]:
    """Everybody in the three lists of an item."""
    return tuple(
        Invited(
            group,
            text_at(one, "t:Mailbox/t:Name") or "",
            text_at(one, "t:Mailbox/t:EmailAddress") or "",
            text_at(one, "t:Mailbox/t:RoutingType") or "SMTP",
        )
        for group in GROUPS
        if (listed := shown.child(group)) is not None
        for one in listed.iterfind(tag("t:Attendee"))
    )


def participants(entries: Iterable[Invited], people: People, mailbox: str) -> frozenset[Participant]:
    """The persons among them; whoever owns the mailbox takes part in any case."""
    owner = people.person(mailbox)
    persons = {people.person(one.address) for one in entries} - {None, owner}
    return frozenset(Participant(person) for person in persons if person is not None)


def organizer(shown: Fields, mailbox: str) -> str | None:
    """The address of another person who organises it; None for an appointment and a meeting of one's own."""
    if not shown.flag("t:IsMeeting") or shown.text("t:MyResponseType") == "Organizer":
        return None
    told = shown.child("t:Organizer")
    address = ("" if told is None else text_at(told, "t:Mailbox/t:EmailAddress") or "").strip()
    return None if address.casefold() == mailbox.casefold() else address


def sequence(shown: Fields) -> int:
    """The number of the organizer's last update (MS-OXOCAL 2.2.1.1); 0 where the server tells none."""
    told = (shown.text("t:AppointmentSequenceNumber") or "").strip()
    return int(told) if told.isascii() and told.isdecimal() and len(told) <= _DIGITS else 0


def is_cancelled(shown: Fields, mailbox: str) -> bool:
    """Whether it is what is left of a meeting that its organizer cancelled.

    Outlook leaves it in the calendar until the invited person takes it away.
    """
    return shown.flag("t:IsCancelled") and organizer(shown, mailbox) is not None


def lists(wanted: Iterable[Participant], people: People) -> tuple[Change, ...]:
    """The lists of a new item."""
    return tuple(_additions({one.person for one in wanted}, people))


def changes(
    entries: tuple[Invited, ...], wanted: Iterable[Participant], people: People, mailbox: str
) -> tuple[Change, ...]:
    """What has to be done to the lists so that of our persons exactly the wanted ones are in them."""
    persons = {one.person for one in wanted}
    there = {one.person for one in participants(entries, people, mailbox)}
    unwanted = there - persons
    found: dict[str, Change] = {}
    for group in GROUPS:
        listed = [one for one in entries if one.group == group]
        kept = [one for one in listed if people.person(one.address) not in unwanted]
        if len(kept) < len(listed):
            found[group] = Change(group, tuple(_entry(one) for one in kept), append=False)
    for added in _additions(persons - there, people):
        rewritten = found.get(added.group)
        if rewritten is None:
            found[added.group] = added
        else:
            entries_too = (*rewritten.entries, *added.entries)
            found[added.group] = Change(added.group, entries_too, append=False)
    return tuple(found.values())


def _additions(persons: set[int], people: People) -> Iterator[Change]:
    known = [people.attendees[one] for one in sorted(persons) if one in people.attendees]
    for group, resource in ((_REQUIRED, False), (_RESOURCES, True)):
        entries = tuple(_new_entry(one) for one in known if one.resource is resource)
        if entries:
            yield Change(group, entries, append=True)


def _new_entry(one: Attendee) -> etree._Element:
    return _mailbox(one.name, one.address, "SMTP")


def _entry(one: Invited) -> etree._Element:
    return _mailbox(one.name, one.address, one.routing)


def _mailbox(name: str, address: str, routing: str) -> etree._Element:
    parts = [element("t:Name", name)] if name else []
    parts += [element("t:EmailAddress", address)] if address else []
    return branch("t:Attendee", branch("t:Mailbox", *parts, element("t:RoutingType", routing)))
