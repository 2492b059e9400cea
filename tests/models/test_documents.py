"""JSON that several rows keep is the JSON that each would have been given."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from vfadmin.models.documents import Document, as_json

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_any_value_is_the_json_it_always_was(value: object) -> None:
    assert as_json(value) == json.dumps(value)


@given(st.dictionaries(st.text(), values, max_size=3))
def test_a_document_says_the_same_however_often(value: dict[str, object]) -> None:
    document = Document(value)
    assert document.text == json.dumps(value)
    assert as_json(document) is document.text
    assert json.loads(as_json({"event": document})) == {"event": value}
