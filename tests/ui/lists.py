"""Lists as customers send them, for the tests and the pictures of the import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

from tests.ui.people import COMPANIES, Sample

HEADINGS = ("Nimi", "Sähköposti", "Yhtiö", "Integraatiotunnus", "Osasto")


def write_list(file: Path, rows: Iterable[Sequence[object]], headings: Sequence[str] = HEADINGS) -> Path:
    """A workbook with these rows below the headings."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Henkilöt")
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    book.save(file)
    return file


def as_row(one: Sample, *, login: str | None = None) -> tuple[str, ...]:
    """A person as the list has them; nothing would change."""
    company = COMPANIES[one.company - 1]
    return (one.name, one.email, company, one.login if login is None else login, "Myynti")


def mixed(people: Sequence[Sample]) -> list[tuple[str, ...]]:
    """Rows of every verdict: nine of persons as they are, one with another company, two new, three wrong."""
    persons = [one for one in people if one.kind == "person" and one.active]
    rows = [as_row(one) for one in persons[:9]]
    moved = persons[9]
    rows.append((moved.name, moved.email, "Uusi Yhtiö Oy", moved.login, "Tuotanto"))
    rows.append(
        ("Uusi Henkilö", "uusi.henkilo@esimerkki.fi", "Esimerkki Oy", "uusi.henkilo@esimerkki.fi", "")
    )
    rows.append(("Åsa Öhman-Äijälä", "asa.ohman@esimerkki.fi", "Uusi Yhtiö Oy", "", ""))
    rows.append(("Väärä Osoite", "ei osoite", "Esimerkki Oy", "", ""))
    rows.append(("Toinen Kerta", "uusi.henkilo@esimerkki.fi", "Esimerkki Oy", "", ""))
    taken = next(one.login for one in people if one.login and one.state == "active")
    rows.append(("Varattu Tunnus", "varattu@esimerkki.fi", "Esimerkki Oy", taken, ""))
    return rows
