"""Both languages say the same things, and every key that is asked for exists."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import vfadmin.cli
from vfadmin.cli.texts import say, table
from vfadmin.settings import Language


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
