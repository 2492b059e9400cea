"""Keeps Python's collector of cycles from walking over a large list while it is made and shown.

Rows make no cycles, but there are so many of them that one walk stops every thread, and so the window, for
a third of a second; and while they are made there is a walk every moment.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from vfadmin.services.collecting import without_collecting


@contextmanager
def calm() -> Iterator[None]:
    """Make many objects that stay. They are walked over no more, until `release`."""
    with without_collecting():
        yield
        gc.freeze()


def release() -> None:
    """What was made has gone, or will be made anew."""
    gc.unfreeze()
