from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vfadmin import assets
from vfadmin.errors import CODES, failure
from vfadmin.errors.texts import LANGUAGES, Lang, explain, language, outcome
from vfadmin.services.connection_values import COLUMNS, OPTIONS

TEXTS: dict[str, dict[str, Any]] = {
    lang: json.loads(assets.read_text(f"messages/{lang}.json")) for lang in LANGUAGES
}
PLACE = re.compile(r"(?<!\{)\{(\w+)\|?\}(?!\})")
ASIDE = {"unknown", "words", "results"}


def places(code: str, lang: str) -> set[str]:
    return set(PLACE.findall(json.dumps(TEXTS[lang][code])))


LONGEST_CAUSE, LONGEST_REMEDY, SENTENCES = 160, 330, 3
FIELDS = {*COLUMNS, *OPTIONS, "name", "secret"} - {"ca_file"}
"""What can be malformed; a file of certificates has a code of its own."""


BY_WHAT = {"remedy_by_field", "remedy_by_protocol"}


def params(code: str) -> dict[str, str]:
    return {name: f"<{name}>" for lang in LANGUAGES for name in places(code, lang)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_its_texts_and_no_text_is_without_a_code(lang: Lang) -> None:
    assert set(TEXTS[lang]) - ASIDE == set(CODES)
    assert all(set(TEXTS[lang][code]) - BY_WHAT == {"message", "remedy"} for code in CODES)
    assert set(TEXTS["fi"]["results"]) == set(TEXTS["en"]["results"])
    assert {name: set(words) for name, words in TEXTS["fi"]["words"].items()} == {
        name: set(words) for name, words in TEXTS["en"]["words"].items()
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES))
def test_a_text_reads_well_with_and_without_what_it_mentions(code: str, lang: Lang) -> None:
    for filled in (params(code), {}, dict.fromkeys(params(code), "")):
        text = explain(code, filled, lang)

        for part in (text.message, text.remedy):
            assert part
            assert part == part.strip()
            assert not re.search(r"\[\[|\]\]|\{\w*\}|  | [.,:;]|\(\)|””|\"\"|…", part), part
        assert text.message.endswith(".")
        assert "\n" not in text.message + text.remedy


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES))
def test_a_text_says_everything_it_is_told(code: str, lang: Lang) -> None:
    text = explain(code, params(code), lang)

    assert all(f"<{name}>" in text.message + text.remedy for name in places(code, lang))


def test_the_two_languages_are_two() -> None:
    same = [code for code in CODES if TEXTS["fi"][code]["message"] == TEXTS["en"][code]["message"]]

    assert same == []


def test_words_of_ours_come_out_in_the_language_of_the_text() -> None:
    given_params = {"person": "Matti (1)", "state": "error", "action": "activate"}

    assert explain("VF-STATE-01", given_params, "fi").message == (
        "Toiminto ”aktivoi” ei onnistu henkilölle Matti (1): integraation tila on virheellinen."
    )
    assert '"activate" while the integration is "error"' in explain("VF-STATE-01", given_params, "en").message


def test_a_remedy_can_be_typed_as_it_stands() -> None:
    told = failure("EX-IMP-01", account="FIRMA\\svc", mailbox="anna@firma.fi")

    assert '-Role ApplicationImpersonation -User "FIRMA\\svc"' in explain(told.code, told.params, "fi").remedy
    assert '-User "TUNNUS"' in explain(told.code, {}, "fi").remedy
    assert '-User "ACCOUNT"' in explain(told.code, None, "en").remedy


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_closed_port_is_called_by_its_own_number(lang: Lang) -> None:
    elsewhere = explain("EX-CONN-03", {"host": "mail.example.com", "port": 8443}, lang)
    assert elsewhere.remedy.count("8443") == 2
    assert "443" not in elsewhere.remedy.replace("8443", "")
    assert not re.search("[0-9]", explain("EX-CONN-03", {}, lang).remedy)


@pytest.mark.parametrize(
    ("lang", "untold", "told"),
    [
        ("fi", "Ohjelma yrittää uudelleen itsestään", "komento on annettava uudelleen"),
        ("en", "vfadmin tries again by itself", "a command has to be given again"),
    ],
)
def test_an_unreachable_database_is_not_said_to_be_tried_again_by_a_single_command(
    lang: Lang, untold: str, told: str
) -> None:
    remedy = explain("VF-STORE-01", {}, lang).remedy
    assert untold not in remedy
    assert told in remedy


def test_r27_no_usable_keyring_says_what_to_install_and_never_offers_a_file() -> None:
    for lang in LANGUAGES:
        remedy = explain("VF-SECRET-01", {}, lang).remedy
        assert "gnome-keyring" in remedy
        assert "KWallet" in remedy


@given(
    st.sampled_from(sorted(CODES)),
    st.dictionaries(
        st.sampled_from(["person", "host", "mailbox", "value", "detail", "field", "account"]),
        st.text(max_size=30) | st.integers() | st.floats(),
    ),
    st.sampled_from(["fi", "en", "fi_FI", "sv", ""]),
)
def test_whatever_a_failure_mentions_its_text_comes_out_on_one_line(
    code: str, mentioned: dict[str, Any], lang: str
) -> None:
    text = explain(code, mentioned, lang)

    assert text.message.isprintable()
    assert text.remedy.isprintable()


def test_what_is_inserted_is_not_taken_for_a_place() -> None:
    message = explain("VF-LOGIN-02", {"login": "{login.__class__} [[x]]\r\n\x1b[0m"}, "fi").message

    assert message == "Integraatiotunnus ”{login.__class__} [[x]] [0m” ei kelpaa."


@pytest.mark.parametrize("code", ["nope", "words", "results", "unknown"])
def test_an_unknown_code_shows_itself(code: str) -> None:
    if code == "unknown":
        assert explain(code).remedy == TEXTS["fi"]["unknown"]["remedy"]
        return
    assert explain(code, {"person": 1}, "fi").message == f"Tuntematon virhe ({code})."


@pytest.mark.parametrize(
    ("tag", "lang"),
    [("fi", "fi"), ("fi-FI", "fi"), ("FI_fi.UTF-8", "fi"), ("en", "en"), ("sv", "en"), ("", "en")],
)
def test_who_does_not_read_finnish_reads_english(tag: str, lang: str) -> None:
    assert language(tag) == lang


def test_results_count_in_words() -> None:
    assert outcome("activate.done", "fi", count=1) == "Integraatio aktivoitiin."
    assert outcome("activate.done", "fi", count=3) == "3 integraatiota aktivoitiin."
    assert outcome("activate.done", "en") == "… integrations were activated."
    assert outcome("state.waiting", "en", count=1) == "1 waiting"
    assert outcome("no.such.key", "fi", count=1) == "no.such.key"


def spoken(code: str, lang: Lang) -> list[str]:
    """The cause and every remedy of a code, as they come out when nothing is known."""
    entry = TEXTS[lang][code]
    fields = [{}, *({name[10:]: one} for name in sorted(BY_WHAT) for one in entry.get(name, {}))]
    texts = [explain(code, one, lang) for one in fields]
    return [texts[0].message, *(text.remedy for text in texts)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES))
def test_a_text_can_be_read_aloud_on_the_phone(code: str, lang: Lang) -> None:
    """A cause is two sentences at most, a remedy three; what is typed makes some of them long."""
    message, *remedies = spoken(code, lang)

    assert len(message) <= LONGEST_CAUSE
    assert len(re.findall(r"[.!?](?= |$)", message)) < SENTENCES
    for remedy in remedies:
        assert len(remedy) <= LONGEST_REMEDY, remedy
        assert len(re.findall(r"[.!?](?= |$)", remedy)) <= SENTENCES, remedy


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_remedy_names_the_protocol_of_the_connection_alone(lang: Lang) -> None:
    """An own server has nothing to do with Entra, and Office 365 has no virtual directory."""
    codes = {code for code in CODES if "remedy_by_protocol" in TEXTS[lang][code]}
    assert codes == {"EX-CONN-01", "EX-CONN-06", "EX-CONN-07", "EX-AUTH-03", "EX-MBX-01", "EX-ITEM-04"}
    for code in codes:
        told = {one: explain(code, {"protocol": one}, lang).remedy for one in ("ews", "graph", "")}
        assert len(set(told.values())) == len(told)
        assert not re.search(r"graph\.microsoft|Calendars\.|Online", told["ews"]), code
        assert not re.search(r"/ews/|imperson", told["graph"]), code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_malformed_value_of_a_connection_is_told_by_its_field(lang: Lang) -> None:
    told = {field: explain("EX-CONN-10", {"field": field}, lang).remedy for field in FIELDS}

    assert len(set(told.values())) == len(FIELDS)
    assert "Graph" not in told["account"]
    assert "EWS" not in told["tenant"]
    assert set(TEXTS[lang]["EX-CONN-10"]["remedy_by_field"]) == FIELDS
