"""The demo: a cast, a stage with a loopback Exchange, and a story that ends with equal calendars."""

from __future__ import annotations
