"""Secrets of the connections: in the operating system's keyring and nowhere else (R27)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import keyring
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

from vfadmin.errors import SecretError, failure

SERVICE = "vfadmin"
BACKEND_VARIABLE = "PYTHON_KEYRING_BACKEND"


class SecretVault(Protocol):
    """Where secrets are kept, by the name of the connection."""

    def read(self, connection: str) -> str:
        """The secret. Raises SecretError: VF-SECRET-01 (no keyring), -02 (locked), -03 (none stored)."""

    def write(self, connection: str, secret: str) -> None:
        """Store or replace the secret. Raises SecretError VF-SECRET-01 and -02."""

    def forget(self, connection: str) -> None:
        """Remove the secret; no error when there is none. Raises SecretError VF-SECRET-01 and -02."""


class MemorySecrets:
    """A vault that lasts as long as the process: for the demo and for tests."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def read(self, connection: str) -> str:
        """The secret. Raises SecretError VF-SECRET-03."""
        try:
            return self._secrets[connection]
        except KeyError:
            raise SecretError(failure("VF-SECRET-03", connection=connection)) from None

    def write(self, connection: str, secret: str) -> None:
        """Keep the secret in memory."""
        self._secrets[connection] = secret

    def forget(self, connection: str) -> None:
        """Drop the secret."""
        self._secrets.pop(connection, None)


class Secrets:
    """The operating system's keyring, through the keyring library.

    A back end that keeps passwords in a file (keyrings.alt) is used only where the environment names it
    outright; it is never chosen for being there.
    """

    def __init__(self, backend: Callable[[], KeyringBackend] = keyring.get_keyring) -> None:
        self._backend = backend

    def read(self, connection: str) -> str:
        """The secret. Raises SecretError: VF-SECRET-01 (no keyring), -02 (locked), -03 (none stored)."""
        with _keyring_faults():
            secret = self._usable().get_password(SERVICE, connection)
        if secret is None:
            raise SecretError(failure("VF-SECRET-03", connection=connection))
        return secret

    def write(self, connection: str, secret: str) -> None:
        """Store or replace the secret. Raises SecretError VF-SECRET-01 and -02."""
        with _keyring_faults():
            backend = self._usable()
            backend.set_password(SERVICE, connection, secret)
            kept = backend.get_password(SERVICE, connection)
        if kept != secret:  # a back end that only pretends must not be found out at night
            raise SecretError(failure("VF-SECRET-01", backend=_name(backend)))

    def forget(self, connection: str) -> None:
        """Remove the secret; no error when there is none. Raises SecretError VF-SECRET-01 and -02."""
        with _keyring_faults():
            backend = self._usable()
            if backend.get_password(SERVICE, connection) is None:
                return
            backend.delete_password(SERVICE, connection)

    def _usable(self) -> KeyringBackend:
        backend = self._backend()
        if isinstance(backend, ChainerBackend):
            safe = [one for one in backend.backends if not _keeps_files(one)]
            if not safe:
                raise SecretError(failure("VF-SECRET-01", backend=_name(backend)))
            # The chain falls through to the next back end, which may be a file, when the first one fails.
            backend = safe[0]
        named = bool(os.environ.get(BACKEND_VARIABLE))
        if isinstance(backend, fail.Keyring) or (_keeps_files(backend) and not named):
            raise SecretError(failure("VF-SECRET-01", backend=_name(backend)))
        if isinstance(backend, null.Keyring) and not named:
            raise SecretError(failure("VF-SECRET-01", backend=_name(backend)))
        return backend


def _keeps_files(backend: KeyringBackend) -> bool:
    return type(backend).__module__.startswith("keyrings.alt")


def _name(backend: KeyringBackend) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


@contextmanager
def _keyring_faults() -> Iterator[None]:
    """Turn what the keyring raises into SecretError; no text of it is passed on, it might quote a value."""
    try:
        yield
    except SecretError:
        raise
    except KeyringLocked:
        raise SecretError(failure("VF-SECRET-02")) from None
    except PasswordDeleteError:
        return  # somebody was quicker: it is gone
    except (NoKeyringError, InitError) as error:
        raise SecretError(failure("VF-SECRET-01", backend=type(error).__name__)) from None
    except Exception as error:  # noqa: BLE001 - back ends let their own libraries' errors through
        if "lock" in type(error).__name__.casefold():
            raise SecretError(failure("VF-SECRET-02")) from None
        raise SecretError(failure("VF-SECRET-01", backend=type(error).__name__)) from None
