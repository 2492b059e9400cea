"""Versions are ordered as everybody orders them, and what is none is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version as Oracle

from vfadmin import __version__
from vfadmin.services.updates.versions import release, running

NUMBERS = st.tuples(*[st.integers(0, 999_999)] * 3).map(lambda numbers: ".".join(map(str, numbers)))
SUFFIXES = st.sampled_from(["", "a1", "b2", "rc1", ".dev3", "-rc.1", "+local", ".post1"])


@given(NUMBERS, NUMBERS)
def test_releases_are_ordered_as_by_the_library_of_pythons_packages(one: str, other: str) -> None:
    assert (release(one) < release(other)) == (Oracle(one) < Oracle(other))
    assert (release(one) == release(other)) == (Oracle(one) == Oracle(other))
    assert str(release(one)) == one


@given(NUMBERS, SUFFIXES, NUMBERS)
def test_whether_a_release_is_newer_than_what_runs(mine: str, suffix: str, theirs: str) -> None:
    newer = release(theirs) > running(mine + suffix)
    if suffix == ".post1":  # a build of the same release
        assert newer == (Oracle(theirs) > Oracle(mine))
    else:
        assert newer == (Oracle(theirs) > Oracle(Oracle(mine + suffix).public))


@given(st.text(max_size=30))
def test_a_text_is_a_release_only_if_it_is_written_as_one(text: str) -> None:
    try:
        found = release(text)
    except ValueError:
        return
    assert str(found) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1.2",
        "1.2.3.4",
        "01.2.3",
        "1.2.3-rc.1",
        "v1.2.3",
        "1.2.3\n",
        "1.2.٣",
        "1.2.1234567",
        "-1.2.3",
    ],
)
def test_what_is_no_release_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="version"):
        release(text)


def test_the_version_of_this_program_can_be_compared_and_another_word_cannot() -> None:
    assert release("999999.0.0") > running(__version__)
    with pytest.raises(ValueError, match="version"):
        running("unknown")
