"""A series in words, in both languages."""

from __future__ import annotations

import pytest

from vfadmin.ui.persons.rule_words import RuleWords
from vfadmin.ui.translations import Speaker

CASES = {
    "FREQ=DAILY": ("joka päivä", "every day"),
    "FREQ=DAILY;INTERVAL=3;COUNT=5": ("joka 3. päivä, 5 kertaa", "every 3 days, 5 times"),
    "FREQ=WEEKLY": ("joka viikko", "every week"),
    "FREQ=WEEKLY;BYDAY=MO": ("joka viikko: maanantai", "every week: Monday"),
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE": ("joka 2. viikko: ma, ke", "every 2 weeks: Mon, Wed"),
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": (
        "joka viikko: maanantaista perjantaihin",
        "every week: Monday to Friday",
    ),
    "FREQ=MONTHLY;BYMONTHDAY=15": ("joka kuukausi, 15. päivä", "every month, on day 15"),
    "FREQ=MONTHLY;BYMONTHDAY=-1": (
        "joka kuukausi, kuun viimeinen päivä",
        "every month, on the last day of the month",
    ),
    "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1": ("joka kuukausi, 30. päivä", "every month, on day 30"),
    "FREQ=MONTHLY;BYDAY=2TU": ("joka kuukausi, kuun toinen tiistai", "every month, the second Tuesday"),
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1": (
        "joka kuukausi, kuun viimeinen arkipäivä",
        "every month, the last weekday",
    ),
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24": ("joka vuosi, 24. joulukuuta", "every year, December 24"),
    "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU": (
        "joka vuosi, kuun toinen sunnuntai, toukokuu",
        "every year, the second Sunday in May",
    ),
    "FREQ=DAILY;UNTIL=20261231": ("joka päivä, 31.12.2026 asti", "every day, until 31/12/2026"),
    "FREQ=DAILY;COUNT=1": ("joka päivä, 1 kerran", "every day, 1 time"),
}


@pytest.mark.parametrize("rule", sorted(CASES))
def test_r17_a_rule_is_told_in_words(speaker: Speaker, rule: str) -> None:
    for language, told in zip(("fi", "en"), CASES[rule], strict=True):
        speaker.speak(language)
        assert RuleWords().tell(rule, "Europe/Helsinki") == told


def test_r17_the_last_day_is_one_of_the_series_own_zone(speaker: Speaker) -> None:
    speaker.speak("fi")
    rule = "FREQ=DAILY;UNTIL=20270101T045959Z"
    assert RuleWords().tell(rule, "America/New_York") == "joka päivä, 31.12.2026 asti"


@pytest.mark.parametrize(
    ("rule", "zone"),
    [
        ("FREQ=SECONDLY", "Europe/Helsinki"),
        ("FREQ=MONTHLY;BYDAY=7MO", "Europe/Helsinki"),
        ("FREQ=WEEKLY;BYDAY=XX", "Europe/Helsinki"),
        ("FREQ=DAILY;UNTIL=soon", "Europe/Helsinki"),
        ("FREQ=DAILY;UNTIL=20270101T045959Z", "Mars/Olympus"),
        ("nonsense", "Europe/Helsinki"),
    ],
)
def test_a_rule_that_is_none_of_the_usual_is_told_as_it_is_written(
    speaker: Speaker, rule: str, zone: str
) -> None:
    speaker.speak("fi")
    assert RuleWords().tell(rule, zone) == f"Säännön {rule} mukaan"
