"""What SQLAlchemy has compiled for one store serves the next one too.

Every engine compiles each statement for itself once. The program opens a store or two in its life; the tests
open ten thousand, and spent a good part of their time on compiling the same statements again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.util import LRUCache

from vfadmin.models import store

_ROOM = 5_000
"""Statements that are kept: more than the suite has."""


def share_statements() -> None:
    """From now on all SQLite stores of this process speak one dialect and keep one cache.

    Servers keep theirs: a dialect learns the version of the server it first met.
    """
    pattern = create_engine("sqlite://")
    with pattern.connect():
        pass  # a dialect is whole once it has met its database
    pattern.dispose()
    kept: LRUCache[Any, Any] = LRUCache(_ROOM)

    def made(*given: Any, **named: Any) -> Engine:
        engine = create_engine(*given, **named)
        engine.dialect = pattern.dialect
        engine.update_execution_options(compiled_cache=kept)
        return engine

    vars(store)["create_engine"] = made
