"""Wrongs put into an agreement: which are tried, which the examples notice, which stay unseen."""

import pytest

from trucewatch.actors import load_actors
from trucewatch.agreement import load_agreement
from trucewatch.findings.mutants import mutants_of
from trucewatch.findings.mutation import mutation
from trucewatch.findings.wkt_moves import moved_lines, scaled

ACTORS = load_actors("trucewatch: actors/0.1\nactors:\n  north: {name: North}\n  south: {name: South}\n", "a.yaml", zone="UTC")[0]
TEXT = """trucewatch: agreement/1.0
id: a
title: A
timezone: UTC
bound: {{north: {{}}, south: {{}}}}
groups: {{sides: {{any_of: [north, south], when: bound}}}}
zones:
  land: {{wkt: "POLYGON((10 10, 11 10, 11 11, 10 11, 10 10))"}}
  lost: {{layer: old map, status: unpublished}}
phases: {{truce: {{starts: 2031-05-01T06:00, open_ended: true}}}}
evidence: {{violation: {{who: reported, act: reported, against: reported, where: reported, when: reported}}}}
{more}clauses:
  - id: peace
    who: sides
    must_not: {{act: [mortar, artillery]}}
    where: land
    when: truce
    examples:
      - {{say: one, by: north, act: mortar, at: {{lat: 10.5, lon: 10.5}}, time: 2031-05-01T06:00, expect: violation}}
      - {{say: two, by: south, act: mortar, at: {{lat: 12, lon: 10.5}}, time: 2031-05-02T06:00, expect: not_covered, because: where}}
  - {{id: old, who: sides, must_not: {{act: sniper}}, where: lost}}
"""


def loaded(more=""):
    return load_agreement(TEXT.format(more=more), "a.yaml", actors=ACTORS)[0]


@pytest.fixture(scope="module")
def tried():
    return {one.name: one for one in mutation(loaded(), actors=ACTORS)}


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("clause peace.acts[mortar]: dropped", "peace"), ("clause peace.acts[artillery]: dropped", None), ("clause peace.where: dropped", "peace"),
        ("clause peace.when: dropped", None), ("zone land.wkt: a tenth smaller", None), ("phase truce.start.at: an hour later", "peace"),
        ("phase truce.start.at: an hour earlier", None), ("phase truce.open_ended: flipped", "peace"), ("group sides.any_of[north]: dropped", "peace"),
        ("group sides.any_of[south]: dropped", None), ("evidence.required[who]: stronger", None),
    ],
)
def test_what_is_noticed_and_by_which_clause(tried, name, by):
    assert tried[name].by == by
    assert tried[name].missing is (by is None)


def test_what_no_example_could_notice_is_not_tried(tried):
    names = " ".join(tried)
    for moot in ("clause old", "zone lost", "clause peace.strict", "start.edge", "follow_renames", ".cite", ".note"):
        assert moot not in names


def test_every_mutant_has_a_name_of_its_own_and_differs():
    agreement = loaded()
    mutants = list(mutants_of(agreement))
    assert len({one.name for one in mutants}) == len(mutants)
    assert all(one.agreement != agreement for one in mutants)


def test_an_explanation_in_the_file_counts(tried):
    why = 'unnoticed: {"clause peace.when: dropped": "said elsewhere"}\n'
    found = {one.name: one for one in mutation(loaded(why), actors=ACTORS)}
    assert found.keys() == tried.keys()
    assert (found["clause peace.when: dropped"].explained, found["clause peace.when: dropped"].missing) == ("said elsewhere", False)


def test_the_advice_names_the_change():
    (one,) = [each for each in mutation(loaded(), actors=ACTORS) if each.name == "clause peace.when: dropped"]
    assert "when: dropped" in one.advice


def test_only_the_clauses_that_can_see_a_term_are_asked_and_that_is_enough():
    agreement = loaded()
    from trucewatch.findings.examples import run_examples

    right = [one.passed for one in run_examples(agreement, actors=ACTORS)]
    for mutant, found in zip(mutants_of(agreement), mutation(agreement, actors=ACTORS), strict=True):
        changed = [one.passed for one in run_examples(mutant.agreement, actors=ACTORS)]
        assert (changed != right) is (found.by is not None), mutant.name


def test_a_change_that_cannot_be_judged_neither_counts_as_noticed_nor_as_missing(monkeypatch):
    from trucewatch.findings import mutation as module

    whole = module.run_examples

    def fails_beyond_the_original(changed, **rest):
        if changed != loaded():
            message = "no such agreement"
            raise ValueError(message)
        return whole(changed, **rest)

    monkeypatch.setattr(module, "run_examples", fails_beyond_the_original)
    found = list(mutation(loaded(), actors=ACTORS))
    assert found
    assert {(one.by, one.missing, one.broken) for one in found} == {(None, False, "ValueError: no such agreement")}


def test_borders_and_lines_move():
    assert scaled("POLYGON((0 0, 2 0, 2 2, 0 2))", 0.5) == "POLYGON((0.5000000 0.5000000, 1.5000000 0.5000000, 1.5000000 1.5000000, 0.5000000 1.5000000))"
    assert moved_lines("LINESTRING(7 45, 8 45)") == "LINESTRING(7 45.0200000, 8 45.0200000)"
