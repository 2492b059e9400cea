"""Every reason for which a row is rejected, in both languages: row, column, value, reason, remedy (R26)."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.ui.conftest import House
from tests.ui.lists import write_list
from tests.ui.people import Sample, sample
from vfadmin.errors import failure
from vfadmin.errors.codes import CODES
from vfadmin.errors.texts import explain
from vfadmin.models import Connection, Pair
from vfadmin.services.bulk_import import ImportPlan, LoginAnswer, PlannedRow
from vfadmin.ui.bulk.words import detail_words, what_words
from vfadmin.ui.translations import Speaker

SERVICES = Path(__file__).resolve().parents[3] / "vfadmin" / "services"
JUDGES = ("import_plan", "import_people", "import_cells", "import_devices", "logins", "lookalikes")
OF_A_MAILBOX = tuple(code for code in CODES if code.startswith(("EX-MBX-", "EX-IMP-")))


@dataclass(frozen=True)
class Wrong:
    """A row that is rejected: its cells by heading, the heading of the wrong one, and the code."""

    code: str
    column: str
    cells: dict[str, object]
    companies: bool = False

    @property
    def value(self) -> str:
        return str(self.cells.get(self.column) or "")


def wrongs(people: Sequence[Sample]) -> list[Wrong]:
    persons = [one for one in people if one.kind == "person"]
    active = next(one for one in persons if one.active and one.state == "active")
    passive = next(one for one in persons if one.active and one.state == "passive")
    gone = next(one for one in persons if not one.active)
    uusi = {"Nimi": "Uusi Ihminen"}
    return [
        Wrong("VF-PERSON-03", "Sähköposti", {**uusi, "Sähköposti": "ei osoite"}),
        Wrong("VF-PERSON-04", "Nimi", {"Nimi": "x" * 201}),
        Wrong("VF-PERSON-04", "Nimi", {"Nimi": None, "Sähköposti": "uusi@esimerkki.fi"}),
        Wrong("VF-PERSON-05", "ValueFrame ID", {**uusi, "ValueFrame ID": "12a"}),
        Wrong("VF-PERSON-06", "ActiveSync", {**uusi, "ActiveSync": "palm"}),
        Wrong("VF-LOGIN-01", "Aktivoi", {**uusi, "Aktivoi": "kyllä"}),
        Wrong("VF-LOGIN-02", "Tunnus", {**uusi, "Tunnus": "uusi ihminen"}),
        Wrong("VF-LOGIN-03", "Tunnus", {**uusi, "Tunnus": active.login}),
        Wrong("VF-LOGIN-04", "Tunnus", {"ValueFrame ID": gone.id, "Tunnus": "toinen@esimerkki.fi"}),
        Wrong("VF-LOGIN-06", "Tunnus", {**uusi, "Tunnus": "ESIM\\uusi"}),
        Wrong("VF-LOGIN-07", "Sähköposti", {**uusi, "Sähköposti": "p\u0430ivi@esimerkki.fi"}),
        Wrong("VF-IMPORT-04", "Nimi", {"Nimi": "Kaksi Samannimistä"}),
        Wrong("VF-IMPORT-05", "Sähköposti", {**uusi, "Sähköposti": "eka@esimerkki.fi"}),
        Wrong("VF-IMPORT-08", "Laji", {**uusi, "Laji": "robotti"}),
        Wrong("VF-IMPORT-22", "Sähköposti", {"Sähköposti": "kuka@esimerkki.fi", "DeviceModel": "iPhone"}),
        Wrong("VF-IMPORT-26", "Yhtiö", {**uusi, "Yhtiö": "Olematon Oy"}, companies=True),
        Wrong("VF-CALENDAR-01", "Kalenterin nimi", {**uusi, "Kalenterin nimi": "a/b"}),
        Wrong("VF-STATE-01", "Kalenteri", {"ValueFrame ID": active.id, "Kalenteri": "uusi"}),
        Wrong("VF-CALENDAR-02", "Kalenteri", {"ValueFrame ID": passive.id, "Kalenteri": "uusi"}),
    ]


PEOPLE = tuple(sample(50))
CASES = [(one, lang) for one in wrongs(PEOPLE) for lang in ("fi", "en")]


@pytest.fixture
def house(make_house: Callable[[list[Sample]], House]) -> House:
    """So many persons that one is inactive."""
    return make_house(list(PEOPLE))


def rejected(house: House, wrong: Wrong, folder: Path) -> tuple[ImportPlan, PlannedRow]:
    """The list, and the row that is wrong: the last one."""
    _prepare(house, wrong)
    rows = [list(wrong.cells.values())]
    if wrong.code == "VF-IMPORT-05":
        rows.insert(0, rows[0])
    file = write_list(folder / "lista.xlsx", rows, [str(one) for one in wrong.cells])
    plan = house.services.bulk_import.check(file, known_companies=wrong.companies)
    return plan, plan.rows[-1]


def _prepare(house: House, wrong: Wrong) -> None:
    """What must be so in the store for the row to be wrong."""
    if wrong.code == "VF-IMPORT-04":
        for _ in range(2):
            house.services.directory.add_person(name="Kaksi Samannimistä")
    with house.store.write() as session:
        if wrong.code == "VF-LOGIN-06":
            session.get_one(Connection, "esimerkki").server_version = "online"
        if wrong.code == "VF-CALENDAR-02":
            person = int(str(wrong.cells["ValueFrame ID"]))
            session.add(Pair(key="key", person_id=person, valueframe_id="1", exchange_id="x"))


def assert_told(row: PlannedRow, lang: str, *, column: str, value: str) -> None:
    """The window names everything, and no place of a text stays unfilled."""
    assert row.failure is not None
    text = explain(row.failure.code, row.failure.params, lang)
    head, cell, *said = detail_words(row, row.answer, done=False).splitlines()
    row_word, column_word, empty = {
        "fi": ("Rivi", "Sarake", "tyhjä"),
        "en": ("Row", "Column", "empty"),
    }[lang]
    assert head.startswith(f"{row_word} {row.row}: ")
    assert cell == f"{column_word} {column}: {value or empty}"
    assert said == [text.message, f"{text.remedy} ({row.failure.code})"]
    assert what_words(row, row.answer, done=False) == text.message
    for sentence in (text.message, text.remedy):
        assert sentence
        assert not {"[[", "]]", "{", "}"} & {*sentence, sentence[:2]}


@pytest.mark.parametrize(("wrong", "lang"), CASES, ids=lambda one: getattr(one, "code", one))
def test_r26_every_rejection_names_row_column_value_reason_and_remedy(
    house: House, speaker: Speaker, tmp_path: Path, wrong: Wrong, lang: str
) -> None:
    speaker.speak(lang)
    plan, row = rejected(house, wrong, tmp_path)
    assert row.failure is not None
    assert (row.failure.code, row.column, row.value) == (wrong.code, wrong.column, wrong.value)
    assert_told(row, lang, column=wrong.column, value=wrong.value)
    report = tmp_path / "raportti.xlsx"
    house.services.bulk_import.report(plan.rows, plan, report, lang)
    cells = [str(cell.value) for cell in list(load_workbook(report).worksheets[0].iter_rows())[-1]]
    text = explain(wrong.code, row.failure.params, lang)
    assert cells[-5:] == [
        str(row.row),
        {"fi": "Hylätty", "en": "Rejected"}[lang],
        wrong.column,
        text.message,
        text.remedy,
    ]


@pytest.mark.parametrize("lang", ["fi", "en"])
@pytest.mark.parametrize("code", OF_A_MAILBOX)
def test_r26_every_refusal_of_exchange_names_row_column_value_reason_and_remedy(
    house: House, speaker: Speaker, tmp_path: Path, code: str, lang: str
) -> None:
    speaker.speak(lang)
    login = "uusi@esimerkki.fi"
    file = write_list(tmp_path / "lista.xlsx", [("Uusi Ihminen", login)], ("Nimi", "Tunnus"))
    service = house.services.bulk_import
    broken = failure(
        code, mailbox=login, login=login, account="ESIM\\svc", primary="a@esimerkki.fi", person="A"
    )
    plan = service.revise(service.check(file), answers=[LoginAnswer(login, None, broken)])
    assert_told(plan.rows[0], lang, column="Tunnus", value=login)


def test_a_list_that_lacks_the_column_is_told_so(house: House, speaker: Speaker, tmp_path: Path) -> None:
    file = write_list(tmp_path / "lista.xlsx", [("uusi@esimerkki.fi",)], ("Sähköposti",))
    for lang, column in (("fi", "Nimi"), ("en", "Name")):
        speaker.speak(lang)
        plan = house.services.bulk_import.check(file)
        assert_told(plan.rows[0], lang, column=column, value="")
        house.services.bulk_import.report(plan.rows, plan, tmp_path / "raportti.xlsx", lang)
        _, row = load_workbook(tmp_path / "raportti.xlsx").worksheets[0].iter_rows(values_only=True)
        assert row[3] == column


def test_no_reason_to_reject_a_row_is_left_out_above() -> None:
    walked = {one.code for one, _ in CASES} | {*OF_A_MAILBOX}
    found = {code for name in JUDGES for code in codes_in(SERVICES / f"{name}.py")}
    assert len(found) > 10
    assert found - walked == set()


def codes_in(module: Path) -> set[str]:
    """The codes of which the module makes failures."""
    calls = (
        node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    )
    return {
        constant.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "failure"
        for constant in ast.walk(call.args[0])
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }
