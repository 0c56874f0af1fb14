"""What may, must be prevented, is qualified, ranked or only shown: read right, or refused."""

import pytest

from trucewatch.agreement import lint, under

START = "  - {id: peace, cite: {text: deed, quote: q}, who: sides, "
OTHER = "\n  - {id: other, cite: {text: deed, quote: q}, who: sides, "
RULE = "must_not: {act: attack}"


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        (START + RULE + ", may: {act: attack}}", "exactly one of must_not"),
        (START + "must_prevent: {act: attack}}", "by: in must_prevent"),
        (START + "must_prevent: {act: attack, by: raiders}}", "who: one party"),
        (START + "must_prevent: {act: attack, by: raider}}", "the name of a group"),
        (START + "must_not: {act: attack, qualified: [who]}}", "a word other than"),
        (START + "must_not: {act: attack, qualified: [Offensive]}}", "the id of a qualifier"),
        (START + "must_not: {act: attack, qualified: [bad], over: [peace]}}", "a key of must_not"),
        (START + "must_not: {act: attack, qualified: [bad]}, unless: [{id: bad, if: {where: land}, cite: deed}]}",
         "an exception id that is no word of qualified"),
        (START + RULE + "}" + OTHER + "may: {act: attack, over: [piece]}}", "the name of a clause"),
        (START + RULE + ", unless: [{id: other, if: {where: land}, cite: deed}]}" + OTHER + "may: {act: attack}}",
         "not the id of a permission"),
        (START + "may: {act: attack}, examples: [{say: s, act: mortar, expect: compliant}]}", "examples beside must_not"),
        (START + RULE + ", conflicts_with: [peace]}", "conflicts_with: other clauses"),
        (START + "must: {perform: withdrawal}, conflicts_with: [other]}" + OTHER + RULE + "}", "conflicts_with beside"),
        (START + RULE + ", evidence: {}}", "at least one of who"),
        (START + RULE + ", evidence: {who: strong}}", "who: one of"),
        (START + "must_not: {present: {more_than: 20}}}", "personnel: true"),
        (START + "must_not: {present: {personnel: true, more_than: many}}}", "more_than: a number"),
        (START + "shown: {kind: fines, words: w}}", "kind: one of"),
        (START + "shown: {kind: dispute_steps, words: w}}", "steps: what follows what"),
        (START + RULE + ", reading: [mine]}", "the name of a reading"),
        (START + RULE + ", examples: [{say: s, headcount: [3, 1], expect: violation}]}", "a whole number of persons"),
        (START + RULE + ", examples: [{say: s, determined: {bad: maybe}, expect: violation}]}", "true or false"),
        (START + RULE + ", examples: [{say: s, expect: violation, because: 'conflict:peaces'}]}", "because: a reason"),
    ],
)
def test_what_is_wrong_is_refused(problems_of, clauses, expected):
    assert any(expected in one.expected for one in problems_of(clauses=clauses)), problems_of(clauses=clauses)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ("  deed: {title: D, kind: official}\n  acte: {title: A, kind: official, version_of: dead}", "the name of a text"),
        ("  deed: {title: D, kind: official}\n  acte: {title: A, kind: official, version_of: deed, authoritative: true}",
         "exactly one authoritative"),
        ("  deed: {title: D, kind: official, authoritative: false}\n  acte: {title: A, kind: official, version_of: deed}",
         "exactly one authoritative"),
        ("  deed: {title: D, kind: official, language: English}", "a BCP 47 tag"),
        ("  deed: {title: D, kind: official}\n  acte: {title: A, kind: official, version_of: deed}\n"
         "  akt: {title: A, kind: official, version_of: acte}", "an original, not another version"),
    ],
)
def test_language_versions_that_cannot_be(problems_of, texts, expected):
    assert any(expected in one.expected for one in problems_of(texts=texts))


def test_a_reading_changes_a_clause_and_what_it_extends(load):
    agreement, _ = load(
        clauses=START + RULE + ", against: sides}",
        readings=(
            "  narrow: {clauses: {peace: {must_not: {act: attack.air, qualified: [offensive]}, against: raiders}}}\n"
            "  later: {extends: narrow, clauses: {peace: {when: truce}}}"
        ),
    )
    narrow, later = (under(agreement, one).clause("peace") for one in ("narrow", "later"))
    assert [one.act for one in narrow.acts] == ["attack.air"]
    assert (narrow.qualified, narrow.against, narrow.when) == (("offensive",), "raiders", None)
    assert (later.qualified, later.against, later.when) == (("offensive",), "raiders", "truce")
    assert under(agreement, "default").clause("peace").against == "sides"


def test_a_clause_of_some_readings_is_given_under_them_and_what_extends_them(load):
    agreement, _ = load(
        clauses=START + RULE + ", reading: [broad]}", readings="  broad: {note: n}\n  broader: {extends: broad}",
    )
    statuses = {one: under(agreement, one).clause("peace").status for one in agreement.readings}
    assert statuses == {"broad": "given", "broader": "given", "default": "by_reading"}


def _concerns(load, text_of, **sections):
    agreement, _ = load(**sections)
    return {(one.value, one.expected) for one in lint(agreement, text_of(**sections))}


def test_lint_names_clashes_without_a_rank(load, text_of):
    clash = START + RULE + "}" + OTHER + "may: {act: mortar}}"
    expected = ("other and peace", "over, or prevails_over on the other")
    assert expected in _concerns(load, text_of, clauses=clash)
    for ranked in (clash.replace("mortar}", "mortar, over: [peace]}"),
                   clash.replace("must_not: {act: attack}", "must_not: {act: attack}, prevails_over: [other]")):
        assert expected not in _concerns(load, text_of, clauses=ranked)


def test_lint_takes_a_declared_conflict_for_said(load, text_of):
    both = START + RULE + "}" + OTHER + "must_not: {act: mortar}}"
    expected = ("peace and other", "clauses that do not speak of the same acts")
    assert expected in _concerns(load, text_of, clauses=both)
    declared = both.replace("{act: mortar}", "{act: mortar}, conflicts_with: [peace]")
    assert expected not in _concerns(load, text_of, clauses=declared)


def test_lint_names_a_clause_that_cites_a_version_that_does_not_count(load, text_of):
    texts = "  deed: {title: D, kind: official, authoritative: false}\n  acte: {title: A, kind: official, version_of: deed, authoritative: true}"
    assert ("peace cites deed", "the authoritative version") in _concerns(load, text_of, texts=texts)
