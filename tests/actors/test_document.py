import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trucewatch.actors import Actors, load_actors
from trucewatch.errors import BadCaseFile, Severity
from trucewatch.truth import FALSE, TRUE, UNKNOWN

HEAD = "trucewatch: actors/0.1\nactors:\n"
SHARED = Path(__file__).parents[3] / "shared/agreements/syria-2016-09/actors.yaml"


def load(text):
    return load_actors(text, "actors.yaml")


def problems_of(text):
    with pytest.raises(BadCaseFile) as raised:
        load(text)
    return raised.value.problems


def test_the_least_file():
    actors, problems = load(HEAD + "  a: {name: Army}\n")
    assert problems == []
    assert actors.parties["a"].kind == "group"
    assert actors.parties["a"].note is None
    assert actors.zone == "UTC"


def test_parties_are_sorted_by_key(harbour_text):
    actors, _ = load(harbour_text)
    assert list(actors.parties) == sorted(actors.parties)


@pytest.mark.parametrize(
    ("body", "line", "column", "value", "advice"),
    [
        ("  a: {kind: group}\n", 3, 6, None, ""),
        ("  a: Army\n", 3, 6, "Army", ""),
        ("  a: {name: '—'}\n", 3, 13, "—", ""),
        ("  A b: {name: Army}\n", 3, 8, "A b", ""),
        ("  unknown: {name: Army}\n", 3, 12, "unknown", ""),
        ("  a: {name: Army, kind: blok}\n", 3, 25, "blok", "did you mean “bloc”?"),
        ("  a: {name: Army, memberof: [a]}\n", 3, 29, "memberof", "did you mean “member_of”?"),
        ("  army: {name: Army, member_of: [armi]}\n", 3, 34, "armi", "did you mean “army”?"),
        ("  army: {name: Army, members: [{actor: armi}]}\n", 3, 40, "armi", "did you mean “army”?"),
        ("  a: {name: Army, members: [{}]}\n", 3, 29, None, ""),
        ("  a: {name: Army, member_of: [a]}\n", 3, 31, "a in a", ""),
        (
            "  a: {name: A}\n  b: {name: B, member_of: [{actor: a, certainty: shure}]}\n",
            4, 50, "shure", "did you mean “sure”?",
        ),
        ("  a: {name: A}\n  b: {name: B, member_of: [{actor: a, from: May}]}\n", 4, 45, "May", ""),
        (
            "  a: {name: A}\n  b: {name: B, member_of: [{actor: a, from: 2016, to: 2015}]}\n",
            4, 28, "2016 to 2015", "",
        ),
        ("  a: {name: Army}\n  b: {name: B, aliases: [a]}\n", 4, 26, "a", ""),
        (
            "  army: {name: A}\ndesignations:\n  - {subject: armi, as: x, by: y}\n",
            5, 15, "armi", "did you mean “army”?",
        ),
        ("  a: {name: A, members: [[a]]}\n", 3, 26, "a list", ""),
        ("  a: {name: A}\ndesignations: x\n", 4, 15, "x", ""),
        (
            "  a: {name: A}\ndesignations: [{subject: a, as: x, by: y, names: [[b]]}]\n",
            4, 51, "a list", "",
        ),
        ("  a: {name: A}\ndesignations:\n  - {subject: a, as: x}\n", 5, 5, None, ""),
        (
            "  a: {name: Army}\ndesignations:\n  - {subject: a, as: x, by: y, names: [Armi]}\n",
            5, 39, "Armi", "did you mean “Army”?",
        ),
        (
            "  a: {name: A}\ndesignations:\n  - {subject: a, as: x, by: y, form: 2016}\n",
            5, 38, "form", "did you mean “from”?",
        ),
    ],
)
def test_a_fault_in_what_judges_stops_the_file(body, line, column, value, advice):
    problem, *_ = problems_of(HEAD + body)
    assert problem.severity is Severity.ERROR
    assert (problem.place, problem.line, problem.value) == ("actors.yaml", line, value)
    assert problem.column == f"column {column}"
    assert advice in problem.advice
    assert problem.expected


@pytest.mark.parametrize(
    "text",
    [
        "", "a: [", "- a", "trucewatch: actors/0.1\n", HEAD, HEAD + "  - a\n", "actors:\n  a: {name: A}\n",
        "trucewatch: actors/9\nactors:\n  a: {name: A}\n", HEAD + "  a: {name: A}\n  a: {name: B}\n",
        HEAD + "  a: {name: A}\nactor: x\n",
    ],
)
def test_a_file_that_is_no_actors_file_is_refused(text):
    assert all(problem.line for problem in problems_of(text))


def test_every_problem_comes_at_once_and_in_order():
    problems = problems_of(
        "trucewatch: actors/2\nactors:\n  a: {name: A, kind: x, aliases: [{name: Z, from: x}]}\n"
        "  b: {nam: B}\ndesignations: [{subject: q, as: x, by: y}]\n"
    )
    assert [(one.line, one.value) for one in problems] == [
        (1, "actors/2"), (3, "x"), (3, "x"), (4, None), (4, "nam"), (5, "q"),
    ]


@pytest.mark.parametrize(
    ("alias", "value"),
    [
        ("{name: Guard, from: soon}", "soon"),
        ("{name: Guard, relation: membr}", "membr"),
        ("{name: Guard, untill: 2016}", "untill"),
        ("{name: Guard, from: 2016, to: 2016-01-01}", "2016 to 2016-01-01"),
        ("{name: Guard, relation: member, answers: true}", "true"),
        ("{name: Guard, answers: maybe}", "maybe"),
    ],
)
def test_a_fault_in_an_alias_leaves_that_name_open(alias, value):
    actors, (problem,) = load(HEAD + f"  a: {{name: A, aliases: [{alias}]}}\n")
    assert (problem.severity, problem.value, problem.line) == (Severity.WARNING, value, 3)
    found = actors.resolve("Guard")
    assert (found.parties, found.basis) == (("a",), "generic")


@pytest.mark.parametrize("alias", ["'…'", "[x]", "{from: 2016}", "{name: [x]}"])
def test_an_alias_without_a_name_is_left_out_and_said_so(alias):
    actors, problems = load(HEAD + f"  a: {{name: A, aliases: [{alias}]}}\n")
    assert problems
    assert all(one.severity is Severity.WARNING for one in problems)
    assert actors.aliases == ()


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("{words: [jets], may_be: [a, b], closed: true}", "true"),
        ("{words: [jets], may_be: [a, b, c], closed: true, cite: x}", "c"),
        ("{words: [jets], may_be: [a, b], closed: yess, cite: x}", "yess"),
        ("{words: [jets], may_be: [a, b], closed: true, cite: x, from: soon}", "soon"),
    ],
)
def test_a_set_is_closed_only_by_a_faultless_cited_entry(entry, value):
    text = HEAD + f"  a: {{name: A}}\n  b: {{name: B}}\ngeneric: [{entry}]\n"
    actors, (problem,) = load(text)
    assert (problem.severity, problem.value) == (Severity.WARNING, value)
    found = actors.resolve("jets")
    assert (found.parties, found.closed, found.basis) == (("a", "b"), False, "generic")


@pytest.mark.parametrize("entry", ["{words: [], may_be: [a]}", "{words: [jets]}", "{words: [jets], may_be: [z]}", "jets"])
def test_an_entry_without_words_or_candidates_is_left_out(entry):
    actors, problems = load(HEAD + f"  a: {{name: A}}\ngeneric: [{entry}]\n")
    assert problems
    assert actors.resolve("jets") is None


def test_a_dated_capability_closes_only_surely_within_its_dates():
    actors, _ = load(
        HEAD + "  a: {name: A}\n  b: {name: B}\n"
        "generic: [{words: [jets], may_be: [a, b], closed: true, cite: x, from: 2016-05}]\n"
    )
    days = [(2016, 4, 1), (2016, 5, 10), (2016, 6, 1)]
    assert [actors.resolve("jets", datetime(*one, tzinfo=UTC)).closed for one in days] == [False, False, True]


def test_a_name_of_two_parties_is_used_open_and_said():
    actors, (problem,) = load(HEAD + "  a: {name: Guard}\n  b: {name: B, aliases: [The Guard]}\n")
    assert (problem.severity, problem.value, problem.line) == (Severity.WARNING, "The Guard", 4)
    assert "one of a" in problem.expected
    found = actors.resolve("guard")
    assert (found.parties, found.closed, found.basis) == (("a", "b"), False, "generic")


def test_memberships_may_be_written_from_either_end():
    down, _ = load(HEAD + "  a: {name: A, members: [b]}\n  b: {name: B}\n")
    up, _ = load(HEAD + "  a: {name: A}\n  b: {name: B, member_of: [{actor: a}]}\n")
    assert down == up
    assert down.members("a") == ("b",)


@pytest.fixture(scope="module")
def syria() -> Actors:
    if not SHARED.exists():
        assert not os.environ.get("CI"), f"{SHARED} must be there in CI"
        pytest.skip(f"{SHARED} is absent")
    actors, problems = load_actors(SHARED.read_text("utf-8"), "actors.yaml", zone="Asia/Damascus")
    assert problems == []
    return actors


TRUCE = datetime(2016, 9, 15, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "parties", "closed", "basis"),
    [
        ("Jabhat Fateh al-Sham", ("jn",), False, "stated"),
        ("Jabhat Fatah ash-Sham", ("jn",), False, "stated"),
        ("IS", ("isil",), False, "stated"),
        ("ISI", None, False, ""),
        ("Jaysh al-Fatah", ("jaish-fatah",), False, "stated"),
        ("Jaysh al-Islam", None, False, ""),
        ("NDF", ("sy-gov",), False, "generic"),
        ("SDF", ("ypg",), False, "generic"),
        ("SyAAF", ("sy-gov",), False, "stated"),
        ("U.S.-led coalition", ("us-coal",), False, "stated"),
        ("helicopters", ("ru", "sy-gov"), True, "capability"),
        ("warplanes", ("il", "ru", "sy-gov", "tr", "us-coal"), False, "generic"),
        ("rebels", ("ahrar", "fastaqim", "faylaq-sham", "opp"), False, "generic"),
    ],
)
def test_names_of_the_worked_case(syria, name, parties, closed, basis):
    found = syria.resolve(name, TRUCE)
    assert (None if found is None else (found.parties, found.closed, found.basis)) == (
        None if parties is None else (parties, closed, basis)
    )


@pytest.mark.parametrize(
    ("key", "followed", "literal"),
    [
        ("isil", TRUE, TRUE), ("jn", TRUE, FALSE), ("jaish-fatah", UNKNOWN, FALSE), ("ahrar", FALSE, FALSE),
        ("opp", FALSE, FALSE), ("sy-gov", FALSE, FALSE),
    ],
)
def test_the_council_list_in_the_worked_case(syria, key, followed, literal):
    assert syria.designated(key, "terrorist", ["UNSC"], TRUCE, follow_renames=True) is followed
    assert syria.designated(key, "terrorist", ["UNSC"], TRUCE, follow_renames=False) is literal


def test_memberships_of_the_worked_case(syria):
    assert syria.belongs("ahrar", "opp", TRUCE) is TRUE
    assert syria.belongs("jaish-fatah", "opp", TRUCE) is UNKNOWN
    assert syria.belongs("jn", "opp", TRUCE) is FALSE
    assert syria.belongs("us-coal", "us", TRUCE) is UNKNOWN
