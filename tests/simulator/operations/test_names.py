"""ResolveNames."""

from __future__ import annotations

import pytest

from tests.simulator.wire import Answer, Wire


def resolve(wire: Wire, entry: str, *, full: str = "false", shape: str = "") -> Answer:
    return wire.post(
        (
            f'<ResolveNames ReturnFullContactData="{full}"{shape}><UnresolvedEntry>{entry}'
            "</UnresolvedEntry></ResolveNames>"
        ),
        person=None,
    )


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("a@example.test", ["a@example.test"]),
        ("smtp:a@example.test", ["a@example.test"]),
        ("EXAMPLE\\a", ["a@example.test"]),
        ("example\\B", ["b@example.test"]),
        ("anna.alias@example.test", ["a@example.test"]),
        ("bergm", ["b@example.test"]),
        ("=b", ["b@example.test"]),
        ("Anna Aalto", ["a@example.test"]),
    ],
)
def test_one_person_is_found_by_each_of_his_names(wire: Wire, entry: str, found: list[str]) -> None:
    answer = resolve(wire, entry)

    assert (answer.texts("EmailAddress"), answer.codes) == (found, ["NoError"])


def test_a_beginning_may_mean_several(wire: Wire) -> None:
    answer = resolve(wire, "anna")

    assert answer.codes == ["ErrorNameResolutionMultipleResults"]
    assert answer.messages[0].get("ResponseClass") == "Warning"
    assert sorted(answer.texts("EmailAddress")) == ["a@example.test", "room@example.test"]


@pytest.mark.parametrize("entry", ["zzz", "OTHER\\a", "nna"])
def test_nobody_is_an_error(wire: Wire, entry: str) -> None:
    assert resolve(wire, entry).codes == ["ErrorNameResolutionNoResults"]


def test_the_directory_tells_more_when_asked(wire: Wire) -> None:
    answer = resolve(wire, "EXAMPLE\\a", full="true", shape=' ContactDataShape="AllProperties"')

    assert (answer.text("DisplayName"), answer.text("Alias")) == ("Anna Aalto", "a")
    assert answer.texts("Entry") == ["SMTP:a@example.test", "smtp:anna.alias@example.test"]
