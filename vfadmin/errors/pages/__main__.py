"""``python -m vfadmin.errors.pages update|check``: makes what of the pages is made, or says what is old."""

from __future__ import annotations

import sys

from vfadmin.errors.pages.files import outdated, update


def main(arguments: list[str]) -> int:
    """0 when every page is as it should be; with ``update`` they are made so."""
    if arguments == ["update"]:
        update()
    elif arguments != ["check"]:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    old = outdated()
    for name in old:
        sys.stderr.write(f"{name}: out of date, run python -m vfadmin.errors.pages update\n")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
