r"""Which connection leads to a mailbox: a company may have an own server and Office 365 at once.

What was chosen for a mailbox, or was found to lead to it, is stored with the integration. Before that the
login tells: ``DOMAIN\user`` is known to an own server only, an address first of all to Office 365, where most
mailboxes of such a company are. A mailbox that is not where it was looked for is looked for at the other one.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import Session

from vfadmin.models import Connection, Integration
from vfadmin.models.prepared import run

EWS, GRAPH = "ews", "graph"
UNKNOWN = frozenset({"EX-MBX-01", "EX-MBX-03"})
"""Nothing is known of such a mailbox."""
ELSEWHERE = UNKNOWN | {"EX-MBX-08"}
"""What a mailbox that is with the other protocol is answered with."""

_ALL = select(Connection.name, Connection.protocol).order_by(Connection.name)


@dataclass(frozen=True, slots=True)
class Routes:
    """The connection of each protocol, None where there is none.

    Of several, the one that is named after its protocol is meant, else the first by name.
    """

    ews: str | None = None
    graph: str | None = None

    def ways(self, login: str) -> tuple[str, ...]:
        """The connections to try for a login, in order; one that does not exist where none does."""
        order = (self.ews, self.graph) if "\\" in login else (self.graph, self.ews)
        found = tuple(one for one in order if one is not None)
        return (found[:1] if "\\" in login else found) or (EWS,)

    @property
    def settled(self) -> str:
        """The connection of a mailbox that was found before connections were remembered: over EWS."""
        return self.ews or EWS


def routes(session: Session) -> Routes:
    """The routes there are now."""
    found: dict[str, list[str]] = {EWS: [], GRAPH: []}
    for name, protocol in run(session, _ALL):
        found.setdefault(protocol, []).append(name)

    def chosen(protocol: str) -> str | None:
        names = found[protocol]
        return protocol if protocol in names else next(iter(names), None)

    return Routes(chosen(EWS), chosen(GRAPH))


def ways_of(session: Session, login: str, *, connection: str | None, address: str | None) -> tuple[str, ...]:
    """The connections to try for a mailbox, in order. One whose address is known is where it was found."""
    if connection is not None and address is not None:
        return (connection,)
    known = routes(session)
    if connection is None:
        return (known.settled,) if address is not None else known.ways(login)
    return (connection, *(one for one in known.ways(login) if one != connection))


def way(session: Session) -> ColumnElement[str]:
    """The same as an expression over the integrations: the first connection to try."""
    known = routes(session)
    by_login = case(
        (Integration.mailbox.is_not(None), literal(known.settled)),
        (Integration.login.contains("\\", autoescape=True), literal(known.ways("\\")[0])),
        else_=literal(known.ways("@")[0]),
    )
    return func.coalesce(Integration.connection, by_login)
