"""A process that has loaded the program once and forks a worker for each line it reads.

A line is JSON: the store's address, the home, how many mailboxes at once, and the pace. The answer is the
number of the worker's process. Each worker says a word to the file of its name once it takes jobs, and writes
there how it ended.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from vfadmin.app import open_application
from vfadmin.errors import VfadminError
from vfadmin.logfile import Scrubber, logging_to
from vfadmin.services.fleet.worker import FleetWorker, Pace
from vfadmin.settings import Language, LogLevel, ProgramSettings


def work(told: dict[str, Any]) -> None:
    faulthandler.register(signal.SIGUSR1, all_threads=True)
    home, word = Path(told["home"]), Path(told["word"])
    settings = ProgramSettings(home, told["store"], Language.EN, LogLevel.INFO)
    with logging_to(home, LogLevel.INFO, Scrubber()):
        application = open_application(settings)
        application.pace = Pace(**told["pace"])
        worker: FleetWorker = application.worker(told["mailboxes"])
        signal.signal(signal.SIGTERM, lambda *_: worker.stop())
        try:
            worker.run(on_ready=lambda: _say(word, "ready"))
            _say(word, "ended")
        except VfadminError as error:
            _say(word, error.failure.code)
        finally:
            application.close()


def _say(where: Path, word: str) -> None:
    part = where.with_suffix(".part")
    part.write_text(word, encoding="utf-8")
    part.replace(where)


def main() -> None:
    # Whoever ends unseen leaves no zombie, so that its number shows whether it lives.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.stdin.close()
            status = 0
            try:
                work(json.loads(line))
            except BaseException:  # noqa: BLE001 - it is told, and the process ends here
                traceback.print_exc()
                status = 1
            finally:
                sys.stderr.flush()
                os._exit(status)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
