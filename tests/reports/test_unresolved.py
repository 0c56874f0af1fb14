"""What did not resolve, counted, with rows to paste."""

from __future__ import annotations

import tomllib

import pytest

from trucewatch.actors import load_actors
from trucewatch.documents import read_yaml
from trucewatch.reports import Mention, list_unresolved
from trucewatch.reports.unresolved import fold, slug


def mentions(kind, *values, **position):
    return [Mention(kind, value, f"rows.csv, row {number}", None, **position) for number, value in enumerate(values, 2)]


def paste(kind, *values, **position) -> str:
    return list_unresolved(mentions(kind, *values, **position)).values("paste")[0]


def test_the_most_frequent_comes_first_and_spellings_are_one():
    table = list_unresolved([*mentions("name", "Rare"), *mentions("place", "Al-Bab", "al-bab", "Al-Bab")])
    assert [(row["kind"], row["value"], row["count"], row["example"]) for row in table] == [
        ("place", "Al-Bab", 3, "rows.csv, row 2"), ("name", "Rare", 1, "rows.csv, row 2"),
    ]


def test_order_of_mentions_does_not_matter():
    given = [*mentions("name", "B", "a", "A", "b"), *mentions("act", "B")]
    assert list_unresolved(given).rows() == list_unresolved(reversed(given)).rows()


def test_a_name_can_be_pasted_into_actors_yaml():
    line = paste("name", 'Liwa "al-Fath"', 'LIWA "al-Fath"', 'Liwa "al-Fath"')
    actors, problems = load_actors(f"trucewatch: actors/0.1\nactors:\n{line}\n", "actors.yaml")
    assert problems == []
    assert actors.resolve('Liwa "al-Fath"').parties == ("liwa-al-fath",)


def test_a_place_can_be_pasted_into_places_csv():
    assert paste("place", "Kafr, East", lat=36.5, lon=37.25) == 'kafr-east,"Kafr, East",,36.5,37.25,,,'
    assert paste("place", "Kafr").count(",") == 7


def test_a_source_can_be_pasted_into_case_toml():
    read = tomllib.loads(paste("source", "Réseau “X”"))
    assert read == {"source": {"reseau-x": {"name": "Réseau “X”"}}}


def test_an_act_can_be_pasted_into_a_declaration():
    node, problems = read_yaml(paste("act", "air strikes"), "declaration")
    assert problems == []
    assert node.plain()["values"]["act"]["air strikes"] == "air_strike"


@pytest.mark.parametrize(("text", "folded", "key"), [("  Al-Bāb ", "al-bab", "al-bab"), ("A  B", "a b", "a-b"), ("???", "???", "unnamed")])
def test_fold_and_slug(text, folded, key):
    assert (fold(text), slug(text)) == (folded, key)
