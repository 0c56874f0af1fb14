import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.errors import Severity
from trucewatch.reports.checking import check_written
from trucewatch.reports.written import CLAIM_COLUMNS, REPORT_COLUMNS, Written

REPORT = {"source": "mission", "occurred": "2016-09-19", "place": "Urum"}
CLAIM = {"source": "mission", "kind": "control", "asserter": "mission"}
ZONE = "Asia/Damascus"


def check(_of="report", sources=None, **change):
    base = REPORT if _of == "report" else CLAIM
    return check_written(Written(_of, "row 7", base | change), "r.csv", 7, ZONE, sources)


def test_a_row_with_every_kind_of_cell_filled_rightly():
    found = check(
        time="19:12", published_at="2016-09-20", lat="36.15", lon="36.96", radius_m="500", mgrs="37SCV8612",
        area_wkt="POLYGON ((36 35, 37 35, 37 36, 36 35))", act="air strike", target="market",
        weapon="122 mm howitzer", weapon_assessed="yes", calibre_mm="122", method="heard", observer_lat="36",
        observer_lon="37", bearing="NNE", bearing_from="300", bearing_to="20", distance_from_m="500",
        distance_to_m="2000", explosion_state="impact", count="10+", count_qualifier="at least",
        standing="Claimed by party", by_closed="no", by_basis="a cited capability", against_basis="generic",
        killed="about 20", killed_low="10", killed_high="30", killed_civilian="0", injured="unknown",
        circumstances="response=yes; mistaken = unknown", chain="A > B", sensitivity="restricted",
        by="anybody", document="anything", language="ar",
    )
    assert found == ()


@pytest.mark.parametrize(
    ("column", "value", "hint"),
    [
        ("occurred", "2016-09-31", "exists"),
        ("occurred", "yesterday", "exists"),
        ("published_at", "2016-13-01", "exists"),
        ("time", "25:00", "hours"),
        ("act", "teleportation", "vocabulary"),
        ("act", "shellling", "Did you mean shelling?"),
        ("method", "herd", "Did you mean heard?"),
        ("standing", "denyed", "Did you mean denied?"),
        ("explosion_state", "impakt", "Did you mean impact?"),
        ("count_qualifier", "roughly", "exact, at_least"),
        ("sensitivity", "secret", "public, restricted"),
        ("against_basis", "guess", "stated, generic"),
        ("weapon_assessed", "maybe", "yes, no"),
        ("killed", "-3", "negative"),
        ("killed", "some", "a whole number"),
        ("calibre_mm", "big", "mm"),
        ("radius_m", "-5", "metres"),
        ("bearing", "left", "compass"),
        ("bearing_from", "361", "degrees"),
        ("mgrs", "here", "grid reference"),
        ("area_wkt", "POINT (36 35)", "POLYGON"),
        ("area_wkt", "POLYGON ((36 35", "POLYGON"),
        ("area_wkt", "POLYGON ((36 35, 37 36, 37 35, 36 36, 36 35))", "Self-intersection"),
        ("area_wkt", "POLYGON ((36 135, 37 135, 37 136, 36 135))", "swapped"),
        ("circumstances", "response", "flag=yes|no|unknown"),
        ("chain", "A > > B", "original speaker"),
    ],
)
def test_a_cell_that_cannot_be_rejects_the_row(column, value, hint):
    (problem,) = check(**{column: value})
    assert (problem.place, problem.line, problem.column, problem.value) == ("r.csv", 7, column, value)
    assert problem.severity is Severity.REJECTED
    assert hint in str(problem)


@pytest.mark.parametrize(("column", "value"), [("target", "submarine base"), ("weapon", "trebuchet")])
def test_an_unknown_target_or_weapon_leaves_the_row_usable(column, value):
    (problem,) = check(**{column: value})
    assert (problem.column, problem.severity) == (column, Severity.UNRESOLVED)


@pytest.mark.parametrize("column", ["act", "target", "weapon", "killed"])
def test_unknown_is_a_word_for_nothing_known(column):
    assert check(**{column: "unknown"}) == ()


@pytest.mark.parametrize(
    ("change", "column", "hint"),
    [
        ({"lat": "136.5", "lon": "36.1"}, "lat", "swapped"),
        ({"observer_lat": "136.5", "observer_lon": "36.1"}, "observer_lat", "swapped"),
        ({"lat": "36.5"}, "lon", "lon beside lat"),
        ({"lon": "36.5"}, "lat", "lat beside lon"),
        ({"lat": "236.5", "lon": "36.1"}, "lat", "from -90 to 90"),
        ({"killed_low": "5", "killed": "4"}, "killed_low", "not above killed"),
        ({"killed_low": "5", "killed_high": "4"}, "killed_low", "not above killed_high"),
        ({"distance_from_m": "900", "distance_to_m": "90"}, "distance_from_m", "swapped"),
        ({"occurred": ""}, "occurred", "when it happened"),
        ({"place": ""}, "place", "observer"),
        ({"source": ""}, "source", "--source"),
        ({"plaec": "x"}, "plaec", "Did you mean place?"),
    ],
)
def test_cells_that_do_not_fit_each_other(change, column, hint):
    (problem,) = check(**change)
    assert (problem.column, problem.severity) == (column, Severity.REJECTED)
    assert hint in str(problem)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"published_at": "2016-09-18"}, "published_at"),
        ({"occurred": "2016-09-19T10:00", "time": "19:12"}, "time"),
    ],
)
def test_what_is_odd_is_a_warning(change, column):
    (problem,) = check(**change)
    assert (problem.column, problem.severity) == (column, Severity.WARNING)


def test_sources_are_checked_by_key_name_and_alias_whatever_the_case():
    sources = {"Syrian Observatory": "sohr", "SOHR": "sohr"}
    for name in ("sohr", "SOHR", "syrian  observatory"):
        assert check(sources=sources, source=name) == ()
    (problem,) = check(sources=sources, source="Syrian Observatry")
    assert "Did you mean syrian observatory?" in problem.advice


@pytest.mark.parametrize(
    ("change", "column", "hint"),
    [
        ({"kind": ""}, "kind", "kind of claim"),
        ({"kind": "contorl"}, "kind", "Did you mean control?"),
        ({"asserter": ""}, "asserter", "who asserts"),
        ({"basis": "felt"}, "basis", "stated, inferred"),
        ({"low": "5", "high": "4"}, "low", "not above high"),
        ({"low": "few"}, "low", "a number"),
        ({"valid_from": "2016-09-20", "valid_to_earliest": "2016-09-18"}, "valid_to_earliest", "not before"),
        ({"valid_to_earliest": "2016-09-20", "valid_to_latest": "2016-09-18"}, "valid_to_latest", "not before"),
        ({"lat": "136", "lon": "36"}, "lat", "swapped"),
    ],
)
def test_claims(change, column, hint):
    (problem,) = check("claim", **change)
    assert problem.column == column
    assert hint in str(problem)


def test_a_claim_may_end_on_the_day_it_starts():
    assert check("claim", valid_from="2016-09-20", valid_to_earliest="2016-09-20", valid_to_latest="2016-09-20") == ()


def test_all_problems_of_a_row_come_at_once_and_in_one_order():
    found = check(occurred="x", act="y", killed="z")
    assert [one.column for one in found] == ["act", "killed", "occurred"]


@given(
    st.sampled_from([("report", REPORT_COLUMNS), ("claim", CLAIM_COLUMNS)]).flatmap(
        lambda kind: st.tuples(
            st.just(kind[0]), st.dictionaries(st.sampled_from(kind[1]), st.text(max_size=12), max_size=8)
        )
    )
)
def test_no_text_whatever_makes_the_check_fail(case):
    kind, change = case
    row = Written(kind, "row 7", change)
    found = check_written(row, "r.csv", 7, ZONE, {"a": "b"})
    assert found == check_written(row, "r.csv", 7, ZONE, {"a": "b"})
    assert all(one.line == 7 and one.expected for one in found)
