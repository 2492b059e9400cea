"""Lists are read in forks of one process that has the readers loaded already.

A process that begins from nothing loads them for 0.1 s, at each of a thousand lists. The reader is in a
process of its own all the same, with its limits; `tests/services/sheets/test_apart.py` and every test that
runs the program itself begin it as the program does.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager

from vfadmin.services.sheets import apart

_LOADED = ["vfadmin.services.sheets.apart", "lxml.html", "msoffcrypto", "openpyxl", "python_calamine"]
_BEGUN = "_BEGUN"
"""How the program begins its readers: a name of `apart`."""


def read_in_forks() -> None:
    """From now on, where the system can fork."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        forks = multiprocessing.get_context("forkserver")
        forks.set_forkserver_preload(_LOADED)
        vars(apart)[_BEGUN] = forks


@contextmanager
def read_as_the_program_does() -> Iterator[None]:
    """Readers that begin from nothing, for a while."""
    before = vars(apart)[_BEGUN]
    vars(apart)[_BEGUN] = multiprocessing.get_context("spawn")
    try:
        yield
    finally:
        vars(apart)[_BEGUN] = before
