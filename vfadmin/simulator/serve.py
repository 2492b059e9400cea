"""Serving a simulator until it is interrupted.

For a command line: mailboxes and faults from files, one line of JSON.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from vfadmin.simulator.config import MailboxSpec, SimulatorConfig
from vfadmin.simulator.faults import FaultRule
from vfadmin.simulator.simulator import Simulator

_KEYS = frozenset(("email", "login", "name", "aliases", "password", "cloud"))


def serve(
    config: SimulatorConfig,
    out: TextIO,
    *,
    faults: Sequence[FaultRule] = (),
    valueframe: Mapping[str, Any] | None = None,
    wait: Callable[[], object] | None = None,
) -> int:
    """Serve until `wait` returns or Ctrl-C; the first line on `out` says in JSON how to reach it.

    ``valueframe`` is how to reach the interface of ValueFrame's that is served beside it, if there is one.
    OSError where the port is taken or the state directory cannot be written, ValueError where its
    snapshot cannot be read; nothing is written to `out` then. Answers the exit code.
    """
    with Simulator(config) as simulator:
        simulator.set_faults(list(faults))
        out.write(json.dumps({**announcement(simulator), "valueframe": valueframe}) + "\n")
        out.flush()
        try:
            (wait or threading.Event().wait)()
        except KeyboardInterrupt:
            return 130
    return 0


def announcement(simulator: Simulator) -> dict[str, Any]:
    """How to reach a started simulator; what it does not speak is null."""
    config, graph = simulator.config, simulator.config.graph
    ews, has_graph = config.protocol != "graph", config.protocol != "ews"
    return {
        "ews_url": simulator.ews_url if ews else None,
        "graph_url": simulator.graph_url if has_graph else None,
        "authority": simulator.authority if has_graph else None,
        "ca_file": str(simulator.ca_file) if config.tls else None,
        "account": simulator.account if ews else None,
        "password": simulator.password if ews else None,
        "tenant": graph.tenant if has_graph else None,
        "client_id": graph.client_id if has_graph else None,
        "client_secret": simulator.client_secret if has_graph else None,
        "control_url": simulator.control_url,
        "mailboxes": [{"email": spec.email, "login": spec.login} for spec in simulator.mailboxes],
    }


def numbered_mailboxes(count: int, domain: str = "example.test") -> tuple[MailboxSpec, ...]:
    """As many mailboxes as asked for, with made-up names."""
    return tuple(
        MailboxSpec(f"person{number}@{domain}", f"EXAMPLE\\person{number}", f"Person {number}")
        for number in range(1, count + 1)
    )


def load_mailboxes(path: Path) -> tuple[MailboxSpec, ...]:
    """Mailboxes of a JSON file.

    A list of addresses, or of objects with email, login, name, aliases, password, cloud.

    ValueError says what is wrong with it.
    """
    entries = _list(path)
    return tuple(_mailbox(entry, path) for entry in entries)


def load_faults(path: Path) -> tuple[FaultRule, ...]:
    """Fault rules of a JSON file: a list of objects. RuleError names the key that is wrong in one.

    Any other ValueError says that the file is no such list.
    """
    return tuple(FaultRule.from_json(_object(entry, path)) for entry in _list(path))


def _mailbox(entry: object, path: Path) -> MailboxSpec:
    if isinstance(entry, str):
        return MailboxSpec(entry, entry)
    value = _object(entry, path)
    aliases = value.get("aliases", [])
    texts = [*(text for key, text in value.items() if key not in ("aliases", "cloud")), *aliases]
    unknown = value.keys() - _KEYS
    texts_only = all(isinstance(text, str) for text in texts) and isinstance(value.get("cloud", True), bool)
    if unknown or not value.get("email") or not texts_only:
        raise ValueError(f"{path}: a mailbox needs an email and may have {', '.join(sorted(_KEYS))}")
    return MailboxSpec(**{"login": value["email"], **value, "aliases": tuple(aliases)})


def _list(path: Path) -> list[object]:
    try:
        value = json.loads(path.read_text("utf-8-sig"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"{path}: {error}") from error
    if not isinstance(value, list):
        raise ValueError(f"{path}: a list is expected")  # noqa: TRY004 (of a file, not of a caller)
    return value


def _object(entry: object, path: Path) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise ValueError(f"{path}: an object is expected, not {entry!r}")  # noqa: TRY004 (of a file)
    return entry
