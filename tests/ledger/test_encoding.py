"""An entry has one spelling, RFC 8785, whichever way it is written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.errors import LedgerError
from trucewatch.ledger.encoding import decode, encode
from trucewatch.ledger.entry import Entry

NOON = datetime(2016, 9, 12, 12, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def entry(body):
    return Entry(1, "decision", "d-1", NOON, "tester", body, None, None, "0-test")


def plain(body):
    return {
        "sequence": 1, "kind": "decision", "entry_id": "d-1", "recorded_at": "2016-09-12T12:00:00Z", "who": "tester",
        "body": body, "supersedes": None, "digest": None, "program": "0-test",
    }


@given(st.dictionaries(TEXT, VALUE, max_size=4))
def test_an_entry_is_written_as_rfc_8785_says(body):
    assert encode(entry(body)) == rfc8785.dumps(plain(body))


@pytest.mark.parametrize(
    "body",
    [
        {"\U0001f600": 1, "\uffff": 2}, {"é": 1, "e": 2, "z": 3}, {"a": 1.0, "b": 1e21, "c": -0.0}, {"a": (1, [True, None])},
        {"a": "\x00\x1f\x7f\u2028\u2029\"\\/\b\f\n\r\t"}, {"n": 2**53 - 1, "m": -(2**53) + 1},
    ],
)
def test_what_sorts_or_counts_otherwise_there_is_written_as_there(body):
    assert encode(entry(body)) == rfc8785.dumps(plain(body))


@pytest.mark.parametrize("bad", ["\ud800", {"\udfff": 1}, 2**53, float("inf"), NOON, {1: 2}, {"a", "b"}, b"raw"])
def test_what_json_cannot_hold_is_refused(bad):
    with pytest.raises(LedgerError, match="entry d-1 cannot be written as JSON"):
        encode(entry({"value": bad}))


@pytest.mark.parametrize("coding", ["utf-16", "utf-32", "utf-8-sig"])
def test_only_utf_8_is_read(coding):
    with pytest.raises(LedgerError, match="entry 1 cannot be read"):
        decode(1, encode(entry({"a": "ä"})).decode().encode(coding))
