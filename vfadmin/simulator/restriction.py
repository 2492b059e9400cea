"""Search expressions and sort orders of FindItem and FindFolder (MS-OXWSSRCH 2.2.4), as Python predicates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any

from lxml import etree

from vfadmin.simulator import extended
from vfadmin.simulator.bodies import text_from_html
from vfadmin.simulator.errors import ExchangeError, schema_violation
from vfadmin.simulator.item import Item
from vfadmin.simulator.mailbox import Folder
from vfadmin.simulator.names import T, local, whole
from vfadmin.simulator.times import parse_time

Value = str | int | bool | float | datetime | tuple[str, ...] | None
Getter = Callable[[Any], Value]
Predicate = Callable[[Any], bool]

ITEM_VALUES: dict[str, Callable[[Item], Value]] = {
    "item:ItemId": lambda i: i.id,
    "item:ParentFolderId": lambda i: i.folder_id,
    "item:ItemClass": lambda i: i.item_class,
    "item:Subject": lambda i: i.subject,
    "item:Body": lambda i: text_from_html(i.body_html),
    "item:Sensitivity": lambda i: i.sensitivity,
    "item:Importance": lambda i: i.importance,
    "item:Categories": lambda i: i.categories,
    "item:HasAttachments": lambda _: False,
    "item:IsDraft": lambda _: False,
    "item:ReminderIsSet": lambda i: i.reminder_set,
    "item:ReminderMinutesBeforeStart": lambda i: i.reminder_minutes,
    "item:DateTimeCreated": lambda i: i.created,
    "item:DateTimeReceived": lambda i: i.created,
    "item:DateTimeSent": lambda i: i.created,
    "item:LastModifiedTime": lambda i: i.modified,
    "item:LastModifiedName": lambda i: i.modified_by,
    "calendar:Start": lambda i: i.start,
    "calendar:End": lambda i: i.end,
    "calendar:IsAllDayEvent": lambda i: i.all_day,
    "calendar:LegacyFreeBusyStatus": lambda i: i.show_as,
    "calendar:Location": lambda i: i.location,
    "calendar:IsMeeting": lambda i: i.is_meeting,
    "calendar:IsCancelled": lambda i: i.is_cancelled,
    "calendar:IsRecurring": lambda i: i.recurrence is not None,
    "calendar:MyResponseType": lambda i: i.my_response,
    "calendar:Organizer": lambda i: i.organizer.name,
    "calendar:AppointmentSequenceNumber": lambda i: i.sequence,
}
FOLDER_VALUES: dict[str, Callable[[Folder], Value]] = {
    "folder:FolderId": lambda f: f.id,
    "folder:ParentFolderId": lambda f: f.parent_id,
    "folder:DisplayName": lambda f: f.name,
    "folder:FolderClass": lambda f: f.folder_class,
    "folder:TotalCount": lambda f: len(f.items),
    "folder:UnreadCount": lambda _: 0,
}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "IsEqualTo": lambda a, b: a == b,
    "IsNotEqualTo": lambda a, b: a != b,
    "IsGreaterThan": lambda a, b: a is not None and b is not None and a > b,
    "IsGreaterThanOrEqualTo": lambda a, b: a is not None and b is not None and a >= b,
    "IsLessThan": lambda a, b: a is not None and b is not None and a < b,
    "IsLessThanOrEqualTo": lambda a, b: a is not None and b is not None and a <= b,
}


def item_getter(path: etree._Element) -> Getter:
    """How to read the property a path names from an item."""
    return _getter(path, ITEM_VALUES, _item_extended)


def folder_getter(path: etree._Element) -> Getter:
    """How to read the property a path names from a folder."""
    return _getter(path, FOLDER_VALUES, lambda _: lambda _folder: None)


def predicate(expression: etree._Element, getter: Callable[[etree._Element], Getter]) -> Predicate:
    """The predicate a search expression states."""
    name = local(expression.tag)
    if name in ("And", "Or"):
        parts = [predicate(child, getter) for child in expression]
        test = all if name == "And" else any
        return lambda subject: test(part(subject) for part in parts)
    if name == "Not":
        inner = predicate(_first(expression), getter)
        return lambda subject: not inner(subject)
    if name == "Exists":
        read = getter(_first(expression))
        return lambda subject: read(subject) not in (None, ())
    if name in _COMPARISONS:
        return _comparison(expression, getter)
    if name == "Contains":
        return _contains(expression, getter)
    if name == "Excludes":
        return _excludes(expression, getter)
    raise schema_violation(f"The element 'Restriction' has invalid child element '{name}'.")


def sort_items(items: list[Item], order: etree._Element) -> list[Item]:
    """Items in the order a SortOrder asks for; the last key is applied first, as Python's sort is stable."""
    for field_order in reversed(order):
        read = item_getter(_first(field_order))
        descending = field_order.get("Order") == "Descending"

        def key(item: Item, read: Getter = read) -> Any:  # noqa: ANN401 (values of one property are alike)
            value = read(item)
            return (value is not None, value.casefold() if isinstance(value, str) else value or 0)

        items = sorted(items, key=key, reverse=descending)
    return items


def _first(element: etree._Element) -> etree._Element:
    if not len(element):
        raise schema_violation(f"The element '{local(element.tag)}' has incomplete content.")
    return element[0]


def _getter(path: etree._Element, known: dict[str, Any], named: Callable[[etree._Element], Getter]) -> Getter:
    kind = local(path.tag)
    if kind == "ExtendedFieldURI":
        return named(path)
    if kind not in ("FieldURI", "IndexedFieldURI"):
        raise schema_violation(f"The element '{kind}' is not a property path.")
    found: Getter | None = known.get(path.get("FieldURI") or "")
    if found is None:
        raise ExchangeError("ErrorUnsupportedPathForQuery", "The property can not be used in a search.")
    return found


def _item_extended(path: etree._Element) -> Getter:
    key = extended.parse_path(path).key
    kind = key.kind

    def read(item: Item) -> Value:
        value = item.extended.get(key)
        return value if value is None or isinstance(value, tuple) else _typed(kind, value)

    return read


def _typed(kind: str, text: str) -> Value:
    if kind in ("Integer", "Short", "Long", "Currency"):
        return int(text)
    if kind == "Boolean":
        return text == "true"
    if kind == "SystemTime":
        return parse_time(text)
    if kind in ("Double", "Float", "ApplicationTime"):
        return float(text)
    return text


def _alike(value: Value, constant: str) -> Value:
    """A constant as a value of the same type as the property's."""
    try:
        if isinstance(value, bool):
            return constant.strip().lower() in ("true", "1")
        if isinstance(value, int):
            return int(constant)
        if isinstance(value, float):
            return float(constant)
        if isinstance(value, datetime):
            return parse_time(constant)
    except ValueError:
        raise ExchangeError(
            "ErrorInvalidValueForProperty", "The value is not of the property's type."
        ) from None
    return constant


def _folded(value: Value) -> Value:
    """Strings compare without regard to case, as the store's do."""
    return value.casefold() if isinstance(value, str) else value


def _comparison(expression: etree._Element, getter: Callable[[etree._Element], Getter]) -> Predicate:
    compare = _COMPARISONS[local(expression.tag)]
    read = getter(_first(expression))
    operand = expression.find(f"{T}FieldURIOrConstant")
    if operand is None or not len(operand):
        raise schema_violation(f"The element '{local(expression.tag)}' has incomplete content.")
    if local(operand[0].tag) != "Constant":
        other = getter(operand[0])
        return lambda subject: compare(_folded(read(subject)), _folded(other(subject)))
    constant = operand[0].get("Value") or ""

    def test(subject: Any) -> bool:  # noqa: ANN401 (items and folders alike)
        value = read(subject)
        if isinstance(value, tuple):
            return any(compare(_folded(member), constant.casefold()) for member in value)
        return compare(_folded(value), _folded(_alike(value, constant)))

    return test


def _contains(expression: etree._Element, getter: Callable[[etree._Element], Getter]) -> Predicate:
    read = getter(_first(expression))
    constant = expression.find(f"{T}Constant")
    if constant is None:
        raise schema_violation("The element 'Contains' has incomplete content.")
    loose = expression.get("ContainmentComparison", "Exact")
    wanted = _loosened(constant.get("Value") or "", loose)
    test = _CONTAINMENT.get(expression.get("ContainmentMode", "FullString"))
    if test is None:
        raise schema_violation("The 'ContainmentMode' attribute is invalid.")

    def matches(subject: Any) -> bool:  # noqa: ANN401
        value = read(subject)
        members = value if isinstance(value, tuple) else (value,)
        return any(isinstance(m, str) and test(_loosened(m, loose), wanted) for m in members)

    return matches


def _loosened(text: str, comparison: str) -> str:
    if "Case" in comparison or comparison == "Loose":
        text = text.casefold()
    if "NonSpac" in comparison or comparison == "Loose":
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return text


_HEX = re.compile("0[xX][0-9A-Fa-f]{0,16}")
_CONTAINMENT: dict[str, Callable[[str, str], bool]] = {
    "FullString": lambda text, part: text == part,
    "Prefixed": lambda text, part: text.startswith(part),
    "Substring": lambda text, part: part in text,
    "PrefixOnWords": lambda text, part: re.search(rf"(?<!\w){re.escape(part)}", text) is not None,
    "ExactPhrase": lambda text, part: re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None,
}


def _mask(text: str | None) -> int:
    """A bitmask as the schema's pattern has it: decimal, or hexadecimal after 0x."""
    given = text or ""
    found = int(given[2:] or "0", 16) if _HEX.fullmatch(given) else whole(given)
    if found is None or found < 0:
        raise schema_violation(f"The 'Value' attribute is invalid - The value '{given}' is invalid.")
    return found


def _excludes(expression: etree._Element, getter: Callable[[etree._Element], Getter]) -> Predicate:
    read = getter(_first(expression))
    bitmask = expression.find(f"{T}Bitmask")
    mask = _mask(bitmask.get("Value") if bitmask is not None else None)

    def test(subject: Any) -> bool:  # noqa: ANN401
        value = read(subject)
        return isinstance(value, int) and not value & mask

    return test
