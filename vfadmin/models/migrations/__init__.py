"""The schema's history, one revision a module; `vfadmin.models.schema` runs it."""

from __future__ import annotations
