"""What the cells of a list mean, in Finnish, English and Swedish."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from vfadmin.errors import Failure, UsageError, failure
from vfadmin.models import CalendarChoice, MobileSync, PersonKind
from vfadmin.models.people import fold
from vfadmin.services.activation import checked_calendar
from vfadmin.services.directory import checked_email, checked_id, checked_mobile_sync, checked_name
from vfadmin.services.logins import checked_login
from vfadmin.services.lookalikes import without_lookalikes

_YES = frozenset(
    {
        *("1", "x", "k", "kyllä", "joo", "tosi", "aktivoi", "on"),
        *("y", "yes", "true", "activate", "j", "ja", "sant", "aktivera"),
    }
)
_NO = frozenset({"0", "-", "e", "ei", "epätosi", "n", "no", "false", "off", "nej", "falskt"})
_CHOICES = {
    "default": CalendarChoice.DEFAULT,
    "oletus": CalendarChoice.DEFAULT,
    "oletuskalenteri": CalendarChoice.DEFAULT,
    "standard": CalendarChoice.DEFAULT,
    "standardkalender": CalendarChoice.DEFAULT,
    "new": CalendarChoice.NEW,
    "uusi": CalendarChoice.NEW,
    "uusi kalenteri": CalendarChoice.NEW,
    "ny": CalendarChoice.NEW,
    "ny kalender": CalendarChoice.NEW,
}
_KINDS = {
    "person": PersonKind.PERSON,
    "henkilö": PersonKind.PERSON,
    "resource": PersonKind.RESOURCE,
    "resurssi": PersonKind.RESOURCE,
    "resurs": PersonKind.RESOURCE,
}
_ID_DIGITS = 10
_WHOLE = re.compile(r"(?<=[0-9])[.,]0+\Z")
_SHOWN_LIMIT = 80
_REPEATED = frozenset({"company", "calendar", "calendar_name", "activate", "kind", "mobile_sync"})
"""What many rows say alike."""


class Rejected(Exception):
    """A row that changes nothing, and the cell that is the reason."""

    def __init__(self, field_name: str, reason: Failure) -> None:
        super().__init__(reason.code)
        self.field_name, self.reason = field_name, reason


def meaning(cells: Mapping[str, str], *, syncml: bool = False) -> dict[str, str]:
    """What the cells mean; a blank cell says nothing about its field. Raises Rejected.

    With ``syncml`` a yes in the column of the mobile sync means that one.
    """
    values: dict[str, str] = {}
    for name, cell in with_full_name(cells).items():
        if cell:
            try:
                values[name] = _repeated(name, cell) if name in _REPEATED else _value(name, cell)
            except UsageError as error:
                raise Rejected(name, error.failure) from None
    device = values.pop("device", "")
    if device:
        values.setdefault("mobile_sync", MobileSync.ACTIVESYNC.value)
    if syncml and fold(cells.get("mobile_sync", "")) in _YES:
        values["mobile_sync"] = MobileSync.SYNCML.value
    return values


def with_full_name(cells: Mapping[str, str]) -> Mapping[str, str]:
    """The cells with a name of first and last one, as ValueFrame shows it, unless there is one."""
    if "first_name" not in cells and "last_name" not in cells:
        return cells
    rest = dict(cells)
    first, last = rest.pop("first_name", ""), rest.pop("last_name", "")
    if not rest.get("name") and (first or last):
        rest["name"] = f"{first} {last}".strip()
    return rest


def _value(name: str, cell: str) -> str:
    read = _READ.get(name)
    return _word(name, cell) if read is None else read(cell)


_repeated = lru_cache(maxsize=1024)(_value)


def _word(name: str, cell: str) -> str:
    """The meaning of a cell that holds one of a few words."""
    word = fold(cell)
    said = True if word in _YES else False if word in _NO else None
    if name == "calendar" and word in _CHOICES:
        return _CHOICES[word].value
    if name == "kind" and word in _KINDS:
        return _KINDS[word].value
    if name == "kind" and said is not None:
        return (PersonKind.RESOURCE if said else PersonKind.PERSON).value
    if name == "activate" and said is not None:
        return "1" if said else "0"
    if name == "mobile_sync":
        if said is not None:
            return (MobileSync.ACTIVESYNC if said else MobileSync.NONE).value
        return checked_mobile_sync(cell).value
    raise UsageError(failure("VF-IMPORT-08", column=name, value=cell[:_SHOWN_LIMIT]))


def _id(cell: str) -> str:
    # Programs that keep every number as a floating one write 12 as 12.0, in Finland as 12,0.
    digits = _WHOLE.sub("", cell.removeprefix("'"))
    if not (digits.isascii() and digits.isdigit() and len(digits.lstrip("0")) <= _ID_DIGITS):
        raise UsageError(failure("VF-PERSON-05", value=cell[:_SHOWN_LIMIT]))
    return str(checked_id(int(digits)))


_READ: dict[str, Callable[[str], str]] = {
    "id": _id,
    "login": lambda cell: without_lookalikes(checked_login(cell)),
    "email": lambda cell: without_lookalikes(checked_email(cell)),
    "name": lambda cell: checked_name("name", cell),
    "company": lambda cell: checked_name("company", cell),
    "calendar_name": lambda cell: checked_calendar(CalendarChoice.NEW, cell)[1] or "",
    "device": lambda cell: "" if fold(cell) in _NO else cell,
}
