"""A third opinion: every completion of what is unknown, by an answer-set solver (clingo).

An unknown element is true or false, whichever; under each completion the verdict is plain: outside,
no breach, excused, or a violation. What all completions agree on is the verdict by
supervaluation. Strong Kleene may know less, never more and never otherwise. It must know as much,
but where two unknowns hang together:

* what was done is open, or who did it, and an exception surely holds: every completion in which the
  term covers it ends in “compliant”, the interpreter says what is open first (two tests below);
* two zones meet: in every completion the disk lies in one of them, and each is open by itself. Zones
  of which any will do are therefore made one ground before judging (the last test).
"""

import itertools
import os
from dataclasses import replace
from importlib.util import find_spec

import pytest

from trucewatch.agreement import Clause, Condition, ExceptionTerm
from trucewatch.findings.elements import ElementValue
from trucewatch.findings.exceptions import exception
from trucewatch.findings.ground import in_zone
from trucewatch.findings.ruling import Facts, rule
from trucewatch.truth import FALSE, TRUE, UNKNOWN

PROGRAM = """
holds(E) :- sure(E).
1 { holds(E); fails(E) } 1 :- open(E).
fails(E) :- not holds(E), element(E).
outside :- scope(E), fails(E).
undone :- deed(E), fails(E).
excused :- excuse(E), holds(E).
verdict(not_covered) :- outside.
verdict(compliant) :- not outside, undone.
verdict(compliant) :- not outside, not undone, excused.
verdict(violation) :- not outside, not undone, not excused.
#show verdict/1.
"""
SCOPE = ("who", "against", "where", "when")
RULE = Clause("rule", "prohibition", "sides")


@pytest.fixture(scope="module")
def clingo():
    if not find_spec("clingo"):
        if os.environ.get("CI") == "true":
            pytest.fail("clingo: not installed, and CI must have it")
        pytest.skip("clingo: not installed")
    import clingo

    return clingo


def by_completions(clingo, truths, excuses):
    """Return the verdicts that some completion gives."""
    facts = []
    for element, truth in {**truths, **excuses}.items():
        kind = "scope" if element in SCOPE else "excuse" if element in excuses else "deed"
        facts += [f'element("{element}").', f'{kind}("{element}").']
        facts += [f'sure("{element}").'] if truth is TRUE else [f'open("{element}").'] if truth is UNKNOWN else []
    control = clingo.Control(["0", "--warn=none"])
    control.add("base", [], PROGRAM + " ".join(facts))
    control.ground([("base", [])])
    found = set()
    with control.solve(yield_=True) as models:
        for model in models:
            found |= {one.arguments[0].name for one in model.symbols(shown=True)}
    return found


def value(element, truth):
    return ElementValue(element, truth, "verified", "reported", "words", "" if truth is not UNKNOWN else "open?")


def interpreted(context, make, truths, excuses):
    ordered = ("who", "act", "against", "where", "when")
    elements = tuple(value(one, truths[one]) for one in (*ordered, *(one for one in truths if one not in ordered)) if one in truths)
    facts = Facts(elements, tuple(value(one, truth) for one, truth in excuses.items()))
    return rule(make.leg(), RULE, context, facts).verdict


CASES = [
    (dict(zip(("who", "where", "act", "offensive"), truths, strict=True)), dict(zip(("first", "second"), excuses, strict=True)))
    for truths in itertools.product((TRUE, FALSE, UNKNOWN), repeat=4)
    for excuses in itertools.product((TRUE, FALSE, UNKNOWN), repeat=2)
]


def test_kleene_never_knows_more_and_never_otherwise(clingo, context, make):
    known = context()
    for truths, excuses in CASES:
        possible, told = by_completions(clingo, truths, excuses), interpreted(known, make, truths, excuses)
        assert told == "undetermined" or possible == {told}, (truths, excuses, possible, told)


def test_kleene_knows_as_much_but_where_unknowns_hang_together(clingo, context, make):
    known, differing = context(), []
    for truths, excuses in CASES:
        possible, told = by_completions(clingo, truths, excuses), interpreted(known, make, truths, excuses)
        if told == "undetermined" and len(possible) == 1:
            differing.append((truths, excuses, possible))
    assert differing
    for truths, excuses, possible in differing:
        assert possible == {"compliant"}
        assert truths["who"] is truths["where"] is TRUE
        assert TRUE in excuses.values()
        assert UNKNOWN in (truths["act"], truths["offensive"])


def test_an_open_deed_under_a_sure_excuse_is_said_to_be_open(clingo, context, make):
    truths, excuses = {"who": TRUE, "act": UNKNOWN}, {"first": TRUE}
    assert by_completions(clingo, truths, excuses) == {"compliant"}
    assert interpreted(context(), make, truths, excuses) == "undetermined"


def test_refining_what_is_unknown_never_turns_a_verdict_round(clingo, context, make):
    known = context()
    for truths, excuses in CASES[::7]:
        told = interpreted(known, make, truths, excuses)
        for element, truth in truths.items():
            for finer in (TRUE, FALSE) if truth is UNKNOWN and told != "undetermined" else ():
                assert interpreted(known, make, {**truths, element: finer}, excuses) == told


def test_two_zones_that_meet_hold_the_disk_together(context, make):
    """Zones of which any will do are made one ground before judging, because each alone is open."""
    known = context()
    agreement = known.agreement
    halves = {
        "west": replace(agreement.zones["syria"], key="west", wkt="POLYGON((36 35, 37 35, 37 36, 36 36, 36 35))", accuracy_m=0.0, maybe_wkt=None),
        "east": replace(agreement.zones["syria"], key="east", wkt="POLYGON((37 35, 38 35, 38 36, 37 36, 37 35))", accuracy_m=0.0, maybe_wkt=None),
    }
    drawn = replace(known, agreement=replace(agreement, zones={**agreement.zones, **halves}), memo={})
    across, over = make.leg(lat=35.5, lon=37.0, radius_m=2000.0), make.leg(lat=36.0, lon=37.0, radius_m=2000.0)
    assert [in_zone(across, one, drawn).truth for one in ("west", "east")] == [UNKNOWN, UNKNOWN]
    either = ExceptionTerm("either", Condition(any_of=(Condition(where="west"), Condition(where="east"))))
    assert [exception(one, either, drawn).truth for one in (across, over)] == [TRUE, UNKNOWN]
