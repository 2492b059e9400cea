"""A calendar, whoever keeps it: the interface (`base`), the Event value (`event`), the keepers."""

from __future__ import annotations
