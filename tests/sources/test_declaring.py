from datetime import UTC, datetime

import pytest

from trucewatch.errors import Severity
from trucewatch.sources import Declaration, load_declaration

WHOLE = """
source: mission
timezone: Asia/Damascus
publisher: The mission
licence: CC BY 4.0
encoding: windows-1256
delimiter: tab
sheet: Week 38
header_row: 3
rows: claims
dates: "%d/%m/%Y"
columns: {Datum: occurred, Ort: place, Foo: "-"}
values: {act: {Beschuss: shelling}}
release: 2020-01-10
expected: {rows: 481, rejected: 0}
"""


def test_every_key_is_read():
    declaration, problems = load_declaration(WHOLE, "r.csv.yml")
    assert problems == ()
    assert declaration == Declaration(
        timezone="Asia/Damascus", source="mission", publisher="The mission", licence="CC BY 4.0",
        columns={"Datum": "occurred", "Ort": "place", "Foo": "-"}, values={"act": {"Beschuss": "shelling"}},
        dates="%d/%m/%Y", rows="claims", delimiter="\t", encoding="windows-1256", sheet="Week 38",
        header_row=3, release=datetime(2020, 1, 10, 22, tzinfo=UTC), expected={"rows": 481, "rejected": 0},
    )


def test_the_file_is_laid_over_what_the_caller_knows():
    base = Declaration(file="r.csv", timezone="Asia/Damascus", source="mission", sources={"m": "mission"})
    declaration, problems = load_declaration("source: other\nrelease: 2020-01-10", "r.csv.yml", base)
    assert problems == ()
    assert (declaration.file, declaration.source, declaration.sources) == ("r.csv", "other", {"m": "mission"})
    assert declaration.release == datetime(2020, 1, 10, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "value", "hint"),
    [
        ("sorce: x", "sorce", "Did you mean source?"),
        ("timezone: Asia/Damaskus", "Asia/Damaskus", "Asia/Damascus"),
        ("columns: {Datum: ocurred}", "ocurred", "Did you mean occurred?"),
        ("columns: [a]", None, "own column"),
        ("values: {targt: {a: b}}", "targt", "Did you mean target?"),
        ("release: soon", "soon", "2020-01-10"),
        ("delimiter: '-'", "-", "tab"),
        ("encoding: utf-9", "utf-9", "windows-1256"),
        ("encoding: hex", "hex", "text encoding"),
        ("header_row: 0", "0", "from 1"),
        ("header_row: 1.5", "1.5", "whole number"),
        ("rows: reprots", "reprots", "reports or claims"),
        ("dates: '%d/%m'", "%d/%m", "%d/%m/%Y"),
        ("expected: {lines: 3}", "lines", "rows, rejected"),
        ("expected: {rows: many}", "many", "whole number"),
        ("source: {a: b}", None, "a text"),
        ("- a\n- b", None, "keys such as"),
    ],
)
def test_each_unusable_statement_is_a_problem_with_its_place(text, value, hint):
    declaration, problems = load_declaration(text, "r.csv.yml")
    (problem,) = problems
    assert (problem.place, problem.line, problem.value) == ("r.csv.yml", 1, value)
    assert problem.column.startswith("column ")
    assert problem.severity is Severity.ERROR
    assert hint in str(problem)
    assert declaration == Declaration()


def test_all_problems_come_at_once_and_the_rest_is_used():
    declaration, problems = load_declaration("rows: x\nsource: mission\ndates: y\n", "f.yml")
    assert [one.line for one in problems] == [1, 3]
    assert declaration.source == "mission"


@pytest.mark.parametrize("text", ["", "a: [", "a: b\na: c", "a: !!python/object x"])
def test_what_is_no_yaml_leaves_the_base(text):
    base = Declaration(file="r.csv")
    declaration, problems = load_declaration(text, "f.yml", base)
    assert problems and declaration == base
