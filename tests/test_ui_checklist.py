"""The list of what the window is to do names proofs that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = (ROOT / "docs" / "UI-CHECKLIST.md").read_text(encoding="utf-8")
ROWS = [line.strip("| ").split(" | ") for line in LIST.splitlines() if line.startswith("| ")]
POINTS = [(point, said.strip()) for point, said in ROWS if point not in ("point", "---")]


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def missing(proof: str) -> str | None:
    name, _, test = proof.partition("::")
    path = ROOT / name
    if not path.is_file():
        return f"{name} is not there"
    return f"{name} has no {test}" if test and test not in names_in(path) else None


def test_every_proof_exists() -> None:
    proofs = [proof for _, said in POINTS for proof in re.findall(r"`([^`]+)`", said)]
    assert len(proofs) > 40
    assert [fault for proof in proofs if (fault := missing(proof))] == []


def test_every_point_has_a_proof_or_says_that_it_is_missing() -> None:
    assert [point for point, said in POINTS if "`" not in said and said != "not yet"] == []
