from datetime import UTC, datetime

import pytest

from trucewatch.actors import Resolution


def day(text):
    return datetime.fromisoformat(text).replace(hour=12, tzinfo=UTC)


SPRING, AUTUMN = day("2020-04-01"), day("2020-10-01")


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("north", "north"),
        ("Northern Army", "north"),
        ("the northern army", "north"),
        ("Government of Norland", "north"),
        ("Coast Wing", "north"),
        ("Harbour Police", "north"),
        ("Jaysh al-Islam", "islam"),
        ("Jaysh al-Fateh", "fatah"),
        ("LM", "lm"),
        ("LMP", "lamp"),
        ("Fishermen", "fisher"),
        ("Harbour Pact", "pact"),
        ("front", "front"),
    ],
)
def test_a_name_states_its_party(actors, name, party):
    found = actors.resolve(name, AUTUMN)
    assert (found.parties, found.closed, found.basis) == ((party,), False, "stated")


@pytest.mark.parametrize("name", ["", "Southern Army", "LMPS", "L", "Jaish", "Norlandic", "North", "FRONT", "Lamp"])
def test_what_nobody_listed_is_nobody(actors, name):
    assert actors.resolve(name, AUTUMN) is None


def test_a_part_and_an_answering_body_say_why(actors):
    assert "aviation" in actors.resolve("Coast Wing").note
    assert "decree of 4 May" in actors.resolve("Harbour Police").note


def test_a_member_body_leaves_its_party_open(actors):
    found = actors.resolve("Home Guard", AUTUMN)
    assert (found.parties, found.closed, found.basis) == (("north",), False, "generic")
    assert "belongs to Northern Army" in found.note


@pytest.mark.parametrize(
    ("name", "on", "basis"),
    [
        ("Lamp Front", SPRING, "stated"),
        ("Lamp Front", day("2020-06-09"), "stated"),
        ("Lamp Front", day("2020-06-10"), "generic"),
        ("Lamp Front", None, "stated"),
        ("Jabhat Fateh al-Bahr", SPRING, "generic"),
        ("Jabhat Fateh al-Bahr", AUTUMN, "stated"),
        ("Jabhat Fateh al-Bahr", day("2021-02-10"), "generic"),
        ("Hay'at al-Bahr", day("2022-01-01"), "generic"),
        ("Jabhat al-Lamp", day("2022-01-01"), "stated"),
    ],
)
def test_a_dated_name_outside_its_dates_stays_open(actors, name, on, basis):
    found = actors.resolve(name, on)
    assert (found.parties, found.closed, found.basis) == (("lamp",), False, basis)
    assert found.note is None or basis == "generic"


def test_days_begin_in_the_zone_of_the_case(actors):
    assert actors.resolve("Lamp Front", datetime(2020, 6, 9, 20, 59, tzinfo=UTC)).basis == "stated"
    assert actors.resolve("Lamp Front", datetime(2020, 6, 9, 21, 0, tzinfo=UTC)).basis == "generic"


def test_one_name_of_two_parties_is_decided_by_its_dates_only(actors):
    assert actors.resolve("Guard", day("2019-01-01")).parties == ("old",)
    assert actors.resolve("Guard", SPRING).parties == ("new",)
    undated = actors.resolve("Guard")
    assert (undated.parties, undated.closed, undated.basis) == (("new", "old"), False, "generic")


@pytest.mark.parametrize("name", ["rebels", "Rebel", "the rebels", "Coastal Front"])
def test_a_blocs_name_means_the_bloc_and_everybody_who_may_be_in_it(actors, name):
    found = actors.resolve(name, SPRING)
    assert (found.parties, found.closed, found.basis) == (("front", "reef", "tide"), False, "generic")


@pytest.mark.parametrize("name", ["gunmen", "Norlandic insurgents", "norlandic insurgent"])
def test_a_generic_word_means_every_member_that_could_be_meant(actors, name):
    found = actors.resolve(name, SPRING)
    assert (found.parties, found.closed, found.basis) == (("front", "lamp", "reef", "tide"), False, "generic")


@pytest.mark.parametrize("name", ["helicopters", "Helicopter"])
def test_a_cited_capability_closes_the_set(actors, name):
    assert actors.resolve(name, SPRING) == Resolution(
        ("east", "north"), closed=True, basis="capability", note="nobody else flies them"
    )


@pytest.mark.parametrize(
    ("phrase", "parties", "closed", "basis"),
    [
        ("Norlandic helicopters", ("north",), False, "stated"),
        ("Eastern jet", ("east",), False, "stated"),
        ("Northern Army helicopters", ("north",), False, "stated"),
        ("Eastland unidentified aircraft", ("east",), False, "stated"),
        ("Home Guard helicopters", ("north",), False, "generic"),
        ("LM gunmen", ("lm",), False, "stated"),
        ("LM helicopters", ("east", "lm", "north"), False, "generic"),
        ("Norlandic gunmen", ("front", "lamp", "reef", "tide"), False, "generic"),
        ("Eastland gunmen", ("front", "lamp", "reef", "tide"), False, "generic"),
        ("Norlandic fishermen", ("fisher",), False, "stated"),
        ("rebel helicopters", ("east", "front", "north", "reef", "tide"), False, "generic"),
    ],
)
def test_a_name_before_a_common_word(actors, phrase, parties, closed, basis):
    found = actors.resolve(phrase, SPRING)
    assert (found.parties, found.closed, found.basis) == (parties, closed, basis)


@pytest.mark.parametrize(
    "phrase",
    ["Southern helicopters", "helicopters Norlandic", "Southern Northern Army",
     "Northern Army, helicopters", "LM/gunmen", "Norlandic; helicopters"],
)
def test_an_unknown_word_makes_a_phrase_unknown(actors, phrase):
    assert actors.resolve(phrase, SPRING) is None
