"""Holding a request against the rules; the words are those of the .NET validator behind a real server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from xml.parsers import expat

from lxml import etree

from vfadmin.simulator.names import T, local
from vfadmin.simulator.schema import notation, values
from vfadmin.simulator.schema.notation import ANY, Kind, Part
from vfadmin.simulator.schema.values import Simple

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_HEADERS = ("TimeZoneContext", "ExchangeImpersonation")
_BLANK = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong, where: at an element's beginning, or at its end."""

    text: str
    element: etree._Element
    at_end: bool = False

    def place(self, body: bytes) -> tuple[int, int]:
        """Line and position in the request as it came, of the element's name; from 1."""
        order = list(self.element.getroottree().iter(etree.Element))
        return _place(body, order.index(self.element), at_end=self.at_end)


def violation(operation: etree._Element, header: etree._Element | None) -> Violation | None:
    """The first thing that the rules forbid; None for a request that is valid.

    An operation that is not known is somebody else's to refuse.
    """
    kind = notation.operation(local(operation.tag))
    if kind is None:
        return None
    parts = () if header is None else (header.find(f"{T}{name}") for name in _HEADERS)
    found = (fault for part in parts if part is not None for fault in _check(part, local(part.tag)))
    return next(found, None) or next(_of_kind(operation, kind), None)


def _check(element: etree._Element, type_name: str) -> Iterator[Violation]:
    if type_name == ANY:
        return
    text = notation.simple(type_name)
    if text is None:
        yield from _of_kind(element, notation.kind(type_name))
        return
    yield from _attributes(element, Kind(Part(1, 1), {}, {}, ()))
    yield from _text(element, text)


def _of_kind(element: etree._Element, kind: Kind) -> Iterator[Violation]:
    yield from _attributes(element, kind)
    if kind.text is not None:
        yield from _text(element, kind.text)
    else:
        yield from _content(element, kind)


def _attributes(element: etree._Element, kind: Kind) -> Iterator[Violation]:
    for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
        known = kind.attributes.get(name)
        if known is None:
            if not name.startswith("{" if kind.open else _XSI):
                yield Violation(f"The '{name}' attribute is not declared.", element)
        elif (broken := known.check(value)) is not None:
            yield Violation(f"The '{name}' attribute is invalid - {_why(value, known, broken)}", element)
    for name in kind.required:
        if element.get(name) is None:
            yield Violation(f"The required attribute '{name}' is missing.", element)


def _text(element: etree._Element, text: Simple) -> Iterator[Violation]:
    if len(element):
        yield Violation(
            f"{_named(element)} cannot contain child {_named(element[0], 'element')} because the parent "
            "element's content model is text only.",
            element[0],
        )
        return
    value = element.text or ""
    if (broken := text.check(value)) is not None:
        name = str(element.tag).removeprefix("{").replace("}", ":")
        yield Violation(
            f"The '{name}' element is invalid - {_why(value, text, broken)}", element, at_end=True
        )


def _content(element: etree._Element, kind: Kind) -> Iterator[Violation]:
    """The elements in their order, and what is inside each that comes before the first that is wrong."""
    if not kind.kinds:
        if len(element) or element.text:
            yield Violation(f"{_named(element)} cannot contain anything: its content is empty.", element)
        return
    course = _Course([str(child.tag) for child in element])
    complete = course.run(kind.content)
    if _has_text(element):
        yield Violation(f"{_named(element)} cannot contain text.{_expected(course.wanted)}", element)
    for child in islice(element, course.at):
        yield from _check(child, kind.kinds[str(child.tag)])
    if course.at < len(element):
        wrong = element[course.at]
        yield Violation(
            f"{_named(element)} has invalid child {_named(wrong, 'element')}.{_expected(course.wanted)}",
            wrong,
        )
    elif not complete:
        text = f"{_named(element)} has incomplete content.{_expected(course.wanted)}"
        yield Violation(text, element, at_end=True)


class _Course:
    """A way through the tags of an element's children, as far as the rules allow."""

    def __init__(self, tags: list[str]) -> None:
        self._tags = tags
        self.at = 0
        self.wanted: dict[str, None] = {}

    def run(self, whole: Part) -> bool:
        """Go as far as it is allowed; whether nothing that is required is missing there."""
        return self._take(whole)

    def _take(self, part: Part) -> bool:
        count = 0
        while count < part.high and self._begins(part):
            if part.tag:
                self.at += 1
                self.wanted.clear()
            elif not self._take_inner(part):
                return False
            count += 1
        if count < part.high:
            self.wanted.update(dict.fromkeys(_in_order(part)))
        return count >= part.low or part.empty

    def _take_inner(self, part: Part) -> bool:
        if part.choice:
            return self._take(next(one for one in part.parts if self._begins(one)))
        return all(self._take(one) for one in part.parts)

    def _begins(self, part: Part) -> bool:
        return self.at < len(self._tags) and self._tags[self.at] in part.first


def _in_order(part: Part) -> Iterator[str]:
    """The tags a part may begin with, as they are written."""
    if part.tag:
        yield part.tag
    for one in part.parts:
        yield from _in_order(one)
        if not part.choice and not one.empty:
            return


def _has_text(element: etree._Element) -> bool:
    return any((text or "").strip(_BLANK) for text in (element.text, *(child.tail for child in element)))


def _named(element: etree._Element, what: str = "The element") -> str:
    name = etree.QName(element)
    return f"{what} '{name.localname}' in namespace '{name.namespace or ''}'"


def _expected(tags: Iterable[str]) -> str:
    names = [etree.QName(tag) for tag in tags]
    if not names:
        return ""
    listed = ", ".join(name.localname for name in names)
    return f" List of possible elements expected: '{listed}' in namespace '{names[0].namespace}'."


def _why(value: str, kind: Simple, broken: str) -> str:
    told = f"The value '{value}' is invalid according to its datatype '{kind.name}' - "
    if broken == values.LEXICAL:
        base = kind.name.rpartition(":")[2]
        return f"{told}The string '{value}' is not a valid {base[:1].upper()}{base[1:]} value."
    return f"{told}The {broken} constraint failed."


def _place(body: bytes, index: int, *, at_end: bool) -> tuple[int, int]:
    """Where the element of that number begins or ends; 1 and 1 where the request's encoding is unusual."""
    parser = expat.ParserCreate()
    found: list[tuple[int, int]] = []
    open_elements: list[int] = []
    count = -1

    def begin(_name: str, _attributes: object) -> None:
        nonlocal count
        count += 1
        open_elements.append(count)
        if count == index and not at_end:
            found.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 2))

    def end(_name: str) -> None:
        if open_elements.pop() == index and at_end:
            found.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 3))

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError):
        return 1, 1
    return found[0] if found else (1, 1)
