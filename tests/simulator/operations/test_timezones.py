"""GetServerTimeZones."""

from __future__ import annotations

from tests.simulator.wire import Wire


def test_a_zone_comes_with_its_rules(wire: Wire) -> None:
    answer = wire.post(
        '<GetServerTimeZones ReturnFullTimeZoneData="true"><Ids><ty:Id>FLE Standard Time</ty:Id>'
        "<ty:Id>No Such Time</ty:Id></Ids></GetServerTimeZones>"
    )

    (zone,) = answer.root.iter("{*}TimeZoneDefinition")
    assert zone.get("Id") == "FLE Standard Time"
    assert [period.get("Bias") for period in zone.iter("{*}Period")] == ["-PT2H", "-PT3H"]
    assert (answer.texts("Month"), answer.texts("Occurrence")) == (["3", "10"], ["-1", "-1"])
    assert answer.texts("TimeOffset") == ["PT3H", "PT4H"]


def test_all_zones_come_unasked(wire: Wire) -> None:
    answer = wire.post('<GetServerTimeZones ReturnFullTimeZoneData="false"/>')

    ids = [zone.get("Id") for zone in answer.root.iter("{*}TimeZoneDefinition")]
    assert len(ids) > 100
    assert {"UTC", "FLE Standard Time", "Tokyo Standard Time", "Eastern Standard Time"} <= set(ids)
