"""Where the files that are not code lie: texts, translations, icons, the template, demo data.

In a checkout they are the top-level `resources/`; a wheel and the frozen program carry the same tree
inside the package as `_resources`. Everybody asks here, so nobody else has to know which of the two it is.
The pages of the errors (`errors/`) and the guide (`guide/`) lie with the documentation in a checkout, where
they are read as well.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

_PACKAGE = Path(__file__).resolve().parent
_DOCUMENTED = ("errors", "guide")


def asset_root() -> Path:
    """The directory that holds the assets.

    Raises `FileNotFoundError` when the program was taken apart from its resources: nothing sensible can be
    shown or said then.
    """
    return _find_root(_PACKAGE)


def path(name: str) -> Path:
    """The file or directory of that name, written with `/` and relative to the asset root.

    Raises `FileNotFoundError` when there is none and `ValueError` when the name leads out of the root.
    """
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts or not relative.parts:
        raise ValueError(f"not a name inside the assets: {name!r}")
    root = asset_root()
    if relative.parts[0] in _DOCUMENTED and root == _PACKAGE.parent / "resources":
        root = root.parent / "docs"
    found = root.joinpath(*relative.parts)
    if not found.exists():
        raise FileNotFoundError(f"no asset named {name!r}")
    return found


def read_text(name: str) -> str:
    """The text of an asset, which is always UTF-8. Errors as for `path`."""
    return path(name).read_text(encoding="utf-8")


def _find_root(package: Path) -> Path:
    packed = package / "_resources"
    if packed.is_dir():
        return packed
    checkout = package.parent / "resources"
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(f"no resources beside or inside {package.name}: the installation is incomplete")
