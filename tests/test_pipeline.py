"""What holds of a whole run, whatever the evidence: it is a function, and knows nothing too early."""

import csv
import io
import os
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise

import pytest

import trucewatch
from trucewatch import api
from trucewatch.case import create_case, open_case
from trucewatch.pipeline import Result


def tables(result: Result):
    """Every table of a run by name."""
    resolved, linked, findings = result.resolved, result.linked, result.findings
    return {
        "report": resolved.tables.report, "report_party": resolved.tables.report_party,
        "casualty": resolved.tables.casualty, "circumstance": resolved.tables.circumstance,
        "claim": resolved.claims, "coverage": resolved.coverage, "unresolved": resolved.unresolved,
        "incident": linked.incident, "incident_report": linked.incident_report, "leg": linked.leg,
        "holding": result.holding, "finding": findings.finding, "element": findings.element, "duty": findings.duty,
    }


def said(result: Result):
    """What a run says of what happened and what it means; where a row stood in its file is left out."""
    found = {name: table.rows() for name, table in tables(result).items() if name not in ("unresolved",)}
    for rows in (found["report"], found["claim"], found["coverage"]):
        for row in rows:
            for name in ("locator", "evidence", "recorded_at"):
                row.pop(name, None)
    return found


@pytest.fixture(scope="module")
def rows_of(shipped):
    """The rows of a shipped CSV file: header and the lines of its records."""

    def read(name):
        text = (shipped / name).read_text(encoding="utf-8")
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        return header, rows

    return read


def written(header, rows):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


@pytest.fixture
def run_of(shipped, tmp_path):
    """Run a case of the demo's four files on the given texts."""

    def run(*texts):
        with create_case(tmp_path / "case", shipped, who="tester") as case:
            for number, text in enumerate(texts):
                file = tmp_path / f"part-{number}.csv"
                file.write_text(text, encoding="utf-8")
                added = case.add(file)
                assert added.parsed.rejected == 0
            return case.run()

    return run


def same(first, second):
    for name in first:
        assert first[name] == second[name], name


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_changes_nothing(demo_result, rows_of, run_of, seed):
    shuffled = []
    for name in ("claims.csv", "reports.csv"):
        header, rows = rows_of(name)
        shuffled.append(written(header, sorted(rows, key=lambda row: sha256(f"{seed}{row}".encode()).digest())))
    same(said(demo_result), said(run_of(*shuffled)))


def test_two_halves_say_what_the_whole_says(demo_result, rows_of, run_of):
    header, rows = rows_of("reports.csv")
    half = len(rows) // 2
    claims = written(*rows_of("claims.csv"))
    same(said(demo_result), said(run_of(written(header, rows[half:]), claims, written(header, rows[:half]))))


def test_rows_given_twice_change_nothing(demo_result, rows_of, run_of):
    header, rows = rows_of("reports.csv")
    claims, also = rows_of("claims.csv")
    doubled = run_of(written(header, [*rows, *rows[::3]]), written(claims, [*also[::2], *also]), written(header, rows[5:50]))
    same(said(demo_result), said(doubled))


INSTANTS = ["2016-09-12T16:00Z", "2016-09-15T04:00Z", "2016-09-17T09:00Z", "2016-09-20T04:00Z", "2016-12-31T00:00Z"]


@pytest.fixture(scope="module")
def as_known(demo_root):
    """The run of the demo case at each of the instants."""
    with open_case(demo_root) as case:
        return {one: case.run(one) for one in INSTANTS}


@pytest.mark.parametrize("known_at", INSTANTS)
def test_nothing_is_known_too_early_in_any_table(as_known, demo_result, known_at):
    at = datetime.fromisoformat(known_at)
    result = as_known[known_at]
    later = {
        row[key] for name, key in (("report", "report_id"), ("claim", "claim_id"))
        for row in tables(demo_result)[name].rows() if row["known_at"] is None or row["known_at"] > at
    }
    assert later
    for name, table in tables(result).items():
        if "known_at" in table.schema.names and name not in ("finding", "holding"):
            assert all(one is not None and one <= at for one in table.values("known_at")), name
        for row in table.rows():
            text = " ".join(str(value) for value in row.values())
            assert not [one for one in later if one in text], (name, row)
    assert set(result.findings.finding.values("known_at")) <= {at}
    assert not [one for problem in result.problems for one in later if one in str(problem)]


def test_what_was_known_only_grows(as_known):
    known = [set(one.resolved.tables.report.values("report_id")) for one in as_known.values()]
    for earlier, later in pairwise(known):
        assert earlier <= later
    assert known[0] < known[-1]


def test_a_run_as_of_the_far_future_has_all_that_has_a_time(demo_root, demo_result):
    with open_case(demo_root) as case:
        result = case.run(datetime(2999, 1, 1, tzinfo=UTC))
    wanted = [row["report_id"] for row in demo_result.resolved.tables.report.rows() if row["known_at"] is not None]
    assert result.resolved.tables.report.values("report_id") == wanted


def test_every_row_keeps_its_schema(demo_result):
    for name, table in tables(demo_result).items():
        for one in table.schema.fields:
            values = table.values(one.name)
            if one.required:
                assert None not in values, (name, one.name)
            if one.values:
                assert set(values) <= {*one.values, None}, (name, one.name)
        if table.schema.key:
            keys = list(zip(*(table.values(one) for one in table.schema.key), strict=True))
            assert len(keys) == len(set(keys)), name


def test_the_tables_point_at_each_other(demo_result):
    found = tables(demo_result)
    reports, incidents = set(found["report"].values("report_id")), set(found["incident"].values("incident_id"))
    legs, duties = set(found["leg"].values("leg_id")), set(found["duty"].values("duty_id"))
    for name in ("report_party", "casualty", "circumstance", "incident_report"):
        assert set(found[name].values("report_id")) <= reports, name
    assert set(found["incident_report"].values("report_id")) == reports
    assert set(found["leg"].values("incident_id")) <= incidents
    for row in found["finding"].rows():
        assert row["subject_id"] in (legs if row["subject_kind"] == "leg" else duties)
        assert row["incident_id"] in (incidents if row["subject_kind"] == "leg" else {None})


# the same bytes everywhere

DIGEST = """
import hashlib, json, sys
from trucewatch.case import open_case
with open_case(sys.argv[1]) as case:
    for known_at in (None, "2016-09-20T07:00"):
        result = case.run(known_at)
        r, l, f = result.resolved, result.linked, result.findings
        for table in (
            r.tables.report, r.tables.report_party, r.tables.casualty, r.tables.circumstance, r.claims, r.coverage,
            r.unresolved, l.incident, l.incident_report, l.leg, result.holding, f.finding, f.element, f.duty,
        ):
            raw = json.dumps(table.rows(), default=str, ensure_ascii=False).encode()
            print(table.schema.name, len(table), hashlib.sha256(raw).hexdigest())
        print("problems", hashlib.sha256(repr([str(one) for one in result.problems]).encode()).hexdigest())
"""
SURROUNDINGS = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
    {"PYTHONHASHSEED": "77", "TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONUTF8": "0"},
)


def test_the_same_bytes_whatever_the_hash_seed_the_zone_and_the_language(demo_root):
    running = [
        subprocess.Popen(
            [sys.executable, "-c", DIGEST, str(demo_root)], env=os.environ | extra, stdout=subprocess.PIPE, text=True
        )
        for extra in SURROUNDINGS
    ]
    answers = [one.communicate(timeout=120)[0] for one in running]
    assert [one.returncode for one in running] == [0] * len(SURROUNDINGS)
    assert len(answers[0].splitlines()) == 30
    assert answers[1] == answers[0]
    assert answers[2] == answers[0]


# what the import loads

HEAVY = (
    "duckdb", "scipy", "shapely", "numba", "nanoarrow", "numpy", "rapidfuzz", "openpyxl", "ruamel", "cryptography",
    "jinja2", "typer", "rich", "mgrs", "utm", "fastapi", "uvicorn", "argon2", "trafilatura", "psycopg", "pyspark", "h3",
    "pandas", "polars", "pyarrow",
)


def loaded_by(program):
    answer = subprocess.run(
        [sys.executable, "-c", program + "\nimport sys; print(*sorted({one.partition('.')[0] for one in sys.modules}))"],
        capture_output=True, text=True, check=True, timeout=60,
    )
    return set(answer.stdout.split())


def test_import_loads_no_library():
    assert not loaded_by("import trucewatch") & set(HEAVY)


def test_asking_for_every_name_loads_no_engine_and_no_geometry():
    names = "import trucewatch\nfor name in trucewatch.__all__: getattr(trucewatch, name)"
    assert not loaded_by(names) & {"duckdb", "scipy", "shapely", "numba", "nanoarrow", "openpyxl", "jinja2"}


def test_the_public_names_are_those_of_api():
    assert trucewatch.__all__ == sorted(api.__all__)
    assert set(dir(trucewatch)) == {*api.__all__, "__version__"}
    for name in trucewatch.__all__:
        assert getattr(trucewatch, name) is getattr(api, name)


def test_a_name_that_is_not_offered_says_what_is():
    with pytest.raises(AttributeError, match="open_case"):
        getattr(trucewatch, "opencase")  # noqa: B009 - the name is not there to be written
