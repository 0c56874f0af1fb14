from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trucewatch.agreement import Agreement, load_agreement
from trucewatch.errors import BadAgreement, Severity

DEMO = Path(__file__).parents[2] / "src" / "trucewatch" / "demo_case" / "agreement.yaml"
CLAUSE = "  - {id: peace, cite: {text: deed, quote: q}, who: sides, must_not: {act: attack}"


def test_a_small_agreement_becomes_records(load):
    agreement, warnings = load()
    assert warnings == []
    clause = agreement.clause("peace")
    assert (clause.kind, clause.who, clause.against, clause.where, clause.when) == (
        "prohibition", "sides", "sides", "land", "truce",
    )
    assert [one.act for one in clause.acts] == ["attack"]
    assert clause.cite.quotes == ("no attacks",)
    assert agreement.phases["truce"].start.at == datetime(2016, 9, 12, 16, tzinfo=UTC)
    assert agreement.bound["north"].start == datetime(2016, 8, 31, 21, tzinfo=UTC)
    assert agreement.bound["south"].by == "acceptance"
    assert agreement.groups["sides"].when_bound
    assert agreement.evidence.required["who"] == "corroborated"
    assert agreement.reading == "default"


def test_the_version_follows_the_text(load, text_of, actors):
    first = load()[0].version
    assert first.startswith("test-truce@")
    assert len(first) == len("test-truce@") + 12
    changed, _ = load_agreement(text_of() + "# one more line\n", "a.yaml", actors=actors)
    assert changed.version != first


@pytest.mark.parametrize(
    ("version", "advice"),
    [
        ("agreement/0.2", "older"), ("agreement/1.1", "newer"), ("agreement/1.10", "newer"),
        ("minutes", "Begin the file"),
    ],
)
def test_another_language_version_is_the_only_problem(problems_of, version, advice):
    problems = problems_of(trucewatch=version, clauses=None)
    assert len(problems) == 1
    assert advice in problems[0].advice
    assert (problems[0].line, problems[0].value) == (1, version)


@pytest.mark.parametrize(
    ("sections", "value", "advice"),
    [
        ({"clauses": CLAUSE.replace("sides", "sidse") + "}"}, "sidse", "Did you mean “sides”?"),
        ({"clauses": CLAUSE + ", against: noth}"}, "noth", "Did you mean “north”?"),
        ({"clauses": CLAUSE + ", where: lnad}"}, "lnad", "Did you mean “land”?"),
        ({"clauses": CLAUSE + ", when: truec}"}, "truec", "Did you mean “truce”?"),
        ({"clauses": CLAUSE.replace("deed", "ded") + "}"}, "ded", "Did you mean “deed”?"),
        ({"clauses": CLAUSE.replace("act: attack", "act: atack") + "}"}, "atack", "Did you mean “attack”?"),
        ({"clauses": CLAUSE.replace("act: attack", "act: attack, target: hospitl") + "}"}, "hospitl", "hospital"),
        ({"clauses": CLAUSE.replace("act: attack", "act: attack, weapon: tnak") + "}"}, "tnak", "tank"),
        ({"clauses": CLAUSE.replace("must_not", "mustnot") + "}"}, "mustnot", "Did you mean “must_not”?"),
        ({"readings": "  strict: {extends: defualt}"}, "defualt", "Did you mean “default”?"),
        ({"readings": "  strict: {enable: [peace.defence]}"}, "peace.defence", "Known: none"),
        ({"readings": "  strict: {groups: {sids: {any_of: [north]}}}"}, "sids", "Did you mean “sides”?"),
        ({"readings": "  strict: {window: {truce: {asserters: [north]}}}"}, "truce", "Known: none"),
        ({"bound": "  noth: {cite: deed}"}, "noth", "Did you mean “north”?"),
        ({"zone": "Asia/Damascus"}, "zone", "Did you mean “zones”?"),
    ],
)
def test_a_wrong_name_is_reported_with_the_nearest(problems_of, sections, value, advice):
    problems = problems_of(**sections)
    found = [one for one in problems if one.value == value]
    assert found, problems
    assert advice in found[0].advice
    assert found[0].line
    assert found[0].column.startswith("column ")


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ({"timezone": "Asia/Damaskus"}, "an IANA name"),
        ({"intervals": '"[from, to]"'}, "[from, to)"),
        ({"evidence": None}, "evidence: in the agreement"),
        ({"evidence": "  violation: {who: strong}"}, "who: one of alleged"),
        ({"evidence": "  scale: [reported, alleged]\n  violation: {who: reported}"}, "weakest first"),
        ({"evidence": "  violation: {}\n  reply_within: soon"}, "a duration"),
        ({"clauses": None}, "clauses: in the agreement"),
        ({"clauses": "  []"}, "at least one clause"),
        ({"clauses": CLAUSE + "}\n" + CLAUSE + "}"}, "each clause id once"),
        ({"clauses": CLAUSE.replace("who: sides", "who: []") + "}"}, "at least one party or group"),
        ({"clauses": CLAUSE.replace("who: sides, ", "") + "}"}, "who: in clause peace"),
        ({"clauses": CLAUSE + ", must: {perform: withdrawal}}"}, "exactly one of must_not"),
        ({"clauses": "  - {id: peace, who: sides}"}, "exactly one of must_not"),
        ({"clauses": CLAUSE + ", only_if: {performed: peace}}"}, "only_if beside must"),
        ({"clauses": CLAUSE + ", status: rumoured}"}, "status: one of given"),
        ({"texts": "  deed: {kind: official}"}, "title: in text deed"),
        ({"texts": "  deed: {title: D, date: September}"}, "date: a day"),
        ({"texts": "  deed: {title: D, sha256: abc}"}, "64 lower-case"),
        ({"bound": "  north: {from: 2016-13-01}"}, "from: a time such as"),
        ({"bound": "  north: {from: 2016-09-02, to: 2016-09-01}"}, "to: later than from"),
        ({"groups": "  sides: {}"}, "exactly one of any_of"),
        ({"groups": "  sides: {any_of: [north], none_of: [south]}"}, "exactly one of any_of"),
        ({"groups": "  sides: {designated: {as: terrorist}}"}, "by: in designated"),
        ({"groups": "  sides: {any_of: []}"}, "at least one group"),
        ({"groups": "  north: {any_of: [south]}"}, "not also a party"),
        ({"readings": "  default: {bound: {north: {certainty: disputed}}}"}, "the agreement as written"),
    ],
)
def test_a_wrong_value_is_refused_with_what_was_expected(problems_of, sections, expected):
    problems = problems_of(**sections)
    assert any(expected in one.expected for one in problems), problems
    assert all(one.severity is Severity.ERROR for one in problems)


def test_all_problems_come_at_once_in_the_order_of_the_file(problems_of):
    problems = problems_of(
        timezone="Mars/Base", groups="  sides: {any_of: [nroth]}",
        zones="  land: {wkt: 'POLYGON((0 0))'}", clauses=CLAUSE + ", colour: red}",
    )
    lines = [one.line for one in problems]
    assert lines == sorted(lines)
    assert {"Mars/Base", "nroth", "POLYGON((0 0))", "colour"} <= {one.value for one in problems}


@pytest.mark.parametrize(
    ("sections", "circle"),
    [
        ({"groups": "  a: {any_of: [b]}\n  b: {any_of: [c, north]}\n  c: {none_of: [a]}\n  sides: {any_of: [a]}"}, "a → b → c → a"),
        ({"phases": "  truce: {starts: {after: late}}\n  late: {starts: {after: truce}}"}, "phase late → phase truce → phase late"),
        ({"readings": "  one: {extends: two}\n  two: {extends: one}"}, "one → two → one"),
        (
            {"groups": "  sides: {any_of: [north]}\n  others: {none_of: [sides]}",
             "readings": "  odd: {groups: {sides: {none_of: [others]}}}"},
            "others → sides → others",
        ),
        (
            {"phases": "  truce: {needs: {claim: calm, of: north}, indicator: {days_without_violation: 7, of: peace}}"},
            "clause peace → phase truce → clause peace",
        ),
    ],
)
def test_nothing_may_lead_back_to_itself(problems_of, sections, circle):
    assert circle in {one.value for one in problems_of(**sections)}


def test_duties_may_not_wait_for_each_other(problems_of):
    duty = "  - {{id: {0}, who: north, must: {{perform: withdrawal}}, only_if: {{performed: {1}}}}}"
    problems = problems_of(clauses=duty.format("one", "two") + "\n" + duty.format("two", "one"))
    assert "one → two → one" in {one.value for one in problems}


def test_a_quote_must_stand_in_the_archived_words(load, problems_of):
    agreement, _ = load(words={"deed": "There are no\n  attacks at all."})
    assert len(agreement.texts["deed"].sha256) == 64
    problems = problems_of(words={"deed": "There is peace."})
    assert [(one.value, "archived text deed" in one.expected) for one in problems] == [("no attacks", True)]


def test_what_is_missing_or_in_doubt_is_a_warning(load):
    _, warnings = load(clauses="  - {id: peace, who: sides, must_not: {act: attack}, status: placeholder}")
    assert [(one.value, one.severity) for one in warnings] == [
        ("clause peace (placeholder)", Severity.WARNING), ("clause peace", Severity.WARNING),
    ]


def test_evidence_that_names_no_element_is_taken_as_reported_with_a_warning(load):
    agreement, warnings = load(evidence="  violation: {who: verified}\n  reply_within: 72h")
    assert agreement.evidence.required["act"] == "reported"
    assert agreement.evidence.reply_within == timedelta(hours=72)
    assert {one.value for one in warnings} == {"no act", "no against", "no where", "no when"}


def test_yaml_faults_are_problems_too(actors):
    with pytest.raises(BadAgreement) as caught:
        load_agreement("trucewatch: agreement/1.0\nid: a\nid: b\n", "a.yaml", actors=actors)
    assert caught.value.problems[0].line == 3


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words", "trucewatch: {}\n", "clauses: 3\n"])
def test_a_text_of_another_kind_is_refused(actors, text):
    with pytest.raises(BadAgreement) as caught:
        load_agreement(text, "a.yaml", actors=actors)
    assert caught.value.problems


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_to_the_text_raises_anything_but_bad_agreement(actors, text_of, data):
    """Cut a piece out of a file or repeat one: the answer is an agreement or a list of problems."""
    text = text_of(
        zones="  land: {line: [{lat: 36.2, lon: 37.1}, {lat: 36.3, lon: 37.2}]}\n  by: {within_m: 5, of: land}",
        readings="  odd: {extends: default, bound: {north: {certainty: disputed}}, enable: peace.self}",
        clauses=CLAUSE + ", unless: [{id: self, if: {circumstance: response}, note: n}], examples: [{say: s, by: north, expect: violation}]}",
    )
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    put = data.draw(st.sampled_from(["", "[]", "{}", ": ", "null", "-1", "NO", "north", "{a: b}"]))
    try:
        found, _ = load_agreement(text[:start] + put + text[end:], "a.yaml", actors=actors)
    except BadAgreement as error:
        assert error.problems
    else:
        assert isinstance(found, Agreement)
