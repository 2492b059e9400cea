"""Which words of a text are the person, and which only look like it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.strategies import NOW
from vfadmin.models import Audit
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, record
from vfadmin.services.pseudonyms import Veil, may_mention, usable

NAME, EMAIL, LOGIN = "Maija Åhl", "maija@esim.fi", "ESIM\\maija"
VEIL = Veil(17, "poistettu #1", usable((NAME, EMAIL, LOGIN, "", "xy")), (EMAIL, "maija"))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Maija Åhl", "poistettu #1"),
        ("MAIJA ÅHL ja Maija Åhl.", "poistettu #1 ja poistettu #1."),
        ("Kirje: <maija@esim.fi>, esim\\MAIJA", "Kirje: <poistettu #1>, poistettu #1"),
        ("Anna-Maija Åhl, Maija Åhl-Virta, Maija Åhlman", "Anna-Maija Åhl, Maija Åhl-Virta, Maija Åhlman"),
        ("anna.maija@esim.fi maija@esim.fi.example", "anna.maija@esim.fi maija@esim.fi.example"),
        ("lista Maija Åhl.xlsx", "lista poistettu #1.xlsx"),
        ("2026_Maija Åhl_1.xlsx", "2026_poistettu #1_1.xlsx"),
        ("maija@esim.fi.xlsx xmaija@esim.fi", "maija@esim.fi.xlsx xmaija@esim.fi"),
        ("maija", "maija"),
    ],
)
def test_whole_words_are_the_person_whatever_the_case(said: str, left: str) -> None:
    assert VEIL.text(said) == left
    assert VEIL.json({"a": [said, 1, None]}) == {"a": [left, 1, None]}


def test_without_words_nothing_is_said_of_anybody() -> None:
    assert Veil(17, "poistettu #1", (), ()).text(NAME) == NAME


def test_a_signature_is_the_person_or_somebody_else() -> None:
    assert [VEIL.signature(one) for one in ("Maija", EMAIL, "maija2", "")] == [
        "poistettu #1", "poistettu #1", "maija2", "",
    ]  # fmt: skip


def test_of_what_is_about_the_person_it_is_left_what_changed_and_in_which_state_it_was() -> None:
    before = {
        "name": "Kuka vain", "state": "passive", "login": "", "id": 17, "reminder_minutes": 17,
        "active": True, "error": None, "participants": [{"person": 17}, {"person": 18}],
    }  # fmt: skip
    assert VEIL.blank(before) == {
        "name": "poistettu #1", "state": "passive", "login": "", "id": "poistettu #1", "reminder_minutes": 17,
        "active": True, "error": None, "participants": [{"person": "poistettu #1"}, {"person": 18}],
    }  # fmt: skip
    assert VEIL.blank({"name": "poistettu #4"}) == {"name": "poistettu #4"}


@pytest.mark.both_stores
def test_sql_leaves_out_most_rows_and_none_that_names_the_person(store: Store) -> None:
    with store.write() as session:
        for said in (NAME, NAME.upper(), EMAIL.upper(), LOGIN, "Kauppa", "maijan"):
            record(session, Actor("tuki", "kone"), "x", said, None, {"ö": [said]}, NOW)
        record(session, Actor("tuki", "kone"), "x", "ei mitään", None, None, NOW)
    columns = (Audit.subject, Audit.after)
    with store.read() as session:
        asked = select(Audit.subject).order_by(Audit.id)
        assert session.scalars(asked.where(may_mention(columns, VEIL.words))).all()[:4] == [
            NAME, NAME.upper(), EMAIL.upper(), LOGIN,
        ]  # fmt: skip
        some = session.scalars(asked.where(may_mention(columns, VEIL.words))).all()
        assert "Kauppa" not in some
        assert session.scalars(asked.where(may_mention(columns, ()))).all() == []
        assert len(session.scalars(asked.where(may_mention(columns, ["Öö Åå"]))).all()) == 7
