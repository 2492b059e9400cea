"""The modules of packaging/, which lie in no package."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parents[2] / "packaging"


def module_of_packaging(name: str) -> ModuleType:
    """One that needs no other of them."""
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
