from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.errors import BadCall
from trucewatch.tables import Field, Schema, Table, from_micros, to_micros

NINE = datetime(2016, 9, 19, 9, tzinfo=UTC)
SCHEMA = Schema(
    "sample",
    (
        Field("name", "text", "a text"),
        Field("parts", "json", "a list"),
        Field("share", "number", "a number"),
        Field("deaths", "integer", "a count"),
        Field("at", "instant", "an instant"),
        Field("sure", "boolean", "a flag"),
    ),
    ("name",),
)
ROWS: list[dict[str, Any]] = [
    {"name": "b", "parts": ["x"], "share": 0.5, "deaths": 3, "at": NINE, "sure": True},
    {},
    {"name": "a", "parts": {"k": None}, "share": 0.0, "deaths": 0, "sure": False},
]

rows = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "name": st.none() | st.text(max_size=8),
            "parts": st.none() | st.lists(st.integers(), max_size=3),
            "share": st.none() | st.floats(allow_nan=False),
            "deaths": st.none() | st.integers(-(2**63), 2**63 - 1),
            "at": st.none() | st.datetimes(timezones=st.just(UTC)),
            "sure": st.none() | st.booleans(),
        },
    ),
    max_size=20,
)


def one(kind: Any, *values: object, required: bool = False) -> Table:
    schema = Schema("one", (Field("x", kind, "", required=required),), ("x",))
    return Table.from_rows(schema, [{"x": value} for value in values])


def test_unknown_stays_null_and_zero_stays_zero():
    table = Table.from_rows(SCHEMA, ROWS)
    assert len(table) == 3
    assert table.rows()[1] == dict.fromkeys(SCHEMA.names)
    assert table.rows()[2] == {
        "name": "a", "parts": '{"k":null}', "share": 0.0, "deaths": 0, "at": None, "sure": False,
    }
    assert list(table) == table.rows()
    assert table.values("at") == [NINE, None, None]


@settings(max_examples=60, deadline=None)
@given(rows)
def test_rows_survive_a_round_trip(given_rows):
    table = Table.from_rows(SCHEMA, given_rows)
    again = Table.from_rows(SCHEMA, table.rows())
    assert again.rows() == table.rows()
    for written, read in zip(given_rows, table.rows(), strict=True):
        for name in ("name", "share", "deaths", "at", "sure"):
            assert read[name] == written.get(name)


@settings(max_examples=40, deadline=None)
@given(rows)
def test_an_arrow_stream_carries_every_value(given_rows):
    import nanoarrow as na

    table = Table.from_rows(SCHEMA, [{**row, "at": _in_arrows_years(row)} for row in given_rows])
    assert na.Array(table).to_pylist() == table.rows()


def _in_arrows_years(row: dict[str, Any]) -> datetime | None:
    at = row.get("at")
    return at.replace(year=max(at.year, 1700)) if at else None


def test_arrow_types_say_utc_and_microseconds():
    import nanoarrow as na

    fields = na.Schema(na.c_array_stream(Table.empty(SCHEMA)).get_schema()).fields
    assert [str(field.type.name) for field in fields] == [
        "STRING", "STRING", "DOUBLE", "INT64", "TIMESTAMP", "BOOL",
    ]
    at = fields[4]
    assert (at.name, at.unit.name, at.timezone) == ("at", "MICRO", "UTC")


def test_duckdb_reads_the_stream_also_of_taken_and_empty_tables():
    import duckdb

    whole = Table.from_rows(SCHEMA, ROWS * 10)
    part = whole.take([0, 2, 1])
    none = Table.empty(SCHEMA)
    with duckdb.connect() as connection:
        for table in (whole, part, none):
            columns = 'name, parts, share, deaths, epoch_us("at"), sure'
            found = connection.from_arrow(table).project(columns)
            expected = [
                (*list(row.values())[:4], row["at"] and to_micros(row["at"]), row["sure"])
                for row in table.rows()
            ]
            assert found.fetchall() == expected


def test_instants_are_exact_and_in_utc():
    east = timezone(timedelta(hours=3))
    moment = datetime(2016, 9, 19, 19, 12, 0, 1, tzinfo=east)
    (back,) = one("instant", moment).values("x")
    assert back == moment
    assert back.tzinfo is UTC
    assert from_micros(to_micros(moment)) == moment
    assert to_micros(datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)) == -1
    assert one("instant", to_micros(moment)).values("x") == [moment]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", 5),
        ("text", b"x"),
        ("number", "many"),
        ("integer", "12"),
        ("integer", 2.7),
        ("integer", float("nan")),
        ("integer", 2**63),
        ("instant", NINE.replace(tzinfo=None)),
        ("instant", "2016-09-19"),
        ("boolean", "false"),
        ("boolean", 2),
        ("json", {"x": float("nan")}),
        ("json", {1, 2}),
    ],
)
def test_values_are_refused_and_never_bent(kind, value):
    with pytest.raises(BadCall, match="table one: column x"):
        one(kind, value)


def test_whole_floats_and_numpy_scalars_fit():
    assert one("integer", 2.0, np.int32(3), np.int64(-1)).values("x") == [2, 3, -1]
    assert one("boolean", np.True_, 0).values("x") == [True, False]
    assert one("number", np.float32(0.5), 3, float("nan")).values("x") == [0.5, 3.0, None]


def test_unknown_columns_and_missing_required_values_are_refused():
    with pytest.raises(KeyError, match="no column"):
        Table.from_rows(SCHEMA, [{"nom": "x"}])
    with pytest.raises(BadCall, match="column x is required, row 1 has none"):
        one("text", "a", None, required=True)
    with pytest.raises(KeyError, match="it has name, parts"):
        Table.empty(SCHEMA).values("nom")


def test_columns_and_rows_build_the_same_table():
    whole = Table.from_rows(SCHEMA, ROWS)
    columns = {name: whole.values(name) for name in SCHEMA.names}
    assert Table.from_columns(SCHEMA, columns).rows() == whole.rows()
    with pytest.raises(KeyError, match="nom"):
        Table.from_columns(SCHEMA, {**columns, "nom": [None] * 3})
    with pytest.raises(KeyError, match="deaths"):
        Table.from_columns(SCHEMA, {k: v for k, v in columns.items() if k != "deaths"})
    with pytest.raises(BadCall, match="column sure"):
        Table.from_columns(SCHEMA, {**columns, "sure": ["false", None, None]})


def test_columns_must_fit_the_schema():
    schema = Schema("two", (Field("x", "number", ""), Field("y", "number", "")))
    with pytest.raises(BadCall, match="equally long"):
        Table(schema, {"x": np.zeros(2), "y": np.zeros(3)})
    with pytest.raises(BadCall, match="equally long"):
        Table(schema, {"x": np.zeros(2)})


def test_take_by_position_and_by_mask():
    table = Table.from_rows(SCHEMA, ROWS)
    assert table.take([2, 0]).values("name") == ["a", "b"]
    assert table.take(np.array([True, False, True])).values("name") == ["b", "a"]
    assert table.take([True, False, False]).values("name") == ["b"]
    assert len(table.take([])) == 0
    assert table.take([1]).rows() == [dict.fromkeys(SCHEMA.names)]


def test_filter_keeps_order():
    table = Table.from_rows(SCHEMA, ROWS)
    assert table.filter(lambda row: row["name"] is not None).values("name") == ["b", "a"]
    assert len(table.filter(lambda row: row["deaths"] == 9)) == 0


def test_sorting_puts_nulls_first_and_is_by_key_unless_told():
    table = Table.from_rows(SCHEMA, ROWS)
    assert table.sorted().values("name") == [None, "a", "b"]
    assert table.sorted("deaths").values("deaths") == [None, 0, 3]
    assert table.sorted("at", "name").values("name") == [None, "a", "b"]


@settings(max_examples=40, deadline=None)
@given(rows, st.randoms(use_true_random=False))
def test_sorting_by_every_column_forgets_the_row_order(given_rows, chance):
    mixed = list(given_rows)
    chance.shuffle(mixed)
    first, second = (Table.from_rows(SCHEMA, some) for some in (given_rows, mixed))
    assert first.sorted(*SCHEMA.names).rows() == second.sorted(*SCHEMA.names).rows()


def test_html_is_escaped_and_short():
    table = one("text", "<b>&", None, *["x"] * 30)
    shown = table._repr_html_()
    assert "&lt;b&gt;&amp;" in shown
    assert "<b>" not in shown
    assert "one: 32 rows" in shown
    assert shown.count("<tr>") == 21
