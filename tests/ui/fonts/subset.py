"""Cuts the fonts of the pictures out of Noto Sans; needed again only when the window uses a new sign.

In a throw-away environment with ``fonttools``, on a Debian 12 with ``fonts-noto-core`` and
``fonts-noto-extra``: ``python tests/ui/fonts/subset.py /usr/share/fonts/truetype/noto``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

FAMILY = "Picture Sans"
"""A name of its own: of a Noto Sans that a machine has, no glyph may come into a picture."""

LATIN = (
    "U+0020-007E,U+00A0-017F,U+0218-021B,U+2002,U+2007-200B,U+2010-2015,U+2018-201E,U+2020-2022,"
    "U+2026,U+202F,U+2030,U+2039,U+203A,U+2060,U+20AC,U+FFFD"
)
SIGNS = "U+2190-2193,U+2212,U+2264,U+2265"  # only Noto Sans Math has them


def cut(source: Path, unicodes: str, target: Path, *more: str) -> None:
    """Write the part of the font that has these characters; without hints it looks alike everywhere."""
    subset.main([str(source), f"--unicodes={unicodes}", "--no-hinting", f"--output-file={target}", *more])


def rename(font: TTFont, weight: str) -> None:
    """Give it our name, and keep its copyright and licence."""
    regular = weight == "Regular"
    names = {1: FAMILY if regular else f"{FAMILY} {weight}", 2: "Regular", 4: f"{FAMILY} {weight}"}
    names |= {3: f"vfadmin;{FAMILY} {weight}", 6: f"{FAMILY.replace(' ', '')}-{weight}"}
    names |= {} if regular else {16: FAMILY, 17: weight}
    table = font["name"]
    for number, text in names.items():
        table.removeNames(nameID=number)
        table.setName(text, number, 3, 1, 0x409)


def main(noto: Path) -> None:
    """Make both weights beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        letters, signs = Path(folder, "letters.ttf"), Path(folder, "signs.ttf")
        for weight in ("Regular", "SemiBold"):
            cut(noto / f"NotoSans-{weight}.ttf", LATIN, letters, "--layout-features=kern,mark")
            bare = ("--layout-features=", "--drop-tables+=MATH,GSUB,GPOS,GDEF")
            cut(noto / "NotoSansMath-Regular.ttf", SIGNS, signs, *bare)
            whole = merge.Merger().merge([str(letters), str(signs)])
            metrics = TTFont(letters)
            for table in ("OS/2", "hhea", "name"):  # a merger takes the larger figures and both names
                whole[table] = metrics[table]
            rename(whole, weight)
            whole.save(Path(__file__).parent / f"PictureSans-{weight}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
