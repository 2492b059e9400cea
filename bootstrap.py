"""Sets this checkout up and runs it, with nothing but Python's own library: `python bootstrap.py demo`.

The first run makes `.venv` and installs exactly what `requirements.lock` names, hash by hash; later runs
find it ready. On Debian and Ubuntu the system libraries Qt needs are looked for too: root gets them
installed, anybody else is told the line. All that set-up has to say goes to standard error, because the
command behind it may owe its caller one clean JSON document on standard output.

Kept readable for older Pythons down to the version check, so that they can be told what they are.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (the check is for those who start it with an older Python)
    sys.exit("vfadmin needs Python 3.11 or newer, this is {}.{}".format(*sys.version_info))

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import signal
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
NO_APT = "VFADMIN_NO_APT"  # set: never install system packages, only say which are missing
INTERRUPTED = 130

USAGE = """\
usage: python bootstrap.py COMMAND [ARGUMENTS]

  demo [ARGUMENTS]   a loopback Exchange, demo data and the window (vfadmin demo)
  run [ARGUMENTS]    vfadmin itself
  test [ARGUMENTS]   the test suite (pytest)
  setup              only make the environment ready
  lock [ARGUMENTS]   work out requirements.lock again from pyproject.toml
"""

# What PySide6's own libraries are linked against and Debian does not install by itself, by soname.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
# Further ones for a real window under X11 (and for Wayland desktops that run it through X11).
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
# The tests keep secrets in a real Secret Service.
TEST_PROGRAMS = {"gnome-keyring-daemon": "gnome-keyring", "dbus-run-session": "dbus-daemon"}
FONT_PACKAGE = "fonts-dejavu-core"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


class SetupError(Exception):
    """Set-up cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    """Tell the user about the set-up, never on standard output."""
    print(f"bootstrap: {text}", file=sys.stderr, flush=True)


# --- the system's own packages ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Missing:
    """System packages that are not there; without `needed` ones the command cannot work at all."""

    needed: tuple[str, ...] = ()
    useful: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Both kinds, for one installation line."""
        return self.needed + self.useful


def has_display(environ: Mapping[str, str]) -> bool:
    """Whether a window could be shown. Windows and macOS always have a desktop as far as we can tell."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def loads(soname: str) -> bool:
    """Whether the dynamic linker finds the library, which is the only question that counts."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_font() -> bool:
    """Whether there is any font to draw text with."""
    folders = (Path(name).expanduser() for name in FONT_FOLDERS)
    return any(
        file.suffix.lower() in {".ttf", ".otf", ".ttc"} for folder in folders for file in folder.rglob("*.*")
    )


def venv_package() -> str:
    """The Debian package with the `venv` parts of the running Python."""
    debian = Path("/usr/bin/python3")
    if debian.exists() and debian.resolve() == base_python().resolve():
        return "python3-venv"
    return f"python3.{sys.version_info.minor}-venv"


def missing_packages(
    command: str, environ: Mapping[str, str], *, probe: Callable[[str], bool] = loads
) -> Missing:
    """What Debian would have to install for `command`."""
    needed = [] if importlib.util.find_spec("ensurepip") else [venv_package()]
    useful: list[str] = []
    if command in {"demo", "run", "test"}:
        headless = not has_display(environ)
        libraries = QT_LIBRARIES if headless or command == "test" else QT_LIBRARIES | WINDOW_LIBRARIES
        absent = [package for soname, package in libraries.items() if not probe(soname)]
        # Without a window the command line works even where Qt does not.
        (useful if headless and command != "test" else needed).extend(absent)
        if not has_font():
            useful.append(FONT_PACKAGE)
    if command == "test":
        useful += [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]
    return Missing(tuple(needed), tuple(useful))


def ensure_system(command: str, environ: Mapping[str, str]) -> None:
    """Install what is missing when we may, say the exact line when we may not.

    Raises `SetupError` when something the command cannot do without stays missing.
    """
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages(command, environ)
    if not missing.all:
        return
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0 and not environ.get(NO_APT):
        install_packages(apt, missing.all, environ)
        missing = missing_packages(command, environ)
        if not missing.all:
            return
    line = f"sudo apt-get install -y {' '.join(missing.all)}"
    advice = (
        f"Install them with\n  {line}" if apt else "Install your system's packages of the same libraries."
    )
    if missing.needed:
        raise SetupError(f"system packages are missing: {' '.join(missing.all)}. {advice}")
    say(f"going on without some system packages: {' '.join(missing.all)}. {advice}")


def install_packages(apt: str, packages: Sequence[str], environ: Mapping[str, str]) -> None:
    """Let apt-get install them; what went wrong is shown and left to the caller's second look."""
    say(f"installing system packages: {' '.join(packages)}")
    quiet = {**environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = ([apt, "-qq", "update"], [apt, "-qq", "install", "-y", "--no-install-recommends", *packages])
    for step in steps:
        done = subprocess.run(
            step,
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode:
            say(f"{shlex.join(step)} failed:\n{done.stdout.decode(errors='replace').strip()}")
    importlib.invalidate_caches()  # ensurepip may have come just now


# --- the virtual environment -----------------------------------------------------------------------------


def base_python() -> Path:
    """The Python that made the running one, should that live in a virtual environment itself."""
    return Path(getattr(sys, "_base_executable", None) or sys.executable)


def venv_python(venv: Path) -> Path:
    """The interpreter inside an environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(lock: Path, venv: Path) -> str:
    """What an environment depends on: the locked packages, the Python, and where it stands."""
    return json.dumps(
        {
            "lock": hashlib.sha256(lock.read_bytes()).hexdigest(),
            "python": f"{sys.implementation.cache_tag} {sys.version.split()[0]} {base_python()}",
            "place": str(venv),
        },
        indent=1,
    )


def marker_of(venv: Path) -> Path:
    """The file that is written last of all: an environment without it was never finished."""
    return venv / "vfadmin-ready.json"


def is_ready(venv: Path, wanted: str) -> bool:
    """Whether the environment was finished, for just this lock, Python and place."""
    try:
        found = marker_of(venv).read_text(encoding="utf-8")
    except OSError:
        return False
    return found == wanted and venv_python(venv).exists()


def ensure_venv(root: Path = ROOT) -> Path:
    """The Python of a finished environment, made anew when the lock or the Python has changed."""
    venv, lock = root / ".venv", root / "requirements.lock"
    wanted = fingerprint(lock, venv)
    if not is_ready(venv, wanted):
        with only_one(root / ".venv.lock"):
            if not is_ready(venv, wanted):
                make_venv(venv, lock, wanted)
    return venv_python(venv)


def make_venv(venv: Path, lock: Path, wanted: str) -> None:
    """Make the environment from nothing. Killed half way it has no marker, and the next run starts over."""
    started = time.monotonic()
    clear(venv)
    say(f"making .venv with Python {sys.version.split()[0]}")
    call([str(base_python()), "-m", "venv", str(venv)], "making .venv")
    python = str(venv_python(venv))
    packages = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line)
    say(f"installing {packages} packages from {lock.name} (a minute or two)")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--no-input"]
    # The lock names everything. Left to resolve, pip prefers tomorrow's release wherever a package asks for
    # another one's extra, and then finds it without a hash.
    hashed = ["--only-binary", ":all:", "--require-hashes", "--no-deps", "-r", str(lock)]
    call([*pip, *hashed], "installing the packages")
    link_project(venv.parent)
    marker_of(venv).write_text(wanted, encoding="utf-8")
    say(f"ready after {time.monotonic() - started:.0f} s")


def clear(venv: Path) -> None:
    """Remove an environment, finished or not. Raises `SetupError` when it is in use."""
    if not venv.exists():
        return
    if Path(sys.prefix) == venv and os.name == "nt":
        raise SetupError(
            ".venv must be made again, but this Python runs from it. Leave it (deactivate) and repeat."
        )
    say("the old .venv does not fit any more or was never finished")
    marker_of(venv).unlink(missing_ok=True)
    try:
        shutil.rmtree(venv)
    except OSError as error:
        raise SetupError(f"cannot remove {venv}: {error}. Close what still uses it and repeat.") from error


def link_project(root: Path) -> None:
    """Put the checkout on the environment's path: no build step, and an edit counts at once.

    The path is relative: a `.pth` file is read in the system's own encoding, and the checkout may lie
    under any name.
    """
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(root / ".venv")}))
    (packages / "vfadmin.pth").write_text(os.path.relpath(root, packages) + "\n", encoding="ascii")


def call(command: Sequence[str], what: str) -> None:
    """Run a step of the set-up; whatever it prints belongs to standard error.

    Raises `SetupError` when it fails.
    """
    try:
        # The lock of `only_one` goes along, hence no closing of files.
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False, close_fds=False
        )
    except OSError as error:
        raise SetupError(f"{what} failed: {error}") from error
    if done.returncode:
        raise SetupError(
            f"{what} failed, see above. Check the network or proxy settings and repeat the command."
        )


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Keep two set-ups of the same checkout apart.

    The lock dies with its process and with whatever that process had started: a pip that outlives a killed
    set-up is waited for, not raced.
    """
    with path.open("a+b") as file:
        if not take_lock(file, wait=False):
            say("waiting for another set-up of this checkout to end")
            take_lock(file, wait=True)
        os.set_inheritable(file.fileno(), True)
        yield


def take_lock(file: IO[bytes], *, wait: bool) -> bool:
    """Whether this process alone holds the file now."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  (exists on Windows only)

        while True:
            with contextlib.suppress(OSError):
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
                return True
            if not wait:
                return False
    else:
        import fcntl  # noqa: PLC0415  (exists elsewhere only)

        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


# --- the commands ----------------------------------------------------------------------------------------


def run_child(
    command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> int:
    """Run the real command and answer with its exit code; 130 when the user stopped it."""
    with subprocess.Popen(command, cwd=cwd, env=env) as child:

        def pass_on(number: int, _frame: FrameType | None) -> None:
            child.send_signal(number)

        previous = signal.signal(signal.SIGTERM, pass_on)
        try:
            code = child.wait()
        except KeyboardInterrupt:
            # The child got the same Ctrl+C and ends in its own order; a second one ends the waiting.
            child.wait()
            return INTERRUPTED
        finally:
            signal.signal(signal.SIGTERM, previous)
    return code if code >= 0 else 128 - code


def says_workers(arguments: Sequence[str]) -> bool:
    """Whether the caller decided about parallel runs, or asked for a debugger, which excludes them."""
    flags = ("-n", "--numprocesses", "--pdb", "--trace", "no:xdist")
    return any(argument.startswith(flags) for argument in arguments)


def run_tests(python: Path, arguments: Sequence[str]) -> int:
    """Run pytest, where there is one under a real Secret Service."""
    command = [str(python), "-m", "pytest", *([] if says_workers(arguments) else ["-n", "2"]), *arguments]
    env = dict(os.environ)
    if not has_display(env):
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not sys.platform.startswith("linux"):
        return run_child(command, cwd=ROOT, env=env)
    if not all(shutil.which(program) for program in TEST_PROGRAMS):
        say("no Secret Service to run the tests with: those of the keyring will fail")
        return run_child(command, cwd=ROOT, env=env)
    return test_with_secrets(command, env)


def test_with_secrets(command: Sequence[str], env: dict[str, str]) -> int:
    """Run the tests on a session bus of their own with an unlocked, empty Secret Service on it."""
    # The line end is the (empty) password that unlocks the new keyring.
    unlock = "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"
    env.pop("DISPLAY", None)
    with tempfile.TemporaryDirectory(prefix="vfadmin-test-", ignore_cleanup_errors=True) as folder:
        env |= {"XDG_DATA_HOME": folder, "XDG_RUNTIME_DIR": folder}
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        session = ["dbus-run-session", "--", "sh", "-c", f'{unlock}; exec "$@"', "sh", *command]
        return run_child(session, cwd=ROOT, env=env)


def lock(python: Path, arguments: Sequence[str]) -> int:
    """Work the lock out for all platforms; no address of an index gets into it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    options = (
        "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev"
    )
    compile_lock = [
        str(python),
        "-m",
        "uv",
        "pip",
        "compile",
        *options.split(),
        "pyproject.toml",
        "-o",
        LOCK.name,
    ]
    return run_child([*compile_lock, "-qq", *arguments], cwd=ROOT, env=env)


COMMANDS: Mapping[str, Callable[[Path, Sequence[str]], int]] = {
    "demo": lambda python, rest: run_child([str(python), "-m", "vfadmin", "demo", *rest]),
    "run": lambda python, rest: run_child([str(python), "-m", "vfadmin", *rest]),
    "test": run_tests,
    "setup": lambda _python, _rest: 0,
    "lock": lock,
}


def main(arguments: Sequence[str]) -> int:
    """Answer with the exit code: the command's own, 1 if set-up fails, 2 for wrong usage, 130 for Ctrl+C."""
    command = arguments[0] if arguments else ""
    if command not in COMMANDS:
        asked = command in {"-h", "--help", "help"}
        print(USAGE, end="", file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        ensure_system(command, os.environ)
        return COMMANDS[command](ensure_venv(), arguments[1:])
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("interrupted; the next run takes it up again")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
