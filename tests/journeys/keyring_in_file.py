"""A keyring for processes that share nothing else: chosen by name, as keyring lets everybody do."""

from __future__ import annotations

import json
import os
from pathlib import Path

import keyring.backend
import keyring.errors


class KeyringInFile(keyring.backend.KeyringBackend):
    """Keeps what the journeys need in the file that ``JOURNEY_KEYRING`` names."""

    priority = 1.0  # type: ignore[assignment] # keyring declares a property of its own making

    def get_password(self, service: str, username: str) -> str | None:
        return self._load().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._save(self._load() | {f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        kept = self._load()
        if kept.pop(f"{service}/{username}", None) is None:
            raise keyring.errors.PasswordDeleteError(username)
        self._save(kept)

    @staticmethod
    def _file() -> Path:
        return Path(os.environ["JOURNEY_KEYRING"])

    def _load(self) -> dict[str, str]:
        file = self._file()
        kept: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        return kept

    def _save(self, kept: dict[str, str]) -> None:
        self._file().write_text(json.dumps(kept), encoding="utf-8")
