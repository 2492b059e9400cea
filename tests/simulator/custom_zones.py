"""Time zones as clients define them, in the words of the wire."""

from __future__ import annotations

from collections.abc import Mapping

WINTER_AND_SUMMER = {"winter": "-PT2H", "summer": "-PT3H"}


def on_day(to: str, month: int, at: str, nth: int = -1, weekday: str = "Sunday") -> str:
    """A change on the n-th weekday of a month."""
    place = f"<ty:DayOfWeek>{weekday}</ty:DayOfWeek><ty:Occurrence>{nth}</ty:Occurrence>"
    return _recurring("Day", to, at, month, place)


def on_date(to: str, month: int, day: int, at: str) -> str:
    """A change on the same date every year."""
    return _recurring("Date", to, at, month, f"<ty:Day>{day}</ty:Day>")


def always(to: str) -> str:
    """A period without change."""
    return f'<ty:Transition><ty:To Kind="Period">{to}</ty:To></ty:Transition>'


def defined(
    zone_id: str = "Oma",
    periods: Mapping[str, str] = WINTER_AND_SUMMER,
    groups: tuple[str, ...] = (),
    since: tuple[str, ...] = (),
) -> str:
    """Attributes and content of a definition: the first group holds at first, others since a time."""
    given = "".join(f'<ty:Period Bias="{bias}" Name="{key}" Id="{key}"/>' for key, bias in periods.items())
    grouped = "".join(
        f'<ty:TransitionsGroup Id="{number}">{changes}</ty:TransitionsGroup>'
        for number, changes in enumerate(groups or (EUROPEAN,))
    )
    dated = "".join(
        f'<ty:AbsoluteDateTransition><ty:To Kind="Group">{number}</ty:To><ty:DateTime>{at}</ty:DateTime>'
        "</ty:AbsoluteDateTransition>"
        for number, at in enumerate(since, 1)
    )
    return (
        f'Id="{zone_id}" Name="Oma vyöhyke"><ty:Periods>{given}</ty:Periods>'
        f"<ty:TransitionsGroups>{grouped}</ty:TransitionsGroups><ty:Transitions><ty:Transition>"
        f'<ty:To Kind="Group">0</ty:To></ty:Transition>{dated}</ty:Transitions>'
    )


def both(definition: str) -> str:
    """Start and end in that zone."""
    return f"<ty:StartTimeZone {definition}</ty:StartTimeZone><ty:EndTimeZone {definition}</ty:EndTimeZone>"


def _recurring(kind: str, to: str, at: str, month: int, place: str) -> str:
    return (
        f'<ty:Recurring{kind}Transition><ty:To Kind="Period">{to}</ty:To><ty:TimeOffset>{at}</ty:TimeOffset>'
        f"<ty:Month>{month}</ty:Month>{place}</ty:Recurring{kind}Transition>"
    )


EUROPEAN = on_day("summer", 3, "PT3H") + on_day("winter", 10, "PT4H")
