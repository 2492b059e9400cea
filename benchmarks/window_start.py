"""How long until the first window is painted, beside a bare PySide6 window in the same run.

Run: python -m benchmarks.window_start. Ours is the whole program as a
technician starts it, command line included. Each start is a process of its own, the two take turns, and
the medians are printed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from statistics import median

ROUNDS = 21

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        QApplication.instance().quit()
app = QApplication(sys.argv)
window = Window()
window.resize(1440, 860)
window.show()
app.exec()
"""

OURS = """
import os, sys
from vfadmin import app
from vfadmin.__main__ import main
started = app.open_window
def open_window(settings, scrubber=None, **more):
    from vfadmin.ui import run
    class Window(run.MainWindow):
        def paintEvent(self, event):
            os._exit(0)
    run.MainWindow = Window
    return started(settings, scrubber, **more)
app.open_window = open_window
sys.argv = ["vfadmin", "--home", sys.argv[1], "--lang", "fi"]
main()
"""


def once(code: str, folder: str) -> float:
    """Milliseconds from the start of the process to its end at the first paint."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": folder}
    environment |= {"PYTHONPYCACHEPREFIX": folder}  # compiled once, as after any first start
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own code, given above
        [sys.executable, "-c", code, folder], env=environment, check=True, capture_output=True
    )
    return 1000 * (time.perf_counter() - began)


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        once(BARE, folder)
        once(OURS, folder)
        pairs = [(once(BARE, folder), once(OURS, folder)) for _ in range(ROUNDS)]
    bare, ours = median(one for one, _ in pairs), median(other for _, other in pairs)
    print(f"bare PySide6 window   {bare:7.1f} ms")
    print(f"vfadmin's window      {ours:7.1f} ms")
    print(f"ratio                 {ours / bare:7.2f}    (goal 2)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
