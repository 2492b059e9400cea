"""vfadmin: administers and runs the Microsoft Exchange integration of ValueFrame."""

from __future__ import annotations

__version__ = "0.1.0"
