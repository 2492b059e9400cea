"""Response shapes: which properties an answer carries, compiled once and reused (MS-OXWSCDATA 2.2.4.42)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from vfadmin.simulator import extended, fields, writers
from vfadmin.simulator.errors import ExchangeError, schema_violation
from vfadmin.simulator.extended import ExtendedPath
from vfadmin.simulator.item import Item
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.names import T, esc, local, words
from vfadmin.simulator.versions import SchemaVersion
from vfadmin.simulator.writers import Writer

# What listings never carry (MS-OXWSSYNC; FindItem likewise): streams, and what is made from a series' rule.
_ITEM_ONLY = frozenset(
    words(
        """
    Body MimeContent TextBody UniqueBody
    Recurrence FirstOccurrence LastOccurrence ModifiedOccurrences DeletedOccurrences
    """
    )
)
_BASE = {"IdOnly": "", "Default": "D", "AllProperties": "A"}
_BODY_TYPES = ("Best", "HTML", "Text")


@dataclass(frozen=True, slots=True)
class ShapeRequest:
    """What a client asked for; equal requests share one compiled shape."""

    base: str
    body_type: str
    mime: bool
    uris: tuple[str, ...]
    paths: tuple[ExtendedPath, ...]
    version: SchemaVersion
    listing: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """Writes an item's chosen properties in schema order."""

    before: tuple[Writer, ...]
    paths: tuple[ExtendedPath, ...]
    after: tuple[Writer, ...]

    def content(self, item: Item, mailbox: Mailbox) -> str:
        """The properties, without the element around them."""
        parts = [write(item, mailbox) for write in self.before]
        if self.paths and item.extended:
            parts.extend(_extended(path, item) for path in self.paths)
        parts.extend([write(item, mailbox) for write in self.after])
        return "".join(parts)

    def render(self, item: Item, mailbox: Mailbox) -> str:
        """The item's element: CalendarItem for appointments."""
        return f"<t:CalendarItem>{self.content(item, mailbox)}</t:CalendarItem>"


def id_only() -> Shape:
    """The shape of answers to writes."""
    return Shape((writers.item_id,), (), ())


def parse_shape(element: etree._Element | None, version: SchemaVersion, *, listing: bool = False) -> Shape:
    """The compiled shape of an ItemShape element; faults where it is not valid."""
    if element is None:
        raise schema_violation("The element 'ItemShape' is missing.")
    base = element.findtext(f"{T}BaseShape")
    if base not in _BASE:
        raise schema_violation(f"The 'BaseShape' element is invalid - The value '{base}' is invalid.")
    body_type = element.findtext(f"{T}BodyType") or "Best"
    if body_type not in _BODY_TYPES:
        raise schema_violation(f"The 'BodyType' element is invalid - The value '{body_type}' is invalid.")
    uris, paths = [], []
    for path in element.iterfind(f"{T}AdditionalProperties/*"):
        name = local(path.tag)
        if name == "FieldURI":
            uris.append(path.get("FieldURI") or "")
        elif name == "ExtendedFieldURI":
            paths.append(extended.parse_path(path))
        elif name != "IndexedFieldURI":
            raise schema_violation(f"The element 'AdditionalProperties' has invalid child element '{name}'.")
    mime = element.findtext(f"{T}IncludeMimeContent") in ("true", "1")
    return _compiled(ShapeRequest(base, body_type, mime, tuple(uris), tuple(paths), version, listing))


@lru_cache(maxsize=512)
def _compiled(request: ShapeRequest) -> Shape:
    chosen = {"ItemId"}
    letter = _BASE[request.base]
    for spec in fields.FIELDS:
        if letter and letter in spec.shapes and _exists(spec, request.version):
            chosen.add(spec.name)
    for uri in request.uris:
        found = fields.BY_URI.get(uri)
        if found is not None and request.version >= found.since:
            chosen.add(found.name)
        elif found is not None or uri not in fields.SILENT_URIS:
            raise _unknown(uri, known=found is not None)
    if request.mime:
        chosen.add("MimeContent")
    if request.listing:
        chosen -= _ITEM_ONLY
    writers = [_writer(spec, request) for spec in fields.FIELDS if spec.name in chosen and spec.write]
    before = sum(1 for spec in fields.FIELDS[: fields.EXTENDED_INDEX] if spec.name in chosen and spec.write)
    return Shape(tuple(writers[:before]), request.paths, tuple(writers[before:]))


def _exists(spec: fields.FieldSpec, version: SchemaVersion) -> bool:
    return version >= spec.since and (spec.until is None or version <= spec.until)


def _unknown(uri: str, *, known: bool) -> Exception:
    prefix = uri.partition(":")[0]
    if known or prefix in ("item", "calendar"):
        return schema_violation(f"The 'FieldURI' attribute is invalid - The value '{uri}' is invalid.")
    return ExchangeError("ErrorInvalidPropertyRequest")


def _writer(spec: fields.FieldSpec, request: ShapeRequest) -> Writer:
    if spec.name == "Body" and request.body_type == "Text":
        return writers.body_text
    if spec.name == "Recurrence" and request.version < SchemaVersion.EXCHANGE_2010:
        return writers.recurrence(first_day=False)
    assert spec.write is not None  # noqa: S101 (filtered by the caller)
    return spec.write


def _extended(path: ExtendedPath, item: Item) -> str:
    value = item.extended.get(path.key)
    if value is None:
        return ""
    if isinstance(value, tuple):
        inner = f"<t:Values>{''.join(f'<t:Value>{esc(v)}</t:Value>' for v in value)}</t:Values>"
    else:
        inner = f"<t:Value>{esc(value)}</t:Value>"
    return f"<t:ExtendedProperty>{path.markup}{inner}</t:ExtendedProperty>"
