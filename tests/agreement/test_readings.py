import pytest

from trucewatch.agreement import under
from trucewatch.errors import BadCall, UnknownName

READINGS = """  base: {note: first, window: {truce: {asserters: [north]}}, enable: [peace.need]}
  more: {extends: base, bound: {south: {certainty: disputed}}, groups: {sides: {any_of: [north]}}}
  other: {extends: base, window: {truce: {asserters: [south]}}}"""
CLAUSE = (
    "  - {id: peace, cite: {text: deed, quote: q}, who: sides, must_not: {act: attack}, when: truce,"
    " unless: [{id: need, enabled: false, if: {circumstance: need}, note: n},"
    " {id: reply, if: {circumstance: response}, note: n}]}"
)


@pytest.fixture(scope="module")
def agreement(load):
    return load(
        readings=READINGS, clauses=CLAUSE, phases="  truce: {window: {asserters: [north, south]}}"
    )[0]


def enabled(agreement):
    return [one.enabled for one in agreement.clauses[0].exceptions]


def test_default_is_the_agreement_as_written(agreement):
    assert under(agreement, "default") == agreement
    assert enabled(agreement) == [False, True]


def test_a_reading_narrows_asserters_and_enables_an_exception(agreement):
    found = under(agreement, "base")
    assert found.phases["truce"].asserters == ("north",)
    assert enabled(found) == [True, True]
    assert found.reading == "base"


def test_what_a_reading_says_beats_what_it_extends(agreement):
    more, other = under(agreement, "more"), under(agreement, "other")
    assert more.phases["truce"].asserters == ("north",)
    assert more.bound["south"].certainty == "disputed"
    assert more.groups["sides"].any_of == ("north",)
    assert other.phases["truce"].asserters == ("south",)
    assert enabled(other) == [True, True]


def test_readings_do_not_add_up(agreement):
    found = under(agreement, "other")
    assert under(found, "other") == found
    with pytest.raises(BadCall, match="already under the reading"):
        under(found, "more")


def test_an_unknown_reading_offers_the_nearest(agreement):
    with pytest.raises(UnknownName, match="did you mean “base”"):
        under(agreement, "bas")
