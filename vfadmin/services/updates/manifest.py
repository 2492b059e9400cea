"""What the publisher says of the newest version: the document inside the envelope."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from vfadmin.services.updates.versions import Version, release
from vfadmin.services.web_addresses import is_https

PRODUCT, FORMAT = "vfadmin", 1
LANGUAGES = ("fi", "en")
LONGEST_NOTE, MOST_FILES = 2_000, 20
_LONGEST_NAME, _LONGEST_ADDRESS, _LARGEST_FILE = 120, 2_000, 2**40
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class ManifestError(ValueError):
    """A document that is no manifest, or none of a format that is known here."""


@dataclass(frozen=True, slots=True)
class Installer:
    """A file the page offers: its name, its size in bytes, and its SHA-256 in hexadecimal digits."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The newest release, from ``published`` on and no longer than ``valid_until`` (both UTC).

    ``page`` is where an administrator fetches it, ``notes`` what is new by language. None of ``files`` is
    fetched by the program: their sums are for whoever fetched one.
    """

    version: Version
    published: datetime
    valid_until: datetime
    page: str
    notes: Mapping[str, str]
    files: tuple[Installer, ...] = ()


def as_bytes(manifest: Manifest) -> bytes:
    """The document, to be signed as it is."""
    told = {
        "product": PRODUCT,
        "format": FORMAT,
        "version": str(manifest.version),
        "published": manifest.published.isoformat(),
        "valid_until": manifest.valid_until.isoformat(),
        "page": manifest.page,
        "notes": dict(manifest.notes),
        "files": [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in manifest.files],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def parsed(document: bytes) -> Manifest:
    """The manifest of a document; what a later version may add to it is passed over.

    Raises ManifestError for anything that is not one, and for a format that is not known here.
    """
    try:
        return _read(json.loads(document.decode()))
    except (ValueError, RecursionError) as broken:
        raise ManifestError(str(broken)) from broken


def _read(told: Any) -> Manifest:  # noqa: ANN401 - what JSON holds
    if not isinstance(told, dict) or told.get("product") != PRODUCT:
        raise ValueError("another product's")
    if told.get("format") != FORMAT or isinstance(told["format"], bool):
        raise ValueError("another format")
    published, until = _moment(told.get("published")), _moment(told.get("valid_until"))
    if until <= published:
        raise ValueError("never valid")
    page = _text(told.get("page"), _LONGEST_ADDRESS)
    if not is_https(page):
        raise ValueError("the page is none of https")
    version = release(_text(told.get("version"), _LONGEST_NAME))
    return Manifest(version, published, until, page, _notes(told.get("notes")), _files(told.get("files")))


def _notes(told: object) -> dict[str, str]:
    if not isinstance(told, dict):
        raise ValueError("no notes")  # noqa: TRY004 - one kind of fault for whoever reads it
    return {lang: _text(told.get(lang), LONGEST_NOTE, lines=True) for lang in LANGUAGES}


def _files(told: object) -> tuple[Installer, ...]:
    if not isinstance(told, list) or len(told) > MOST_FILES:
        raise ValueError("no list of files")
    return tuple(_file(one) for one in told)


def _file(told: object) -> Installer:
    if not isinstance(told, dict):
        raise ValueError("no file")  # noqa: TRY004 - as above
    name, size, digest = told.get("name"), told.get("size"), _text(told.get("sha256"), _LONGEST_NAME)
    if isinstance(size, bool) or not isinstance(size, int) or not 0 < size <= _LARGEST_FILE:
        raise ValueError("no size")
    if _SHA256.fullmatch(digest) is None:
        raise ValueError("no SHA-256")
    named = _text(name, _LONGEST_NAME)
    if not named or "/" in named or "\\" in named:
        raise ValueError("no name of a file")
    return Installer(named, size, digest)


def _moment(told: object) -> datetime:
    moment = datetime.fromisoformat(_text(told, _LONGEST_NAME))
    if moment.tzinfo is None:
        raise ValueError("a moment without its zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as far:
        raise ValueError("a moment nobody lives to see") from far


def _text(told: object, longest: int, *, lines: bool = False) -> str:
    """A text that can be shown as it is."""
    if not isinstance(told, str) or len(told) > longest:
        raise ValueError("no text, or a long one")
    shown = told.replace("\n", "") if lines else told
    if not shown.isprintable():
        raise ValueError("signs that cannot be shown")
    return told
