"""The house rules that no other tool checks. Each test names every place at once."""

from __future__ import annotations

import ast
import json
import re
import shutil
import string
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("vfadmin", "tests", "benchmarks", "resources", "docs", ".ci")
MODULE_LINES, CLASS_LINES, FUNCTION_LINES = 500, 300, 50
FILE_BYTES = 1_000_000
NAMED_FOR_NOTHING = {"common", "helper", "helpers", "manager", "misc", "util", "utils"}
# A directory of somebody's machine, at the start of a path and followed by a name.
MACHINE_PATH = re.compile(
    r"""(?:^|[\s"'=(:,`])(?:/(?:root|home|work|tmp)/[A-Za-z]|[A-Z]:\\{1,2}Users\\{1,2}[A-Za-z])"""
)
LANGUAGES = ("fi", "en")


@cache
def files() -> tuple[Path, ...]:
    """Everything that is or could be committed; without git (a tarball) everything in our directories."""
    listed = b""
    if git := shutil.which("git"):
        command = [git, "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, capture_output=True, check=False).stdout
    if listed:
        found = [ROOT / name for name in listed.decode().split("\0") if name]
    else:
        found = [
            path for part in PARTS for path in (ROOT / part).rglob("*") if "__pycache__" not in path.parts
        ]
        found += ROOT.glob("*.*")
    return tuple(path for path in found if path.is_file())


@cache
def modules() -> dict[str, ast.Module]:
    """Every Python file of ours, parsed, by its path from the root."""
    return {
        place(path): ast.parse(path.read_text(encoding="utf-8")) for path in files() if path.suffix == ".py"
    }


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def nodes_of_tests() -> Iterator[tuple[str, ast.AST]]:
    for name, tree in modules().items():
        if name.startswith("tests/"):
            for node in ast.walk(tree):
                yield name, node


def length(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_modules_classes_and_functions_stay_small() -> None:
    too_long = []
    for name, tree in modules().items():
        lines = len((ROOT / name).read_text(encoding="utf-8").splitlines())
        if lines > MODULE_LINES:
            too_long.append(f"{name}: {lines} lines")
        for node in ast.walk(tree):
            limit = CLASS_LINES if isinstance(node, ast.ClassDef) else FUNCTION_LINES
            kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
            if isinstance(node, kinds) and length(node) > limit:
                too_long.append(
                    f"{name}:{node.lineno}: {node.name} has {length(node)} lines, at most {limit}"
                )
    assert too_long == []


def test_no_module_is_named_for_nothing() -> None:
    assert [name for name in modules() if Path(name).stem in NAMED_FOR_NOTHING] == []


def test_no_path_of_anybodys_machine_is_committed() -> None:
    found = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # an image or a spreadsheet
        lines = enumerate(text.splitlines(), start=1)
        found += [
            f"{place(path)}:{number}: {line.strip()}" for number, line in lines if MACHINE_PATH.search(line)
        ]
    assert found == []


def test_no_file_is_large() -> None:
    assert [place(path) for path in files() if path.stat().st_size > FILE_BYTES] == []


def test_no_test_sleeps() -> None:
    found = []
    for name, node in nodes_of_tests():
        match node:
            case (
                ast.Attribute(value=ast.Name(id="time" | "asyncio"), attr="sleep")
                | ast.Attribute(attr="qWait")
            ):
                found.append(f"{name}:{node.lineno}")
            case ast.ImportFrom(module="time", names=names) if any(alias.name == "sleep" for alias in names):
                found.append(f"{name}:{node.lineno}")
            case _:
                pass
    assert found == []


def test_no_test_is_put_aside() -> None:
    aside = {"xfail", "skip", "importorskip"}
    found = []
    for name, node in nodes_of_tests():
        match node:
            case ast.Attribute(value=ast.Name(id="pytest") | ast.Attribute(attr="mark"), attr=attr) if (
                attr in aside
            ):
                found.append(f"{name}:{node.lineno}: {attr}")
            case _:
                pass
    assert found == []


def test_no_test_mocks_what_can_run_for_real() -> None:
    found = []
    for name, node in nodes_of_tests():
        match node:
            case ast.Import(names=names) if any("mock" in alias.name for alias in names):
                found.append(f"{name}:{node.lineno}")
            case ast.ImportFrom(module=module, names=names) if (
                "mock" in f"{module} {[a.name for a in names]}"
            ):
                found.append(f"{name}:{node.lineno}")
            case _:
                pass
    assert found == []


def flat(value: Any, at: str = "") -> dict[str, str]:
    """Every text of a message file by the path of its keys."""
    if isinstance(value, dict):
        parts = [flat(inner, f"{at}/{key}") for key, inner in value.items()]
        return {key: text for part in parts for key, text in part.items()}
    assert isinstance(value, str), f"{at} is no text"
    return {at: value}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("kind", ["{language}.json", "cli.{language}.json", "pages.{language}.json"])
def test_every_message_is_there_in_both_languages_with_the_same_places(kind: str) -> None:
    finnish, english = (
        flat(
            json.loads(
                (ROOT / "resources/messages" / kind.format(language=language)).read_text(encoding="utf-8")
            )
        )
        for language in LANGUAGES
    )

    assert sorted(finnish.keys() ^ english.keys()) == []
    assert [key for key in finnish if placeholders(finnish[key]) != placeholders(english[key])] == []
    assert [key for key in finnish if bool(finnish[key]) != bool(english[key])] == []
