"""Bulletins as rows: counts are claims about aggregates, observations reports; what is unknown is a problem."""

from pathlib import Path

import pytest

from trucewatch.case import create_case
from trucewatch.errors import BadInput
from trucewatch.sources import Declaration
from trucewatch.sources.bulletin import ADAPTER

FOLDER = Path(__file__).parents[1] / "reading" / "bulletins"
DECLARED = Declaration(file="b.txt", timezone="Asia/Damascus", source="mission")


def parsed(name):
    return ADAPTER.read((FOLDER / f"{name}.txt").read_bytes(), DECLARED)


def test_counts_are_claims_and_a_sum_that_fails_is_a_warning():
    found = parsed("centre")
    first = found.rows[0].values
    assert (first["kind"], first["low"], first["high"], first["unit"], first["qualifier"]) == ("aggregate", "55", "55", "violation", "exact")
    assert first["subject"] == "violation (current period)" and first["valid_to_latest"] == "2016-09-18"
    assert [one.advice for one in found.problems] == ["30 + 11 + 8 + 5 = 54, not 55: 1 in no part"]


def test_an_observation_is_a_report_without_anybody_who_fired():
    (first, second, camera) = [one.values for one in parsed("monitors").rows if one.kind == "report"]
    assert first["observer_place"] == "3km north-east of Douma" and first["occurred"] == "../2016-09-16"
    assert (first["count"], first["bearing_from"], first["distance_to_m"], first["method"]) == ("12", "292.5", "6000", "heard")
    assert (first["weapon"], first["calibre_mm"]) == ("mortar", "82")
    assert "explosion_state" not in first, "seven went out and five came in"
    assert (second["count"], second["count_qualifier"]) == ("8", "at_least") and camera["method"] == "camera"
    assert not any("by" in one or "against" in one for one in (first, second, camera))
    vague = [one for one in parsed("monitors").problems if one.expected == "the position of the observer"]
    assert [one.value for one in vague] == ["uncountable bursts"]


@pytest.mark.parametrize(("position", "wanted"), [
    ("Douma", "Douma"), ("Elm (5km south of Douma)", "5km south of Douma"), ("Homs central station (6km north-west of the city centre)", None), ("Homs (see map)", None),
])
def test_an_observer_whose_offset_has_no_named_place_stands_nowhere(position, wanted):
    text = f"Report 3 issued on 4 September 2016\n\nPositioned in {position}, the team heard 14 explosions 5km north.\n"
    found = ADAPTER.read(text.encode(), DECLARED)
    assert [one.values["observer_place"] for one in found.rows] == ([wanted] if wanted else [])
    assert [one.expected for one in found.problems] == ([] if wanted else ["the position of the observer"])


def test_training_and_undated_observations_are_no_reports():
    text = "Report 3 issued on 4 September 2016\n\nPositioned in Homs, the team heard 14 explosions 5km north, assessed as a live-fire training exercise.\n"
    found = ADAPTER.read(text.encode(), DECLARED)
    assert found.rows == () and "training" in found.problems[0].expected
    found = ADAPTER.read(b"Positioned in Homs, the team heard 14 explosions 5km north.\n", DECLARED)
    assert found.rows == () and "day of issue" in found.problems[0].expected


def test_a_bulletin_without_words_or_source_is_refused():
    with pytest.raises(BadInput):
        ADAPTER.read(b" \n", DECLARED)
    with pytest.raises(BadInput):
        ADAPTER.read(b"12 violations", Declaration(file="b.txt", timezone="UTC"))


def test_a_case_takes_a_bulletin_in(demo_root, tmp_path):
    with create_case(tmp_path / "case", demo_root, who="tester") as case:
        case.add(FOLDER / "monitors.txt", adapter="bulletin", source="reuters")
        result = case.run()
        assert sum(one["kind"] == "aggregate" and one["document"] == "monitors.txt" for one in result.claims.rows()) == 6
