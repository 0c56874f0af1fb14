import pytest

from trucewatch.errors import BadInput, Severity
from trucewatch.sources import Declaration, preview
from trucewatch.sources.table import ADAPTER

MISSION = Declaration(file="r.csv", timezone="Asia/Damascus", source="mission")


def read(text, declaration=MISSION):
    return ADAPTER.read(text.encode() if isinstance(text, str) else text, declaration)


def rejected(parsed):
    return [one for one in parsed.problems if one.severity is Severity.REJECTED]


def test_a_plain_table_is_read_as_it_is():
    parsed = read(
        "id,source,occurred,time,place,lat,lon,act,by,killed,chain,text\n"
        "a1,Wire,2016-09-19,19:12,Urum al-Kubra,36.15,36.96,air strike,regime forces,21,SOHR > Wire,=1+1\n"
    )
    (row,) = parsed.rows
    assert (row.kind, row.locator) == ("report", "row 2")
    assert row.values == {
        "id": "a1", "source": "Wire", "occurred": "2016-09-19", "time": "19:12", "place": "Urum al-Kubra",
        "lat": "36.15", "lon": "36.96", "act": "air strike", "by": "regime forces", "killed": "21",
        "chain": "SOHR > Wire", "text": "=1+1",
    }
    assert dict(row.raw) == row.values
    assert (parsed.rows_in, parsed.accepted, parsed.rejected, parsed.problems) == (1, 1, 0, ())
    assert preview(parsed)[0] == {"locator": "row 2", "kind": "report"} | row.values


def test_guessed_columns_are_told_and_strange_ones_kept_with_a_warning():
    parsed = read("Datum;Ort;Latitude;Longitude;Ampel\n19.09.2016;Urum;36.15;36.96;rot\n")
    (row,) = parsed.rows
    assert row.values["occurred"] == "2016-09-19"
    assert row.raw == {
        "Datum": "19.09.2016", "Ort": "Urum", "Latitude": "36.15", "Longitude": "36.96", "Ampel": "rot"
    }
    assert "column “Datum” was read as occurred because “datum” is a word for it" in parsed.notes
    (problem,) = parsed.problems
    assert (problem.severity, problem.line, problem.column) == (Severity.WARNING, 1, "Ampel")


def test_defaults_of_the_declaration_fill_what_rows_leave_open():
    declaration = Declaration(file="r.csv", source="mission", licence="CC BY 4.0")
    parsed = read("occurred,place,source\n2016-09-19,Urum,\n2016-09-20,Urum,Wire\n", declaration)
    assert [one.values["source"] for one in parsed.rows] == ["mission", "Wire"]
    assert {one.values["licence"] for one in parsed.rows} == {"CC BY 4.0"}


def test_a_declaration_names_columns_words_and_dates():
    declaration = Declaration(
        file="r.csv", source="mission", columns={"wann": "occurred", "wo": "place", "egal": "-"},
        values={"act": {"Beschuss": "shelling"}}, dates="%d/%m/%Y",
    )
    parsed = read("Wann,wo,egal,act\n09/10/2016,Urum,x,Beschuss\n", declaration)
    assert parsed.problems == ()
    assert parsed.rows[0].values == {
        "occurred": "2016-10-09", "place": "Urum", "act": "shelling", "source": "mission"
    }
    assert "column “egal” is left out, as declared" in parsed.notes


def test_claims_are_known_by_their_header():
    parsed = read(
        "asserter,subject,kind,starts,ends_earliest,ends_latest,published_at,source,note\n"
        "us,coh,window,2016-09-12T19:00+03:00,2016-09-14T19:00+03:00,,2016-09-09,press,48 hours\n"
    )
    (row,) = parsed.rows
    assert row.kind == "claim"
    assert row.values["valid_from"] == "2016-09-12T19:00+03:00"
    assert row.values["text"] == "48 hours"
    assert "rows are claims" in parsed.notes


ACLED = (
    "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,region,location,"
    "latitude,longitude,geo_precision,source,notes,fatalities\n"
)


def test_an_acled_file_needs_only_the_name_of_its_source():
    parsed = read(
        ACLED + "SYR1,19 September 2017,2017,1,Explosions/Remote violence,Air/drone strike,"
        "Military Forces of Russia,Civilians (Syria),ME,Urum,36.15,36.96,1,SOHR; SANA,A strike.,3\n"
        "SYR2,20 September 2017,2017,2,Battles,Armed clash,A; B,C,ME,Urum,36.15,36.96,2,SOHR,A clash.,0\n"
        "SYR3,20 September 2017,2017,1,Protests,Peaceful protest,A,,ME,Urum,36.15,36.96,3,SOHR,Marched.,0\n"
    )
    strike, clash, protest = (one.values for one in parsed.rows)
    assert strike["act"] == "attack.air"
    assert (strike["source"], strike["origin"]) == ("mission", "SOHR; SANA")
    assert (strike["by"], strike["by_basis"], strike["affected"]) == (
        "Military Forces of Russia", "coded", "Civilians (Syria)"
    )
    assert "against" not in strike
    assert strike["occurred"] == "2017-09-19"
    assert (clash["by"], clash["against"]) == ("A, B;C", "A, B;C")
    assert clash["occurred"] == "2017-09-14/2017-09-26"
    assert (strike["radius_m"], clash["radius_m"], protest["radius_m"]) == ("3000", "30000", "120000")
    assert not protest["act"]
    assert [one.column for one in parsed.problems] == ["event_type"]


def test_a_precision_that_acled_does_not_define_rejects_its_row():
    parsed = read(
        ACLED + "SYR1,2017-09-19,2017,7,Battles,Armed clash,A,B,ME,Urum,36.15,36.96,9,SOHR,x,0\n"
    )
    assert parsed.rows == ()
    assert [(one.column, one.value) for one in rejected(parsed)] == [
        ("geo_precision", "9"), ("time_precision", "7")
    ]


@pytest.mark.parametrize(
    ("cells", "column", "value", "hint"),
    [
        ("2016-02-31,Urum,36,37,air strike,1", "Day", "2016-02-31", "exists"),
        ("31.02.2016,Urum,36,37,air strike,1", "Day", "31.02.2016", "exists"),
        ("09/10/2016,Urum,36,37,air strike,1", "Day", "09/10/2016", '%d/%m/%Y'),
        ("2016-09-19,Urum,136.5,36,air strike,1", "lat", "136.5", "swapped"),
        ("2016-09-19,Urum,north,36,air strike,1", "lat", "north", "a number from -90 to 90"),
        ("2016-09-19,Urum,,36,air strike,1", "lat", None, "lat beside lon"),
        ("2016-09-19,Urum,36,37,air stike,1", "act", "air stike", "Did you mean airstrike?"),
        ("2016-09-19,Urum,36,37,air strike,-1", "Dead", "-1", "negative"),
        (",Urum,36,37,air strike,1", "Day", None, "when it happened"),
    ],
)
def test_a_bad_cell_rejects_its_row_and_names_the_files_own_column(cells, column, value, hint):
    parsed = read(f"Day,place,lat,lon,act,Dead\n{cells}\n2016-09-19,Urum,36,37,air strike,1\n")
    assert [one.locator for one in parsed.rows] == ["row 3"]
    assert (parsed.rows_in, parsed.accepted, parsed.rejected) == (2, 1, 1)
    (problem,) = rejected(parsed)
    assert (problem.place, problem.line, problem.column, problem.value) == ("r.csv", 2, column, value)
    assert hint in str(problem)


def test_unknown_sources_are_rejected_with_the_nearest():
    declaration = Declaration(file="r.csv", sources={"Syrian Observatory": "sohr", "SOHR": "sohr"})
    parsed = read(
        "occurred,place,source\n2016-09-19,Urum,SHOR\n2016-09-19,Urum,sohr\n"
        "2016-09-19,Urum,syrian  observatory\n",
        declaration,
    )
    assert [one.locator for one in parsed.rows] == ["row 3", "row 4"]
    (problem,) = rejected(parsed)
    assert (problem.value, problem.column) == ("SHOR", "source")
    assert "Did you mean sohr?" in problem.advice


def test_repetitions_and_doubled_ids():
    parsed = read(
        "id,occurred,place\na,2016-09-19,Urum\na,2016-09-19,Urum\na,2016-09-20,Urum\n"
        "b,2016-09-31,Urum\nb,2016-09-31,Urum\nb,2016-09-30,Urum\n"
    )
    assert [one.locator for one in parsed.rows] == ["row 2", "row 7"]
    same, other, *_ = parsed.problems
    assert (same.line, same.severity) == (3, Severity.WARNING)
    assert (other.line, other.severity, other.value) == (4, Severity.REJECTED, "a")
    assert "row 2" in other.expected
    assert (parsed.rows_in, parsed.accepted, parsed.rejected) == (6, 3, 3)


def test_the_same_id_of_two_sources_is_no_repetition():
    parsed = read("id,source,occurred,place\n1,a,2016-09-19,Urum\n1,b,2016-09-20,Urum\n")
    assert len(parsed.rows) == 2
    assert parsed.problems == ()


def test_ragged_rows_are_rejected_and_empty_ones_not_counted():
    parsed = read("occurred,place,act\n2016-09-19,Urum\n\n,,\n2016-09-19,Urum,shelling,x\n2016-09-19,U,shelling,\n")
    assert [one.line for one in rejected(parsed)] == [2, 5]
    assert [one.locator for one in parsed.rows] == ["row 6"]
    assert parsed.rows_in == 3


def test_an_unclosed_quote_rejects_the_rest_and_keeps_what_stands_before():
    parsed = read('occurred,place\n2016-09-19,Urum\n2016-09-20,"Urum\n2016-09-21,Urum\n')
    assert [one.locator for one in parsed.rows] == ["row 2"]
    (problem,) = rejected(parsed)
    assert problem.line == 3
    assert "never closed" in problem.value


def test_a_title_above_the_header_is_stepped_over_and_told():
    parsed = read("Weekly log,,\nSector 3,,\noccurred,place,act\n2016-09-19,Urum,shelling\n")
    assert [one.locator for one in parsed.rows] == ["row 4"]
    assert any("column names in row 3; 2 rows above it are not read" in one for one in parsed.notes)
    declared = Declaration(file="r.csv", source="m", header_row=3)
    assert read("a,b,c\noccurred,place,act\noccurred,place,act\n2016-09-19,Urum,shelling\n", declared).rows_in == 1


def test_expected_counts_are_compared():
    declaration = Declaration(file="r.csv", source="m", expected={"rows": 2, "rejected": 0})
    (problem,) = read("occurred,place\n2016-09-19,Urum\n", declaration).problems
    assert (problem.severity, problem.value) == (Severity.WARNING, "1 rows")


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        (b"", "0 bytes"),
        (b"\n\n", "no rows"),
        (b"foo,bar\n1,2\n", "foo, bar"),
        (b'{"occurred": "2016-09-19"}', "column names"),
        (b"<html><body>occurred</body></html>", "column names"),
        (b"%PDF-1.7\n\x00\x01\x02", "zero bytes"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "Save it as XLSX"),
        (b"PK\x03\x04 broken", "workbook"),
        (b"act,place\nshelling,Urum\n", "a column occurred"),
        (b"occurred,act\n2016-09-19,shelling\n", "a column place"),
        (b"occurred,place,place\n2016-09-19,a,b\n", "each column name once"),
        (b"asserter,subject\nus,coh\n", "a column kind"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(raw, hint):
    with pytest.raises(BadInput) as caught:
        read(raw)
    assert hint in str(caught.value)
    assert all(one.place == "r.csv" for one in caught.value.problems)


def test_rows_without_a_source_need_one_from_the_caller():
    with pytest.raises(BadInput, match="--source NAME"):
        read("occurred,place\n2016-09-19,Urum\n", Declaration(file="r.csv"))


def test_a_declared_header_row_must_be_there():
    with pytest.raises(BadInput, match="row 9"):
        read("occurred,place\n", Declaration(file="r.csv", source="m", header_row=9))
