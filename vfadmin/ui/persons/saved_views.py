"""Criteria that an admin keeps under a name, in the settings of this window."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSettings

from vfadmin.ui.persons.columns import COLUMNS
from vfadmin.ui.persons.criteria import Criteria

_KEY, _DAMAGED_KEY = "saved_views", "saved_views_damaged"
_SORTED_BY = {column.sort for column in COLUMNS if column.sort}


@dataclass(frozen=True, slots=True)
class SavedView:
    """Criteria and what they are called."""

    name: str
    criteria: Criteria


class SavedViews:
    """The views that are kept. A name is kept once, whatever its capitals."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def all(self) -> tuple[SavedView, ...]:
        """The views in the order of their names."""
        return parse(self._text())

    def names(self) -> tuple[str, ...]:
        """What they are called."""
        return tuple(view.name for view in self.all())

    def save(self, name: str, criteria: Criteria) -> None:
        """Keep the criteria under the name; what was kept under it before goes."""
        self._keep([*self._others(name), _told(SavedView(name, criteria))])

    def remove(self, name: str) -> None:
        """Forget the view of that name."""
        self._keep(self._others(name))

    def _others(self, name: str) -> list[Any]:
        """What else is kept, also what a newer program alone understands."""
        return [one for one in _entries(self._text()) if _name(one).casefold() != name.casefold()]

    def _keep(self, entries: Iterable[Any]) -> None:
        before = self._text()
        if before and not _entries(before):  # damaged: nothing is lost of what somebody may mend by hand
            self._settings.setValue(_DAMAGED_KEY, before)
        text = json.dumps(sorted(entries, key=lambda one: _name(one).casefold()), ensure_ascii=False)
        self._settings.setValue(_KEY, text)

    def _text(self) -> str:
        return str(self._settings.value(_KEY, ""))


def dump(views: Iterable[SavedView]) -> str:
    """The views as text."""
    return json.dumps([_told(view) for view in views], ensure_ascii=False)


def parse(text: str) -> tuple[SavedView, ...]:
    """The views in a text. What makes none, by hand or by a newer program, is passed over."""
    return tuple(view for one in _entries(text) if (view := _view(one)) is not None)


def _entries(text: str) -> list[Any]:
    try:
        told = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return []
    return told if isinstance(told, list) else []


def _name(told: Any) -> str:  # noqa: ANN401 - whatever stands in a file
    name = told.get("name") if isinstance(told, dict) else None
    return name if isinstance(name, str) else ""


def _told(view: SavedView) -> dict[str, Any]:
    criteria = view.criteria
    return {
        "name": view.name,
        "text": criteria.text,
        "company": criteria.company_id,
        "states": sorted(criteria.states),
        "inactive": criteria.include_inactive,
        "mobile": criteria.mobile_only,
        "cause": criteria.error_code,
        "sort": [[column, descending] for column, descending in criteria.sort],
    }


def _view(told: Any) -> SavedView | None:  # noqa: ANN401 - whatever stands in a file
    try:
        name, text, company, cause = told["name"], told["text"], told["company"], told["cause"]
        sort = tuple((str(column), bool(descending)) for column, descending in told["sort"])
        states = frozenset(str(state) for state in told["states"])
        flags = bool(told["inactive"]), bool(told["mobile"])
    except (KeyError, TypeError, ValueError):
        return None
    sound = (
        isinstance(name, str)
        and isinstance(text, str)
        and isinstance(company, int | None)
        and isinstance(cause, str | None)
        and sort
        and all(column in _SORTED_BY for column, _ in sort)
    )
    return SavedView(name, Criteria(text, company, states, *flags, cause, sort)) if sound else None
