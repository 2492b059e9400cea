"""The person in what others did: the audit trail, the loads of lists, who entered what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, String, cast, func, or_, select, update
from sqlalchemy.orm import Session

from vfadmin.models import Audit, CalendarEvent, ImportBatch, ImportLayout, Person, Setting
from vfadmin.models.erasing import Line, rewrite
from vfadmin.models.people import fold
from vfadmin.services.pseudonyms import Veil, may_mention, usable
from vfadmin.services.rows import chunks

_NAMES = ("name", "email", "login")


class Trail:
    """What the store keeps of deeds, as far as one person is named in it. In the caller's transaction."""

    def __init__(self, session: Session, person_id: int) -> None:
        self._session, self._about = session, f"person:{person_id}"
        own = CalendarEvent.owner_id == person_id
        self._named = select("event:" + cast(CalendarEvent.id, String)).where(own).scalar_subquery()
        self._events = {f"event:{one}" for one in session.scalars(select(CalendarEvent.id).where(own))}

    def of_others(self, words: Sequence[str]) -> set[str]:
        """Whatever lines with one of the words say that somebody else was called or reached by, folded."""
        columns = (Audit.before, Audit.after)
        others = Audit.subject.startswith("person:") & (Audit.subject != self._about)
        rows = self._session.execute(select(*columns).where(others, may_mention(columns, words)))
        said = (facts.get(name) for row in rows for facts in row if facts for name in _NAMES)
        return {fold(one) for one in said if isinstance(one, str)}

    def former_names(self) -> list[str]:
        """Names, addresses and logins which the person had by what the trail says of him."""
        said = self._session.execute(select(Audit.before, Audit.after).where(Audit.subject == self._about))
        found = [facts.get(name) for row in said for facts in row if facts for name in _NAMES]
        return [one for one in dict.fromkeys(found) if isinstance(one, str)]

    def veiled(self, veil: Veil) -> dict[str, int]:
        """Put the pseudonym everywhere; how many lines were about the person, and what else named him.

        Raises StoreError VF-ROLE-09, whatever there is to do.
        """
        lines = list(self._lines(veil))
        rewrite(self._session, veil.pseudonym, [])
        for some in chunks([line for line, _ in lines]):
            rewrite(self._session, veil.pseudonym, some)
        about = sum(whole for _, whole in lines)
        return {"trail": about, "mentions": len(lines) - about + self._signed(veil) + self._files(veil)}

    def settings_naming(self, veil: Veil) -> int:
        """How many shared settings name the person, such as the addresses alerts go to."""
        return sum(veil.json(value) != value for value in self._session.scalars(select(Setting.value)))

    def _lines(self, veil: Veil) -> Iterator[tuple[Line, bool]]:
        """The lines as they are to be, and whether each is about the person."""
        for row in self._session.execute(self._wanted(veil)):
            whole = row.subject == self._about or row.subject in self._events
            veiled = veil.blank if whole else veil.json
            subject = veil.pseudonym if row.subject == self._about else veil.text(row.subject)
            actor = veil.signature(row.actor)
            host = veil.text(row.host) if actor == row.actor else veil.pseudonym
            line = Line(row.id, actor, host, subject, veiled(row.before), veiled(row.after))
            if line != Line(*row):
                yield line, whole

    def _wanted(self, veil: Veil) -> Select[tuple[int, str, str, str, Any, Any]]:
        columns = (Audit.actor, Audit.host, Audit.subject, Audit.before, Audit.after)
        words = usable((*veil.words, *veil.users))
        # A short name is no word to look for in texts, and may be a signature all the same.
        signed = func.lower(Audit.actor).in_({one.lower() for one in veil.users} | set(veil.users))
        either = (
            Audit.subject == self._about,
            Audit.subject.in_(self._named),
            may_mention(columns, words),
            signed,
        )
        return select(Audit.id, *columns).where(or_(*either)).order_by(Audit.id)

    def _signed(self, veil: Veil) -> int:
        """Who loaded lists and entered mobile syncs, where that is the person."""
        changed = 0
        for column in (ImportBatch.actor, ImportLayout.actor, Person.mobile_sync_by):
            names = self._session.scalars(select(column).where(column.is_not(None)).distinct()).all()
            changed += self._replaced(column, {one: veil.signature(one) for one in names if one})
        return changed

    def _files(self, veil: Veil) -> int:
        """Names of lists that have the person's in them."""
        changed = 0
        for column in (ImportBatch.file, ImportLayout.file):
            names = self._session.scalars(select(column).distinct()).all()
            changed += self._replaced(column, {one: veil.text(one) for one in names})
        return changed

    def _replaced(self, column: Any, words: dict[str, str]) -> int:  # noqa: ANN401 - a column
        changed = 0
        for old, new in words.items():
            if old != new:
                changed += self._session.scalar(select(func.count()).where(column == old)) or 0
                self._session.execute(update(column.class_).where(column == old).values({column: new}))
        return changed
