from __future__ import annotations

import re
from dataclasses import dataclass

_RELEASE = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version in the order of Semantic Versioning 2.0.0; ``final`` is false before the release itself."""

    major: int
    minor: int
    patch: int
    final: bool = True

    def __str__(self) -> str:
        """As it is written; of what comes before a release only which release that is."""
        return f"{self.major}.{self.minor}.{self.patch}"


def release(text: str) -> Version:
    """The release of that name: three numbers and nothing else. Raises ValueError."""
    found = _RELEASE.fullmatch(text)
    if found is None:
        raise ValueError("no release's version")
    major, minor, patch = map(int, found.groups())
    return Version(major, minor, patch)


def running(text: str) -> Version:
    """The version a program says of itself, which may be on its way to a release. Raises ValueError."""
    found = _RELEASE.match(text)
    if found is None:
        raise ValueError("no version")
    major, minor, patch = map(int, found.groups())
    rest = text[found.end() :]
    return Version(major, minor, patch, final=not rest or rest.startswith(("+", ".post")))
