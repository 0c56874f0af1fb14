"""The shape of what every command prints under --json, and the options common to all."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest

from trucewatch.cli.output import write_json, write_rows
from trucewatch.findings.schema import FINDING
from trucewatch.incidents.schema import INCIDENT
from trucewatch.reports.schema import CLAIM, REPORT

COMMANDS = {
    "run": ("run",),
    "findings": ("findings",),
    "incidents": ("incidents",),
    "reports": ("reports",),
    "claims": ("claims",),
    "holders": ("control", "2016-09-15", "--place", "Aleppo"),
    "questions": ("review",),
    "changes": ("changes", "--from", "2016-09-15T07:00", "--to", "2016-09-20T07:00"),
    "lint": ("agreement", "lint"),
    "examples": ("agreement", "test"),
    "ledger": ("ledger", "log"),
    "verification": ("ledger", "verify"),
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
INSTANTS = {
    "occurred_from", "occurred_to", "known_at", "published_at", "recorded_at", "valid_from", "valid_to_earliest",
    "valid_to_latest",
}
LEG_FACTS = [
    "occurred_from", "occurred_to", "place", "lat", "lon", "radius_m", "deaths_low", "deaths_high",
    "independent_origins",
]


@pytest.fixture(scope="module")
def said(trucewatch, demo_root):
    """What each command says of the demo case, asked once."""
    answers = {}

    def ask(name):
        if name not in answers:
            answers[name] = trucewatch(*COMMANDS[name], "--json", case=demo_root)
        return answers[name]

    return ask


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_one_object_of_the_promised_shape(said, name):
    answer = said(name)
    assert answer.code == 0, answer.err
    found = answer.document
    assert found["schema"] == f"trucewatch/{name}/1"
    assert found["case"] == "syria-2016-09"
    assert found["known_at"] == ("2016-09-20T04:00:00Z" if name == "changes" else None)
    if name != "lint":
        assert found["rows"]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_row_has_the_same_keys(said, name):
    assert len({tuple(row) for row in said(name).rows}) <= 1


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_instants_are_rfc_3339_in_utc(said, name):
    for row in said(name).rows:
        for key in INSTANTS & row.keys():
            assert row[key] is None or INSTANT.fullmatch(row[key]), (key, row[key])


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("findings", [*FINDING.names, *LEG_FACTS]),
        ("incidents", [*INCIDENT.names, "report_ids"]),
        ("reports", [*REPORT.names, "parties", "casualties", "circumstances"]),
        ("claims", [*CLAIM.names]),
    ],
)
def test_lists_have_every_column_of_their_table(said, name, columns):
    assert list(said(name).rows[0]) == columns


def test_findings_about_legs_carry_the_facts_of_their_leg(said):
    rows = [row for row in said("findings").rows if row["subject_kind"] == "leg"]
    assert rows
    assert all(isinstance(row["evidence"], list) and row["evidence"] for row in rows)
    assert all(row["independent_origins"] is not None for row in rows)
    for key in LEG_FACTS:
        assert any(row[key] is not None for row in rows), key
    assert all(isinstance(row[key], list) for row in rows for key in ("reason", "bearers", "missing", "exceptions"))


def test_the_counts_of_run_are_those_of_the_findings(said):
    counted = {}
    for row in said("findings").rows:
        counted[row["reading"], row["verdict"]] = counted.get((row["reading"], row["verdict"]), 0) + 1
    assert {(row["reading"], row["verdict"]): row["findings"] for row in said("run").rows} == counted


def test_explain_leads_to_the_cells(trucewatch, said, demo_root):
    finding = next(row for row in said("findings").rows if row["subject_kind"] == "leg")
    answer = trucewatch("explain", finding["finding_id"], "--json", case=demo_root)
    assert answer.code == 0
    (tree,) = answer.rows
    assert tree["finding"]["verdict"] == finding["verdict"]
    assert tree["reports"]
    assert all(report["cells"] and report["locator"] and report["file"] == "reports.csv" for report in tree["reports"])
    spoken = trucewatch("explain", finding["finding_id"], case=demo_root)
    assert finding["verdict"] in spoken.out
    assert tree["reports"][0]["report_id"] in spoken.out


@pytest.mark.parametrize("name", ["findings", "incidents", "reports", "claims"])
def test_json_by_either_option_is_the_same(trucewatch, said, demo_root, name):
    assert trucewatch(name, "--format", "json", case=demo_root).out == said(name).out


@pytest.mark.parametrize("name", ["findings", "incidents", "reports", "claims"])
def test_csv_has_the_rows_and_columns_of_json(trucewatch, said, demo_root, name):
    wanted = said(name).rows
    found = list(csv.reader(io.StringIO(trucewatch(name, "--format", "csv", case=demo_root).out)))
    assert found[0] == list(wanted[0])
    assert len(found) == len(wanted) + 1


def test_an_empty_list_keeps_its_columns(trucewatch, demo_root):
    answer = trucewatch("findings", "--from", "2031-01-01", "--clause", "coh-attacks", "--format", "csv", case=demo_root)
    found = list(csv.reader(io.StringIO(answer.out)))
    assert found == [[*FINDING.names, *LEG_FACTS]]


def test_prose_never_goes_to_stdout(trucewatch, demo_root):
    answer = trucewatch("run", case=demo_root)
    assert answer.code == 0
    assert answer.out == ""
    assert "undetermined" in answer.err


# --case


def test_case_before_and_after_the_command(trucewatch, demo_root, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    wanted = said("ledger").out
    assert trucewatch("--case", demo_root, "ledger", "log", "--json").out == wanted
    assert trucewatch("ledger", "log", "--case", demo_root, "--json").out == wanted
    assert trucewatch("--case", tmp_path, "ledger", "log", "--case", demo_root, "--json").out == wanted
    monkeypatch.chdir(demo_root / "evidence")
    assert trucewatch("ledger", "log", "--json").out == wanted


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_without_a_case_every_command_says_so(trucewatch, tmp_path, name):
    answer = trucewatch(*COMMANDS[name], "--json", case=tmp_path)
    assert answer.code == 2
    assert answer.document["case"] is None
    assert "no case.toml" in answer.rows[0]["error"]
    assert "CaseNotFound" in answer.err


# filters


def occurred(row):
    return row["occurred_from"], row["occurred_to"]


def test_from_and_to_keep_what_may_lie_in_the_span(trucewatch, said, demo_root):
    rows = trucewatch("findings", "--from", "2016-09-17", "--to", "2016-09-17", "--json", case=demo_root).rows
    kept = {row["finding_id"] for row in rows}
    start, end = "2016-09-16T21:00:00Z", "2016-09-17T21:00:00Z"  # that day in Damascus
    for row in said("findings").rows:
        begins, ends = occurred(row)
        inside = (ends is None or ends > start) and (begins is None or begins < end)
        assert (row["finding_id"] in kept) == inside
    assert 0 < len(kept) < len(said("findings").rows)


@pytest.mark.parametrize(("option", "column"), [("--clause", "clause"), ("--verdict", "verdict"), ("--reading", "reading")])
def test_one_clause_verdict_or_reading(trucewatch, said, demo_root, option, column):
    value = {"clause": "coh-attacks", "verdict": "not_covered", "reading": "window-us"}[column]
    rows = trucewatch("findings", option, value, "--json", case=demo_root).rows
    wanted = [row["finding_id"] for row in said("findings").rows if row[column] == value]
    assert [row["finding_id"] for row in rows] == wanted
    assert wanted


def test_near_keeps_what_may_lie_there(trucewatch, said, demo_root):
    rows = trucewatch("incidents", "--near", "35.93,36.63,5", "--json", case=demo_root).rows
    everything = said("incidents").rows
    assert 0 < len(rows) < len(everything)
    kept = {row["incident_id"] for row in rows}
    assert {row["incident_id"] for row in everything if row["lat"] is None} <= kept


@pytest.mark.parametrize(
    "arguments",
    [
        ("findings", "--near", "north,of,here"), ("findings", "--near", "95,36,5"), ("findings", "--near", "35,36"),
        ("findings", "--near", "nan,36,5"), ("findings", "--near", "35,36,-1"), ("findings", "--from", "yesterday"),
        ("findings", "--verdict", "guilty"), ("findings", "--clause", "no-such-clause"),
        ("findings", "--reading", "mine"), ("findings", "--known-at", "2016-09-31"),
        ("claims", "--kind", "rumour"), ("run", "--engine", "abacus"), ("explain", "f-nothing"),
        ("explain", "not an id"), ("control", "2016-09-15"), ("control", "2016-09-15", "--place", "Atlantis"),
        ("control", "someday", "--place", "Aleppo"), ("control", "2016-09-15", "--at", "here"),
        ("changes", "--from", "never"),
    ],
)
def test_a_call_that_cannot_be_right_is_exit_2_with_one_object(trucewatch, demo_root, arguments):
    answer = trucewatch(*arguments, "--json", case=demo_root)
    assert answer.code == 2, answer
    assert answer.document["schema"] == "trucewatch/error/1"
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("arguments", [("nonsense",), ("findings", "--nonsense"), ("explain",), ("findings", "--format", "xls")])
def test_what_the_command_line_does_not_have_is_exit_2(trucewatch, demo_root, arguments):
    assert trucewatch(*arguments, case=demo_root).code == 2


# knowledge


def test_nothing_known_later_is_listed(trucewatch, demo_root):
    for name in ("findings", "incidents", "reports", "claims"):
        answer = trucewatch(name, "--known-at", "2016-09-20T07:00+03:00", "--json", case=demo_root)
        assert answer.document["known_at"] == "2016-09-20T04:00:00Z"
        assert answer.rows
        for row in answer.rows:
            assert row["known_at"] is not None
            assert row["known_at"] <= "2016-09-20T04:00:00Z"


def test_known_at_without_offset_is_the_time_of_the_case(trucewatch, demo_root):
    first = trucewatch("run", "--known-at", "2016-09-20T07:00", "--json", case=demo_root)
    assert first.document["known_at"] == "2016-09-20T04:00:00Z"


# writing rows


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1+1"])
def test_text_in_csv_cannot_become_a_formula(capsys, text):
    write_rows([{"a": text, "b": -1, "c": [text]}], ("a", "b", "c"), as_csv=True)
    (_, row) = csv.reader(io.StringIO(capsys.readouterr().out, newline=""))
    assert row[0] == "'" + text.replace("\r", "\n")
    assert row[1] == "-1"
    assert row[2].startswith("[")


def test_a_formula_in_a_report_is_harmless_in_the_list(trucewatch, own_demo, tmp_path):
    file = tmp_path / "odd.csv"
    file.write_text('id,source,occurred,place,act\nx1,reuters,2016-09-13,"=HYPERLINK(""http://x"",""y"")",shelling\n')
    assert trucewatch("add", file, case=own_demo).code == 0
    out = trucewatch("reports", "--from", "2016-09-13", "--to", "2016-09-13", "--format", "csv", case=own_demo).out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["place_written"] for row in rows if "HYPERLINK" in row["place_written"]] == ['\'=HYPERLINK("http://x","y")']


def test_table_text_is_no_markup(capsys):
    write_rows([{"a": "[bold]x[/bold]"}], ("a",), as_csv=False)
    assert "[bold]x[/bold]" in capsys.readouterr().out


def test_json_refuses_what_is_no_json(capsys):
    with pytest.raises(ValueError, match="JSON"):
        write_json("x", case=None, known_at=None, rows=[{"a": float("nan")}])
    write_json("x", case=None, known_at=datetime(2016, 9, 1, tzinfo=UTC), rows=[{"a": (1, None)}])
    assert '"known_at": "2016-09-01T00:00:00Z"' in capsys.readouterr().out
