"""`trucewatch link` on tables as people have them."""

import csv
import io
import json

import openpyxl
import pytest
from typer.testing import CliRunner

from trucewatch.cli import app

HEADER = ["report_id", "document", "occurred_from", "occurred_to", "lat", "lon", "radius_m", "act", "by", "remarks"]
ROWS = [
    ["a", "post", "2016-09-13", "2016-09-14", "36.2", "37.1", "1000", "air_strike", "ru", "x"],
    ["b", "wire", "2016-09-13T02:00Z", "2016-09-13T03:00Z", "36.201", "37.101", "500", "air_strike", "ru; sy-gov", ""],
    ["c", "wire", "2016-09-13", "2016-09-14", "35.1", "36.7", "2000", "air_strike", "ru"],
]


def written(path, rows, delimiter=","):
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
        return path
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(("\ufeff" + text.getvalue()).encode())
    return path


def linked(*arguments):
    return CliRunner().invoke(app, ["link", *map(str, arguments)])


@pytest.mark.parametrize(("name", "delimiter"), [("r.csv", ","), ("r.csv", ";"), ("r.tsv", "\t"), ("r.xlsx", "")])
def test_two_rows_of_one_happening_share_an_incident(tmp_path, name, delimiter):
    file = written(tmp_path / name, [HEADER, *ROWS], delimiter)
    answer = linked(file)
    assert answer.exit_code == 0, answer.output
    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    home = {row["report_id"]: row["incident_id"] for row in rows}
    assert list(rows[0]) == ["report_id", "incident_id", "probability"]
    assert home["a"] == home["b"] != home["c"]
    assert "3 reports, 2 incidents" in answer.stderr
    assert "components by number of reports: of 1: 1, of 2: 1" in answer.stderr


def test_pairs_as_json_have_every_term(tmp_path):
    answer = linked(written(tmp_path / "r.csv", [HEADER, *ROWS]), "--pairs", "--json")
    (pair,) = [row for row in json.loads(answer.stdout)["rows"] if (row["first"], row["second"]) == ("a", "b")]
    assert sum(value for name, value in pair.items() if name not in ("first", "second", "log_odds")) == pytest.approx(pair["log_odds"])


def test_what_cannot_be_used_is_told_with_row_and_column(tmp_path):
    wrong = [HEADER, [], ROWS[0], ["z", "post", "yesterday", "2016-09-14", "95", "37", "10", "mortar", "ru", ""]]
    answer = linked(written(tmp_path / "r.csv", wrong))
    assert answer.exit_code != 0
    assert "yesterday" in answer.stderr
    assert "95" in answer.stderr
    assert answer.stderr.count("r.csv, line 4") == 2


@pytest.mark.parametrize("rows", [[["when", "where"], ["1", "2"]], [[]]])
def test_a_file_that_is_no_table_of_reports_is_refused(tmp_path, rows):
    answer = linked(written(tmp_path / "r.csv", rows))
    assert answer.exit_code not in (0, 4)
    assert not answer.stdout
