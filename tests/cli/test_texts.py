"""Both languages say the same things, and every key that is asked for exists."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import vfadmin.cli
from vfadmin import assets
from vfadmin.calendars.event import FIELDS
from vfadmin.calendars.ews import probe
from vfadmin.cli.root import tree
from vfadmin.cli.texts import say, table
from vfadmin.models import State
from vfadmin.settings import Language
from vfadmin.sync.values import Act, Reason, Side

LATER = {"compare", "continue", "db", "diagnose", "pause", "undo", "valueframe", "worker"}
"""Commands that are promised and not there: nobody is told to use one."""


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys_and_places() -> None:
    finnish, english = table(Language.FI), table(Language.EN)
    assert finnish.keys() == english.keys()
    assert {key for key in finnish if places(finnish[key]) != places(english[key])} == set()


def test_no_text_is_empty() -> None:
    assert [key for lang in Language for key, text in table(lang).items() if not text.strip()] == []


def test_a_place_nobody_filled_shows_its_name() -> None:
    assert say("person.added", Language.EN, id=5) == "Added {name}, id 5."


def test_an_unknown_key_shows_itself() -> None:
    assert say("no.such.key", Language.FI) == "no.such.key"


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize(
    "key",
    [
        *(f"check.{name}" for name in (*probe.CHECKS, "login")),
        *(f"reason.{reason}" for reason in (*Reason, "recurrence", "zone", "shared-uid")),
        *(f"operation.{name}" for name in (*Act, "skip", "hold", "quarantine")),
        *(f"field.{name}" for name in FIELDS),
        *(f"side.{side}" for side in Side),
        *(f"state.{state}" for state in State),
    ],
)
def test_every_value_of_ours_has_a_word(key: str, lang: Language) -> None:
    assert key in table(lang)


@pytest.mark.parametrize("lang", list(Language))
def test_every_command_that_a_text_names_exists(lang: Language) -> None:
    root = tree()
    known = {name: getattr(command, "commands", {}) for name, command in root.commands.items()}  # type: ignore[attr-defined] # a group
    texts = [assets.read_text(f"messages/{name}.json") for name in (lang, f"cli.{lang}")]
    named = re.findall(r"\bvfadmin ([a-z]+)(?: ([a-z]+(?:-[a-z]+)*))?", "\n".join(texts))
    commands = [(first, second) for first, second in named if first in known or first in LATER]
    assert len(commands) > 10
    assert [first for first, second in commands if first not in known] == []
    assert [
        f"{first} {second}" for first, second in commands if known[first] and second not in known[first]
    ] == []


def keys_in_code() -> list[str]:
    found: list[str] = []
    root = Path(vfadmin.cli.__file__).parent
    for path in [*root.glob("*.py"), *(root.parent / "demo").glob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        found += [text for text in texts if isinstance(text, str) and is_key(text)]
    return found


def is_key(text: str) -> bool:
    """Whether it looks like a key whose first part is one of the table's."""
    first, dot, rest = text.partition(".")
    groups = {key.split(".")[0] for key in table(Language.EN)} - {"help"}
    return bool(dot) and first in groups and rest.replace("_", "").replace(".", "").isalpha()


@pytest.mark.parametrize("lang", list(Language))
def test_every_key_in_the_code_has_a_text(lang: Language) -> None:
    known = table(lang)
    asked = keys_in_code()
    assert len(asked) > 50
    assert sorted({key for key in asked if key not in known and f"help.{key}" not in known}) == []
