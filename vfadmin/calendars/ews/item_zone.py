"""The time zone of an item: by its name, or else by the rules that come with it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from vfadmin.calendars.ews import patterns, zone_rules
from vfadmin.calendars.ews.fields import Fields
from vfadmin.calendars.ews.zone_rules import ZoneRules
from vfadmin.calendars.exchange import zones
from vfadmin.calendars.recurrence.days import last
from vfadmin.calendars.recurrence.rule import Unsupported

_YEAR = timedelta(days=366)
_MOVED = timedelta(days=31)
"""How far beyond the last day of a rule an occurrence may have been moved."""
_LAST = datetime.max.replace(tzinfo=UTC)
_FOREVER = date(2060, 1, 1)
"""As far as the clocks of endless series are compared."""


def name(shown: Fields, home_zone: str) -> str | None:
    """The IANA name of the zone; None for one whose clock no known zone has.

    Of several known zones with the clock that the rules make, the mailbox's own is meant.
    """
    told = _told(shown)
    if told is not None:
        return told
    rules, start = _rules(shown), shown.time("t:Start")
    if rules is None or start is None:
        return None
    return zone_rules.twin(rules, start, _until(shown, rules, start), zones.candidates(home_zone))


def days(shown: Fields, start: datetime, end: datetime, home_zone: str) -> tuple[date, date]:
    """The first day of an all-day item and the day after its last."""
    told = _told(shown)
    rules = _rules(shown) if told is None else None
    own = None if rules is None else rules.local
    return zones.days_of(start, end, (told, home_zone, "UTC"), own)


def _told(shown: Fields) -> str | None:
    """The zone by what it is called."""
    found = shown.child("t:StartTimeZone")
    if found is None:
        return None
    return zones.iana_zone(found.get("Id")) or zones.iana_zone(found.get("Name"))


def _rules(shown: Fields) -> ZoneRules | None:
    """The rules that come with the zone: for one that nobody knows by what it is called."""
    found = shown.child("t:StartTimeZone")
    return None if found is None else zone_rules.read_rules(found)


def _until(shown: Fields, rules: ZoneRules, start: datetime) -> datetime:
    """Until when the clock matters: as long as a series goes on, and a whole year at least.

    Within half a year too many zones are alike.
    """
    try:
        return max(start + _YEAR, _end(shown, rules, start))
    except OverflowError:
        return _LAST


def _end(shown: Fields, rules: ZoneRules, start: datetime) -> datetime:
    recurrence = shown.child("t:Recurrence")
    if recurrence is None:
        return start
    try:
        rule = patterns.read_rule(recurrence, rules.local(start).date())
    except Unsupported:
        return start
    ends = _FOREVER if rule.endless else min(last(rule) or rule.first, _FOREVER)
    return datetime.combine(ends, time(), UTC) + _MOVED
