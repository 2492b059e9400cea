from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clock import FakeClock
from tests.empty_database import opened_empty
from tests.services.scenes import active, change, person, stop
from tests.stores import POSTGRESQL, SQLITE, STORES
from vfadmin.errors import UsageError
from vfadmin.models import MobileSync, Person, State
from vfadmin.models.people import fold, search_text, sort_name
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.search import SORT_COLUMNS, CauseCount, PersonQuery, Search, StateCounts, parse_states

pytestmark = pytest.mark.both_stores


def names(services: Services, query: PersonQuery) -> list[str]:
    return [row.name for row in services.search.rows(services.search.ids(query))]


@pytest.fixture
def people(services: Services, store: Store, fake_clock: FakeClock) -> dict[str, int]:
    """Everybody the criteria tell apart."""
    ids = {
        "Åke": person(services, "Åke Öberg", email="ake@nord.fi", company="Nord Oy").id,
        "Aatos": active(services, "Aatos Äijälä", "FIRMA\\aatos").id,
        "Zorro": active(services, "Zorro Zetterberg", "zorro@firma.fi").id,
        "Öivind": active(services, "Öivind Aho", "oivind@firma.fi").id,
        "Passi": active(services, "Passi Virtanen", "passi@firma.fi").id,
        "Pois": person(services, "Pois Lähtenyt", company="nord oy").id,
        "Huone": person(services, "Huone 1", resource=True).id,
    }
    services.directory.change_person(ids["Pois"], active=False)
    services.directory.change_person(ids["Huone"], mobile_sync="activesync")
    services.directory.change_person(ids["Zorro"], mobile_sync="syncml")
    services.activation.passivate([ids["Passi"]])
    stop(store, ids["Öivind"], fake_clock.now)
    change(store, ids["Aatos"], last_synced_at=fake_clock.now)
    change(
        store, ids["Zorro"], last_synced_at=fake_clock.now - timedelta(days=1), failing_since=fake_clock.now
    )
    return ids


def test_r20_the_default_finds_active_persons_whatever_their_state_in_finnish_order(
    services: Services, people: dict[str, int]
) -> None:
    assert names(services, PersonQuery()) == [
        "Aatos Äijälä",
        "Huone 1",
        "Passi Virtanen",
        "Zorro Zetterberg",
        "Åke Öberg",
        "Öivind Aho",
    ]
    assert len(services.search.ids(PersonQuery(include_inactive=True))) == len(people)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ÄIJ", ["Aatos Äijälä"]),
        ("öb", ["Åke Öberg"]),
        ("ö", ["Åke Öberg", "Öivind Aho"]),
        ("aatos FIRMA", ["Aatos Äijälä"]),
        ("aatos nord", []),
        ("ake@NORD", ["Åke Öberg"]),
        ("firma\\", ["Aatos Äijälä"]),
        ("  ", ["Aatos Äijälä", "Huone 1", "Passi Virtanen", "Zorro Zetterberg", "Åke Öberg", "Öivind Aho"]),
        ("%", []),
        ("_", []),
        ('"', []),
        ("O\u0308berg", ["Åke Öberg"]),
    ],
)
def test_r20_every_word_must_be_found_in_name_email_login_or_id(
    services: Services, people: dict[str, int], text: str, found: list[str]
) -> None:
    assert people
    assert names(services, PersonQuery(text=text)) == found


def test_a_person_is_found_by_id(services: Services, people: dict[str, int]) -> None:
    assert people["Zorro"] in services.search.ids(PersonQuery(text=str(people["Zorro"])))


def test_r20_a_whole_company_is_listed(services: Services, people: dict[str, int]) -> None:
    (nord,) = services.directory.companies()

    assert (nord.name, nord.persons) == ("Nord Oy", 1)
    assert services.search.ids(PersonQuery(company_id=nord.id)) == [people["Åke"]]


@pytest.mark.parametrize(
    ("states", "found"),
    [
        ({State.ACTIVE}, ["Aatos Äijälä", "Zorro Zetterberg"]),
        ({State.PASSIVE, State.ERROR}, ["Passi Virtanen", "Öivind Aho"]),
        ({State.UNUSED}, ["Huone 1", "Åke Öberg"]),
        (
            set(State),
            ["Aatos Äijälä", "Huone 1", "Passi Virtanen", "Zorro Zetterberg", "Åke Öberg", "Öivind Aho"],
        ),
    ],
)
def test_r21_several_states_at_once(
    services: Services, people: dict[str, int], states: set[State], found: list[str]
) -> None:
    assert people
    assert names(services, PersonQuery(states=frozenset(states))) == found


def test_r21_a_removed_integration_is_as_unused_as_one_that_never_was(
    services: Services, people: dict[str, int]
) -> None:
    services.activation.remove([people["Zorro"]])

    assert people["Zorro"] in services.search.ids(PersonQuery(states=frozenset({State.UNUSED})))


def test_counts_ignore_the_state_filter_and_nothing_else(services: Services, people: dict[str, int]) -> None:
    assert people
    everybody = StateCounts(active=2, passive=1, error=1, unused=2, mobile=2, total=6)

    assert services.search.counts(PersonQuery()) == everybody
    assert services.search.counts(PersonQuery(states=frozenset({State.ERROR}))) == everybody
    assert services.search.counts(PersonQuery(text="zorro")) == StateCounts(active=1, mobile=1, total=1)
    assert services.search.counts(PersonQuery(mobile_only=True)).total == 2
    assert services.search.counts(PersonQuery(text="nobody")) == StateCounts()


def test_r18_only_those_with_a_mobile_sync(services: Services, people: dict[str, int]) -> None:
    assert services.search.ids(PersonQuery(mobile_only=True)) == [people["Huone"], people["Zorro"]]
    row = services.directory.person(people["Zorro"])
    assert (row.mobile_sync, row.mobile_warning) == (MobileSync.SYNCML, True)
    assert not services.directory.person(people["Aatos"]).mobile_warning


def test_r24_those_one_cause_has_stopped(services: Services, store: Store, people: dict[str, int]) -> None:
    stop(store, people["Passi"], FakeClock().now, "EX-MBX-01")
    stop(store, people["Aatos"], FakeClock().now)

    assert services.search.causes() == [CauseCount("EX-IMP-01", 2), CauseCount("EX-MBX-01", 1)]
    assert services.search.ids(PersonQuery(error_code="EX-MBX-01")) == [people["Passi"]]


def test_r24_the_causes_among_the_rows_of_a_search(
    services: Services, store: Store, people: dict[str, int]
) -> None:
    stop(store, people["Passi"], FakeClock().now, "EX-MBX-01")

    found = services.search.causes(
        PersonQuery(text="passi", states=frozenset({State.ACTIVE}), error_code="EX-IMP-01")
    )
    assert found == [CauseCount("EX-MBX-01", 1)], "its own states and cause do not narrow them"
    assert services.search.causes(PersonQuery(text="nobody")) == []


def test_r22_a_row_says_what_stopped_it_and_what_is_delayed(
    services: Services, people: dict[str, int], fake_clock: FakeClock
) -> None:
    stopped, delayed = (services.directory.person(people[name]) for name in ("Öivind", "Zorro"))

    assert stopped.error is not None
    assert (stopped.error.code, stopped.error.params, stopped.error.since) == (
        "EX-IMP-01",
        {"mailbox": "a@b.fi"},
        fake_clock.now,
    )
    assert (stopped.delayed, delayed.delayed, delayed.error) == (False, True, None)


def test_a_stopped_row_without_a_cause_shows_none(services: Services, store: Store) -> None:
    one = active(services)
    change(store, one.id, state="error")

    row = services.directory.person(one.id)

    assert (row.state, row.error) == (State.ERROR, None)


@pytest.mark.parametrize(
    ("column", "descending", "first"),
    [
        ("state", False, "Öivind Aho"),
        ("state", True, "Huone 1"),
        ("mobile_sync", False, "Huone 1"),
        ("mobile_sync", True, "Zorro Zetterberg"),
        ("id", False, "Åke Öberg"),
        ("id", True, "Huone 1"),
        ("name", True, "Öivind Aho"),
        ("email", False, "Åke Öberg"),
        ("company", False, "Åke Öberg"),
        ("login", False, "Aatos Äijälä"),
        ("login", True, "Zorro Zetterberg"),
        ("last_synced", False, "Zorro Zetterberg"),
        ("last_synced", True, "Aatos Äijälä"),
    ],
)
def test_r22_the_rows_sort_by_every_column(
    services: Services, people: dict[str, int], column: str, descending: bool, first: str
) -> None:
    ordered = names(services, PersonQuery(sort=((column, descending),)))

    assert ordered[0] == first
    assert len(ordered) == len(people) - 1
    assert names(services, PersonQuery(text="o", sort=((column, descending),)))


def test_r22_delayed_rows_stand_between_stopped_and_working_ones(
    services: Services, people: dict[str, int]
) -> None:
    assert people
    assert names(services, PersonQuery(sort=(("state", False),)))[:4] == [
        "Öivind Aho",
        "Zorro Zetterberg",
        "Aatos Äijälä",
        "Passi Virtanen",
    ]


def test_a_second_sort_column_orders_what_the_first_leaves_equal(
    services: Services, people: dict[str, int]
) -> None:
    ordered = services.search.ids(PersonQuery(sort=(("company", False), ("id", True))))

    assert ordered == [people[name] for name in ("Åke", "Huone", "Passi", "Öivind", "Zorro", "Aatos")]


def test_companies_sort_as_finns_do(services: Services) -> None:
    for company in ("Öljy Oy", "Auto Oy", "Ääni Oy", "zeta oy", "Åland Ab"):
        person(services, f"Työntekijä {company}", company=company)

    ordered = services.search.rows(services.search.ids(PersonQuery(sort=(("company", False),))))

    assert [row.company for row in ordered] == ["Auto Oy", "zeta oy", "Åland Ab", "Ääni Oy", "Öljy Oy"]
    assert [row.name for row in services.directory.companies()] == [row.company for row in ordered]


def test_no_company_at_all_is_no_trouble_to_the_order(services: Services) -> None:
    one = person(services)

    assert services.search.ids(PersonQuery(sort=(("company", True),))) == [one.id]


def test_an_unknown_column_is_refused(services: Services) -> None:
    with pytest.raises(UsageError) as error:
        services.search.ids(PersonQuery(sort=(("colour", False),)))

    assert error.value.failure.code == "VF-USAGE-01"


def test_a_page_keeps_the_order_asked_for_and_leaves_out_who_is_gone(
    services: Services, people: dict[str, int]
) -> None:
    wanted = [people["Zorro"], 999, people["Åke"]]

    assert [row.id for row in services.search.rows(wanted)] == [people["Zorro"], people["Åke"]]
    assert services.search.rows([]) == []


def test_a_page_may_be_longer_than_one_statement(services: Services, store: Store) -> None:
    with store.write() as session:
        session.add_all(
            Person(id=number, name=f"N{number}", sort_name=f"n{number:05}", search_text=f"n{number}")
            for number in range(1, 1251)
        )

    ids = services.search.ids(PersonQuery())

    assert [row.id for row in services.search.rows(ids)] == list(range(1, 1251))


@pytest.mark.parametrize(
    ("words", "states"),
    [
        (["active", "Passiiviset"], {State.ACTIVE, State.PASSIVE}),
        (["VIRHEELLISET", "Ei  käytössä"], {State.ERROR, State.UNUSED}),
        ([], set()),
    ],
)
def test_r21_states_are_named_in_both_languages(words: list[str], states: set[State]) -> None:
    assert parse_states(words) == states


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(UsageError) as error:
        parse_states(["active", "asleep"])

    assert error.value.failure.code == "VF-STATE-02"
    assert error.value.failure.params == {"value": "asleep"}


TITLES = ["Äijälä", "Aho", "Öberg", "Åkerblom", "Zorro", "O'Neil", "von Essen", 'Ääri "x"', "50 % Oy", "a_b"]


@pytest.fixture(scope="module", params=[SQLITE, POSTGRESQL])
def crowd(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    with STORES.using(request.param):
        store = opened_empty(tmp_path_factory.mktemp("crowd") / "vfadmin.db")
        with store.write() as session:
            for number, title in enumerate(TITLES, start=1):
                text = search_text(person_id=number, name=title)
                session.add(Person(id=number, name=title, sort_name=sort_name(title), search_text=text))
        yield Search(store)
        store.close()


@pytest.mark.sqlite  # the crowd says itself which
@given(st.text(alphabet="aäåöoezhjlb'\"%_50 \\", max_size=8), st.sampled_from(SORT_COLUMNS), st.booleans())
def test_the_search_finds_what_a_plain_look_at_the_texts_finds(
    crowd: Search, text: str, column: str, descending: bool
) -> None:
    words = fold(text).split()
    expected = {
        number
        for number, title in enumerate(TITLES, start=1)
        if all(word in search_text(person_id=number, name=title) for word in words)
    }

    found = crowd.ids(PersonQuery(text=text, sort=((column, descending),)))

    assert set(found) == expected
    assert len(found) == len(expected)
