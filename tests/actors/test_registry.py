import pickle
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.actors import Actors, Designation, Membership, Party, load_actors
from trucewatch.errors import BadCall, UnknownName
from trucewatch.truth import FALSE, TRUE, UNKNOWN


def day(text):
    return datetime.fromisoformat(text).replace(hour=12, tzinfo=UTC)


EARLY, LATE = day("2019-06-01"), day("2020-10-01")


def test_names_are_sorted_and_hold_no_keys_and_no_adjectives(actors):
    names = actors.names()
    assert list(names) == sorted(set(names))
    assert {"Northern Army", "Coast Wing", "helicopters", "Fishermen"} <= set(names)
    assert not {"north", "Norlandic", "Eastern"} & set(names)


def test_observers(actors):
    assert actors.observers == ("COUNCIL", "EXILES", "WEST")


@pytest.mark.parametrize(
    ("key", "on", "members"),
    [
        ("pact", LATE, ("lamp", "lampist", "tide")),
        ("pact", EARLY, ("lamp", "lampist")),
        ("pact", None, ("lamp", "lampist")),
        ("front", LATE, ("tide",)),
        ("north", LATE, ()),
    ],
)
def test_members_are_the_sure_ones_at_any_depth(actors, key, on, members):
    assert actors.members(key, on) == members


@pytest.mark.parametrize(
    ("key", "whole", "on", "truth"),
    [
        ("north", "north", None, TRUE),
        ("tide", "front", LATE, TRUE),
        ("reef", "front", LATE, UNKNOWN),
        ("tide", "pact", EARLY, FALSE),
        ("tide", "pact", LATE, TRUE),
        ("tide", "pact", None, UNKNOWN),
        ("lampist", "pact", EARLY, TRUE),
        ("lamp", "front", LATE, FALSE),
        ("pact", "front", LATE, UNKNOWN),
        ("pact", "front", EARLY, FALSE),
        ("front", "tide", LATE, UNKNOWN),
        ("north", "east", LATE, FALSE),
    ],
)
def test_belongs(actors, key, whole, on, truth):
    assert actors.belongs(key, whole, on) is truth
    assert actors.belongs(key, whole, on) is truth


@pytest.mark.parametrize(
    ("key", "by", "on", "followed", "literal"),
    [
        ("lamp", "COUNCIL", EARLY, TRUE, TRUE),
        ("lamp", "COUNCIL", LATE, TRUE, FALSE),
        ("lamp", "COUNCIL", day("2019-05-13"), FALSE, FALSE),
        ("lamp", "COUNCIL", None, UNKNOWN, UNKNOWN),
        ("lamp", "WEST", LATE, FALSE, FALSE),
        ("lamp", "WEST", day("2020-12-01"), TRUE, TRUE),
        ("lamp", "WEST", day("2021-02-10"), TRUE, UNKNOWN),
        ("lamp", "WEST", day("2021-03-10"), TRUE, FALSE),
        ("lampist", "COUNCIL", LATE, UNKNOWN, FALSE),
        ("tide", "COUNCIL", LATE, FALSE, FALSE),
        ("pact", "COUNCIL", LATE, UNKNOWN, FALSE),
        ("pact", "COUNCIL", EARLY, TRUE, TRUE),
        ("front", "COUNCIL", LATE, FALSE, FALSE),
        ("north", "EXILES", LATE, UNKNOWN, UNKNOWN),
        ("lm", "WEST", LATE, FALSE, FALSE),
        ("lamp", "NOBODY", LATE, FALSE, FALSE),
    ],
)
def test_designated_as_terrorist(actors, key, by, on, followed, literal):
    assert actors.designated(key, "terrorist", [by], on, follow_renames=True) is followed
    assert actors.designated(key, "terrorist", [by], on, follow_renames=False) is literal


def test_one_of_several_observers_is_enough(actors):
    assert actors.designated("lamp", "terrorist", ("WEST", "COUNCIL"), EARLY, follow_renames=True) is TRUE
    assert actors.designated("lm", "partner", ("COUNCIL", "WEST"), None, follow_renames=False) is TRUE


def test_a_coalition_of_listed_members_only_is_listed():
    parties = {key: Party(key, key.upper()) for key in ("a", "b", "both")}
    listed = tuple(Designation(key, "terrorist", "COUNCIL") for key in ("a", "b"))
    sure = (Membership("a", "both"), Membership("b", "both"))
    disputed = (Membership("a", "both"), Membership("b", "both", certainty="disputed"))
    only_disputed = (Membership("b", "both", certainty="disputed"),)
    for links, truth in ((sure, TRUE), (disputed, TRUE), (only_disputed, UNKNOWN), ((), FALSE)):
        actors = Actors(parties, memberships=links, designations=listed)
        assert actors.designated("both", "terrorist", ["COUNCIL"], None, follow_renames=True) is truth
    mixed = Actors(parties, memberships=sure, designations=listed[:1])
    assert mixed.designated("both", "terrorist", ["COUNCIL"], None, follow_renames=True) is UNKNOWN


def test_a_circle_of_memberships_ends():
    parties = {key: Party(key, key.upper()) for key in "abcd"}
    circle = (Membership("a", "b"), Membership("b", "c"), Membership("c", "a"))
    actors = Actors(parties, memberships=circle)
    assert actors.members("a") == ("b", "c")
    assert actors.belongs("a", "c") is TRUE
    assert actors.belongs("a", "d") is FALSE
    assert actors.designated("a", "terrorist", ["X"], None, follow_renames=True) is FALSE


def test_questions_about_nobody_are_bad_calls(actors):
    for ask in (
        lambda: actors.members("nort"),
        lambda: actors.belongs("nort", "north"),
        lambda: actors.belongs("north", "nort"),
        lambda: actors.designated("nort", "terrorist", ["WEST"], None, follow_renames=True),
        lambda: actors.mirror({"nort": "north", "north": "nort"}),
    ):
        with pytest.raises(UnknownName, match="did you mean “north”"):
            ask()
    with pytest.raises(UnknownName):
        Actors({}, zone="Asia/Harbour")


def test_mirror_needs_the_same_keys_on_both_sides(actors):
    with pytest.raises(BadCall, match="onto itself"):
        actors.mirror({"north": "east"})
    with pytest.raises(BadCall, match="onto itself"):
        actors.mirror({"north": "east", "east": "east"})


KEYS = ("north", "front", "tide", "reef", "pact", "lamp", "islam")
NAMES = ("Northern Army", "rebels", "gunmen", "Lamp Front", "Home Guard", "helicopters", "Jaysh al-Islam", "Nobody")
INSTANTS = st.none() | st.datetimes(datetime(2019, 1, 1), datetime(2022, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=60)
@given(st.permutations(KEYS), st.sampled_from(NAMES), INSTANTS)
def test_a_mirror_gives_mirrored_answers_and_mirrors_back(actors, order, name, on):
    swap = dict(zip(KEYS, order, strict=True))
    mirrored = actors.mirror(swap)

    def to(key):
        return swap.get(key, key)

    there, here = mirrored.resolve(name, on), actors.resolve(name, on)
    if here is None:
        assert there is None
    else:
        assert there.parties == tuple(sorted(map(to, here.parties)))
        assert (there.closed, there.basis) == (here.closed, here.basis)
    for key in KEYS:
        assert mirrored.members(to(key), on) == tuple(sorted(map(to, actors.members(key, on))))
        assert mirrored.belongs(to(key), to("front"), on) is actors.belongs(key, "front", on)
        asked = {"as_": "terrorist", "by": ("COUNCIL",), "on": on, "follow_renames": False}
        assert mirrored.designated(to(key), **asked) is actors.designated(key, **asked)
    assert mirrored.mirror({new: old for old, new in swap.items()}) == actors


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(NAMES), INSTANTS), max_size=8))
def test_answers_do_not_depend_on_what_was_asked_before(actors, questions):
    fresh = Actors(
        actors.parties, actors.aliases, actors.memberships, actors.generic, actors.designations, actors.zone
    )
    forward = [fresh.resolve(*one) for one in questions]
    assert forward == [actors.resolve(*one) for one in questions]
    assert forward[::-1] == [fresh.resolve(*one) for one in reversed(questions)]


@settings(max_examples=30)
@given(st.randoms(use_true_random=False), st.sampled_from(NAMES), INSTANTS)
def test_the_order_of_the_file_does_not_matter(actors, shuffler, name, on):
    def mixed(records):
        return tuple(shuffler.sample(list(records), len(records)))

    other = Actors(
        dict(mixed(actors.parties.items())), mixed(actors.aliases), mixed(actors.memberships),
        mixed(actors.generic), mixed(actors.designations), actors.zone,
    )
    assert other.resolve(name, on) == actors.resolve(name, on)
    assert other.names() == actors.names()
    assert other.members("pact", on) == actors.members("pact", on)


def test_between_naming_days_every_name_means_the_same(actors):
    days = actors.naming_days()
    assert days == tuple(sorted(set(days)))
    assert {date(2020, 1, 1), date(2020, 3, 1), date(2020, 6, 10)} < set(days)
    assert date(2019, 5, 14) not in days  # a listing names nobody
    for first, following in pairwise(days):
        begins, ends = day(first.isoformat()), day((following - timedelta(days=1)).isoformat())
        for name in (*actors.names(), *actors.parties):
            assert actors.resolve(name, begins) == actors.resolve(name, ends), (name, first)


def test_the_dates_of_common_words_are_naming_days():
    dated, _ = load_actors(
        "trucewatch: actors/0.1\nactors:\n  north: {name: North}\ngeneric:\n"
        "  - {words: [jets], may_be: [north], closed: true, cite: c, from: 2020-02-03, to: 2021-04}\n",
        "actors.yaml",
    )
    assert dated.naming_days() == (date(2020, 2, 3), date(2021, 4, 1), date(2021, 4, 30))
    assert dated.turning_days() == ()


def test_actors_travel_between_processes(actors):
    copy = pickle.loads(pickle.dumps(actors))
    assert copy == actors
    assert copy.resolve("rebels", LATE) == actors.resolve("rebels", LATE)


def test_a_day_needs_an_aware_instant(actors):
    with pytest.raises(BadCall):
        actors.resolve("rebels", datetime(2020, 1, 1))  # noqa: DTZ001
