"""Pull subscriptions: what is told of what happened, and to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clock import FakeClock
from tests.simulator.wire import Answer, Wire, distinguished, folder, setting, times
from vfadmin.simulator import OutlookUser, Simulator
from vfadmin.simulator.names import T, local


def begun(answer: Answer) -> tuple[str, str]:
    assert answer.codes == ["NoError"]
    return answer.message("SubscriptionId") or "", answer.message("Watermark") or ""


def told(answer: Answer) -> list[str]:
    """The kinds of the events in an answer, in their order."""
    return [local(element.tag) for element in answer.root.iter() if local(element.tag).endswith("Event")]


def last_watermark(answer: Answer) -> str:
    return answer.texts("Watermark")[-1]


def test_what_happens_to_items_is_told_in_order(wire: Wire, sim: Simulator) -> None:
    subscription, mark = begun(wire.subscribe())
    (item,) = wire.create(times()).item_ids()
    (changed,) = wire.update(item, setting("item:Subject", "<ty:Subject>Uusi</ty:Subject>")).item_ids()
    wire.post(
        f"<CopyItem><ToFolderId>{distinguished('calendar')}</ToFolderId>"
        f'<ItemIds><ty:ItemId Id="{item[0]}"/></ItemIds></CopyItem>'
    )
    wire.delete(item[0])
    (copy,) = sim.outlook("a@example.test").items()
    wire.delete(copy.id, how="HardDelete")

    answer = wire.events(subscription, mark)

    assert told(answer) == ["CreatedEvent", "ModifiedEvent", "CopiedEvent", "MovedEvent", "DeletedEvent"]
    assert answer.text("MoreEvents") == "false"
    assert answer.text("PreviousWatermark") == mark
    assert [found.get("Id") for found in answer.root.iter(f"{T}OldItemId")] == [changed[0], changed[0]]
    (moved,) = sim.outlook("a@example.test").deleted_items()
    assert answer.item_ids()[3] == (moved.id, moved.change_key)
    assert answer.item_ids()[4][0] == copy.id


def test_nothing_new_is_a_status_event_that_goes_on(wire: Wire, anna: OutlookUser, sim: Simulator) -> None:
    subscription, mark = begun(wire.subscribe("MovedEvent"))
    item = anna.create(start=sim.config.clock(), end=sim.config.clock())

    idle = wire.events(subscription, mark)
    anna.delete(item)

    assert told(idle) == ["StatusEvent"]
    assert last_watermark(idle) != mark
    assert told(wire.events(subscription, last_watermark(idle))) == ["MovedEvent"]


def test_events_are_told_again_until_the_watermark_moves(wire: Wire) -> None:
    subscription, mark = begun(wire.subscribe())
    wire.create(times())

    once, again = (wire.events(subscription, mark) for _ in range(2))

    assert told(once) == told(again) == ["CreatedEvent"]
    assert told(wire.events(subscription, last_watermark(once))) == ["StatusEvent"]


def test_many_events_come_in_pages(wire: Wire, anna: OutlookUser, sim: Simulator) -> None:
    subscription, mark = begun(wire.subscribe())
    for _ in range(60):
        anna.create(start=sim.config.clock(), end=sim.config.clock())

    first = wire.events(subscription, mark)
    second = wire.events(subscription, last_watermark(first))

    assert (len(told(first)), first.text("MoreEvents")) == (50, "true")
    assert (len(told(second)), second.text("MoreEvents")) == (10, "false")


def test_only_the_folders_and_kinds_asked_for_are_told(wire: Wire, anna: OutlookUser, sim: Simulator) -> None:
    other = anna.add_folder("Muu")
    mine = begun(wire.subscribe("CreatedEvent", folders=folder(other)))
    everything = begun(wire.subscribe(folders=None))
    start = sim.config.clock()
    anna.create(start=start, end=start)
    item = anna.create(start=start, end=start, folder=other)
    anna.touch(item)

    assert told(wire.events(*mine)) == ["CreatedEvent"]
    assert told(wire.events(*everything)) == ["CreatedEvent", "CreatedEvent", "ModifiedEvent"]


def test_a_move_is_told_to_the_folder_left_and_the_folder_reached(
    wire: Wire, anna: OutlookUser, sim: Simulator
) -> None:
    other = anna.add_folder("Muu")
    left, reached = begun(wire.subscribe()), begun(wire.subscribe(folders=folder(other)))
    item = anna.create(start=sim.config.clock(), end=sim.config.clock())
    anna.move(item, other)

    assert told(wire.events(*left)) == ["CreatedEvent", "MovedEvent"]
    assert told(wire.events(*reached)) == ["MovedEvent"]


def test_a_new_subscription_goes_on_from_an_old_watermark(wire: Wire) -> None:
    _, mark = begun(wire.subscribe())
    wire.create(times())
    answer = wire.post(
        f"<Subscribe><PullSubscriptionRequest><ty:FolderIds>{distinguished('calendar')}</ty:FolderIds>"
        "<ty:EventTypes><ty:EventType>CreatedEvent</ty:EventType></ty:EventTypes>"
        f"<ty:Watermark>{mark}</ty:Watermark><ty:Timeout>5</ty:Timeout></PullSubscriptionRequest></Subscribe>"
    )

    assert told(wire.events(*begun(answer))) == ["CreatedEvent"]


def test_a_subscription_left_alone_runs_out(wire: Wire, clock: FakeClock) -> None:
    used, alone = begun(wire.subscribe(timeout=10)), begun(wire.subscribe(timeout=10))
    clock.advance(timedelta(minutes=9))
    wire.events(*used)
    clock.advance(timedelta(minutes=2))

    assert wire.events(*used).codes == ["NoError"]
    assert wire.events(*alone).codes == ["ErrorSubscriptionNotFound"]


def unsubscribed(wire: Wire, subscription: str, **options: str) -> list[str]:
    return wire.post(
        f"<Unsubscribe><SubscriptionId>{subscription}</SubscriptionId></Unsubscribe>", **options
    ).codes


def test_an_ended_subscription_is_not_found(wire: Wire) -> None:
    subscription, mark = begun(wire.subscribe())

    assert unsubscribed(wire, subscription) == ["NoError"]
    assert unsubscribed(wire, subscription) == ["ErrorSubscriptionNotFound"]
    assert wire.events(subscription, mark).codes == ["ErrorSubscriptionNotFound"]


def test_a_subscription_is_its_owners_only(wire: Wire) -> None:
    subscription, mark = begun(wire.subscribe())

    other = wire.events(subscription, mark, person="b@example.test")
    assert other.codes == ["ErrorSubscriptionAccessDenied"]
    assert unsubscribed(wire, subscription, person="b@example.test") == ["ErrorSubscriptionAccessDenied"]


def test_a_watermark_is_no_sync_state_and_of_one_mailbox(wire: Wire) -> None:
    subscription, mark = begun(wire.subscribe())
    _, other = begun(wire.subscribe(person="b@example.test"))

    for wrong in (other, wire.sync().message("SyncState") or "", "abc"):
        assert wire.events(subscription, wrong).codes == ["ErrorInvalidWatermark"]
    assert wire.sync(mark).codes == ["ErrorInvalidSyncStateData"]


def test_what_is_no_longer_kept_is_said_to_be_lost(wire: Wire, sim: Simulator, anna: OutlookUser) -> None:
    subscription, mark = begun(wire.subscribe())
    item = anna.create(start=sim.config.clock(), end=sim.config.clock())
    for _ in range(5001):
        anna.touch(item)

    assert wire.events(subscription, mark).codes == ["ErrorEventNotFound"]


@pytest.mark.parametrize("what", ["move", "remove"])
def test_a_mailbox_that_goes_takes_its_subscriptions_along(wire: Wire, sim: Simulator, what: str) -> None:
    subscription, mark = begun(wire.subscribe())
    if what == "move":
        sim.move_mailbox("a@example.test")
    else:
        sim.reset()

    assert wire.events(subscription, mark).codes == ["ErrorSubscriptionNotFound"]


@pytest.mark.parametrize(
    ("request_xml", "code"),
    [
        (
            (
                "<PushSubscriptionRequest><ty:FolderIds>{calendar}</ty:FolderIds>{types}"
                "<ty:StatusFrequency>1</ty:StatusFrequency><ty:URL>https://x.test/</ty:URL>"
                "</PushSubscriptionRequest>"
            ),
            "ErrorInvalidSubscriptionRequest",
        ),
        (
            "<PullSubscriptionRequest>{types}<ty:Timeout>1</ty:Timeout></PullSubscriptionRequest>",
            "ErrorInvalidSubscriptionRequest",
        ),
        (
            (
                '<StreamingSubscriptionRequest SubscribeToAllFolders="true"><ty:FolderIds>{calendar}'
                "</ty:FolderIds>{types}</StreamingSubscriptionRequest>"
            ),
            "ErrorInvalidSubscriptionRequest",
        ),
        (
            (
                "<StreamingSubscriptionRequest><ty:FolderIds>{calendar}{theirs}</ty:FolderIds>{types}"
                "</StreamingSubscriptionRequest>"
            ),
            "ErrorAccessDenied",
        ),
    ],
)
def test_what_cannot_be_subscribed_to_is_an_item_error(wire: Wire, request_xml: str, code: str) -> None:
    xml = request_xml.format(
        calendar=distinguished("calendar"),
        theirs=distinguished("calendar", "b@example.test"),
        types="<ty:EventTypes><ty:EventType>CreatedEvent</ty:EventType></ty:EventTypes>",
    )

    assert wire.post(f"<Subscribe>{xml}</Subscribe>").codes == [code]


def test_one_subscription_is_about_one_mailbox(wire: Wire) -> None:
    both = distinguished("calendar", "a@example.test") + distinguished("calendar", "b@example.test")
    xml = (
        f"<Subscribe><StreamingSubscriptionRequest><ty:FolderIds>{both}</ty:FolderIds><ty:EventTypes>"
        "<ty:EventType>CreatedEvent</ty:EventType></ty:EventTypes></StreamingSubscriptionRequest></Subscribe>"
    )

    # The service account itself sees both.
    assert wire.post(xml, person=None).codes == ["ErrorInvalidSubscriptionRequest"]


def test_old_schemas_have_no_streaming(wire: Wire) -> None:
    assert wire.subscribe(pull=False, version="Exchange2010").codes == ["ErrorIncorrectSchemaVersion"]


@pytest.mark.parametrize(
    "xml",
    [
        "<Subscribe/>",
        "<Subscribe><PullRequest/></Subscribe>",
        (
            '<Subscribe><PullSubscriptionRequest SubscribeToAllFolders="true"><ty:EventTypes>'
            "<ty:EventType>CreatedEvent</ty:EventType></ty:EventTypes><ty:Timeout>1441</ty:Timeout>"
            "</PullSubscriptionRequest></Subscribe>"
        ),
        (
            '<Subscribe><StreamingSubscriptionRequest SubscribeToAllFolders="true"><ty:EventTypes>'
            "<ty:EventType>Other</ty:EventType></ty:EventTypes></StreamingSubscriptionRequest></Subscribe>"
        ),
        (
            '<Subscribe><StreamingSubscriptionRequest SubscribeToAllFolders="true"><ty:EventTypes/>'
            "</StreamingSubscriptionRequest></Subscribe>"
        ),
        "<GetEvents/>",
        "<Unsubscribe/>",
    ],
)
def test_what_the_schema_does_not_know_is_a_fault(wire: Wire, xml: str) -> None:
    assert wire.post(xml).fault == "ErrorSchemaValidation"
