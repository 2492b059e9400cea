"""The set of codes is closed: each is raised somewhere, is told in full, and no two mean the same (R28)."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import vfadmin
from vfadmin.errors import CODES, Kind, Scope, failure
from vfadmin.errors.pages import page
from vfadmin.errors.texts import LANGUAGES, Lang, explain

ROOT = Path(vfadmin.__file__).parent
OF_THE_SET, NOT_OF_THE_PROGRAM = ROOT / "errors", ROOT / "simulator"
CODE = re.compile(r"(?:VF|EX)-[A-Z]+-\d\d")


def said() -> Iterator[tuple[str, str]]:
    """Every code that is a value in the program, with the module that has it."""
    for path in sorted(ROOT.rglob("*.py")):
        if path.is_relative_to(OF_THE_SET) or path.is_relative_to(NOT_OF_THE_PROGRAM):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and CODE.fullmatch(str(node.value)):
                yield str(node.value), path.name


def test_r28_every_code_is_raised_somewhere_and_nothing_is_raised_that_is_no_code() -> None:
    assert {code for code, _ in said()} == set(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_r28_every_code_has_scope_kind_cause_remedy_and_page_in_both_languages(code: str) -> None:
    assert CODE.fullmatch(code)
    made = failure(code)
    assert (made.scope, made.kind) == CODES[code]
    assert made.scope in Scope
    assert made.kind in Kind
    told = [explain(code, {}, lang) for lang in LANGUAGES]
    assert all(one.message and one.remedy for one in told)
    assert len({one.message for one in told}) == len({one.remedy for one in told}) == len(LANGUAGES)
    assert len({page(code, lang) for lang in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_r28_no_two_codes_mean_the_same(lang: Lang) -> None:
    texts = {code: explain(code, {}, lang) for code in CODES}
    messages = Counter(text.message.casefold() for text in texts.values())
    assert [message for message, count in messages.items() if count > 1] == []
    # One remedy may end several causes, and says so of each in the same circumstances.
    remedies = Counter((text.remedy, CODES[code]) for code, text in texts.items())
    assert [remedy for remedy, count in remedies.items() if count > 2] == []
