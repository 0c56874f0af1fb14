import base64
import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.errors import BadCall, UnknownName
from trucewatch.identifiers import (
    KINDS,
    canonical,
    derived_id,
    finding_id,
    finding_ids,
    incident_id,
    keyed_id,
    leg_id,
)

FORM = re.compile(r"[a-z]-[a-z2-7]{12}")
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def test_an_id_is_the_hash_of_kind_and_values():
    digest = hashlib.sha256(b'["r","sohr","12"]').digest()
    assert derived_id("r", "sohr", "12") == "r-" + base64.b32encode(digest).decode().lower()[:12]


def test_an_id_is_pinned_so_that_no_version_changes_it_unseen():
    assert derived_id("r", "sohr", "12", "Idlib") == "r-qo7drf2ollmp"
    assert leg_id("r-a", "attack", ["ru"], ["opp"]) == "l-hb53nza4bh47"
    assert finding_id("coh", "no-attack", "default", "l-x") == "f-bcu7u6nq7anb"
    assert keyed_id(b"key", "r", "sohr", "12") == "r-jci7aykviyyd"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.lists(values, max_size=3))
def test_ids_have_a_letter_and_twelve_base_32_characters(kind, parts):
    for one in (derived_id(kind, *parts), keyed_id(b"k", kind, *parts)):
        assert FORM.fullmatch(one)
        assert one[0] == kind


@settings(max_examples=60, deadline=None)
@given(st.lists(values, min_size=1, max_size=3))
def test_same_values_same_id_whatever_the_order_of_keys(parts):
    def turned(value):
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(one) for one in value] if isinstance(value, list) else value

    assert derived_id("r", *parts) == derived_id("r", *turned(parts))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4), st.text(max_size=8)), max_size=6))
def test_ids_of_many_findings_are_the_ids_of_each(about):
    assert finding_ids("coh", about) == [finding_id("coh", *one) for one in about]


def test_kind_and_boundaries_between_values_count():
    assert derived_id("r", "ab", "c") != derived_id("r", "a", "bc")
    assert derived_id("r", "a")[2:] != derived_id("c", "a")[2:]
    assert derived_id("r", None) != derived_id("r", "")
    assert derived_id("r", "1") != derived_id("r", 1)


def test_canonical_bytes():
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()
    assert canonical(("x", None)) == b'["x",null]'
    assert canonical("\ud800") == b'"\xed\xa0\x80"'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"bytes", {1: "a", "b": 2}])
def test_values_that_json_cannot_hold_are_refused(value):
    with pytest.raises(BadCall, match="JSON values only"):
        derived_id("r", value)


def test_unknown_kinds_and_empty_keys_are_refused():
    with pytest.raises(UnknownName, match="kind of id"):
        derived_id("x", 1)
    with pytest.raises(UnknownName, match="kind of id"):
        keyed_id(b"k", "x", 1)
    with pytest.raises(BadCall, match="not empty"):
        keyed_id(b"", "r", 1)


def test_a_keyed_id_depends_on_the_key_and_is_no_plain_hash():
    assert keyed_id(b"a", "r", "x") != keyed_id(b"b", "r", "x")
    assert keyed_id(b"a", "r", "x") != derived_id("r", "x")


def test_an_incident_shares_its_founders_characters():
    assert incident_id("r-abcdefghijkl") == "i-abcdefghijkl"


def test_sides_of_a_leg_are_sets():
    one = leg_id("r-a", "attack", ["ru", "sy-gov"], ["opp"])
    assert one == leg_id("r-a", "attack", ["sy-gov", "ru", "ru"], ["opp"])
    assert one != leg_id("r-a", "attack", ["opp"], ["ru", "sy-gov"])
