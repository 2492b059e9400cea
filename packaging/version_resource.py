"""What Windows shows of a program in its properties, and what an installer compares."""

from __future__ import annotations

import re
from typing import Any

from vfadmin import __version__

COMPANY = "vfadmin"
COPYRIGHT = "Apache License 2.0"
DESCRIPTIONS = {
    "vfadmin": "vfadmin: Exchange integration of ValueFrame",
    "vfadmin-cli": "vfadmin: Exchange integration of ValueFrame, command line",
}
_ENGLISH, _UNICODE = 0x0409, 1200


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """A version as Windows counts: 1.2.3 is 1.2.3.0, and what stands behind the numbers is left out."""
    numbers = [int(one) for one in re.findall(r"\d+", version.split("+", 1)[0])[:4]]
    first, second, third, fourth = (*numbers, 0, 0, 0, 0)[:4]
    return first, second, third, fourth


def version_resource(name: str) -> Any:  # noqa: ANN401 - PyInstaller's types are there on Windows only
    """The resource of the program of that name, for PyInstaller."""
    from PyInstaller.utils.win32 import versioninfo as info  # noqa: PLC0415 - loads on Windows only

    numbers = four_numbers(__version__)
    texts = {
        "CompanyName": COMPANY,
        "FileDescription": DESCRIPTIONS[name],
        "FileVersion": __version__,
        "InternalName": name,
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": f"{name}.exe",
        "ProductName": "vfadmin",
        "ProductVersion": __version__,
    }
    table = info.StringTable(
        f"{_ENGLISH:04x}{_UNICODE:04x}", [info.StringStruct(key, text) for key, text in texts.items()]
    )
    translation = info.VarFileInfo([info.VarStruct("Translation", [_ENGLISH, _UNICODE])])
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[info.StringFileInfo([table]), translation],
    )
