"""The triggers that notice every change of an event, whoever makes it."""

from __future__ import annotations

from sqlalchemy import Connection


def install(connection: Connection) -> None:
    """Set up all triggers, replacing what is there."""


def remove(connection: Connection) -> None:
    """Take all triggers away."""
