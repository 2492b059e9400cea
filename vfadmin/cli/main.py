"""The command line's entrance: words in, an exit code out, never a traceback.

Exit codes: 0 done, 1 failed, 2 wrong usage or bad input with nothing done, 3 done but for some rows,
130 interrupted cleanly.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

from vfadmin.cli.call import Call, usage
from vfadmin.cli.globals import garbled, language, read, split
from vfadmin.cli.interrupt import INTERRUPTED, terminated_like_interrupted
from vfadmin.cli.output import Output
from vfadmin.cli.wiring import Wiring
from vfadmin.settings import program_settings


def run(arguments: Sequence[str], wiring: Wiring) -> int:
    """Do what the arguments say and answer the exit code."""
    front, rest = split(arguments)
    lang = language(front)
    _make_streams_robust()
    # Without any handler Python itself would print what is logged: on the reader's screen.
    logging.getLogger("vfadmin").addHandler(logging.NullHandler())
    call = Call(wiring, Output(lang), program_settings(lang=lang))
    call.out.as_json = "--json" in rest  # for complaints made before the command itself is reached
    with terminated_like_interrupted():
        try:
            code = _invoke(front, rest, call)
        finally:
            call.close()
    if code == INTERRUPTED:
        call.out.note("error.interrupted")
    return code


def _invoke(front: list[str], rest: list[str], call: Call) -> int:
    try:
        alone = None if rest else read(front)
        if alone is not None:
            call.configure(alone.home, alone.database, alone.lang, alone.log_level)
            return call.show_window(support=alone.support)
        return _parse(front, rest, call)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as closed:  # the parser's answer to a pipe whose reader has left
        return closed.code if isinstance(closed.code, int) else 1
    except Exception as error:  # noqa: BLE001 - the last door: everything becomes two lines
        from vfadmin.cli import faults  # noqa: PLC0415 - as long as all goes well nobody needs it

        return faults.report(error, call)


def _parse(front: list[str], rest: list[str], call: Call) -> int:
    # Takes longer to load than the window without a command takes to open.
    from vfadmin.cli.root import tree  # noqa: PLC0415

    command = tree(rest[0] if rest else "")
    arguments = front + rest
    _refuse_garbled(arguments, call)
    code = command.main(args=arguments, prog_name="vfadmin", standalone_mode=False, obj=call)
    return code if isinstance(code, int) else 0


def _refuse_garbled(arguments: Sequence[str], call: Call) -> None:
    """The name of a file that is there may be made of bytes that are no letters. Raises UsageError."""
    for word in arguments:
        if garbled(word) and not os.path.lexists(word):
            raise usage(call, "usage.garbled", word=word.encode("utf-8", "replace").decode("utf-8"))


def _make_streams_robust() -> None:
    """A console that cannot show a letter shows its escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
