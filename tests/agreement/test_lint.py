import pytest

from trucewatch.agreement import lint
from trucewatch.errors import Severity

EXAMPLES = ", ".join(
    f"{{say: {n}, by: north, expect: {verdict}{because}}}"
    for n, (verdict, because) in enumerate(
        [
            ("violation", ""), ("undetermined", ", because: who"), ("not_covered", ", because: who"),
            ("not_covered", ", because: against"), ("not_covered", ", because: [where, when]"),
        ]
    )
)
CLEAN = (
    "  - {id: peace, cite: {text: deed, at: '§2', quote: no attacks}, who: sides, must_not: {act: attack},"
    f" against: sides, where: land, when: truce, examples: [{EXAMPLES}]}}"
)


@pytest.fixture(scope="module")
def weaknesses(load, text_of):
    def found(**sections):
        sections = {"clauses": CLEAN, **sections}
        agreement, _ = load(words={"deed": "no attacks"}, **sections)
        return [(one.value, one.expected) for one in lint(agreement, text_of(**sections), "a.yaml")]

    return found


def test_a_complete_agreement_has_no_weakness(weaknesses):
    assert weaknesses() == []


@pytest.mark.parametrize(
    ("sections", "value", "expected"),
    [
        ({"texts": "  deed: {title: D}\n  memo: {title: M}"}, "memo", "texts that something uses"),
        ({"texts": "  deed: {title: D}\n  memo: {title: M}"}, "memo", "sha256 of the archived words"),
        ({"groups": "  sides: {any_of: [north]}\n  few: {any_of: [south]}"}, "few", "groups that"),
        ({"zones": "  land: {status: placeholder}\n  sea: {status: unpublished}"}, "sea", "zones that"),
        ({"phases": "  truce: {starts: 2016-09-12, open_ended: true}\n  late: {starts: {after: truce}}"}, "late", "phases that"),
        ({"clauses": CLEAN.replace("examples", "unless: [{id: n, enabled: false, if: {circumstance: x}}], examples")}, "peace.n", "a reading that enables it"),
        ({"clauses": CLEAN.replace("examples", "unless: [{id: n, if: {circumstance: x}}], examples")}, "exception peace.n", "cite"),
        ({"clauses": CLEAN.replace("examples", "unless: [{id: n, if: {circumstance: x}, note: y}], examples")}, "clause peace", "excused by n"),
        ({"clauses": CLEAN.replace("expect: violation", "expect: compliant")}, "clause peace", "an example that is violation"),
        ({"clauses": CLEAN.replace("[where, when]", "where")}, "clause peace", "not_covered because of when"),
        ({"clauses": CLEAN.replace(", quote: no attacks", "")}, "clause peace", "quote"),
        ({"clauses": CLEAN + "\n" + CLEAN.replace("id: peace", "id: calm").replace("act: attack", "act: mortar")}, "peace and calm", "the same acts"),
        ({"clauses": CLEAN.replace("who: sides", "status: placeholder, who: sides")}, "clause peace (placeholder)", "terms that are given"),
    ],
)
def test_a_weakness_is_named(weaknesses, sections, value, expected):
    found = weaknesses(**sections)
    assert any(one[0] == value and expected in one[1] for one in found), found


def test_clauses_that_differ_in_acts_or_extent_do_not_overlap(weaknesses):
    for changed in (("act: attack", "act: territory"), (", where: land", ""), ("who: sides", "who: north")):
        clauses = CLEAN + "\n" + CLEAN.replace("id: peace", "id: calm").replace(*changed)
        assert not [one for one in weaknesses(clauses=clauses) if "the same acts" in one[1]]


def test_a_clause_in_doubt_needs_one_undetermined_example_only(weaknesses):
    doubtful = CLEAN.replace("who: sides", "status: placeholder, who: sides")
    one = doubtful.replace(EXAMPLES, "{say: s, by: north, expect: undetermined, because: text}")
    assert [value for value, _ in weaknesses(clauses=one)] == ["clause peace (placeholder)"]


def test_every_weakness_is_a_warning_with_a_position(load, text_of):
    agreement, _ = load()
    found = lint(agreement, text_of(), "a.yaml")
    assert found
    assert all(one.severity is Severity.WARNING and one.line for one in found)
