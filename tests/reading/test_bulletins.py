"""Daily reports in made-up words: counts that add up or say why not, observers, notes."""

import datetime as dt
import json
from pathlib import Path

import pytest
from shapely import wkt
from shapely.geometry import Point
from typer.testing import CliRunner

import trucewatch as tw
from trucewatch.cli import app
from trucewatch.places.distance import destination
from trucewatch.reading.bulletins.amounts import AMOUNT, bounds

FOLDER = Path(__file__).parent / "bulletins"


def bulletin(name):
    return tw.read_bulletin((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))


def counted(text):
    return [(one.unit, one.low, one.high, one.role, one.period, one.place.text if one.place else None) for one in tw.read_bulletin(text).counts]


def test_the_head_of_a_bulletin():
    head = bulletin("monitors").header
    assert (head.number.text, head.issued, head.cut_off.text) == ("41/2016", dt.date(2016, 9, 17), "19:30 16 September 2016")
    assert head.zone.text == "Eastern European Summer Time"
    assert bulletin("centre").header.issued == dt.date(2016, 9, 18)
    assert tw.read_bulletin("Day 5 of the truce: three dead.").header.truce_day == 5
    assert tw.read_bulletin("Report issued on 31 February 2016").header.issued is None


def test_counts_by_province_that_add_up_and_that_do_not():
    good, bad = bulletin("monitors"), bulletin("centre")
    (one,) = good.sums
    assert (one.stated, one.added, one.agrees, one.says) == (42, 42, True, "20 + 12 + 10 = 42")
    assert good.counts[one.total].quote.text == "42 ceasefire violations"
    (one,) = bad.sums
    assert (one.stated, one.added, one.agrees) == (55, 54, False)
    assert one.says == "30 + 11 + 8 + 5 = 54, not 55: 1 in no part"


def test_a_report_of_numbered_paragraphs_whose_list_lacks_one():
    found = bulletin("committee")
    assert [(one.agrees, one.says) for one in found.sums] == [(False, "17 + 14 + 6 = 37, not 38: 1 in no part")]
    assert [(one.quote.text, one.period) for one in found.counts if one.low == 38] == [("38 breaches", "current")]
    assert [(one.low, one.what, one.method, one.distance_from_m) for one in found.observations] == [(9, "explosion", "heard", 1500)]


def test_a_province_without_a_number_is_not_nought():
    (one,) = bulletin("rows").sums
    assert (one.stated, one.added, one.agrees) == (15, 15, None)
    assert one.says.startswith("12 + ? + 3")


def test_parts_by_kind_are_added_too():
    found = tw.read_bulletin("The office spoke of 497 violations: 142 cases of direct fire, 21 incursions, 228 bombardments and 100 demolitions.")
    assert [(one.stated, one.added, one.agrees) for one in found.sums] == [(497, 491, False)]
    assert [found.counts[row].unit for row in found.sums[0].parts] == ["other", "attack", "shelling", "demolition"]


@pytest.mark.parametrize(("text", "wanted"), [
    ("The mission recorded 159 ceasefire violations, including 33 explosions. In the previous reporting period, 265.",
     [("violation", 159, 159, "alone", None, None), ("explosion", 33, 33, "including", None, None), ("violation", 265, 265, "alone", "previous", None)]),
    ("In the past 24 hours 45 violations were registered; since the truce began 302 violations.",
     [("violation", 45, 45, "alone", "current", None), ("violation", 302, 302, "alone", "cumulative", None)]),
    ("There were at least 20 violations, compared with 265 in the previous reporting period.",
     [("violation", 20, None, "alone", None, None), ("violation", 265, 265, "alone", "previous", None)]),
    ("The mission counted 159 violations in Elm region and over 80 violations in Ash region.",
     [("violation", 159, 159, "alone", None, "Elm region"), ("violation", 81, None, "alone", None, "Ash region")]),
    ("Between the evenings of 12 and 13 March the committee documented 38 breaches, eleven fewer than the day before (49).",
     [("violation", 38, 38, "alone", "current", None), ("violation", 49, 49, "alone", "previous", None)]),
    ("Twelve shellings in Aleppo province. Two soldiers were killed and twenty-one civilians were wounded.",
     [("shelling", 12, 12, "alone", None, "Aleppo province"), ("dead", 2, 2, "alone", None, None), ("injured", 21, 21, "alone", None, None)]),
    ("On 12 September 2016 the office moved to 14 Elm Road.", []),
])
def test_daily_previous_and_cumulative_numbers_stay_apart(text, wanted):
    assert counted(text) == wanted


def test_two_columns_keep_their_authors():
    found = tw.read_bulletin("The northern party has registered 7 violations, the southern party has registered 2 violations.")
    assert [(one.low, one.by.text) for one in found.counts] == [(7, "The northern party"), (2, "the southern party")]


def test_an_observer_hears_in_an_annular_sector():
    one = bulletin("monitors").observations[0]
    assert (one.method, one.low, one.high, one.what, one.weapon.text) == ("heard", 12, 12, "explosion", "82mm mortar rounds")
    assert dict(one.states) == {"outgoing": 7, "impact": 5}
    assert (one.bearing_from, one.bearing_to, one.distance_from_m, one.distance_to_m) == (292.5, 67.5, 2000, 6000)
    assert one.interval == ("07:55", "10:27") and one.position.text == "Douma (3km north-east of the town centre)"
    assert 1000 < one.radius_m < 1300, "half of the eighth of a circle that north-east means, 3 km away"
    area = wkt.loads(one.sector)
    lat, lon = destination(one.lat, one.lon, 0, 4000)
    assert area.contains(Point(lon, lat)) and not area.contains(Point(one.lon, one.lat))
    lat, lon = destination(one.lat, one.lon, 180, 4000)
    assert not area.contains(Point(lon, lat))


def test_what_is_not_said_or_not_known_stays_unknown():
    _, same, camera, vague = bulletin("monitors").observations
    assert same.position.text.startswith("Douma") and (same.low, same.high) == (8, None)
    assert same.sector is None, "1 km away, seen by somebody who stood somewhere within more than that"
    assert (camera.method, camera.lat, camera.sector, camera.zone) == ("camera", None, None, "inside")
    assert (vague.low, vague.high, vague.distance, vague.direction, vague.position) == (None, None, None, None, None)
    two = tw.read_bulletin("Positioned between Homs and Hama, the team heard a single explosion 2km north and then 3km east.").observations
    assert two[0].lat is None and two[0].bearing_from is None, "two places and two directions are none"


def test_training_and_zones_are_what_the_observer_assessed():
    found = tw.read_bulletin("The team heard 14 explosions 5km north, assessed as a live-fire training exercise outside the security zone.")
    (one,) = found.observations
    assert one.exercise and one.zone == "outside" and found.counts == ()
    assert [one.kind for one in bulletin("monitors").notes] == ["training", "access_denied", "not_comparable"]


def test_rows_and_bullets_with_their_outlets():
    found = bulletin("rows").items
    assert [(one.reference, one.day.day, one.place and one.place.text, one.party and one.party.text, [each.text for each in one.outlets]) for one in found] == [
        ("V050", 3, "Elm bridge", "Northern army", []), ("V051", 5, "Ashford", "Both parties", []),
        (None, 12, None, None, ["Agency One", "Daily Two"]), (None, 13, None, None, ["Radio Three"]),
    ]


@pytest.mark.parametrize(("written", "low", "high"), [
    ("at least eight", 8, None), ("over 100", 101, None), ("12", 12, 12), ("1,200", 1200, 1200), ("twenty-three", 23, 23), ("a dozen", 12, 12), ("about 20", 18, 22), ("no", 0, 0),
])
def test_numbers_with_what_qualifies_them(written, low, high):
    import re

    assert re.fullmatch(AMOUNT, written)
    assert bounds(written) == (low, high)


def test_the_command_reads_a_bulletin():
    answer = CliRunner().invoke(app, ["read", str(FOLDER / "centre.txt"), "--as", "bulletin", "--json"])
    found = json.loads(answer.stdout)
    assert list(found) == ["header", "counts", "sums", "observations", "items", "notes"]
    assert found["header"]["issued"] == "2016-09-18" and found["sums"][0]["agrees"] is False
    assert "DOES NOT ADD UP: 30 + 11 + 8 + 5 = 54, not 55" in CliRunner().invoke(app, ["read", str(FOLDER / "centre.txt"), "--as", "bulletin"]).stdout
