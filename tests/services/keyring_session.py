"""Runs inside a D-Bus session of its own, beside a real Secret Service; prints what happened as JSON."""

from __future__ import annotations

import json
import sys

from vfadmin.errors import SecretError
from vfadmin.services.credentials import Secrets


def attempt(name: str) -> str | None:
    vault = Secrets()
    try:
        if name == "write":
            vault.write("ews", "s3cret-ÄÖ€")
        elif name == "replace":
            vault.write("ews", "second")
        elif name == "forget":
            vault.forget("ews")
        else:
            return vault.read("ews")
    except SecretError as error:
        return error.failure.code
    return "done"


if __name__ == "__main__":
    sys.stdout.write(json.dumps([attempt(name) for name in sys.argv[1:]]))
