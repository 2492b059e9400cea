"""Readers that fail as no reader of ours should, to be run in a process of their own."""

from __future__ import annotations

import os
import signal
import threading

from vfadmin.services.sheets.grid import Grid


def dies(content: bytes, sheet: str | None, password: str | None) -> Grid:
    os.kill(os.getpid(), signal.SIGABRT)
    raise AssertionError(content, sheet, password)


def hangs(content: bytes, sheet: str | None, password: str | None) -> Grid:
    threading.Event().wait()
    raise AssertionError(content, sheet, password)


def stumbles(content: bytes, sheet: str | None, password: str | None) -> Grid:
    raise KeyError(content, sheet, password)


def swells(content: bytes, sheet: str | None, password: str | None) -> Grid:
    return Grid("", [[bytes(64 * 1024**3)], [content, sheet, password]])
