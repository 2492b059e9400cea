"""What is derived from a person: Finnish order, caseless search, logins that are the same."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from vfadmin.models import Person
from vfadmin.models.people import SORT_NAME_LIMIT, fold, login_key, mentions, search_text, sort_name
from vfadmin.models.store import Store


def _add(store: Store, **names: str) -> None:
    with store.write() as session:
        for number, (login, name) in enumerate(names.items(), 1):
            email = f"{login}@esimerkki.fi"
            session.add(
                Person(
                    id=number,
                    name=name,
                    sort_name=sort_name(name),
                    email=email,
                    search_text=search_text(
                        person_id=number, name=name, email=email, login=f"YRITYS\\{login}"
                    ),
                )
            )


def _found(store: Store, wanted: str) -> list[int]:
    with store.read() as session:
        return list(session.scalars(select(Person.id).where(mentions(wanted)).order_by(Person.id)))


def test_names_sort_as_finnish_does() -> None:
    ordered = [
        "Aalto Anna",
        "Ahola Eero",
        "Virtanen Olli",
        "Wahlroos Björn",
        "Ylönen Raija",
        "Zetterberg Carl",
        "Åberg Kaj",
        "Åström Eva",
        "Äijälä Jari",
        "Ämmälä Sari",
        "Öhman Tea",
        "Östman Bo",
    ]
    shuffled = random.Random(7).sample(ordered, len(ordered))
    assert sorted(shuffled, key=sort_name) == ordered


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Müller", "myller"),
        ("Groß", "gross"),
        ("Éva  Šimić", "eva simic"),
        ("A\u0308ijälä", "|ij|l|"),
        ("Ørsted", "}rsted"),
    ],
)
def test_letters_of_other_languages_sort_where_readers_look(name: str, key: str) -> None:
    assert sort_name(name) == key


@given(st.text(max_size=200))
def test_a_sort_name_fits_its_column_and_does_not_depend_on_case(name: str) -> None:
    assert len(sort_name(name)) <= SORT_NAME_LIMIT
    assert sort_name(name.upper().lower()) == sort_name(name.lower().upper().lower())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("YRITYS\\Anna", "yritys\\anna"),
        (" anna@esimerkki.fi ", "Anna@Esimerkki.FI"),
        ("A\u0308ijä@x.fi", "äijä@X.fi"),
    ],
)
def test_logins_that_are_the_same(one: str, other: str) -> None:
    assert login_key(one) == login_key(other)


def test_logins_that_differ() -> None:
    assert login_key("anna@x.fi") != login_key("hanna@x.fi")


@given(st.text())
def test_folding_twice_changes_nothing(words: str) -> None:
    assert fold(fold(words)) == fold(words)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("äijä", [2]),
        ("ÄIJÄ", [2]),
        ("ä", [2, 3]),
        ("ÄM", [3]),
        ("esimerkki.fi", [1, 2, 3]),
        ("yritys\\anna", [1]),
        ("_", []),
        ("%", []),
        ("100%", []),
        ('"', []),
        ('a" OR "b', []),
        ("virta*", []),
        ("", [1, 2, 3]),
        ("olematon", []),
    ],
)
def test_search_finds_what_is_written(store: Store, wanted: str, expected: list[int]) -> None:
    """R20: any part of a name, e-mail, login or id, whatever the case; nothing in it is a wildcard."""
    _add(store, anna="Virtanen Anna", jari="Äijälä Jari", sari="Ämmälä Sari")
    assert _found(store, wanted) == expected


def test_search_finds_an_id(store: Store) -> None:
    _add(store, anna="Virtanen Anna", jari="Äijälä Jari")
    assert _found(store, "2") == [2]


def test_the_search_follows_every_change(store: Store) -> None:
    _add(store, anna="Virtanen Anna", jari="Äijälä Jari")
    with store.write() as session:
        session.execute(text("UPDATE person SET search_text = 'korhonen anna' WHERE id = 1"))
        session.execute(text("DELETE FROM person WHERE id = 2"))
    assert _found(store, "virtanen") == []
    assert _found(store, "korhonen") == [1]
    assert _found(store, "äijälä") == []
    with store.write() as session:
        session.execute(text("UPDATE person SET id = 5 WHERE id = 1"))
    assert _found(store, "korhonen") == [5]
