from datetime import UTC, date, datetime, time

import pytest

from trucewatch.case.settings import load_settings
from trucewatch.errors import BadCaseFile, Severity

GOOD = """\
trucewatch = "case/1.0"
id = "harbour"
title = "Harbour"
timezone = "Asia/Damascus"
languages = ["en", "ar"]
mode = "replay"

[mandate]
attribution = "candidates"
public_radius_m = 1000

[report]
cut_off = "07:00"
first_day = 2016-09-12
unit = "incident"
sides = "all"
training_fire = "excluded"

[[input]]
file = "reports.csv"
as = "table"

[[input]]
file = "events.csv"
as = "ucdp_ged"
source = "events"

[source.wire]
name = "Wire"
aliases = ["W", "The Wire"]
reliability = "B"
known = "day_end"

[source.events]
name = "Event data"
relays = "wire"
party = "side-a"
observes = false
known = "release"
release = "2020-01-10"
sensitivity = "restricted"
licence = "CC BY 4.0"
"""


def problems_of(text):
    with pytest.raises(BadCaseFile) as caught:
        load_settings(text)
    return caught.value.problems


def swapped(old, new):
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def line_of(text, words):
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_all_of_a_good_file():
    found = load_settings(GOOD)
    assert (found.key, found.title, found.timezone, found.mode) == ("harbour", "Harbour", "Asia/Damascus", "replay")
    assert found.languages == ("en", "ar")
    assert found.mandate.attribution == "candidates"
    assert found.mandate.public_radius_m == 1000.0
    assert found.report.cut_off == time(7)
    assert found.report.first_day == date(2016, 9, 12)
    assert [(one.file, one.adapter, one.source) for one in found.inputs] == [
        ("reports.csv", "table", None), ("events.csv", "ucdp_ged", "events"),
    ]
    wire, events = found.sources["wire"], found.sources["events"]
    assert (wire.aliases, wire.reliability, wire.observes, wire.party) == (("W", "The Wire"), "B", True, None)
    assert (events.relays, events.party, events.observes, events.sensitivity) == ("wire", "side-a", False, "restricted")
    assert events.knowledge.rule == "release"
    assert events.knowledge.release == datetime(2020, 1, 10, 22, tzinfo=UTC)  # the end of that day in Damascus


def test_what_is_not_said_is_careful():
    found = load_settings('trucewatch = "case/1.0"\nid = "a"\ntitle = "b"\n[source.x]\n')
    assert found.mandate.attribution == "none"
    assert found.mode == "live"
    assert found.timezone == "UTC"
    source = found.sources["x"]
    assert (source.name, source.reliability, source.knowledge.rule, source.sensitivity) == ("x", "F", "none", "public")


def test_a_byte_order_mark_is_no_key():
    assert load_settings("\ufeff" + GOOD) == load_settings(GOOD)


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('trucewatch = "case/1.0"', 'trucewatch = "case/9.0"', "trucewatch"),
        ('id = "harbour"', "id = 7", "id"),
        ('id = "harbour"', 'id = " "', "id"),
        ('title = "Harbour"', 'titel = "Harbour"', "titel"),
        ('"Asia/Damascus"', '"Asia/Damaskus"', "timezone"),
        ('"Asia/Damascus"', '"Asia"', "timezone"),
        ('"Asia/Damascus"', '"../../etc/passwd"', "timezone"),
        ('"Asia/Damascus"', "3", "timezone"),
        ('["en", "ar"]', '"en"', "languages"),
        ('["en", "ar"]', "[1]", "languages"),
        ('mode = "replay"', 'mode = "replayed"', "mode"),
        ('"candidates"', '"everyone"', "mandate.attribution"),
        ("public_radius_m = 1000", 'public_radius_m = "1 km"', "mandate.public_radius_m"),
        ("public_radius_m = 1000", "public_radius_m = -1", "mandate.public_radius_m"),
        ("public_radius_m = 1000", "public_radius_m = inf", "mandate.public_radius_m"),
        ("public_radius_m = 1000", "public_radius_m = true", "mandate.public_radius_m"),
        ("public_radius_m = 1000", "public_radius = 1000", "mandate.public_radius"),
        ('cut_off = "07:00"', 'cut_off = "25:00"', "report.cut_off"),
        ('cut_off = "07:00"', 'cut_off = "07:00+03:00"', "report.cut_off"),
        ('cut_off = "07:00"', "cut_off = 7", "report.cut_off"),
        ("first_day = 2016-09-12", 'first_day = "2016-09-12"', "report.first_day"),
        ("first_day = 2016-09-12", "first_day = 2016-09-12T00:00:00Z", "report.first_day"),
        ('unit = "incident"', "unit = 1", "report.unit"),
        ('sides = "all"', 'side = "all"', "report.side"),
        ('file = "events.csv"', "file = 1", "input.file"),
        ('as = "ucdp_ged"', 'format = "ucdp_ged"', "input.format"),
        ('source = "events"', "source = []", "input.source"),
        ('aliases = ["W", "The Wire"]', 'aliases = "W"', "source.wire.aliases"),
        ('aliases = ["W", "The Wire"]', 'alias = ["W"]', "source.wire.alias"),
        ('reliability = "B"', 'reliability = "G"', "source.wire.reliability"),
        ('reliability = "B"', 'reliability = ["B"]', "source.wire.reliability"),
        ('known = "day_end"', 'known = "daily"', "source.wire.known"),
        ('known = "day_end"', 'known = "release"', "source.wire.known"),
        ('relays = "wire"', 'relays = "wires"', "source.events.relays"),
        ('relays = "wire"', 'relays = ["wire"]', "source.events.relays"),
        ('party = "side-a"', "party = 4", "source.events.party"),
        ("observes = false", 'observes = "no"', "source.events.observes"),
        ('release = "2020-01-10"', 'release = "2020-13-40"', "source.events.release"),
        ('release = "2020-01-10"', 'release = "soon"', "source.events.release"),
        ('sensitivity = "restricted"', 'sensitivity = "secret"', "source.events.sensitivity"),
        ('licence = "CC BY 4.0"', "licence = 4", "source.events.licence"),
        ('name = "Event data"', 'name = "the wire"', "source.events.name"),
    ],
)
def test_one_thing_wrong_is_one_problem_at_its_line(old, new, column):
    text = swapped(old, new)
    found = [one for one in problems_of(text) if one.column == column]
    assert len(found) == 1
    assert found[0].line == line_of(text, new.splitlines()[0])
    assert found[0].expected
    assert found[0].severity is Severity.ERROR
    assert found[0].place == "case.toml"


@pytest.mark.parametrize(
    ("old", "column", "line"),
    [
        ('id = "harbour"\n', "id", None),
        ('release = "2020-01-10"\n', "source.events.known", "known = \"release\""),
        ('file = "events.csv"\n', "input.file", "[[input]]"),
    ],
)
def test_something_missing(old, column, line):
    text = swapped(old, "")
    found = problems_of(text)
    assert [one.column for one in found] == [column]
    if line == "[[input]]":
        assert found[0].line == line_of(text, 'as = "ucdp_ged"') - 1
    else:
        assert found[0].line == (None if line is None else line_of(text, line))


@pytest.mark.parametrize("text", ["mandate = 3\n", "source = 3\n", "input = 3\n", "input = [3]\n", "report = []\n"])
def test_a_value_where_a_table_belongs(text):
    whole = 'trucewatch = "case/1.0"\nid = "a"\ntitle = "b"\n' + text
    assert [(one.column, one.line) for one in problems_of(whole)] == [(text.split()[0], 4)]


def test_a_source_that_is_no_table():
    whole = 'trucewatch = "case/1.0"\nid = "a"\ntitle = "b"\n[source]\nwire = 3\n'
    assert [(one.column, one.line) for one in problems_of(whole)] == [("source.wire", 5)]


def test_everything_wrong_is_said_at_once_in_order():
    text = swapped('mode = "replay"', 'mode = "x"').replace('"B"', '"Z"').replace("observes = false", "observes = 1")
    found = problems_of(text)
    assert [one.column for one in found] == ["mode", "source.wire.reliability", "source.events.observes"]
    assert [one.line for one in found] == sorted(one.line for one in found)


def test_a_near_miss_is_offered():
    (found,) = problems_of(swapped('reliability = "B"', 'relibility = "B"'))
    assert "did you mean reliability?" in found.expected


def test_text_that_is_no_toml_names_its_line():
    (found,) = problems_of('id = "a"\ntitle = b c\n')
    assert found.line == 2


def test_the_shipped_case_is_good(shipped):
    found = load_settings((shipped / "case.toml").read_text(encoding="utf-8"))
    assert found.mandate.attribution == "none"
    assert found.report.cut_off == time(7)


def test_the_ledger_may_be_on_a_server():
    written = GOOD + '\n[ledger]\nstore = "postgresql://mission@server/cases"\n'
    assert load_settings(written).ledger == "postgresql://mission@server/cases"
    assert load_settings(GOOD).ledger is None


@pytest.mark.parametrize(
    "store",
    ["postgres://a:secret@server/cases", "postgresql://server/cases?x=1&password=secret", "mysql://server/cases", "ledger.sqlite"],
)
def test_no_password_is_kept_in_case_toml(store):
    (problem,) = problems_of(f'{GOOD}\n[ledger]\nstore = "{store}"\n')
    assert problem.column == "ledger.store"
    assert "secret" not in str(problem)
