"""Persons, resources and companies, where no other source fills the directory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from vfadmin.models import MobileSync
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor
from vfadmin.services.rows import PersonRow

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company and how many active persons and resources it has."""

    id: int
    name: str
    persons: int


@dataclass(frozen=True, slots=True)
class EventTypeRow:
    """A kind of event (*tapahtumalaji*)."""

    id: int
    name: str
    active: bool


class Directory:
    """Adds and changes persons; every change is in the audit trail."""

    def __init__(self, store: Store, *, clock: Clock, actor: Actor) -> None:
        self._store, self._clock, self._actor = store, clock, actor

    def person(self, person_id: int) -> PersonRow:
        """One row. Raises UsageError VF-PERSON-01."""
        raise NotImplementedError

    def add_person(
        self,
        *,
        name: str,
        email: str = "",
        company: str | None = None,
        person_id: int | None = None,
        login: str | None = None,
        resource: bool = False,
    ) -> PersonRow:
        """Add a person or resource; an unknown company is added with it.

        Raises UsageError: VF-PERSON-02 (id taken), -03 (e-mail), -04 (name, company), -05 (id),
        VF-LOGIN-02 and -03.
        """
        raise NotImplementedError

    def change_person(
        self,
        person_id: int,
        *,
        name: str | None = None,
        email: str | None = None,
        company: str | None = None,
        active: bool | None = None,
        resource: bool | None = None,
        mobile_sync: MobileSync | str | None = None,
        mobile_sync_used: datetime | None = None,
        login: str | None = None,
        version: int | None = None,
    ) -> PersonRow:
        """Change what is given; None leaves it, an empty text clears it where that is possible.

        A person who becomes inactive is passivated in the same transaction, nothing is deleted (R30).
        Raises UsageError as `add_person`, and VF-PERSON-01, VF-LOGIN-05 when ``version`` has moved.
        """
        raise NotImplementedError

    def companies(self) -> list[CompanyRow]:
        """All companies in Finnish alphabetical order."""
        raise NotImplementedError

    def event_types(self) -> list[EventTypeRow]:
        """All event types in Finnish alphabetical order."""
        raise NotImplementedError

    def add_event_type(self, name: str) -> EventTypeRow:
        """Add an event type, or answer the one of that name. Raises UsageError VF-PERSON-04."""
        raise NotImplementedError
