"""Reading in a process of its own.

A workbook with one stray cell in its last row and column makes the native reader ask for more memory than
there is, which ends the process it is in; and a file may be made to keep a reader busy for ever. Neither may
happen to the window.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

from vfadmin.services.sheets.grid import Grid, NoSheetError, Trouble, UnreadableError
from vfadmin.services.sheets.reader import read_grid

Read = Callable[[bytes, str | None, str | None], Grid]

_BEGUN = multiprocessing.get_context("spawn")
"""A reader begins from nothing: what a fork of a process with threads holds is anybody's guess."""
_LEAST_SECONDS, _SECONDS_PER_MEGABYTE = 30.0, 1.5
"""The first is for the reader's start: the installed program took more than ten on a busy Windows."""
MEMORY = 3 * 1024**3
"""What the process may take, in bytes of address space; a hundred megabytes of list need a third of it."""


def read_grid_apart(
    content: bytes,
    sheet: str | None = None,
    password: str | None = None,
    *,
    read: Read = read_grid,
    seconds: float | None = None,
) -> Grid:
    """As `read_grid`; whatever the file does to its reader, it is an UnreadableError here."""
    patience = seconds or _LEAST_SECONDS + _SECONDS_PER_MEGABYTE * len(content) / 1e6
    ours, theirs = _BEGUN.Pipe()
    process = _BEGUN.Process(target=_serve, args=(theirs,), daemon=True, name="reader")
    process.start()
    theirs.close()
    try:
        ours.send((read, content, sheet, password))
        if not ours.poll(patience):
            raise UnreadableError(Trouble.SLOW)
        answer = ours.recv()
    except (EOFError, OSError) as error:
        raise UnreadableError(Trouble.LARGE) from error
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if isinstance(answer, Exception):
        raise answer
    grid: Grid = answer
    return grid


def answered(
    read: Read, content: bytes, sheet: str | None, password: str | None
) -> Grid | UnreadableError | NoSheetError:
    """What the reader answers; whatever it raises becomes one of the two, without a word of its own."""
    try:
        return read(content, sheet, password)
    except (UnreadableError, NoSheetError) as error:
        return error
    except MemoryError:
        return UnreadableError(Trouble.LARGE)
    except Exception:  # noqa: BLE001 - a reader's own fault, on a file nobody has seen before
        return UnreadableError(Trouble.DAMAGED)


def _serve(pipe: Connection) -> None:  # pragma: no cover - in the other process
    """Read what is sent and send what comes of it."""
    _be_modest()
    with suppress(EOFError, OSError):
        pipe.send(answered(*pipe.recv()))


def _be_modest() -> None:  # pragma: no cover - in the other process
    """Take no more memory than a list needs, and say nothing on anybody's screen when it ends badly."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
