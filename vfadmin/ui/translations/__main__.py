"""``python -m vfadmin.ui.translations check``; see `check`."""

from __future__ import annotations

import sys

from vfadmin.ui.translations.check import main

sys.exit(main(sys.argv[1:]))
