"""One authority in place of the hundreds that a machine believes.

Whoever opens a connection reads the system's authorities and requests' own list, which takes 70 ms of a
processor and proves nothing: the servers of tests are vouched for by files of their own. So neither what this
machine believes decides anything here.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import requests.adapters
import requests.utils

from tests.quick_folder import memory
from tests.services.certificates import write_authority


def believe_in_one() -> None:
    """From now on there is one authority, whose key nobody has, in this process and its children."""
    folder = Path(tempfile.mkdtemp(prefix="vfadmin-authority-", dir=memory()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    one = str(write_authority(folder / "one.pem"))
    os.environ["SSL_CERT_FILE"], os.environ["SSL_CERT_DIR"] = one, str(folder / "none")
    requests.utils.DEFAULT_CA_BUNDLE_PATH = requests.adapters.DEFAULT_CA_BUNDLE_PATH = one
