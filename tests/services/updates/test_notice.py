"""Item 2 of issue I: whether there is a newer version, by the publisher's signed word, over a real socket."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.clock import START, FakeClock
from tests.services.updates.publishing import KEY, MANIFEST, OTHER_KEY, Shelf, public, signed, word
from vfadmin.services.context import Services
from vfadmin.services.settings import UPDATE_CHECK, UPDATE_URL
from vfadmin.services.updates.kept import FILE, Kept, read, write
from vfadmin.services.updates.notice import EVERY, Updates
from vfadmin.services.updates.publisher import Publisher, PublisherError
from vfadmin.services.updates.refusals import UpdateError
from vfadmin.services.updates.versions import release

DAY = timedelta(days=1)
Make = Callable[..., Updates]


@pytest.fixture
def make(services: Services, shelf: Shelf, tmp_path: Path, fake_clock: FakeClock) -> Make:
    """Makes the service of a program that was built with this publisher."""

    def made(publisher: Publisher | None = None, runs: str = "1.3.2") -> Updates:
        told = Publisher((public(),), shelf.url) if publisher is None else publisher
        return Updates(services.settings, tmp_path, clock=fake_clock, publisher=lambda: told, runs=runs)

    return made


def refusal(updates: Updates) -> str:
    with pytest.raises(UpdateError) as caught:
        updates.check()
    return caught.value.failure.code


def test_a_newer_version_is_told_with_all_that_is_signed_of_it(make: Make) -> None:
    found = make().check()
    assert (found.runs, found.newer, found.newest) == ("1.3.2", True, MANIFEST)


@pytest.mark.parametrize("runs", ["1.4.0", "1.4.1", "2.0.0rc1", "1.4.0+local"])
def test_an_older_version_is_never_told_as_newer(make: Make, runs: str) -> None:
    updates = make(runs=runs)
    assert not updates.check().newer
    assert updates.look() is None


@pytest.mark.parametrize("runs", ["1.3.9", "1.4.0rc1", "1.4.0.dev1"])
def test_whoever_tries_what_came_before_a_release_is_told_of_it(make: Make, runs: str) -> None:
    found = make(runs=runs).look()
    assert found is not None
    assert found.newer


def test_a_key_can_be_changed(make: Make, shelf: Shelf) -> None:
    shelf.body = word(OTHER_KEY)
    assert refusal(make()) == "VF-UPDATE-03"
    assert make(Publisher((public(), public(OTHER_KEY)), shelf.url)).check().newer


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (word(OTHER_KEY), "VF-UPDATE-03"),
        (signed(b"{}"), "VF-UPDATE-03"),
        (signed(b'{"product": "another"}', KEY), "VF-UPDATE-04"),
        (b"<html>login</html>", "VF-UPDATE-04"),
        (word() + b" " * 70_000, "VF-UPDATE-04"),
        (word(published=START - 200 * DAY, valid_until=START - timedelta(seconds=1)), "VF-UPDATE-05"),
        (word(published=START + 2 * DAY), "VF-UPDATE-05"),
    ],
    ids=["another key", "unsigned", "another product", "a page", "oversize", "expired", "of the future"],
)
def test_what_is_not_to_be_believed_is_refused_and_not_remembered(
    make: Make, shelf: Shelf, tmp_path: Path, body: bytes, code: str
) -> None:
    shelf.body = body
    updates = make()
    assert refusal(updates) == code
    assert read(tmp_path) == Kept(START, code)
    assert updates.look() is None


def test_a_clock_that_is_a_little_behind_is_no_hindrance(make: Make, shelf: Shelf) -> None:
    shelf.body = word(published=START + timedelta(hours=23))
    assert make().check().newer


def test_what_is_older_than_what_was_seen_is_not_believed_again(
    make: Make, shelf: Shelf, tmp_path: Path
) -> None:
    updates = make()
    updates.check()
    before = read(tmp_path)
    shelf.body = word(version=release("1.3.9"), published=START - DAY)
    assert refusal(updates) == "VF-UPDATE-06"
    assert read(tmp_path) == replace(before, failed="VF-UPDATE-06")
    shelf.body = word(version=release("1.3.9"))
    assert refusal(updates) == "VF-UPDATE-06", "of the same moment the higher version counts"
    assert refusal(make()) == "VF-UPDATE-06", "after a restart too"
    shelf.body = word()
    assert updates.check().newer, "the same may come any number of times"


def test_a_version_can_be_taken_back_by_a_later_word(make: Make, shelf: Shelf) -> None:
    updates = make()
    updates.check()
    shelf.body = word(version=release("1.3.2"), published=START + timedelta(hours=1))
    assert not updates.check().newer
    assert updates.look() is None


def test_what_was_believed_under_a_key_that_is_gone_binds_nobody(make: Make, shelf: Shelf) -> None:
    make().check()
    shelf.body = word(OTHER_KEY, version=release("1.5.0"), published=START - DAY)
    other = make(Publisher((public(OTHER_KEY),), shelf.url))
    assert other.check().newest.version == release("1.5.0")


def test_the_publisher_is_asked_once_a_day_and_what_he_said_is_told_meanwhile(
    make: Make, shelf: Shelf, fake_clock: FakeClock
) -> None:
    updates = make()
    for _ in range(3):
        assert updates.look() is not None
    assert len(shelf.asked) == 1
    assert make().look() is not None, "another window of the same home knows it too"
    assert len(shelf.asked) == 1
    fake_clock.advance(EVERY)
    updates.look()
    assert len(shelf.asked) == 2


def test_a_clock_that_was_set_back_does_not_keep_it_from_asking(
    make: Make, shelf: Shelf, tmp_path: Path
) -> None:
    write(tmp_path, Kept(START + 400 * DAY))
    assert make().look() is not None
    assert len(shelf.asked) == 1


def test_what_has_expired_is_told_no_more(make: Make, shelf: Shelf, fake_clock: FakeClock) -> None:
    shelf.body = word(valid_until=START + timedelta(hours=2))
    updates = make()
    assert updates.look() is not None
    fake_clock.advance(timedelta(hours=3))
    assert updates.look() is None


def test_what_is_put_aside_is_told_again_when_there_is_a_newer_one(
    make: Make, shelf: Shelf, fake_clock: FakeClock
) -> None:
    updates = make()
    updates.look()
    updates.put_aside("1.4.0")
    assert updates.look() is None
    assert make().look() is None
    assert updates.check().newer, "whoever asks is told all the same"
    fake_clock.advance(EVERY)
    shelf.body = word(version=release("1.4.1"), published=fake_clock())
    found = updates.look()
    assert found is not None
    assert str(found.newest.version) == "1.4.1"


def test_a_failure_is_told_once_in_the_log_and_disturbs_nobody(
    make: Make, shelf: Shelf, fake_clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    updates = make()
    assert updates.look() is not None
    shelf.status = 503
    with caplog.at_level(logging.INFO, "vfadmin.services.updates"):
        for _ in range(3):
            fake_clock.advance(EVERY)
            assert updates.look() is not None, "what was believed holds"
    told = [one for one in caplog.records if one.name == "vfadmin.services.updates.notice"]
    assert [(one.levelname, one.getMessage()) for one in told] == [
        ("INFO", "whether there is a newer version is not known: VF-UPDATE-02 (HTTP 503)")
    ]
    assert len(shelf.asked) == 4


def test_a_refusal_without_more_to_say_is_logged_by_its_code(
    make: Make, shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.body = word(OTHER_KEY)
    with caplog.at_level(logging.INFO, "vfadmin.services.updates"):
        assert make().look() is None
    assert "not known: VF-UPDATE-03" in caplog.text


def test_what_was_broken_off_is_as_if_it_had_not_been_asked(
    make: Make, shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    updates = make()
    shelf.stalled = threading.Event()
    try:
        with caplog.at_level(logging.INFO, "vfadmin.services.updates"):
            assert updates.look(lambda: bool(shelf.asked)) is None
    finally:
        shelf.stalled.set()
    assert read(tmp_path) == Kept()
    assert caplog.text == ""


def test_a_home_that_cannot_be_written_to_does_not_have_it_ask_all_day(
    make: Make, shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).mkdir()
    updates = make()
    with caplog.at_level(logging.INFO, "vfadmin.services.updates"):
        for _ in range(3):
            assert updates.look() is None
    assert len(shelf.asked) == 1
    assert "cannot be kept: IsADirectoryError" in caplog.text
    assert [one.name for one in tmp_path.glob("*.part")] == []


@pytest.mark.parametrize("url", ["", "http://localhost/update.json"])
def test_without_a_usable_address_nobody_is_asked(make: Make, url: str) -> None:
    updates = make(Publisher((public(),), url))
    assert refusal(updates) == "VF-UPDATE-07"
    assert updates.look() is None


def test_an_administrator_can_switch_it_off_for_all(make: Make, shelf: Shelf, services: Services) -> None:
    updates = make()
    assert updates.look() is not None
    services.settings.set(UPDATE_CHECK, "off")
    assert updates.look() is None
    assert refusal(updates) == "VF-UPDATE-07"
    services.settings.set(UPDATE_CHECK, "on")
    services.settings.set(UPDATE_URL, "")
    assert refusal(updates) == "VF-UPDATE-07"
    services.settings.set(UPDATE_URL, "default")
    assert updates.look() is not None
    assert len(shelf.asked) == 1


def test_an_address_that_was_set_is_asked_instead_of_the_built_in_one(
    make: Make, shelf: Shelf, services: Services
) -> None:
    services.settings.set(UPDATE_URL, shelf.url)
    assert make(Publisher((public(),), "https://localhost:1/")).check().newer


def test_whoever_installed_the_program_can_leave_it_off(make: Make, shelf: Shelf) -> None:
    updates = make(Publisher((public(),), shelf.url, left_off=True))
    assert refusal(updates) == "VF-UPDATE-07"
    assert (updates.look(), shelf.asked) == (None, [])


def test_a_build_without_a_publisher_says_so(
    services: Services, tmp_path: Path, fake_clock: FakeClock
) -> None:
    assert refusal(services.updates) == "VF-UPDATE-01"
    assert services.updates.look() is None

    def broken() -> Publisher:
        raise PublisherError

    updates = Updates(services.settings, tmp_path, clock=fake_clock, publisher=broken)
    assert refusal(updates) == "VF-UPDATE-01"
