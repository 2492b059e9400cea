"""``settings`` and ``module``."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Cli


def test_all_settings_are_one_object(cli: Cli) -> None:
    values = cli("settings", "get", "--json").json
    assert values["days_back"] == 7
    assert values["horizon_months"] == 24
    assert values["participants"] is True
    assert values["conflict_winner"] == "valueframe"


def test_a_setting_is_changed_and_answered(cli: Cli) -> None:
    assert cli("settings", "set", "poll_seconds", "60", "--json").json == {"poll_seconds": 60}
    assert cli("settings", "get", "poll_seconds", "--json").json == {"poll_seconds": 60}
    assert cli("settings", "get", "poll_seconds").out == "60\n"


@pytest.mark.parametrize(("lang", "word"), [("fi", "kaikkien"), ("en", "everybody's")])
def test_r13_the_default_event_type_comes_with_its_warning(cli: Cli, lang: str, word: str) -> None:
    answer = cli("settings", "set", "default_event_type", "none", lang=lang)
    assert answer.code == 0
    assert word in answer.err


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_r14_the_module_is_switched_and_says_so(cli: Cli, people: list[int], lang: str) -> None:
    assert cli("module", "off", "--json").json == {"module": False}
    assert cli("status", "--json").json["module"] is False
    assert {"fi": "pois päältä", "en": "is off"}[lang] in cli("status", lang=lang).out
    assert cli("integration", "activate", str(people[0])).code == 0, "administration goes on"
    refused = cli("sync", lang=lang)
    assert (refused.code, refused.out) == (2, "")
    assert "VF-MODULE-01" in refused.err
    assert cli("module", "on", "--json").json == {"module": True}
    assert cli("status", "--json").json["module"] is True


def test_everything_is_stopped_and_goes_on(cli: Cli) -> None:
    assert cli("pause", "--json").json == {"paused": True}
    assert cli("status", "--json").json["paused"] is True
    assert "Kaikki synkronointi on keskeytetty" in cli("status", lang="fi").out
    refused = cli("sync", "--json")
    assert refused.code != 0
    assert "VF-PAUSE-01" in refused.err
    assert cli("continue", lang="fi").out == "Synkronointi jatkuu.\n"
    assert cli("status", "--json").json["paused"] is False
