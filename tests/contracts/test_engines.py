"""One suite over every engine: whatever runs the SQL must answer the same."""

from datetime import UTC, datetime

import pytest

from trucewatch.engine import Engine
from trucewatch.engines import ENGINES, open_engine
from trucewatch.errors import EngineError, UnknownName
from trucewatch.findings import counts
from trucewatch.findings.schema import FINDING, VERDICTS
from trucewatch.tables import Field, Schema, Table, to_micros

THING = Schema(
    "thing",
    (
        Field("key", "text", "a name"),
        Field("from", "instant", "a word of SQL as a column"),
        Field("share", "number", "a number"),
        Field("count", "integer", "a whole number"),
        Field("sure", "boolean", "a truth value"),
        Field("listed", "json", "a list"),
    ),
    meaning="one column of each kind",
)
NOON = datetime(2016, 9, 12, 12, 0, 0, 123456, tzinfo=UTC)
FULL = {"key": "ا „q“ ' ;", "from": NOON, "share": 0.1, "count": 2**53 + 1, "sure": True, "listed": ["a", 1]}
NULLS = dict.fromkeys(FULL)


@pytest.fixture(params=sorted(ENGINES))
def engine(request, fresh_engine):
    opened = fresh_engine(request.param)
    yield opened
    opened.close()


def load(engine, *rows):
    engine.load("thing", Table.from_rows(THING, rows))
    return engine.fetch('SELECT * FROM thing ORDER BY key')


def test_it_keeps_the_protocol(engine):
    assert isinstance(engine, Engine)


def test_every_kind_of_value_comes_back_exactly(engine):
    assert load(engine, FULL) == [FULL | {"from": to_micros(NOON), "listed": '["a",1]'}]


def test_null_stays_null_in_every_kind(engine):
    assert load(engine, NULLS) == [NULLS]


def test_null_beside_values(engine):
    rows = load(engine, FULL, NULLS | {"key": "zz"})
    assert [row["count"] for row in rows] == [None, 2**53 + 1] or [row["count"] for row in rows] == [2**53 + 1, None]
    assert engine.fetch("SELECT count(*) AS n, count(share) AS m, count(sure) AS s FROM thing") == [{"n": 2, "m": 1, "s": 1}]


def test_zero_is_no_null(engine):
    zero = NULLS | {"key": "z", "count": 0, "share": 0.0, "sure": False, "from": datetime(1970, 1, 1, tzinfo=UTC)}
    assert load(engine, zero) == [zero | {"from": 0}]


def test_instants_before_1970_and_far_ahead_compare_as_whole_numbers(engine):
    early, late = datetime(1949, 8, 12, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
    load(engine, NULLS | {"key": "b", "from": late}, NULLS | {"key": "a", "from": early})
    ordered = engine.fetch('SELECT key, "from" AS micros FROM thing ORDER BY "from"')
    assert ordered == [{"key": "a", "micros": to_micros(early)}, {"key": "b", "micros": to_micros(late)}]


def test_an_empty_table_has_columns_and_no_rows(engine):
    assert load(engine) == []
    assert engine.fetch('SELECT sum(count) AS n, max("from") AS t FROM thing') == [{"n": None, "t": None}]


def test_a_second_load_replaces_the_first(engine):
    load(engine, FULL, NULLS)
    assert load(engine, NULLS | {"key": "new"}) == [NULLS | {"key": "new"}]
    assert load(engine) == []


def test_what_was_loaded_does_not_follow_the_array(engine):
    table = Table.from_rows(THING, [NULLS | {"key": "a", "count": 1}])
    engine.load("thing", table)
    try:
        table.columns["count"][0] = 9
    except ValueError:
        return  # columns that cannot be written to are even better
    assert engine.fetch("SELECT count FROM thing") == [{"count": 1}]


def test_run_makes_a_table_that_fetch_reads(engine):
    load(engine, FULL)
    engine.run("CREATE TABLE made AS SELECT key FROM thing")
    assert engine.fetch("SELECT count(*) AS n FROM made") == [{"n": 1}]


@pytest.mark.parametrize("statement", ["SELEKT 1", "SELECT nothing FROM nowhere", "SELECT CAST('x' AS INTEGER)"])
def test_what_cannot_run_is_an_engine_error_and_the_engine_lives_on(engine, statement):
    with pytest.raises(EngineError):
        engine.fetch(statement)
    with pytest.raises(EngineError):
        engine.run(statement)
    assert engine.fetch("SELECT 1 AS one") == [{"one": 1}]


def test_after_close_it_is_closed_and_may_be_closed_again(engine):
    engine.close()
    engine.close()
    with pytest.raises(EngineError):
        engine.fetch("SELECT 1 AS one")
    with pytest.raises(EngineError):
        load(engine, FULL)


def test_two_engines_share_nothing(engine, request, fresh_engine):
    name = request.node.callspec.params["engine"]
    load(engine, FULL)
    other = fresh_engine(name)
    try:
        with pytest.raises(EngineError):
            other.fetch("SELECT * FROM thing")
    finally:
        other.close()


def test_it_reaches_for_no_file_and_no_network(engine, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("a\n1\n")
    for statement in (
        "INSTALL httpfs", "LOAD httpfs", "SELECT * FROM 'https://example.org/a.parquet'", f"SELECT * FROM '{file}'",
        f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
    ):
        with pytest.raises(EngineError):
            engine.run(statement)
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


SQL = sorted(name for name in dir(counts) if isinstance(getattr(counts, name), str) and name.isupper())


def finding(number, **changes):
    plain = {
        "finding_id": f"f-{number:012}", "subject_kind": "leg", "subject_id": f"l-{number:012}", "clause": "c",
        "reading": "default", "verdict": "undetermined", "provisional": False, "reason": ["who", "when"],
        "state": "reported", "attribution": "none", "bearers": ["a", "b"], "exceptions": [], "missing": [],
        "evidence": [], "agreement_version": "a@1", "program_version": "0",
    }
    return plain | changes


FINDINGS = (
    finding(1),
    finding(2, reason=["who"], bearers=["a"]),
    finding(3, verdict="violation", provisional=True, attribution="settled", bearers=["a"], reason=["breach"]),
    finding(4, verdict="violation", attribution="open", reading="other", reason=["breach"]),
    finding(5, verdict="not_covered", reason=["when"], bearers=[]),
)


def loaded(engine, rows):
    table = Table.from_rows(FINDING, rows)
    engine.load("finding", table)
    engine.load("finding_reason", counts.reason_table(table))
    engine.load("finding_bearer", counts.bearer_table(table))


def test_the_counts_are_all_here():
    assert SQL == ["BY_PARTY", "BY_READING_AND_VERDICT", "UNDETERMINED_BY_REASON"]


@pytest.mark.parametrize("name", SQL)
def test_every_count_runs_and_gives_whole_numbers(engine, name):
    loaded(engine, FINDINGS)
    rows = engine.fetch(getattr(counts, name))
    assert rows
    for row in rows:
        for column, value in row.items():
            assert isinstance(value, str) or value == int(value), (column, value)


@pytest.mark.parametrize("name", SQL)
def test_every_count_of_nothing_is_no_row(engine, name):
    loaded(engine, ())
    assert engine.fetch(getattr(counts, name)) == []


def test_the_counts_are_right(engine):
    table = Table.from_rows(FINDING, FINDINGS)
    assert counts.by_reading_and_verdict(engine, table) == [
        {"reading": "default", "verdict": "not_covered", "findings": 1, "provisional": 0},
        {"reading": "default", "verdict": "undetermined", "findings": 2, "provisional": 0},
        {"reading": "default", "verdict": "violation", "findings": 1, "provisional": 1},
        {"reading": "other", "verdict": "violation", "findings": 1, "provisional": 0},
    ]
    assert counts.undetermined_by_reason(engine, table) == [
        {"reading": "default", "reason": "who", "findings": 2, "total": 2, "share": 1.0},
        {"reading": "default", "reason": "when", "findings": 1, "total": 2, "share": 0.5},
    ]
    assert counts.by_party(engine, table) == [
        {"reading": "default", "party": "a", "settled": 1, "open_candidate": 0, "undetermined_candidate": 2},
        {"reading": "default", "party": "b", "settled": 0, "open_candidate": 0, "undetermined_candidate": 1},
        {"reading": "other", "party": "a", "settled": 0, "open_candidate": 1, "undetermined_candidate": 0},
        {"reading": "other", "party": "b", "settled": 0, "open_candidate": 1, "undetermined_candidate": 0},
    ]


def test_the_counts_of_the_demo_case_add_up(engine, demo_result):
    rows = counts.by_reading_and_verdict(engine, demo_result.findings.finding)
    assert sum(row["findings"] for row in rows) == len(demo_result.findings.finding)
    assert {row["verdict"] for row in rows} <= set(VERDICTS)


def test_an_unknown_engine_is_named_with_the_known_ones():
    with pytest.raises(UnknownName, match="did you mean “duckdb”"):
        open_engine("ducksdb")
