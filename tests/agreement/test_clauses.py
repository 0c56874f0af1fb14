import pytest

START = "  - {id: peace, cite: {text: deed, quote: q}, who: sides, "
RULE = "must_not: {act: attack}"


def clause(load, rest, **sections):
    return load(clauses=START + rest + "}", **sections)[0].clauses[0]


@pytest.mark.parametrize(
    ("written", "kind", "terms"),
    [
        ("{act: attack.air}", "prohibition", [("attack.air", (), (), None)]),
        ("{act: [air, mortar]}", "prohibition", [("attack.air", (), (), None), ("mortar", (), (), None)]),
        ("{any: [{act: access.obstruct}, {act: attack, target: [aid_convoy]}]}", "prohibition",
         [("access.obstruct", (), (), None), ("attack", ("aid_convoy",), (), None)]),
        ("{act: artillery, weapon: howitzer, calibre_mm: {at_least: 100}}", "prohibition",
         [("artillery", (), ("howitzer",), 100.0)]),
        ("{present: {weapon: [mlrs, tank], calibre_mm: {at_least: 100}}}", "presence",
         [("weapon_presence", (), ("mlrs", "tank"), 100.0)]),
        ("{present: {personnel: true, weapon: gun}}", "presence",
         [("weapon_presence", (), ("gun",), None), ("force_presence", (), (), None)]),
        ("{present: {any: true}}", "presence", [("presence", (), (), None)]),
    ],
)
def test_what_must_not_be_done(load, written, kind, terms):
    found = clause(load, f"must_not: {written}")
    assert found.kind == kind
    assert [(one.act, one.targets, one.weapons, one.calibre_at_least_mm) for one in found.acts] == terms


def test_an_exception_with_its_parts(load):
    found = clause(load, RULE + (
        ", unless: [{id: self-defence, invocable: true, enabled: false, when: truce, note: n, cite: [deed, '§3'],"
        " if: {all: [{circumstance: response}, {any: [{where: land}, {where: {control: {by: raiders}}}]}]}}]"
    )).exceptions[0]
    assert (found.key, found.invocable, found.enabled, found.when) == ("self-defence", True, False, "truce")
    response, place = found.condition.all_of
    assert response.circumstance == "response"
    assert [one.where for one in place.any_of] == ["land", "peace.self-defence-2-2.where"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{id: who, if: {circumstance: response}}", "a word other than"),
        ("{if: {circumstance: response}}", "id: in an exception"),
        ("{id: a}", "if: in an exception"),
        ("{id: a, if: {}}", "exactly one of circumstance"),
        ("{id: a, if: {all: []}}", "at least one condition"),
        ("{id: a, if: {circumstance: Response}}", "the id of a circumstance"),
        ("{id: a, if: {circumstance: x}}, {id: a, if: {circumstance: y}}", "each exception once"),
        ("{id: a, invocable: NO, if: {circumstance: x}}", "true or false"),
    ],
)
def test_a_wrong_exception_is_refused(problems_of, written, expected):
    problems = problems_of(clauses=f"{START}{RULE}, unless: [{written}]}}")
    assert any(expected in one.expected for one in problems), problems


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("must_not: {}", "exactly one of act, any, present"),
        ("must_not: {act: attack, present: {any: true}}", "exactly one of act, any, present"),
        ("must_not: {act: []}", "act: at least one act"),
        ("must_not: {any: [{target: hospital}]}", "act: in an alternative"),
        ("must_not: {present: {}}", "present: weapon"),
        ("must_not: {act: artillery, calibre_mm: 100}", "a mapping"),
        ("must_not: {act: artillery, calibre_mm: {at_least: '100'}}", "without quotes"),
        ("must: {}", "must: one of withdraw, perform, deliver"),
        ("must: {withdraw: [{beyond: land}]}", "what must withdraw"),
        ("must: {withdraw: [{any: true}]}", "beyond: in a withdrawal"),
        ("must: {withdraw: {any: true, beyond: land}}", "a list"),
    ],
)
def test_a_wrong_rule_is_refused(problems_of, written, expected):
    problems = problems_of(clauses=f"{START}{written}}}")
    assert any(expected in one.expected for one in problems), problems


def test_several_parties_in_place_become_a_group(load):
    agreement, _ = load(clauses=START.replace("who: sides", "who: [north, south]") + RULE + "}")
    assert agreement.clauses[0].who == "peace.who"
    assert agreement.groups["peace.who"].any_of == ("north", "south")


def test_withdrawals_and_performances_are_read(load):
    agreement, _ = load(clauses=(
        "  - {id: first, cite: {text: deed, quote: q}, who: north, must: {withdraw:"
        " [{weapons: [tank, gun], beyond: land}, {personnel: true, beyond: land, allow: {weapons: rifle}}]}}\n"
        "  - {id: then, cite: {text: deed, quote: q}, who: south, must: {perform: handover,"
        " due: 2016-09-20}, only_if: {performed: first}}"
    ))
    first, then = (one.duty for one in agreement.clauses)
    assert [(one.weapons, one.personnel, one.allow, one.beyond) for one in first.withdraw] == [
        (("tank", "gun"), False, (), "land"), ((), True, ("rifle",), "land"),
    ]
    assert (then.perform, then.due.at.isoformat(), then.only_if_performed) == (
        "handover", "2016-09-19T21:00:00+00:00", "first",
    )
    assert {one.kind for one in agreement.clauses} == {"duty"}


EXAMPLE = (
    "{say: A strike, by: [north, south], closed: true, against: raiders, act: mortar, target: hospital,"
    " at: {lat: 35.5, lon: 36.5, radius_m: 100}, time: [2016-09-13T10:00, 2016-09-13T11:00],"
    " circumstance: {response: true}, strength: {who: alleged}, control: north, reading: default,"
    " expect: undetermined, because: 'evidence:who'}"
)


def test_examples_keep_their_facts_as_written(load):
    found = clause(load, f"{RULE}, examples: [{EXAMPLE}]").examples[0]
    assert (found.say, found.expect, found.because) == ("A strike", "undetermined", ("evidence:who",))
    assert found.facts["by"] == ["north", "south"]
    assert found.facts["at"] == {"lat": "35.5", "lon": "36.5", "radius_m": "100"}
    assert found.facts["time"] == ["2016-09-13T10:00", "2016-09-13T11:00"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("act: mortar", "act: motar", "the name of an act"),
        ("lat: 35.5", "lat: 95.5", "lat: a number"),
        ("lat: 35.5, ", "", "lat: in at"),
        ("10:00, 2016-09-13T11:00", "10:00, 2016-09-13T09:00", "to later than from"),
        ("who: alleged", "who: weak", "who: one of"),
        ("response: true", "response: maybe", "true or false"),
        ("reading: default", "reading: mine", "the name of a reading"),
        ("expect: undetermined", "expect: guilty", "expect: one of"),
        ("'evidence:who'", "'evidence:whom'", "because: a reason"),
        ("closed: true", "colour: red", "a key of an example"),
        ("expect: undetermined", "expect: compliant, excused_by: need", "excused_by: one of"),
    ],
)
def test_a_wrong_example_is_refused(problems_of, old, new, expected):
    assert old in EXAMPLE
    problems = problems_of(clauses=f"{START}{RULE}, examples: [{EXAMPLE.replace(old, new)}]}}")
    assert any(expected in one.expected for one in problems), problems
