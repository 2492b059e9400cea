"""The roles of a shared database, for its owner: made and given their rights, or as a script (R14, R27)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vfadmin.errors import StoreError, UsageError, failure
from vfadmin.models import roles
from vfadmin.models.rights import Role
from vfadmin.models.store import open_store


@dataclass(frozen=True, slots=True)
class RolesGiven:
    """What the roles are called, and where."""

    database: str
    names: Mapping[str, str]


def give_roles(url: str, **wanted: str | None) -> RolesGiven:
    """Make the roles that are missing in the database at that address and give each its rights.

    The queue of the workers is made for them too, as far as the owner may make a schema.

    ``wanted`` are names by role; one that is not given keeps its name, or has the usual one.

    Raises UsageError: VF-ROLE-05 no shared database, VF-ROLE-07 a name, VF-ROLE-08 somebody no role limits;
    StoreError: VF-ROLE-04 not the owner, VF-ROLE-06 may not make roles, and as `open_store`.
    """
    _checked({**roles.USUAL, **_said(wanted)})
    if not url.startswith("postgresql"):  # before a file is made for the asking
        raise UsageError(failure("VF-ROLE-05"))
    from vfadmin.services.fleet.schema import share_queue  # noqa: PLC0415 - only workers' queues need it

    store = open_store(url)
    try:
        with store.rebuild() as connection:
            names = _checked({**(roles.given(connection) or roles.USUAL), **_said(wanted)})
            for one in roles.unlimited(connection, names):
                raise UsageError(failure("VF-ROLE-08", name=one))
            if lacking := roles.missing(connection, names):
                raise StoreError(failure("VF-ROLE-06", names=", ".join(lacking)))
            roles.give(connection, names)
            share_queue(connection, names.values())
        return RolesGiven(store.url, {str(role): names[role] for role in Role})
    finally:
        store.close()


def roles_script(**wanted: str | None) -> str:
    """The same as a file for psql, for whoever administers the server. Raises UsageError VF-ROLE-07."""
    from vfadmin.services.fleet.schema import queue_script  # noqa: PLC0415 - see above

    names = _checked({**roles.USUAL, **_said(wanted)})
    return roles.script(names, queue_script(names.values()))


def _said(wanted: Mapping[str, str | None]) -> dict[Role, str]:
    return {Role(role): name for role, name in wanted.items() if name is not None}


def _checked(names: roles.Names) -> roles.Names:
    told = list(names.values())
    for name in told:
        if not roles.usable(name) or told.count(name) > 1:
            raise UsageError(failure("VF-ROLE-07", name=name[:80]))
    return names
