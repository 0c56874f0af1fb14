"""`agreement init`: a questionnaire out, filled in, and an agreement file made of it that loads."""

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from trucewatch.actors import load_actors
from trucewatch.agreement import load_agreement
from trucewatch.case.forms import blank, read_answers
from trucewatch.case.questionnaire import TOPICS
from trucewatch.case.skeleton import actors_of, agreement_of
from trucewatch.cli import app
from trucewatch.errors import BadInput, Severity

FILLED = {
    "about": [{"id": "river", "title": "The river truce", "timezone": "UTC", "date": dt.date(2031, 5, 1)}],
    "parties": [
        {"id": "north", "name": "North: the “League”", "kind": "state", "bound": "yes"},
        {"id": "south", "name": "South", "kind": "group", "bound": "disputed"},
        {"id": "town", "name": "The town", "kind": "protected"},
    ],
    "places": [
        {"id": "bridge", "wkt": "POLYGON((10 10, 11 10, 11 11, 10 11, 10 10))", "accuracy_m": 200},
        {"id": "ford"},
    ],
    "times": [
        {"id": "truce", "starts": dt.datetime.fromisoformat("2031-05-02T06:00"), "ends": "2031-06-01T06:00", "paragraph": "§3"},
        {"id": "later"},
    ],
    "prohibitions": [
        {"id": "no-fire", "quote": 'shall "cease" fire', "who": "north; south", "act": "mortar; artillery",
         "target": "hospital", "where": "bridge", "when": "truce"},
        {"id": "ford-quiet", "act": "mortar", "against": "town", "where": "ford", "when": "later"},
    ],
    "duties": [{"id": "leave", "who": "north", "act": "withdrawal", "due": "2031-05-09T06:00", "quote": "withdraw"}],
    "exceptions": [{"clause": "no-fire", "id": "need", "circumstance": "response", "invocable": "yes"}],
    "evidence": [{"element": "who", "strength": "verified"}],
}


def workbook(filled):
    """The blank workbook, filled in by a spreadsheet program as a field office would."""
    book = openpyxl.load_workbook(io.BytesIO(blank(Path("form.xlsx"))))
    for topic in TOPICS:
        for number, row in enumerate(filled.get(topic.name, ()), 2):
            for place, column in enumerate(topic.columns, 1):
                if column.name in row:
                    book[topic.name].cell(number, place, row[column.name])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def document(filled):
    """The same answers as YAML."""
    lines = []
    for name, rows in filled.items():
        lines.append(f"{name}:")
        for row in rows:
            head = "  - "
            for key, value in row.items():
                text = value.isoformat() if isinstance(value, dt.date) else str(value)
                shown = text.replace("'", "''")
                lines.append(f"{head}{key}: '{shown}'")
                head = "    "
    return "\n".join(lines).encode()


def loaded(answers):
    actors = load_actors(actors_of(answers), "actors.yaml", zone="UTC")
    agreement, problems = load_agreement(agreement_of(answers), "agreement.yaml", actors=actors[0])
    assert not [one for one in problems if one.severity is Severity.ERROR], problems
    return agreement


@pytest.mark.parametrize("raw", [workbook(FILLED), document(FILLED)], ids=["xlsx", "yaml"])
def test_a_filled_questionnaire_becomes_an_agreement_that_loads(raw):
    agreement = loaded(read_answers(raw, "form"))
    clauses = {one.key: one for one in agreement.clauses}
    assert set(clauses) == {"no-fire", "ford-quiet", "leave"}
    assert clauses["no-fire"].cite.quotes == ('shall "cease" fire',)
    assert clauses["no-fire"].status == "given"
    assert clauses["ford-quiet"].status == "placeholder"
    assert agreement.zones["ford"].status == "placeholder"
    assert agreement.zones["bridge"].status == "given"
    assert agreement.evidence.required["who"] == "verified"
    assert [one.key for one in clauses["no-fire"].exceptions] == ["need"]


@pytest.mark.parametrize("name", ["form.yaml", "form.xlsx"])
def test_a_blank_form_says_what_is_to_be_filled_in(name):
    with pytest.raises(BadInput) as caught:
        read_answers(blank(Path(name)), name)
    assert [one.expected for one in caught.value.problems] == ["one row: id, title, timezone", "who is named"]


def test_wrong_answers_come_all_at_once_with_sheet_row_column_and_the_nearest_word():
    wrong = FILLED | {
        "prohibitions": [
            {"id": "no fire", "act": "mortr", "who": "north; nord", "where": "brige"},
            {"id": "second", "when": "truce"},
        ],
        "times": [{"id": "truce", "starts": "Monday"}],
    }
    with pytest.raises(BadInput) as caught:
        read_answers(workbook(wrong), "form.xlsx")
    found = {(one.place, one.line, one.column, one.value): one.advice for one in caught.value.problems}
    sheet = "form.xlsx, prohibitions"
    assert found[sheet, 2, "act", "mortr"] == "Did you mean “mortar”?"
    assert found[sheet, 2, "who", "nord"] == "Did you mean “north”?"
    assert found[sheet, 2, "where", "brige"] == "Did you mean “bridge”?"
    assert (sheet, 2, "id", "no fire") in found
    assert (sheet, 3, "act", None) in found
    assert ("form.xlsx, times", 2, "starts", "Monday") in found
    assert ("form.xlsx, exceptions", 2, "clause", "no-fire") in found


def test_the_commands_write_both_files_and_never_over_existing_ones(tmp_path):
    run = CliRunner().invoke
    asked = ["agreement", "init", str(tmp_path)]
    assert run(app, [*asked, "--questionnaire", "form.xlsx"]).exit_code == 0
    assert (tmp_path / "form.xlsx").read_bytes().startswith(b"PK")
    assert run(app, [*asked, "--questionnaire", "form.xlsx"]).exit_code != 0
    form = tmp_path / "filled.xlsx"
    form.write_bytes(workbook(FILLED))
    assert run(app, [*asked, "--from", str(form)]).exit_code == 0
    first = (tmp_path / "agreement.yaml").read_bytes()
    assert b"river" in first
    assert (tmp_path / "actors.yaml").exists()
    assert run(app, [*asked, "--from", str(form)]).exit_code != 0
    assert (tmp_path / "agreement.yaml").read_bytes() == first
    assert run(app, asked).exit_code != 0
