"""Every exception of the libraries that vfadmin calls, each with a text that nobody may ever be shown."""

from __future__ import annotations

import builtins
import errno
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from spnego import NegotiateOptions
from urllib3 import HTTPResponse

SECRET = "hunter2-Lääkäriaika"
"""What a library's own words may quote: a password, or what an event says."""

LIBRARIES = (
    *("requests", "urllib3", "httpx", "httpcore", "msal", "exchangelib", "spnego", "requests_ntlm"),
    *("sqlalchemy", "alembic", "sqlite3", "lxml.etree", "python_calamine", "msoffcrypto"),
    *("openpyxl", "openpyxl.utils.exceptions", "openpyxl.utils.cell", "olefile"),
    *("keyring", "cryptography", "ssl", "socket", "http.client", "json", "zoneinfo", "zipfile", "zlib"),
    *(
        "csv",
        "binascii",
        "dateutil",
        "tzlocal",
        "platformdirs",
        "pickle",
        "xml.etree.ElementTree",
        "email.errors",
    ),
)
_SHAPES: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    *(((SECRET,) * count, {}) for count in (1, 2, 3)),
    ((SECRET, 1.0), {}),
    ((SECRET, SECRET, 0), {}),
    ((SECRET, 1.0, {"nonce": SECRET}), {}),
    ((SECRET, None, Exception(SECRET)), {}),
    ((f"https://mail.example.com/{SECRET}",), {}),
    (("utf-8", b"x", 0, 1, SECRET), {}),
    (("utf-8", "x", 0, 1, SECRET), {}),
    (("x", 0, 1, SECRET), {}),
    ((SECRET,), {"request": None, "response": None}),
    ((SECRET,), {"error": SECRET, "error_description": SECRET}),
    ((NegotiateOptions.use_gssapi,), {}),
    ((1, 2), {}),
    (("%s",), {"zone_key": SECRET}),
    ((HTTPResponse(), SECRET.encode()), {}),
)
"""What constructors take besides words alone."""
_NOT_ONE = (BaseExceptionGroup, Warning)
"""Several at once, of code that none of these libraries runs for us; and what is said by the way."""


@cache
def kinds() -> tuple[type[Exception], ...]:
    """The classes, by their full names."""
    found = {one for module in _modules() for one in vars(module).values() if _is_kind(one)}
    found |= {one for one in vars(builtins).values() if _is_kind(one)}
    return tuple(sorted(found, key=name))


def name(kind: type[BaseException]) -> str:
    """The full name of a class."""
    return f"{kind.__module__}.{kind.__qualname__}"


def raised() -> Iterator[Exception]:
    """One of each class, and one of OSError for each code of the system's."""
    for kind in kinds():
        yield made(kind)
    for number in sorted(errno.errorcode):
        yield OSError(number, SECRET, SECRET)


def made(kind: type[Exception]) -> Exception:
    """One of the class, which says the secret in as many places as it takes words."""
    for words, named in (((SECRET,) * _wanted(kind), {}), *_SHAPES, ((), {})):
        try:
            error = kind(*words, **named)
            str(error), repr(error)
        except Exception:  # noqa: BLE001, S112 - it wants something else
            continue
        return error
    raise AssertionError(f"{name(kind)} cannot be made; add what it takes to the shapes")


def _wanted(kind: type[Exception]) -> int:
    try:
        parameters = inspect.signature(kind).parameters.values()
    except ValueError:  # written in C
        return 1
    needed = [one for one in parameters if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD]
    return max(len(needed), 1)


def _modules() -> Iterator[ModuleType]:
    for library in LIBRARIES:
        module = importlib.import_module(library)
        yield module
        for found in pkgutil.iter_modules(getattr(module, "__path__", ()), f"{library}."):
            # What is no exceptions' home is looked at where vfadmin itself has loaded it.
            if found.name in sys.modules or "err" in found.name or "exc" in found.name:
                yield importlib.import_module(found.name)


def _is_kind(one: object) -> bool:
    return isinstance(one, type) and issubclass(one, Exception) and not issubclass(one, _NOT_ONE)
