import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook

from trucewatch.errors import BadInput, Severity
from trucewatch.sources import Declaration, workbook
from trucewatch.sources.table import ADAPTER
from trucewatch.sources.workbook import read_workbook

MISSION = Declaration(file="log.xlsx", source="mission")
HEADER = ["occurred", "time", "place", "lat", "lon", "killed", "text"]


def saved(**sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def test_cells_become_the_text_a_person_would_have_typed():
    raw = saved(
        Log=[
            HEADER,
            [date(2016, 9, 19), time(19, 12), "Urum", 36.15, 37, 21.0, True],
            [datetime.fromisoformat("2016-09-19T19:12"), None, "Urum", "36.2", 36.96, None, timedelta(hours=9, minutes=5)],
        ]
    )
    first, second = ADAPTER.read(raw, MISSION).rows
    assert first.values == {
        "occurred": "2016-09-19", "time": "19:12", "place": "Urum", "lat": "36.15", "lon": "37",
        "killed": "21", "text": "yes", "source": "mission",
    }
    assert second.values["occurred"] == "2016-09-19T19:12"
    assert second.values["text"] == "09:05"


def test_a_workbook_under_the_name_of_a_csv_is_read():
    raw = saved(Log=[HEADER, ["2016-09-19", None, "Urum"]])
    parsed = ADAPTER.read(raw, Declaration(file="log.csv", source="m"))
    assert len(parsed.rows) == 1
    assert parsed.notes[0] == "read sheet “Log”"


def test_the_first_sheet_with_content_is_read_and_the_others_named():
    raw = saved(Empty=[], Log=[HEADER], Old=[HEADER], Cover=[[]])
    found = read_workbook(raw, "log.xlsx")
    assert found.name == "Log"
    assert found.notes == ("not read: sheet “Old” (declare `sheet:` for another)",)
    assert read_workbook(raw, "log.xlsx", "Old").name == "Old"
    with pytest.raises(BadInput, match="Did you mean “Log”"):
        read_workbook(raw, "log.xlsx", "Logg")


def test_formulas_give_stored_values_and_say_when_there_is_none():
    raw = saved(Log=[HEADER, ["2016-09-19", None, "Urum", 36, 37, "=1+1"]])
    parsed = ADAPTER.read(raw, MISSION)
    assert "killed" not in parsed.rows[0].values
    (problem,) = parsed.problems
    assert (problem.severity, problem.line, problem.column) == (Severity.WARNING, 2, "killed")


def repacked(raw, change):
    source = zipfile.ZipFile(io.BytesIO(raw))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, change(name, source.read(name)))
    return target.getvalue()


def test_xml_entities_are_refused():
    raw = saved(Log=[HEADER])
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'

    def change(name, content):
        return bomb + content.partition(b"?>")[2] if name == "xl/worksheets/sheet1.xml" else content

    with pytest.raises(BadInput, match="broken workbook"):
        read_workbook(repacked(raw, change), "log.xlsx")


def test_archives_that_unpack_to_too_much_are_refused():
    raw = saved(Log=[HEADER])

    def change(name, content):
        return b" " * 30_000_000 if name == "xl/worksheets/sheet1.xml" else content

    with pytest.raises(BadInput, match="when unpacked"):
        read_workbook(repacked(raw, change), "log.xlsx")


def test_sheets_beyond_the_bounds_are_refused(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_CELLS", 20)
    with pytest.raises(BadInput, match="20 cells"):
        read_workbook(saved(Log=[HEADER] * 4), "log.xlsx")


def test_other_archives_are_refused():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("reports.csv", "occurred,place\n")
    with pytest.raises(BadInput, match="Unpack it"):
        read_workbook(raw.getvalue(), "reports.zip")
    with pytest.raises(BadInput, match="no sheet with content"):
        read_workbook(saved(Log=[]), "log.xlsx")


def test_a_wrong_stated_size_of_a_sheet_is_not_believed():
    raw = saved(Log=[HEADER, ["2016-09-19", None, "Urum"]])

    def change(name, content):
        return content.replace(b'ref="A1:G2"', b'ref="A1:A1"')

    assert len(ADAPTER.read(repacked(raw, change), MISSION).rows) == 1
