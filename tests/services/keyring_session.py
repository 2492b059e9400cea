"""Runs beside the system's own keyring, on Linux in a D-Bus session of its own; prints what happened as JSON.

The first word is the connection's name: on Windows there is one keyring for all that a user does.
"""

from __future__ import annotations

import json
import sys

from vfadmin.errors import SecretError
from vfadmin.services.credentials import Secrets


def attempt(connection: str, name: str) -> str | None:
    vault = Secrets()
    try:
        if name == "write":
            vault.write(connection, "s3cret-ÄÖ€")
        elif name == "replace":
            vault.write(connection, "second")
        elif name == "forget":
            vault.forget(connection)
        else:
            return vault.read(connection)
    except SecretError as error:
        return error.failure.code
    return "done"


if __name__ == "__main__":
    sys.stdout.write(json.dumps([attempt(sys.argv[1], name) for name in sys.argv[2:]]))
