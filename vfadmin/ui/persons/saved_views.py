"""Criteria that an admin keeps under a name, in the settings of this window."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSettings

from vfadmin.ui.persons.columns import COLUMNS
from vfadmin.ui.persons.criteria import Criteria

_KEY = "saved_views"
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
        return parse(str(self._settings.value(_KEY, "")))

    def names(self) -> tuple[str, ...]:
        """What they are called."""
        return tuple(view.name for view in self.all())

    def save(self, name: str, criteria: Criteria) -> None:
        """Keep the criteria under the name; what was kept under it before goes."""
        self._keep([*self._others(name), SavedView(name, criteria)])

    def remove(self, name: str) -> None:
        """Forget the view of that name."""
        self._keep(self._others(name))

    def _others(self, name: str) -> list[SavedView]:
        return [view for view in self.all() if view.name.casefold() != name.casefold()]

    def _keep(self, views: Iterable[SavedView]) -> None:
        self._settings.setValue(_KEY, dump(sorted(views, key=lambda view: view.name.casefold())))


def dump(views: Iterable[SavedView]) -> str:
    """The views as text."""
    return json.dumps([{"name": view.name, **_told(view.criteria)} for view in views], ensure_ascii=False)


def parse(text: str) -> tuple[SavedView, ...]:
    """The views in a text. What makes none, by hand or by a newer program, is passed over."""
    try:
        told = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return ()
    found = (_view(one) for one in told) if isinstance(told, list) else ()
    return tuple(view for view in found if view is not None)


def _told(criteria: Criteria) -> dict[str, Any]:
    return {
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
