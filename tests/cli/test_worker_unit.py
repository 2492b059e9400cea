"""The systemd unit says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from vfadmin.cli.interrupt import INTERRUPTED
from vfadmin.services.mounted_secrets import PREFIX
from vfadmin.sync.crew import FAREWELL

UNIT = Path(__file__).parents[2] / "packaging" / "vfadmin-worker.service"


def _values(key: str) -> list[str]:
    return re.findall(rf"^{key}=(.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)


def test_it_waits_for_the_workers_word_and_gives_it_time_to_end() -> None:
    assert _values("Type") == ["notify"]
    (patience,) = _values("TimeoutStopSec")
    assert float(patience) > FAREWELL
    assert _values("SuccessExitStatus") == [str(INTERRUPTED)]
    assert _values("ExecStart") == ["/opt/vfadmin/vfadmin worker"]


def test_the_secret_is_a_credential_and_no_variable() -> None:
    (credential,) = _values("LoadCredentialEncrypted")
    assert credential.startswith(PREFIX)
    assert [one.partition("=")[0] for one in _values("Environment")] == ["VFADMIN_HOME"]


def test_it_may_write_to_its_own_folder_only() -> None:
    for key, value in (
        ("ProtectSystem", "strict"),
        ("StateDirectoryMode", "0700"),
        ("NoNewPrivileges", "yes"),
        ("CapabilityBoundingSet", ""),
        ("DynamicUser", "yes"),
    ):
        assert _values(key) == [value]
