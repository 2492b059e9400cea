"""`vfadmin simulator serve --protocol both`, as a program."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from pathlib import Path

import httpx


def test_the_command_serves_both_protocols(tmp_path: Path) -> None:
    faults = tmp_path / "faults.json"
    faults.write_text('[{"operation": "GraphUser", "status": 404, "code": "ErrorItemNotFound"}]')
    command = [
        sys.executable, "-m", "vfadmin", "simulator", "serve", "--protocol", "both", "--mailboxes", "1",
        "--faults", str(faults),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        context = ssl.create_default_context(cafile=told["ca_file"])
        with httpx.Client(verify=context, trust_env=False, timeout=30) as http:
            token = http.post(
                f"{told['authority']}/oauth2/v2.0/token",
                data={
                    "grant_type": "client_credentials",
                    "client_id": told["client_id"],
                    "client_secret": told["client_secret"],
                    "scope": "https://graph.microsoft.com/.default",
                },
            ).json()["access_token"]
            headers = {"Authorization": f"Bearer {token}"}
            answers = [
                http.get(f"{told['graph_url']}/users/{told['mailboxes'][0]['email']}", headers=headers)
                for _ in range(2)
            ]
            challenge = http.post(told["ews_url"])
        process.terminate()
        process.wait(30)

    assert [answer.status_code for answer in answers] == [404, 200]
    assert challenge.status_code == 401
