"""Makes and signs a release's manifest: `.venv/bin/python packaging/manifest.py --page URL --fi … --en …`.

`--new-key` makes the key it is signed with. The key lies in a file that a passphrase protects; the
environment names the file, and has the passphrase where nobody is to be asked for it.
"""

from __future__ import annotations

import argparse
import base64
import getpass
import hashlib
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from publisher import KEYS, publisher_of

from vfadmin import __version__
from vfadmin.services.updates.envelope import LARGEST, opened, sealed, signed_bytes
from vfadmin.services.updates.manifest import Installer, Manifest, as_bytes, parsed
from vfadmin.services.updates.versions import release

KEY_FILE, PASSPHRASE = "VFADMIN_UPDATE_KEY", "VFADMIN_UPDATE_PASSPHRASE"
"""The variables with the private key's file, and with its passphrase."""
_DIST = Path(__file__).resolve().parents[1] / "dist"
_DAYS, _SHORTEST = 180, 12


class SigningError(RuntimeError):
    """Why nothing was made; the text is for whoever releases."""


def main(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> int:
    """Make what was asked for and answer the exit code."""
    parser = argparse.ArgumentParser(description="Makes and signs the manifest of a release.")
    parser.add_argument("--new-key", action="store_true", help=f"make the key that {KEY_FILE} names")
    parser.add_argument("--page", default="", help="where an administrator gets the release (https)")
    parser.add_argument("--fi", default="", help="what is new, in Finnish; the window shows the first line")
    parser.add_argument("--en", default="", help="the same in English")
    parser.add_argument("--days", type=int, default=_DAYS, help=f"how long it is valid (default {_DAYS})")
    parser.add_argument("--out", type=Path, default=_DIST / "update.json", help="the manifest's file")
    parser.add_argument("installers", nargs="*", type=Path, help="default: the one in dist/windows")
    asked = parser.parse_args(arguments)
    try:
        if asked.new_key:
            new_key(environ)
        else:
            notes = {"fi": asked.fi, "en": asked.en}
            built = [_DIST / "windows" / f"vfadmin-{__version__}-setup.exe"]
            publish(environ, asked.out, asked.page, notes, asked.installers or built, asked.days)
    except (SigningError, OSError, OverflowError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def new_key(environ: Mapping[str, str]) -> None:
    """Make a key, where there is none yet, and print its public half. Raises SigningError, OSError."""
    path = _key_file(environ)
    if path.exists():
        raise SigningError(f"{path} is there already; nothing was changed")
    passphrase = _passphrase(environ, again=True)
    if len(passphrase) < _SHORTEST:
        raise SigningError(f"a passphrase of at least {_SHORTEST} characters is wanted")
    key = Ed25519PrivateKey.generate()
    locked = BestAvailableEncryption(passphrase.encode())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    sys.stdout.write(f"{path} is the key: keep a copy where nobody else gets it.\n")
    sys.stdout.write(f"For builds: {KEYS}={_public_text(key)}\n")


def publish(
    environ: Mapping[str, str],
    out: Path,
    page: str,
    notes: Mapping[str, str],
    installers: Sequence[Path],
    days: int,
) -> None:
    """Write the signed manifest. Raises SigningError, ManifestError, PublisherError, OSError."""
    now = datetime.now(UTC).replace(microsecond=0)
    files = tuple(_described(one) for one in installers)
    manifest = Manifest(release(__version__), now, now + timedelta(days=days), page, notes, files)
    document = as_bytes(manifest)
    parsed(document)  # nothing is signed that the program would refuse
    key = _key(environ)
    public = key.public_key().public_bytes_raw()
    known = publisher_of(environ)
    if known is not None and public not in known.keys:
        raise SigningError(f"{KEYS} has not the public half of this key: no program would believe it")
    envelope = sealed(document, [(_name(public), key.sign(signed_bytes(document)))])
    if len(envelope) > LARGEST or parsed(opened(envelope, [public])) != manifest:
        raise SigningError("the manifest is too large, or does not come out as it went in")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(envelope)
    sys.stdout.write(f"{out}: version {__version__}, valid until {manifest.valid_until.date()}\n")


def _described(path: Path) -> Installer:
    with path.open("rb") as file:
        return Installer(path.name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _key_file(environ: Mapping[str, str]) -> Path:
    if not environ.get(KEY_FILE):
        raise SigningError(f"{KEY_FILE} names no file of a key")
    return Path(environ[KEY_FILE])


def _key(environ: Mapping[str, str]) -> Ed25519PrivateKey:
    path = _key_file(environ)
    pem = path.read_bytes()
    try:
        key = load_pem_private_key(pem, _passphrase(environ).encode() or None)
    except (ValueError, TypeError):
        raise SigningError(f"{path} is no key of --new-key, or its passphrase is another") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningError(f"{path} has a key of another kind; make one with --new-key")
    return key


def _passphrase(environ: Mapping[str, str], *, again: bool = False) -> str:
    if PASSPHRASE in environ:
        return environ[PASSPHRASE]
    typed = getpass.getpass("Passphrase of the key: ")
    if again and getpass.getpass("Once more: ") != typed:
        raise SigningError("these are two different passphrases; nothing was made")
    return typed


def _public_text(key: Ed25519PrivateKey) -> str:
    """As `publisher` reads it."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def _name(public: bytes) -> str:
    """What DSSE calls the key's id: it helps whoever looks for the right one, and is not signed."""
    return hashlib.sha256(public).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
