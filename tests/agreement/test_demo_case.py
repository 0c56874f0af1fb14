"""The shipped agreement and actors: they load, and say what the case needs."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from trucewatch.actors import load_actors
from trucewatch.agreement import lint, load_agreement, under
from trucewatch.places import Shape, ZoneShape, contains
from trucewatch.truth import FALSE, TRUE, UNKNOWN

CASE = Path(__file__).parents[2] / "src" / "trucewatch" / "demo_case"
TEXT = (CASE / "agreement.yaml").read_text(encoding="utf-8")
DAY = datetime(2016, 9, 15, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded():
    return load_actors((CASE / "actors.yaml").read_text(encoding="utf-8"), "actors.yaml", zone="Asia/Damascus")


@pytest.fixture(scope="module")
def actors(loaded):
    return loaded[0]


@pytest.fixture(scope="module")
def agreement(actors):
    return load_agreement(TEXT, "agreement.yaml", actors=actors)[0]


def test_no_problem_in_the_actors(loaded):
    assert loaded[1] == []


def test_clauses_and_readings_keep_their_names(agreement):
    assert [one.key for one in agreement.clauses] == [
        "coh-attacks", "coh-no-gain", "aid-access", "castello-withdrawal", "castello-kurds",
        "castello-mirror", "no-gov-flights",
    ]
    assert list(agreement.readings) == [
        "default", "window-us", "window-ru", "window-sy-army", "us-bound", "strict-nusra", "civilians-apart",
    ]


def test_lint_finds_only_what_cannot_be_known_yet(agreement):
    found = {one.expected for one in lint(agreement, TEXT)}
    assert found == {"sha256 of the archived words", "terms that are given", "quote: the text's words"}


@pytest.mark.parametrize(
    ("lat", "lon", "truth"),
    [
        (36.151583, 36.96775, TRUE), (32.7539, 36.13, TRUE), (35.256571, 40.114747, TRUE),
        (33.726307, 36.095947, TRUE), (36.72, 37.12, FALSE), (33.89, 35.50, FALSE),
        (33.28098, 35.83043, UNKNOWN), (36.65, 37.12, UNKNOWN), (34.88902, 35.88659, UNKNOWN),
    ],
)
def test_the_outline_of_syria(agreement, lat, lon, truth):
    zone = agreement.zones["syria"]
    assert contains(ZoneShape(zone.wkt, zone.accuracy_m), Shape(lat, lon, 100.0, None)) is truth


def test_the_golan_is_never_surely_outside(agreement):
    zone = agreement.zones["syria"]
    golan = Shape(33.0, 35.75, 500.0, None)
    assert contains(ZoneShape(zone.wkt, zone.accuracy_m), golan) is FALSE
    assert contains(ZoneShape(zone.maybe_wkt), golan) is TRUE


def test_the_outline_is_coarse_enough_to_read():
    zone = TEXT.partition("wkt: >-")[2].partition("))")[0]
    assert zone.count(",") + 1 <= 150


def test_terms_in_doubt_say_so(agreement):
    assert agreement.zones["castello-north-3500"].status == "placeholder"
    assert agreement.zones["no-fly"].status == "unpublished"
    assert agreement.phases["jic"].status == "from_memory"
    assert agreement.clause("castello-withdrawal").duty.withdraw[2].allow == ("machine_gun",)


def test_readings_change_what_they_say(agreement):
    assert under(agreement, "window-us").phases["coh"].asserters == ("us",)
    assert under(agreement, "us-bound").bound["us-coal"].certainty == "sure"
    assert under(agreement, "civilians-apart").groups["not-excluded"].any_of == ("coh-parties",)
    strict = under(agreement, "strict-nusra").clause("coh-attacks")
    assert [one.enabled for one in strict.exceptions] == [True, True]


def test_who_is_bound_as_read(agreement):
    assert set(agreement.bound) == {"sy-gov", "ru", "opp", "us-coal", "ypg"}
    assert agreement.bound["opp"].by == "acceptance"


def excluded(actors, agreement, key):
    group = agreement.groups["excluded"]
    return actors.designated(
        key, group.designated_as, group.designated_by, DAY, follow_renames=group.follow_renames
    )


@pytest.mark.parametrize(
    ("key", "truth"),
    [
        ("isil", TRUE), ("jn", TRUE), ("jaish-fatah", UNKNOWN), ("ahrar", FALSE), ("opp", FALSE),
        ("ypg", FALSE), ("jund-aqsa", FALSE), ("hezbollah", FALSE), ("sy-gov", FALSE), ("civ", FALSE),
    ],
)
def test_who_is_excluded_on_the_15th(actors, agreement, key, truth):
    assert excluded(actors, agreement, key) is truth


@pytest.mark.parametrize(
    ("name", "parties", "closed"),
    [
        ("Government of Syria", {"sy-gov"}, False),
        ("Government of Iraq", {"iq"}, False),
        ("Hezbollah", {"hezbollah"}, False),
        ("Jabhat Fateh al-Sham", {"jn"}, False),
        ("IS", {"isil"}, False),
        ("US-led coalition", {"us-coal"}, False),
        ("Syrian Democratic Forces", {"sdf"}, False),
        ("Rahman Corps", {"faylaq-rahman"}, False),
        ("Jaysh al-Islam", {"jaish-islam"}, False),
        ("Kurdish Asayish", {"asayish"}, False),
        ("protesters from Nubul and al-Zahraa", {"civ"}, False),
        ("regime forces", {"sy-gov"}, False),
        ("Syrian or Russian", {"sy-gov", "ru"}, False),
        ("helicopters", {"sy-gov", "ru"}, True),
        ("unidentified aircraft", {"sy-gov", "ru", "us", "us-coal", "tr", "il"}, False),
        ("SARC", {"aid"}, False),
    ],
)
def test_names_of_the_case_resolve(actors, name, parties, closed):
    found = actors.resolve(name, DAY)
    assert (set(found.parties), found.closed) == (parties, closed)


@pytest.mark.parametrize("name", ["Syrian insurgents", "rebels", "warplanes", "pro-government forces"])
def test_common_words_never_charge_one(actors, name):
    found = actors.resolve(name, DAY)
    assert len(found.parties) > 1
    assert (found.closed, found.basis) == (False, "generic")


def test_an_ally_is_not_the_government(actors):
    assert actors.belongs("hezbollah", "sy-gov", DAY) is FALSE
    assert actors.belongs("us-coal", "us", DAY) is UNKNOWN
    assert actors.belongs("sdf", "ypg", DAY) is UNKNOWN
