"""The search view (R20-R24) and the person form (R25)."""

from __future__ import annotations
