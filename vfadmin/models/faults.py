"""What a database driver raises, turned into the closed set of errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from vfadmin.errors import Failure, StoreError, failure
from vfadmin.models.rights import Role

_PRIMARY_CODE = 0xFF
"""SQLite's extended result codes keep the primary code in their lowest byte."""

_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_UNWRITABLE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})
_UNREACHABLE = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL})

# SQLSTATE, see "PostgreSQL Error Codes" in its manual.
_SERVER_LOCKED = frozenset({"40001", "40P01", "55P03", "57014", "25P03"})
"""Serialization failure, deadlock, lock not available, query cancelled, idle in a transaction too long."""

_SERVER_LIMITS = "54"
"""The class of what is too long or too complex: a matter of the row."""

_SERVER_DAMAGED = frozenset({"XX001", "XX002"})
_SERVER_CLOSED = "25006"
"""A copy that takes no writes."""

REFUSED = "42501"
"""A right that the user does not have (insufficient_privilege)."""

_REFUSALS = {
    Role.WORKER: "VF-ROLE-03",
    Role.ADMIN: "VF-ROLE-02",
    Role.SUPPORT: "VF-ROLE-01",
    "owner": "VF-ROLE-04",
    "erasing": "VF-ROLE-09",
}
"""The code for the least role that may do what was refused."""


@contextmanager
def store_faults(place: str) -> Iterator[None]:
    """Turn the database's own troubles into StoreError; ``place`` is the path or address shown.

    A broken constraint (IntegrityError) and a wrong statement pass through: they are the caller's.
    """
    try:
        yield
    except IntegrityError:
        raise
    except (SQLAlchemyError, sqlite3.Error) as error:
        known = store_failure(error, place)
        if known is None:
            raise
        raise StoreError(known) from error


def store_failure(error: BaseException, place: str) -> Failure | None:
    """The failure behind an error of the driver or the pool; None if it is no trouble of the store's."""
    if isinstance(error, PoolTimeout):
        return failure("VF-STORE-04")
    if isinstance(error, DisconnectionError):
        return failure("VF-STORE-01", detail=named(error, place))
    origin = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(origin, sqlite3.Error):
        return _sqlite_failure(origin, place)
    if isinstance(error, DBAPIError):
        return _server_failure(error, origin or error, place)
    return None


def _sqlite_failure(error: sqlite3.Error, place: str) -> Failure | None:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY_CODE
    if code in _LOCKED:
        return failure("VF-STORE-04")
    if code in _DAMAGED:
        return failure("VF-STORE-03", path=place)
    if code in _UNWRITABLE:
        return failure("VF-HOME-01", path=place)
    if code in _UNREACHABLE:
        return failure("VF-STORE-01", detail=named(error, place))
    return None


def _server_failure(told: DBAPIError, error: BaseException, place: str) -> Failure | None:
    state = getattr(error, "sqlstate", None) or ""
    if state in _SERVER_LOCKED:
        return failure("VF-STORE-04")
    if state in _SERVER_DAMAGED:
        return failure("VF-STORE-03", path=place)
    if state.startswith(_SERVER_LIMITS):
        return None
    if state == REFUSED:
        return _refusal(told)
    if told.connection_invalidated or state == _SERVER_CLOSED or _is_operational(error):
        return failure("VF-STORE-01", detail=named(error, place))
    return None


def _refusal(error: DBAPIError) -> Failure:
    """Who may do what this user may not. The server's own words are of its language, and name no remedy."""
    from vfadmin.models.roles import keeper  # noqa: PLC0415 - knows the tables, and is needed here alone

    return failure(_REFUSALS[keeper(error.statement or "", error.params)])


def _is_operational(error: BaseException) -> bool:
    """Drivers share the class names of PEP 249 and nothing else; what they derive has names of its own."""
    return any(one.__name__ in {"OperationalError", "InterfaceError"} for one in type(error).__mro__)


def named(error: BaseException, place: str) -> str:
    """What it is called, and where: a driver's own words may quote an account or what was being written.

    SQLite has names for its codes, the others SQLSTATE (ISO/IEC 9075-2, 24.1).
    """
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return f"{place}: {code if isinstance(code, str) else type(error).__name__}"
