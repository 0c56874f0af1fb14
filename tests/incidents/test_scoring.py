from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from trucewatch.incidents import SPACE_TIME_ACTOR_0 as WEIGHTS
from trucewatch.incidents.features import features_of
from trucewatch.incidents.scoring import terms_of
from trucewatch.incidents.weights import TERMS

AT = {"lat": 36.2, "lon": 37.1, "radius_m": 1000.0, "act": "air_strike"}


@pytest.fixture
def term(report: Any, actors: Any, sources: Any) -> Any:
    def term(name: str, first: dict[str, Any], second: dict[str, Any]) -> int:
        one = report("1", first.pop("source", "sohr"), first.pop("day", "2016-09-14"), **AT | first)
        two = report("2", second.pop("source", "afp"), second.pop("day", "2016-09-14"), **AT | second)
        rows = features_of([one, two], actors=actors, sources=sources)
        pair = (np.array([0]), np.array([1]))
        found = terms_of(rows, *pair, np.ones((2, 3), dtype=np.int64), WEIGHTS)
        turned = terms_of(rows, *reversed(pair), np.ones((2, 3), dtype=np.int64), WEIGHTS)
        assert (found == turned).all(), "a score has no direction"
        return int(found[0, TERMS.index(name)])

    return term


# term, (first, second) that should score higher, (first, second) that should score lower
MORE: list[tuple[str, tuple[dict[str, Any], dict[str, Any]], tuple[dict[str, Any], dict[str, Any]]]] = [
    ("distance", ({}, {}), ({}, {"lat": 36.22})),
    ("distance", ({}, {}), ({"radius_m": 20000.0}, {})),
    ("time", ({"hours": (9, 11)}, {"hours": (10, 12)}), ({}, {})),
    ("time", ({}, {}), ({}, {"day": "2016-09-15"})),
    ("time", ({}, {"day": "2016-09-15"}), ({}, {"day": "2016-09-16"})),
    ("act", ({}, {}), ({}, {"act": "attack.air"})),
    ("act", ({}, {"act": "attack.air"}), ({}, {"act": "drone_strike"})),
    ("act", ({}, {"act": "drone_strike"}), ({}, {"act": "mortar"})),
    ("act", ({}, {"act": "mortar"}), ({}, {"act": "notification"})),
    ("act", ({}, {"act": "accidental_fire"}), ({}, {"act": "accidental_fire", "lat": 36.25})),
    ("target", ({"target": "hospital"}, {"target": "hospital"}), ({"target": "position"}, {"target": "position"})),
    ("target", ({"target": "hospital"}, {}), ({"target": "hospital"}, {"target": "school"})),
    ("parties", ({"by": {"ru": "stated"}}, {"by": {"ru": "stated"}}), ({"by": {"ru": "stated"}}, {"by": {"us": "stated"}})),
    ("parties", ({"by": {"us": "stated"}}, {"by": {"us-coal": "stated"}}), ({"by": {"us": "stated"}}, {"by": {"ru": "stated"}})),
    ("parties", ({"by": {"us": "stated"}}, {"by": {"ru": "coded"}}), ({"by": {"us": "stated"}}, {"by": {"ru": "stated"}})),
    ("deaths", ({"killed": (9, 9, 9)}, {"killed": (9, 9, 9)}), ({"killed": (9, 9, 9)}, {"killed": (8, 9, 9)})),
    ("deaths", ({"killed": (9, 9, 9)}, {"killed": (5, None, 10)}), ({"killed": (9, 9, 9)}, {"killed": (2, 2, 2)})),
    ("deaths", ({"killed": (90, 90, 90)}, {"killed": (90, 90, 90)}), ({"killed": (1, 1, 1)}, {"killed": (1, 1, 1)})),
    ("origin", ({}, {}), ({}, {"source": "sohr", "day": "2016-09-15"})),
    ("origin", ({"killed": (5, 5, 5)}, {"source": "sohr", "killed": (5, 5, 5)}),
     ({"killed": (5, 5, 5)}, {"source": "sohr", "killed": (50, 50, 50)})),
    ("grouping", ({"grouping": "ged:1"}, {"grouping": "ged:1"}), ({"grouping": "ged:1"}, {"grouping": "acled:1"})),
    ("grouping", ({"grouping": "ged:1"}, {"grouping": "acled:1"}), ({"grouping": "ged:1"}, {"grouping": "ged:2"})),
    ("text", ({"text": "strike on the market of the town"}, {"text": "the market strike"}),
     ({"text": "strike on the market"}, {"text": "clashes near an oil field"})),
    ("place", ({"place": "a"}, {"place": "a"}), ({"place": "a"}, {"place": "b"})),
]


@pytest.mark.parametrize("number", range(len(MORE)))
def test_terms_order_pairs_as_they_should(term: Any, number: int) -> None:
    name, likelier, less = MORE[number]
    assert term(name, *map(dict, likelier)) > term(name, *map(dict, less))


def test_swapped_roles_agree_only_in_a_clash(term: Any) -> None:
    one, two = {"by": {"ru": "stated"}, "against": {"opp": "stated"}}, {"by": {"opp": "stated"}, "against": {"ru": "stated"}}
    clash = {"act": "armed_clash"}
    assert term("parties", one | clash, two | clash) > 0 > term("parties", dict(one), dict(two))


@pytest.mark.parametrize("name", ["target", "weapon", "parties", "deaths", "text", "grouping", "place"])
def test_the_unknown_says_nothing(term: Any, name: str) -> None:
    assert term(name, {}, {}) == 0


def test_a_busy_day_makes_coincidence_likelier(report: Any, actors: Any, sources: Any) -> None:
    rows = features_of([report("1", "sohr", "2016-09-14", **AT), report("2", "afp", "2016-09-14", **AT)], actors=actors, sources=sources)
    pair = (np.array([0]), np.array([1]))
    quiet, hot = (terms_of(rows, *pair, np.full((2, 3), n), WEIGHTS)[0, TERMS.index("busy")] for n in (1, 50))
    assert hot < quiet < 0


def test_every_term_is_told_in_words(report: Any, run: Any) -> None:
    values = {
        "by": {"ru": "stated"}, "killed": (4, 4, 4), "target": "market", "weapon": "grad", "place": "a",
        "grouping": "ged:1", "text": "market hit by jets", "origin": "sohr",
    }
    linked = run([report("1", "sohr", "2016-09-14", **AT, **values), report("2", "afp", "2016-09-14", **AT, **values)])
    reasons = json.loads(linked.incident_report.rows()[0]["reasons"])
    told = {term: words for _, term, _, words in reasons}
    assert set(told) == set(TERMS) - {"published", "dyad", "injured", "outlet", "rivals"}, "terms of trained weights only"
    assert told["deaths"] == "4 and 4 killed"
    assert told["grouping"] == "the data set calls both ged:1"
    assert told["parties"] == "ru against unknown and ru against unknown"
