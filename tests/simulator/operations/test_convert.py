"""ConvertId."""

from __future__ import annotations

import pytest

from tests.simulator.wire import Answer, Wire, times


def convert(wire: Wire, text: str, source: str, target: str, mailbox: str = "a@example.test") -> Answer:
    return wire.post(
        f'<ConvertId DestinationFormat="{target}"><SourceIds><ty:AlternateId Format="{source}" Id="{text}" '
        f'Mailbox="{mailbox}"/></SourceIds></ConvertId>'
    )


def converted(answer: Answer) -> str:
    found = answer.root.find(".//{*}AlternateId")
    assert found is not None
    return found.get("Id", "")


@pytest.mark.parametrize("form", ["EwsLegacyId", "EntryId", "HexEntryId", "StoreId", "OwaId"])
def test_an_id_goes_into_every_form_and_back(wire: Wire, form: str) -> None:
    item_id = wire.create(times()).item_ids()[0][0]

    there = converted(convert(wire, item_id, "EwsId", form))

    # OwaId differs by its alphabet alone, so an id without "+" and "/" is the same in both.
    assert (there != item_id) if form != "OwaId" else set(there).isdisjoint("+/")
    assert converted(convert(wire, there, form, "EwsId")) == item_id


@pytest.mark.parametrize("text", ["zz", "AAAA", ""])
def test_an_id_of_nothing_is_malformed(wire: Wire, text: str) -> None:
    assert convert(wire, text, "HexEntryId", "EwsId").codes == ["ErrorInvalidIdMalformed"]


def test_a_mailbox_that_is_not_there_is_named(wire: Wire) -> None:
    item_id = wire.create(times()).item_ids()[0][0]

    assert convert(wire, item_id, "EwsId", "EntryId", "no@example.test").codes == ["ErrorNonExistentMailbox"]
