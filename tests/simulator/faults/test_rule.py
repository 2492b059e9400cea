"""What a rule may say, and how it is told what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest

from vfadmin.simulator import FaultRule, RuleError


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ({"colour": "red"}, "colour"),
        ({"moment": "later"}, "moment"),
        ({"kind": "drip", "moment": "middle"}, "moment"),
        ({"kind": "flood"}, "kind"),
        ({"operation": "GetItems"}, "operation"),
        ({"mailbox": 7}, "mailbox"),
        ({"times": -1}, "times"),
        ({"times": True}, "times"),
        ({"skip": "3"}, "skip"),
        ({"skip": None}, "skip"),
        ({"probability": 1.5}, "probability"),
        ({"probability": "often"}, "probability"),
        ({"kind": "drip", "piece": 0}, "piece"),
        ({"skew_s": 0.5}, "skew_s"),
        ({"kind": "quarantined"}, "subject"),
    ],
)
def test_a_rule_that_is_none_names_its_key(value: dict[str, Any], key: str) -> None:
    with pytest.raises(RuleError, match=f"'{key}'") as raised:
        FaultRule.from_json(value)

    assert raised.value.key == key


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"operation": "FindItem", "times": None, "probability": 1, "skew_s": -30, "kind": "clock_skew"},
        {"kind": "quarantined", "item_id": "x", "code": "ErrorContentConversionFailed"},
    ],
)
def test_a_good_rule_is_what_was_said(value: dict[str, Any]) -> None:
    assert FaultRule.from_json(value) == FaultRule(**value)
