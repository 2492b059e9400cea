"""The window; `run.run_window` opens it. The package itself imports nothing, so naming it is free."""

from __future__ import annotations
