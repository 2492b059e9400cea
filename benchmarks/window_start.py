"""How long until the first window is painted, beside a bare PySide6 window in the same run.

Run: python -m benchmarks.window_start. Ours is the whole program as a technician starts it, command line
included: once until the window is there and says that it opens, once until the search view is painted in
it. Each start is a process of its own that ends at that picture, they take turns, and the medians are
printed.
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
import os, sys
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        os._exit(0)
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
folder, until = sys.argv[1:]
started = app.open_window
def open_window(settings, scrubber=None, **more):
    from vfadmin.ui import run
    class Window(run.MainWindow):
        def paintEvent(self, event):
            if until == "window":
                os._exit(0)
        def complete(self):
            super().complete()
            self.persons.criteria.paintEvent = lambda event: os._exit(0)
    run.MainWindow = Window
    return started(settings, scrubber, **more)
app.open_window = open_window
sys.argv = ["vfadmin", "--home", folder, "--lang", "fi"]
main()
"""


def once(code: str, folder: str, until: str = "window") -> float:
    """Milliseconds from the start of the process to its end at the first paint."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": folder}
    environment |= {"PYTHONPYCACHEPREFIX": folder}  # compiled once, as after any first start
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own code, given above
        [sys.executable, "-c", code, folder, until], env=environment, check=True, capture_output=True
    )
    return 1000 * (time.perf_counter() - began)


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        kinds = ((BARE, "window"), (OURS, "window"), (OURS, "search view"))
        for kind in kinds:
            once(kind[0], folder, kind[1])
        rounds = [[once(code, folder, until) for code, until in kinds] for _ in range(ROUNDS)]
    bare, window, view = (median(column) for column in zip(*rounds, strict=True))
    print(f"bare PySide6 window     {bare:7.1f} ms")
    print(f"vfadmin's window        {window:7.1f} ms   {window / bare:5.2f} x    (goal 1.5)")
    print(f"with its search view    {view:7.1f} ms   {view / bare:5.2f} x")
    return 0


if __name__ == "__main__":
    sys.exit(main())
