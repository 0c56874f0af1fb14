"""Control claims found by rule in headlines."""

from datetime import date

import pytest

from trucewatch.control.headlines import Headline, claims_in_headlines, control_said

SIDES = {"SDF": "sdf", "IS": "is", "islamic state": "is", "regime forces": "gov", "regime": "gov", "factions": "opp", "nusra": "nusra"}


@pytest.mark.parametrize(("text", "said"), [
    ("SDF advance over IS in the north", ("advanced", "sdf", "is")),
    ("The regime forces take the control of large areas of the city", ("took", "gov", None)),
    ("Islamic State captured the hill from regime forces", ("took", "is", "gov")),
    ("Factions control 5 villages during the past day", ("took", "opp", None)),
    ("Regime forces try to advance in the countryside", None),
    ("Air strikes on areas controlled by factions", None),
    ("Factions and Nusra advance and control more areas", None),
    ("A boy is killed as factions advance", ("advanced", "opp", None)),
    ("Violent clashes in the east of the city", None),
    ("SDF capture a town; regime forces capture a hill", None),
    ("Clashes as new village captured", None),
])
def test_a_headline_says_one_thing_or_nothing(text, said):
    assert control_said(text, SIDES) == said


def test_an_advance_is_about_the_country_around_and_repetitions_are_one_claim():
    where = (date(2016, 9, 1), "monitor", "town", 36.0, 37.0, 1000.0)
    given = [Headline("SDF advance over IS in the north", *where)] * 2 + [Headline("SDF captured the town", *where)]
    claims = claims_in_headlines(given, SIDES)
    assert claims["kind"] == ["held", "captured"] and claims["radius_m"] == [15_000.0, 1000.0]
    assert claims["holder"] == ["sdf", "sdf"]
