"""A shared database with its roles: one login each, none of them the owner's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.postgresql import Server, server
from vfadmin.models.rights import Role
from vfadmin.models.roles import USUAL
from vfadmin.models.store import Store, open_store
from vfadmin.services.database_roles import give_roles

LOGINS = {role: f"login_{role}" for role in Role}
"""Users as a customer has them: each is given its role and nothing else."""


def as_user(url: str, user: str) -> str:
    """The same database, worked on by somebody else."""
    return url.replace("postgres@", f"{user}@")


def make_roles(store: Store, on: Server | None = None) -> None:
    """Give the roles of that database their rights, and everybody a role."""
    give_roles(store.url)
    for role, login in LOGINS.items():
        make_login(login, on=on)
        (on or server()).sql(f'GRANT "{USUAL[role]}" TO "{login}"')


def make_login(name: str, more: str = "", on: Server | None = None) -> None:
    """Make that user if it is not there; users are of the whole server."""
    where = on or server()
    if (name,) not in where.sql("SELECT rolname FROM pg_roles"):
        where.sql(f'CREATE ROLE "{name}" LOGIN {more}')


@contextmanager
def worked_on_as(store: Store, role: Role) -> Iterator[Store]:
    """The store, opened by whoever has that role."""
    opened = open_store(as_user(store.url, LOGINS[role]))
    try:
        yield opened
    finally:
        opened.close()
