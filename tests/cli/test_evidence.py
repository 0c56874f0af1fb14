"""What is given to a case: good rows are recorded, bad ones are shown, nothing is dropped in silence."""

import pytest

HEADER = "id,source,published_at,occurred,place,lat,lon,act,by,killed\n"
GOOD = "g{0},reuters,2016-09-14,2016-09-13,Aleppo,36.2,37.16,shelling,,{0}\n"


def put(folder, raw, name="rows.csv"):
    file = folder / name
    file.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return file


@pytest.fixture
def case(make_case):
    """An empty case of the demo's files; its folder."""
    return make_case().root


@pytest.fixture
def reports(trucewatch, case):
    return lambda: len(trucewatch("reports", "--json", case=case).rows)


def test_good_rows(trucewatch, case, reports, tmp_path):
    file = put(tmp_path, HEADER + GOOD.format(1) + GOOD.format(2))
    answer = trucewatch("add", file, "--as", "table", "--json", case=case)
    assert answer.code == 0
    assert answer.document["schema"] == "trucewatch/added/1"
    assert answer.problems == []
    (row,) = answer.rows
    assert {key: row[key] for key in ("file", "already", "rows_in", "accepted", "rejected")} == {
        "file": "rows.csv", "already": False, "rows_in": 2, "accepted": 2, "rejected": 0,
    }
    assert "2 of 2 rows recorded" in answer.err
    assert reports() == 2


BAD = [
    ("an unknown act", "b,reuters,2016-09-14,2016-09-13,Aleppo,,,shelingg,,\n", "act", "shelingg"),
    ("an unknown source", "b,rueters,2016-09-14,2016-09-13,Aleppo,,,shelling,,\n", "source", "rueters"),
    ("an impossible date", "b,reuters,2016-09-14,2016-09-31,Aleppo,,,shelling,,\n", "occurred", "2016-09-31"),
    ("an impossible publication", "b,reuters,2016-14-09,2016-09-13,Aleppo,,,shelling,,\n", "published_at", "2016-14-09"),
    ("an impossible latitude", "b,reuters,2016-09-14,2016-09-13,Aleppo,136.2,37.1,shelling,,\n", "lat", "136.2"),
    ("a number in words", "b,reuters,2016-09-14,2016-09-13,Aleppo,,,shelling,,many\n", "killed", "many"),
    ("a number below zero", "b,reuters,2016-09-14,2016-09-13,Aleppo,,,shelling,,-3\n", "killed", "-3"),
]


@pytest.mark.parametrize(("what", "row", "column", "value"), BAD, ids=[one[0] for one in BAD])
def test_a_bad_row_is_shown_and_the_good_ones_are_recorded(
    trucewatch, case, reports, tmp_path, what, row, column, value
):
    file = put(tmp_path, HEADER + GOOD.format(1) + row + GOOD.format(2))
    answer = trucewatch("add", file, "--json", case=case)
    assert answer.code == 3
    found = [one for one in answer.problems if one["column"] == column]
    assert found, answer.problems
    problem = found[0]
    assert (problem["place"], problem["line"], problem["value"]) == ("rows.csv", 3, value)
    assert problem["severity"] == "rejected"
    assert problem["expected"]
    for word in ("rows.csv", "line 3", column, value, problem["expected"]):
        assert word in answer.err
    assert [(one["accepted"], one["rejected"]) for one in answer.rows] == [(2, 1)]
    assert reports() == 2


def test_swapped_coordinates_are_noticed(trucewatch, case, tmp_path):
    """A latitude beyond 90 cannot be one; what could be either is held against the place that is named."""
    swapped = "b,reuters,2016-09-14,2016-09-13,Aleppo,37.16,36.2,shelling,,\n"
    impossible = "c,reuters,2016-09-14,2016-09-13,Aleppo,136.2,37.16,shelling,,\n"
    answer = trucewatch("add", put(tmp_path, HEADER + swapped + impossible), "--json", case=case)
    assert answer.code == 3
    told = {one["line"]: one for one in answer.problems}
    assert set(told) == {2, 3}
    assert (told[3]["column"], told[3]["value"]) == ("lat", "136.2")
    assert (told[2]["column"], told[2]["value"], told[2]["expected"]) == ("lat, lon", "37.16, 36.2", "a position at Aleppo")
    assert all("swapped" in one["advice"] for one in told.values())
    assert [row["accepted"] for row in answer.rows] == [0]
    again = [one for one in trucewatch("run", "--json", case=case).problems if one["place"] == "rows.csv"]
    assert {one["line"] for one in again} == {2, 3}


def test_a_missing_column(trucewatch, case, reports, tmp_path):
    answer = trucewatch("add", put(tmp_path, "id,source,place\n1,reuters,Aleppo\n"), "--json", case=case)
    assert answer.code == 3
    assert [(one["column"], one["line"]) for one in answer.problems] == [("occurred", 1)]
    assert all(one["place"] == "rows.csv" for one in answer.problems)
    assert reports() == 0


def test_a_header_that_is_no_table_of_ours(trucewatch, case, tmp_path):
    answer = trucewatch("add", put(tmp_path, "name,phone\nx,1\n"), "--json", case=case)
    assert answer.code == 3
    assert answer.problems
    assert "rows.csv" in answer.err


def test_a_duplicate_id_with_other_content(trucewatch, case, reports, tmp_path):
    file = put(tmp_path, HEADER + GOOD.format(1) + GOOD.format(1).replace("shelling,,1", "shelling,,90"))
    answer = trucewatch("add", file, "--json", case=case)
    assert answer.code == 3
    (problem,) = [one for one in answer.problems if one["column"] == "id"]
    assert (problem["line"], problem["value"]) == (3, "g1")
    assert reports() == 1


def test_a_row_given_twice_is_one_report(trucewatch, case, reports, tmp_path):
    answer = trucewatch("add", put(tmp_path, HEADER + GOOD.format(1) * 3), "--json", case=case)
    assert answer.code == 0
    assert reports() == 1


def test_a_byte_order_mark_is_no_part_of_a_name(trucewatch, case, reports, tmp_path):
    answer = trucewatch("add", put(tmp_path, "\ufeff" + HEADER + GOOD.format(1)), "--json", case=case)
    assert (answer.code, answer.problems) == (0, [])
    assert reports() == 1


def test_windows_1252_bytes_are_noticed_and_not_misread(trucewatch, case, reports, tmp_path):
    text = HEADER + GOOD.format(1) + GOOD.format(2).replace("Aleppo", "Café Alépo")
    answer = trucewatch("add", put(tmp_path, text.encode("cp1252")), "--json", case=case)
    assert answer.code in (0, 3)
    told = " ".join(f"{one['place']} {one['expected']} {one['advice']}" for one in answer.problems)
    assert "rows.csv" in told
    assert "utf-8" in told.lower()
    assert answer.code == 3 or any("Café" in str(row) for row in trucewatch("reports", "--json", case=case).rows)
    assert "\ufffd" not in trucewatch("reports", "--json", case=case).out


@pytest.mark.parametrize(
    ("raw", "adapter"),
    [
        (b"", "table"), (b"", "ucdp_ged"), (b"\n\n", "table"), (HEADER, "ucdp_ged"), (HEADER + GOOD.format(1), "ucdp_ged"),
        (b"%PDF-1.7\n\x00\x01\xff\xfe", "table"), (b"PK\x03\x04rubbish", "table"), (b"\x00" * 4096, "table"),
        (b"{\"rows\": []}", "table"),
    ],
)
def test_a_file_that_is_not_what_as_says(trucewatch, case, tmp_path, raw, adapter):
    answer = trucewatch("add", put(tmp_path, raw), "--as", adapter, "--json", case=case)
    assert answer.code == 3
    assert answer.problems
    assert answer.problems[0]["place"] == "rows.csv"
    assert answer.problems[0]["expected"]
    assert "rows.csv" in answer.err
    assert trucewatch("ledger", "log", "--json", case=case).rows == []


def test_the_good_files_beside_a_bad_one_are_recorded(trucewatch, case, reports, tmp_path):
    good, empty = put(tmp_path, HEADER + GOOD.format(1)), put(tmp_path, b"", "empty.csv")
    other = put(tmp_path, HEADER + GOOD.format(2), "other.csv")
    answer = trucewatch("add", good, empty, other, "--json", case=case)
    assert answer.code == 3
    assert [row["file"] for row in answer.rows] == ["rows.csv", "other.csv"]
    assert reports() == 2


def test_the_same_file_twice_changes_nothing_and_says_so(trucewatch, case, tmp_path):
    file = put(tmp_path, HEADER + GOOD.format(1))
    trucewatch("add", file, case=case)
    before = trucewatch("ledger", "log", "--json", case=case).out
    again = trucewatch("add", file, "--json", case=case)
    assert again.code == 0
    assert "recorded before; nothing changed" in again.err
    assert [row["already"] for row in again.rows] == [True]
    assert trucewatch("ledger", "log", "--json", case=case).out == before


@pytest.mark.parametrize("shape", [(), ("--json",)])
def test_dry_run_shows_and_records_nothing(trucewatch, case, tmp_path, shape):
    bad = "b,reuters,2016-09-14,2016-09-13,Aleppo,,,shelingg,,\n"
    file = put(tmp_path, HEADER + GOOD.format(1) + bad)
    answer = trucewatch("add", file, "--dry-run", *shape, case=case)
    assert answer.code == 3
    assert "1 of 2 rows would be recorded" in answer.err
    assert "shelingg" in answer.err
    assert "Aleppo" in answer.out
    assert trucewatch("ledger", "log", "--json", case=case).rows == []


@pytest.mark.parametrize(
    "arguments",
    [("add", "{}/nowhere.csv"), ("add", "{}"), ("add", "{}/rows.csv", "--as", "excel"), ("add", "{}/rows.csv", "--source", "nobody")],
)
def test_a_bad_call_of_add_is_exit_2(trucewatch, case, tmp_path, arguments):
    put(tmp_path, HEADER + GOOD.format(1))
    answer = trucewatch(*(one.format(tmp_path) for one in arguments), "--json", case=case)
    assert answer.code == 2
    assert answer.document["schema"] == "trucewatch/error/1"
    assert trucewatch("ledger", "log", "--json", case=case).rows == []


def test_source_names_rows_that_name_none(trucewatch, case, tmp_path):
    file = put(tmp_path, "id,occurred,place,act\n1,2016-09-13,Aleppo,shelling\n")
    assert trucewatch("add", file, case=case).code == 3
    (tmp_path / "again").mkdir()
    file = put(tmp_path, "id,occurred,place,act\n2,2016-09-13,Aleppo,shelling\n", "again.csv")
    assert trucewatch("add", file, "--source", "reuters", case=case).code == 0
    assert [row["source"] for row in trucewatch("reports", "--json", case=case).rows] == ["reuters"]


def test_new_makes_a_case_that_works(trucewatch, shipped, tmp_path):
    answer = trucewatch("new", tmp_path / "mine", "--agreement", shipped / "agreement.yaml")
    assert answer.code == 0
    assert "Next: trucewatch add" in answer.err
    assert trucewatch("agreement", "lint", case=tmp_path / "mine").code == 0
    assert trucewatch("new", tmp_path / "mine", "--agreement", shipped / "agreement.yaml").code == 2
    assert trucewatch("new", tmp_path / "other", "--agreement", tmp_path / "none.yaml").code == 2
    assert trucewatch("new", tmp_path / "third").code == 2
