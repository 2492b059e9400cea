"""``python -m vfadmin`` and the ``vfadmin`` command."""

from __future__ import annotations

import sys

_INTERRUPTED = 130


def main() -> int:
    """Run the command line on this process's arguments and answer the exit code."""
    if getattr(sys, "frozen", False):  # the same program is started for what is done in a process of its own
        import multiprocessing  # noqa: PLC0415 - as below

        multiprocessing.freeze_support()
    try:
        from vfadmin.app import wire  # noqa: PLC0415 - nothing is imported before it is asked for
        from vfadmin.cli.main import run  # noqa: PLC0415

        return run(sys.argv[1:], wire())
    except KeyboardInterrupt:  # while the program was still loading: nothing was done
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
