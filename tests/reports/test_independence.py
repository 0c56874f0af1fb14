"""Independence by origin, and what it makes of strength."""

from __future__ import annotations

import pytest

from trucewatch.actors import load_actors
from trucewatch.reports import (
    Report,
    Source,
    independent_origins,
    is_partisan,
    origin_of,
    owner_of,
    strength_of,
)

ACTORS, _ = load_actors(
    """
trucewatch: actors/0.1
actors:
  north: {name: Northern forces, kind: state}
  south: {name: Southern forces, kind: state}
  aid:   {name: Relief workers, kind: protected}
  un:    {name: United Nations, kind: observer}
generic:
  - {words: [gunmen], may_be: [north, south]}
""",
    "actors.yaml",
)
SOURCES = {
    "observer": Source("observer", "Observer"),
    "wire": Source("wire", "Wire"),
    "north-tv": Source("north-tv", "North TV", party="north"),
    "un-news": Source("un-news", "UN News", party="un"),
    "encyclopedia": Source("encyclopedia", "Encyclopedia", observes=False),
}


def reports(*pairs: tuple[str, str | None] | tuple[str, str | None, str]) -> list[Report]:
    return [
        Report(f"r-{number}", pair[0], "row 1", origin=pair[1], standing=pair[2] if len(pair) > 2 else "asserted")
        for number, pair in enumerate(pairs)
    ]


def strength(*pairs, **flags) -> str:
    return strength_of(reports(*pairs), sources=SOURCES, actors=ACTORS, **flags)


def test_copies_count_once_and_unknown_origins_not_at_all():
    given = reports(("wire", "observer"), ("observer", "observer"), ("wire", None), ("wire", "encyclopedia"), ("north-tv", "north"))
    assert independent_origins(given, SOURCES) == ("north", "observer")
    assert [origin_of(one, SOURCES) for one in given] == ["observer", "observer", None, None, "north"]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], "alleged"),
        ([("wire", None)], "alleged"),
        ([("wire", "encyclopedia")], "alleged"),
        ([("north-tv", "north-tv")], "alleged"),
        ([("wire", "north")], "alleged"),
        ([("wire", "north"), ("wire", "south")], "alleged"),
        ([("north-tv", "observer")], "alleged"),
        ([("wire", "name:gunmen")], "alleged"),
        ([("wire", "observer", "denied")], "alleged"),
        ([("observer", "observer")], "reported"),
        ([("wire", "observer"), ("observer", "observer")], "reported"),
        ([("wire", "name:a baker")], "reported"),
        ([("wire", "aid")], "reported"),
        ([("un-news", "un-news")], "reported"),
        ([("wire", "north"), ("wire", "observer")], "reported"),
        ([("observer", "observer"), ("wire", "wire")], "corroborated"),
        ([("wire", "aid"), ("wire", "name:a baker")], "corroborated"),
    ],
)
def test_strength(pairs, expected):
    assert strength(*pairs) == expected


@pytest.mark.parametrize(
    ("pairs", "element", "expected"),
    [
        ([("wire", "north")], "who", "corroborated"),
        ([("wire", "north")], "act", "reported"),
        ([("wire", "north"), ("wire", "observer")], "act", "corroborated"),
        ([("wire", "north"), ("wire", "observer")], "where", "corroborated"),
    ],
)
def test_an_admission(pairs, element, expected):
    assert strength(*pairs, admission=True, element=element) == expected


def test_a_verification_is_the_strongest():
    assert strength(verified=True) == "verified"


@pytest.mark.parametrize(
    ("origin", "expected"),
    [("north", True), ("north-tv", True), ("observer", False), ("aid", False), ("un-news", False), ("name:gunmen", True), ("name:a baker", False), ("elsewhere", False)],
)
def test_partisan(origin, expected):
    assert is_partisan(origin, SOURCES, ACTORS) is expected


def test_outlets_of_one_party_are_one_origin():
    own = SOURCES | {"north-agency": Source("north-agency", "North Agency", party="north")}
    given = reports(("north-tv", "north-tv"), ("north-agency", "north-agency"), ("observer", "observer"))
    assert independent_origins(given, own) == ("north-agency", "observer")
    assert {owner_of(one, own) for one in ("north-tv", "north-agency", "north")} == {"north"}
    assert owner_of("observer", own) == "observer" and owner_of("name:somebody", own) == "name:somebody"
