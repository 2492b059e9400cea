"""The customer's shared settings, and the language of this window."""

from __future__ import annotations
