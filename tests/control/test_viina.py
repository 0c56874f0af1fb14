"""The votes of VIINA become sources of their own; a status that stays is not new evidence every day."""

from datetime import date, timedelta

import pytest

import trucewatch as tw
from trucewatch.control.viina import VIINA_WORDS, claims_in_viina
from trucewatch.errors import BadInput

PLACES = {"700": ("Lyman", 48.98, 37.8)}


def table(days=40, **columns):
    start = date(2022, 9, 1)
    given = {"geonameid": ["700"] * days, "date": [f"{start + timedelta(days=k):%Y%m%d}" for k in range(days)]}
    given["status_wiki"] = ["RU"] * 30 + ["UA"] * (days - 30)
    return {**given, **columns}


def test_a_status_is_one_claim_when_it_comes_and_one_a_month_while_it_stays():
    found = claims_in_viina(table(100, status_wiki=["RU"] * 100), PLACES, VIINA_WORDS, "control.csv")
    assert [one.isoformat() for one in found.columns["valid_from"]] == ["2022-09-01", "2022-10-01", "2022-10-31", "2022-11-30"]
    changed = claims_in_viina(table(), PLACES, VIINA_WORDS, "control.csv")
    assert changed.columns["holder"] == ["ru", "ua"] and changed.stands == (1, 31)
    held = tw.estimate_control(changed.columns, ["Lyman"], [date(2022, 9, 20), date(2022, 10, 5)])
    before, after = (held.at("Lyman", one) for one in held.days)
    assert before["ru"] > 0.8 and after["ua"] > after["ru"]


def test_what_two_votes_take_from_one_is_one_word():
    found = claims_in_viina(table(3, status_wiki=["RU"] * 3, status_boost=["RU"] * 3, status_isw=["CONTESTED", "", "RU"]), PLACES, VIINA_WORDS, "x")
    rows = sorted(zip(found.columns["source"], found.columns["origin"], found.columns["kind"], strict=True))
    assert rows == [("VIINA boost", "VIINA wiki", "held"), ("VIINA isw", None, "contested"), ("VIINA isw", None, "held"), ("VIINA wiki", None, "held")]
    held = tw.estimate_control(found.columns, ["Lyman"], [date(2022, 9, 3)])
    assert [one.copy for one in held.why("Lyman", date(2022, 9, 3)) if one.source == "VIINA boost"] == [True]


def test_rows_that_cannot_be_used_are_told_and_the_rest_is_used():
    given = table(4, geonameid=["700", "701", "700", None], date=["20220901", "20220901", "soon", "20220901"], status_wiki=["UA", "UA", "UA", "??"])
    found = claims_in_viina(given, PLACES, VIINA_WORDS, "control.csv")
    assert found.columns["place"] == ["Lyman"]
    assert [(one.line, one.column, one.value) for one in sorted(found.problems)] == [
        (None, "status_wiki", "??"), (2, "geonameid", "701"), (3, "date", "soon"), (4, "geonameid", None),
    ]
    with pytest.raises(BadInput) as refused:
        claims_in_viina({"place": ["Lyman"]}, PLACES, VIINA_WORDS, "x")
    assert [one.column for one in refused.value.problems] == ["geonameid", "date", "status_wiki, status_dsm, status_isw or status"]
