"""A series told in words: how often, on which days, until when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QLocale, QObject

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKDAYS, _WEEKEND, _WEEK = ("MO,TU,WE,TH,FR", "SA,SU", "MO,TU,WE,TH,FR,SA,SU")
_POSITIONED = re.compile(r"(-?\d)(MO|TU|WE|TH|FR|SA|SU)")
_LEAP_YEAR = 2000


class RuleWords(QObject):
    """Sentences about rules; an object because plurals are an object's business in Qt."""

    def tell(self, text: str, zone: str) -> str:
        """The rule in the window's language; one that is none of the usual is told as it is written.

        ``zone`` is that of the series: its last day is one of that zone.
        """
        parts = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
        try:
            return f"{self._days(parts)}{self._end(parts, zone)}"
        except (KeyError, ValueError, OSError):  # an unknown zone is a KeyError
            return self.tr("By the rule {rule}").format(rule=text)

    def _days(self, parts: Mapping[str, str]) -> str:
        every = self._every(parts)
        match parts["FREQ"]:
            case "DAILY":
                return every
            case "WEEKLY":
                days = parts.get("BYDAY", "")
                return (
                    self.tr("{every}: {days}").format(every=every, days=self._weekdays(days))
                    if days
                    else every
                )
            case "MONTHLY":
                return self.tr("{every}, {day}").format(every=every, day=self._day_of_month(parts))
            case _:
                return self.tr("{every}, {day}").format(every=every, day=self._day_of_year(parts))

    def _every(self, parts: Mapping[str, str]) -> str:
        count = int(parts.get("INTERVAL", "1"))
        return {
            "DAILY": self.tr("every %n day(s)", "", count),
            "WEEKLY": self.tr("every %n week(s)", "", count),
            "MONTHLY": self.tr("every %n month(s)", "", count),
            "YEARLY": self.tr("every %n year(s)", "", count),
        }[parts["FREQ"]]

    def _day_of_month(self, parts: Mapping[str, str]) -> str:
        if "BYDAY" in parts:
            return self._positioned(parts)
        days = parts["BYMONTHDAY"].split(",")
        if days == ["-1"]:
            return self.tr("on the last day of the month")
        return self.tr("on day {day}").format(day=int(days[-1]))

    def _day_of_year(self, parts: Mapping[str, str]) -> str:
        month = int(parts["BYMONTH"])
        if "BYDAY" in parts or parts["BYMONTHDAY"] == "-1":
            name = QLocale().standaloneMonthName(month)
            return self.tr("{day} in {month}").format(day=self._day_of_month(parts), month=name)
        date = QDate(_LEAP_YEAR, month, int(parts["BYMONTHDAY"]))
        return QLocale().toString(date, self.tr("MMMM d", "a date without its year"))

    def _positioned(self, parts: Mapping[str, str]) -> str:
        found = _POSITIONED.fullmatch(parts["BYDAY"])
        position = int(found[1] if found else parts["BYSETPOS"])
        words = {
            1: self.tr("the first {day}"),
            2: self.tr("the second {day}"),
            3: self.tr("the third {day}"),
            4: self.tr("the fourth {day}"),
            -1: self.tr("the last {day}"),
        }
        return words[position].format(day=self._one_of(found[2] if found else parts["BYDAY"]))

    def _one_of(self, days: str) -> str:
        groups = {
            _WORKDAYS: self.tr("weekday"),
            _WEEKEND: self.tr("day of the weekend"),
            _WEEK: self.tr("day"),
        }
        return groups.get(days) or _name(days, QLocale.FormatType.LongFormat)

    def _weekdays(self, days: str) -> str:
        if days == _WORKDAYS:
            return self.tr("Monday to Friday")
        form = QLocale.FormatType.ShortFormat if "," in days else QLocale.FormatType.LongFormat
        return ", ".join(_name(day, form) for day in days.split(","))

    def _end(self, parts: Mapping[str, str], zone: str) -> str:
        if "COUNT" in parts:
            return self.tr(", %n time(s)", "", int(parts["COUNT"]))
        if "UNTIL" not in parts:
            return ""
        last = _last_day(parts["UNTIL"], zone)
        return self.tr(", until {date}").format(date=QLocale().toString(last, QLocale.FormatType.ShortFormat))


def _name(day: str, form: QLocale.FormatType) -> str:
    return QLocale().standaloneDayName(_DAYS.index(day) + 1, form)


def _last_day(text: str, zone: str) -> QDate:
    """The day of an end that is a date, or a moment in UTC. Raises ValueError."""
    if text.endswith("Z"):
        moment = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        local = moment.astimezone(ZoneInfo(zone))
        return QDate(local.year, local.month, local.day)
    return QDate(int(text[:4]), int(text[4:6]), int(text[6:8]))
