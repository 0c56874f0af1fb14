"""What every source adapter promises (docs/sources.md), on files of its own kind and on any bytes."""

import csv
import gzip
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.case.lexicons import shipped_lexicon
from trucewatch.errors import BadInput, Severity
from trucewatch.reports.written import CLAIM_COLUMNS, REPORT_COLUMNS
from trucewatch.sources import ADAPTERS, Adapter, Declaration, find_adapter, preview

DECLARATION = Declaration(
    file="f.csv", timezone="Asia/Damascus", source="mission", published=date(2016, 9, 20), lexicon=shipped_lexicon()
)

TABLE = (
    "id,occurred,place,act,killed,by,notes\n"
    "a,2016-09-19,Urum,shelling,3,somebody,one\n"
    "b,2016-09-31,Urum,shelling,3,somebody,impossible\n"
    "c,2016-09-20,Urum,{code},3,somebody,code\n"
    "a,2016-09-20,Urum,shelling,4,somebody,same id\n"
    "d,2016-09-20,Urum\n"
    "\n"
    "a,2016-09-19,Urum,shelling,3,somebody,one\n"
)


def ged(code):
    line = (
        "id,type_of_violence,dyad_name,side_a,side_b,source_article,source_original,where_prec,"
        "where_coordinates,latitude,longitude,event_clarity,date_prec,date_start,date_end,deaths_a,"
        "deaths_b,deaths_civilians,deaths_unknown,low,best,high"
    )
    (columns,) = csv.reader([line])
    plain = [
        "1", "1", "A - B", "A", "B", '"Wire,2016-09-15,Shelling kills 4"', "Wire", "1", "Urum town", "36.1", "36.9",
        "1", "1", "2016-09-14", "2016-09-14", "1", "1", "2", "0", "4", "4", "4",
    ]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for number, (column, value) in enumerate(
        [("best", "4"), ("date_prec", "8"), ("where_prec", code), ("date_end", "2016-12-31"), ("id", "1")]
    ):
        row = dict(zip(columns, plain, strict=True)) | {"id": str(number + 1)} | {column: value}
        writer.writerow(row.values())
    writer.writerow(["9", "1"])
    return text.getvalue()


ARTICLE = (
    "ALEPPO, Syria — Rebels shelled the town of Urum on Monday, killing three people, activists said. The truce has collapsed, "
    "the Syrian army said.\n\nIt was a blow to the talks. Sources in {code} said the two sides were close to a deal.\n"
)
BULLETIN = (
    "Daily report 7 issued on 18 September 2016\n\nIn the past 24 hours {code} violations were registered: Aleppo – 4, Hama – 3.\n"
    "Positioned in Homs, the team heard two explosions 3km north. At an unknown post it heard uncountable bursts.\n"
)
SAMPLES = {"article": ARTICLE.format, "bulletin": BULLETIN.format, "table": TABLE.format, "ucdp_ged": lambda code: ged(code)}
"""Adapter → a file with good and bad rows, one of them with this code."""
ROWS = sorted(set(ADAPTERS) - {"article", "bulletin"})
"""Adapters of files that have rows."""


@pytest.fixture(params=sorted(ADAPTERS))
def any_adapter(request):
    return find_adapter(request.param)


@pytest.fixture(params=ROWS)
def adapter(request):
    return find_adapter(request.param)


@pytest.fixture
def sample(adapter):
    return SAMPLES[adapter.name](code="9").encode()


def test_it_is_an_adapter_under_its_name(any_adapter):
    assert isinstance(any_adapter, Adapter)
    assert find_adapter(any_adapter.name) is any_adapter


def test_same_bytes_same_result(any_adapter):
    sample = SAMPLES[any_adapter.name](code="9").encode()
    assert any_adapter.read(sample, DECLARATION) == any_adapter.read(bytes(sample), DECLARATION)
    assert any_adapter.read(gzip.compress(sample), DECLARATION) == any_adapter.read(sample, DECLARATION)


def test_rows_in_are_accepted_or_rejected_and_each_is_found_again(adapter, sample):
    parsed = adapter.read(sample, DECLARATION)
    records = list(csv.reader(io.StringIO(sample.decode(), newline="")))
    filled = {number for number, record in enumerate(records[1:], start=2) if any(record)}
    assert parsed.rows_in == len(filled) == parsed.accepted + parsed.rejected
    located = {int(row) for one in parsed.rows for row in re.findall(r"row (\d+)", one.locator)}
    told = {one.line for one in parsed.problems if one.line and one.line > 1}
    dropped = {one.line for one in parsed.problems if one.severity is Severity.REJECTED}
    assert located | told == filled
    assert not located & dropped
    assert parsed.accepted and parsed.rejected


def test_every_row_has_a_kind_a_locator_and_known_columns(any_adapter):
    parsed = any_adapter.read(SAMPLES[any_adapter.name](code="9").encode(), DECLARATION)
    assert parsed.rows
    locators = [one.locator for one in parsed.rows]
    assert all(locators) and len(set(locators)) == len(locators)
    for row in parsed.rows:
        columns = {"report": REPORT_COLUMNS, "claim": CLAIM_COLUMNS}[row.kind]
        assert set(row.values) <= set(columns)
        assert row.raw
        assert row.values["source"]
    assert [one["locator"] for one in preview(parsed)] == locators


def test_unknown_codes_are_rejected_loudly(adapter):
    raw = SAMPLES[adapter.name](code="nonsense-17").encode()
    parsed = adapter.read(raw, DECLARATION)
    loud = [one for one in parsed.problems if one.value == "nonsense-17"]
    assert [one.severity for one in loud] == [Severity.REJECTED]
    assert loud[0].line and loud[0].column and loud[0].expected


def test_problems_name_the_file_and_say_what_was_expected(adapter, sample):
    for problem in adapter.read(sample, replace(DECLARATION, file="week 38.csv")).problems:
        assert problem.place == "week 38.csv"
        assert problem.expected


@pytest.mark.parametrize("raw", [b"", b"\n", b"\xef\xbb\xbf", b"hello", b"{}", b"\x1f\x8b\x08", b"PK\x03\x04", b"\0"])
def test_what_is_not_of_the_format_is_refused_with_a_problem(adapter, raw):
    with pytest.raises(BadInput) as caught:
        adapter.read(raw, DECLARATION)
    assert caught.value.problems


def test_byte_order_marks_and_line_ends_change_nothing(adapter, sample):
    plain = adapter.read(sample, DECLARATION)
    for raw in (
        b"\xef\xbb\xbf" + sample,
        sample.decode().encode("utf-16"),
        sample.replace(b"\n", b"\r\n"),
    ):
        other = adapter.read(raw, DECLARATION)
        assert (other.rows, other.rows_in) == (plain.rows, plain.rows_in)


@pytest.mark.parametrize("name", sorted(ADAPTERS))
@given(raw=st.binary(max_size=200))
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused(name, raw):
    try:
        parsed = find_adapter(name).read(raw, DECLARATION)
    except BadInput:
        return
    assert parsed.rows_in == parsed.accepted + parsed.rejected


@pytest.mark.parametrize("name", sorted(ADAPTERS))
@given(data=st.data())
@settings(max_examples=150)
def test_a_damaged_file_is_read_or_refused(name, data):
    raw = SAMPLES[name](code="9").encode()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 40)))
    damaged = raw[:start] + data.draw(st.binary(max_size=12) | st.text(max_size=8).map(str.encode)) + raw[end:]
    try:
        parsed = find_adapter(name).read(damaged, DECLARATION)
    except BadInput:
        return
    assert parsed.rows_in == parsed.accepted + parsed.rejected
    assert all(one.locator for one in parsed.rows)
