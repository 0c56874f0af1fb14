"""Rows as written become reports: names, origins, times, positions, sides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.actors import load_actors
from trucewatch.errors import BadCall, Severity
from trucewatch.places import load_places
from trucewatch.reports import (
    EvidenceRef,
    Knowledge,
    Report,
    Resolved,
    Source,
    Written,
    resolve_reports,
)

ACTORS, _ = load_actors(
    """
trucewatch: actors/0.1
actors:
  north: {name: Northern forces, kind: state, aliases: [Northern army]}
  south: {name: Southern forces, kind: state}
  bloc:  {name: Hill groups, kind: bloc}
  red:   {name: Red Banner, member_of: [{actor: bloc}]}
  blue:  {name: Blue Banner, member_of: [{actor: bloc}]}
  civ:   {name: Civilians, kind: protected}
generic:
  - {words: [gunmen], may_be: [north, red]}
  - {words: [warplanes], may_be: [north, south], closed: true, cite: "only these fly"}
designations: []
""",
    "actors.yaml",
)
PLACES, _ = load_places(
    [
        {"key": "port", "name": "Port Town", "names": "", "lat": "36.00", "lon": "37.00", "radius_m": "2000", "parent": "", "kind": "town"},
        {"key": "mill-n", "name": "Mill", "names": "", "lat": "36.10", "lon": "37.00", "radius_m": "500", "parent": "", "kind": "village"},
        {"key": "mill-s", "name": "Mill", "names": "", "lat": "36.20", "lon": "37.00", "radius_m": "500", "parent": "", "kind": "village"},
        {"key": "ford-w", "name": "Ford", "names": "", "lat": "36.00", "lon": "30.00", "radius_m": "500", "parent": "", "kind": "village"},
        {"key": "ford-e", "name": "Ford", "names": "", "lat": "36.00", "lon": "40.00", "radius_m": "500", "parent": "", "kind": "village"},
    ],
    "places.csv",
)
SOURCES = {
    "observer": Source("observer", "The Observer", aliases=("Observers' Office",)),
    "wire": Source("wire", "Wire", relays="observer", knowledge=Knowledge("day_end")),
    "north-tv": Source("north-tv", "North TV", party="north"),
    "encyclopedia": Source("encyclopedia", "Encyclopedia", observes=False),
    "secret": Source("secret", "Field team", sensitivity="confidential"),
}
RECORDED = datetime(2020, 1, 1, tzinfo=UTC)


def ref(recorded_at: datetime = RECORDED, sequence: int = 0, evidence: str = "e-1") -> EvidenceRef:
    return EvidenceRef(evidence, "rows.csv", recorded_at, "table", None, sequence)


def written(number: int = 2, kind: str = "report", **values: str) -> Written:
    base = {"source": "Observer", "occurred": "2016-09-19"} if kind == "report" else {}
    cells = {**base, **values}
    return Written(kind, f"row {number}", cells, cells)


def resolve(
    *rows: Written, mode: str = "replay", key: bytes | None = None, at: EvidenceRef | None = None
) -> Resolved:
    return resolve_reports(
        [(at or ref(), row) for row in rows],
        sources=SOURCES, actors=ACTORS, gazetteer=PLACES, zone="Asia/Damascus", mode=mode, key=key,
    )


def one(**values: str) -> Report:
    (report,) = resolve(written(**values)).tables.records()
    return report


@pytest.mark.parametrize(
    ("values", "source", "origin"),
    [
        ({"source": "observer"}, "observer", "observer"),
        ({"source": "Observers' Office"}, "observer", "observer"),
        ({"source": "Wire"}, "wire", "observer"),
        ({"source": "Wire", "origin": "Wire"}, "wire", "wire"),
        ({"source": "Observer", "chain": "Wire > North TV"}, "observer", "observer"),
        ({"source": "Observer", "chain": "Northern army > Wire"}, "observer", "north"),
        ({"source": "Observer", "chain": "Hill groups > Wire"}, "observer", "bloc"),
        ({"source": "Observer", "chain": "A  Résident > Wire"}, "observer", "name:a resident"),
        ({"source": "Observer", "origin": "Unknown"}, "observer", None),
        ({"source": "Encyclopedia"}, "encyclopedia", None),
        ({"source": "Encyclopedia", "origin": "Observer"}, "encyclopedia", "observer"),
        ({"source": "Observer", "origin": "Encyclopedia"}, "observer", None),
        ({"source": "Never Heard Of", "origin": "Observer"}, "never-heard-of", None),
    ],
)
def test_source_and_origin(values, source, origin):
    report = one(**values)
    assert (report.source, report.origin) == (source, origin)


def test_sources_that_relay_each_other_have_no_origin():
    sources = {"a": Source("a", "A", relays="b"), "b": Source("b", "B", relays="a")}
    resolved = resolve_reports(
        [(ref(), written(source="A"))], sources=sources, actors=ACTORS, gazetteer=PLACES,
        zone="UTC", mode="replay",
    )
    assert resolved.tables.records()[0].origin is None


def test_a_row_without_a_source_is_kept_and_said():
    resolved = resolve(written(source=""))
    assert resolved.tables.report.values("source") == ["unstated"]
    assert resolved.problems[0].column == "source"
    assert resolved.problems[0].line == 2


def test_the_default_source_of_the_entry_is_used():
    at = EvidenceRef("e-1", "rows.csv", RECORDED, "table", "wire", 0)
    assert resolve(written(source=""), at=at).tables.report.values("source") == ["wire"]


@pytest.mark.parametrize(
    ("values", "start", "end"),
    [
        ({"occurred": "2016-09-19"}, datetime(2016, 9, 18, 21, tzinfo=UTC), datetime(2016, 9, 19, 21, tzinfo=UTC)),
        ({"occurred": "2016-09-19", "time": "19:12"}, datetime(2016, 9, 19, 16, 12, tzinfo=UTC), datetime(2016, 9, 19, 16, 13, tzinfo=UTC)),
        ({"occurred": "2016-09-19T19:12", "time": "morning"}, datetime(2016, 9, 19, 16, 12, tzinfo=UTC), datetime(2016, 9, 19, 16, 13, tzinfo=UTC)),
        ({"occurred": "2016-09-19", "time": "teatime"}, datetime(2016, 9, 18, 21, tzinfo=UTC), datetime(2016, 9, 19, 21, tzinfo=UTC)),
    ],
)
def test_occurred(values, start, end):
    occurred = one(**values).occurred
    assert occurred is not None
    assert (occurred.start, occurred.end) == (start, end)


def test_a_date_that_is_none_is_unknown_and_a_problem():
    resolved = resolve(written(occurred="31/09/2016"))
    assert resolved.tables.records()[0].occurred is None
    (problem,) = resolved.problems
    assert (problem.column, problem.value, problem.severity) == ("occurred", "31/09/2016", Severity.UNRESOLVED)


def candidates(report: Report, role: str = "by"):
    return [(one.party, one.closed, one.basis) for one in report.role(role)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"by": "Northern army"}, [("north", False, "stated")]),
        ({"by": "Northern army; Southern forces"}, [("north", False, "stated"), ("south", False, "stated")]),
        ({"by": "gunmen"}, [("north", False, "generic"), ("red", False, "generic")]),
        ({"by": "warplanes"}, [("north", True, "capability"), ("south", True, "capability")]),
        ({"by": "warplanes", "by_closed": "no"}, [("north", False, "capability"), ("south", False, "capability")]),
        ({"by": "warplanes; unknown"}, [("north", False, "capability"), ("south", False, "capability")]),
        ({"by": "Martians"}, [(None, False, "stated")]),
        ({"by": "Martians; Red Banner", "by_closed": "yes", "by_basis": "capability"}, [(None, False, "capability"), ("red", False, "capability")]),
        ({"by": "Red Banner; Blue Banner", "by_closed": "yes", "by_basis": "capability"}, [("red", True, "capability"), ("blue", True, "capability")]),
        ({"by": "Northern army", "by_basis": "coded"}, [("north", False, "coded")]),
        ({"by": "warplanes", "by_basis": "conflict"}, [("north", False, "conflict"), ("south", False, "conflict")]),
        ({"by": "unidentified"}, []),
        ({"by": ""}, []),
    ],
)
def test_candidates(values, expected):
    assert candidates(one(**values)) == expected


@pytest.mark.parametrize("basis", ["", "stated", "coded", "conflict"])
def test_closing_without_a_cited_capability_is_ignored_and_said(basis):
    resolved = resolve(written(by="Northern army", by_closed="yes", by_basis=basis))
    assert [one.closed for one in resolved.tables.records()[0].parties] == [False]
    assert [one.column for one in resolved.problems] == ["by_closed"]
    assert "cited capability" in resolved.problems[0].expected


def test_shares_of_a_role_are_equal():
    assert [one.share for one in one_of_three().role("by")] == [0.3333] * 3


def one_of_three() -> Report:
    return one(by="Northern army; Southern forces; Red Banner")


def test_who_was_hurt_never_fills_against():
    report = one(affected="Civilians", killed="3")
    assert report.role("against") == ()
    assert candidates(report, "affected") == [("civ", False, "stated")]
    assert [(c.group, c.party, c.best) for c in report.casualties] == [("civilian", "civ", 3)]


def test_circumstances_have_the_party_of_the_origin_as_asserter():
    report = one(source="North TV", circumstances="response=yes; mistaken=unknown; response=no")
    assert [(c.flag, c.value, c.asserter) for c in report.circumstances] == [
        ("response", True, "north"), ("mistaken", None, "north"),
    ]
    assert one(circumstances="response=no").circumstances[0].asserter == "observer"


def test_acts_targets_and_weapons_become_keys():
    report = one(act="air strike", target="hospital", weapon="mortar")
    assert (report.act, report.act_written, report.target, report.weapon) == ("air_strike", "air strike", "hospital", "mortar")
    strange = resolve(written(act="gardening"))
    assert strange.tables.records()[0].act is None
    assert strange.unresolved.values("kind") == ["act"]


@pytest.mark.parametrize(
    ("count", "expected"),
    [("12", (12, "exact")), ("10+", (10, "at_least")), ("about 50", (50, "about")), ("12-15", (12, "at_least")), ("uncountable", (None, "uncountable")), ("many", (None, None))],
)
def test_counts(count, expected):
    report = one(count=count)
    assert (report.count, report.count_qualifier) == expected


def test_one_row_twice_is_one_report_known_from_the_first_time():
    early = ref(datetime(2016, 9, 20, tzinfo=UTC), 1, "e-1")
    late = ref(datetime(2016, 9, 25, tzinfo=UTC), 2, "e-2")
    rows = [(late, written(5, lat="x", lon="37")), (early, written(9, lat="x", lon="37"))]
    for order in (rows, rows[::-1]):
        resolved = resolve_reports(order, sources=SOURCES, actors=ACTORS, gazetteer=PLACES, zone="UTC", mode="live")
        (report,) = resolved.tables.records()
        assert (report.known_at, report.evidence) == (early.recorded_at, "e-1")
        assert [one.line for one in resolved.problems] == [9]


def test_an_id_given_twice_keeps_the_first_and_says_so():
    resolved = resolve(written(3, id="7", killed="12"), written(2, id="7", killed="10"))
    assert [c.best for c in resolved.tables.records()[0].casualties] == [10]
    (problem,) = resolved.problems
    assert (problem.line, problem.column, problem.severity) == (3, "id", Severity.REJECTED)


def test_ids_come_from_the_source_and_its_own_id_and_not_from_the_row_number():
    first, again = resolve(written(2, id="7")), resolve(written(40, id="7", text="more"))
    assert first.tables.report.values("report_id") == again.tables.report.values("report_id")
    other = resolve(written(2, id="7", source="Wire"))
    assert first.tables.report.values("report_id") != other.tables.report.values("report_id")


def test_rows_made_of_the_same_cells_are_told_apart_by_their_part():
    cells = {"source": "observer", "occurred": "2016-09-19"}
    rows = [Written("report", f"row 2, source_article {part}", cells, cells) for part in (1, 2)]
    assert len(resolve(*rows).tables) == 2


def test_ids_of_sources_that_are_not_public_are_keyed():
    def ids(source: str, key: bytes | None) -> list[str]:
        return resolve(written(source=source), key=key).tables.report.values("report_id")

    assert ids("secret", b"k" * 32) != ids("secret", None)
    assert ids("secret", b"k" * 32) != ids("secret", b"j" * 32)
    assert ids("observer", b"k" * 32) == ids("observer", None)


def test_the_stricter_sensitivity_holds():
    assert one(source="secret", sensitivity="public").sensitivity == "confidential"
    assert one(source="observer", sensitivity="restricted").sensitivity == "restricted"


def test_bad_calls():
    with pytest.raises(BadCall, match="mode"):
        resolve(written(), mode="rehearsal")
    with pytest.raises(BadCall, match="kind"):
        resolve(Written("rumour", "row 2", {}))


@pytest.mark.parametrize(
    ("name", "cell"),
    [("lat", "ninety"), ("calibre_mm", "-3"), ("method", "dreamt"), ("standing", "sworn"), ("weapon_assessed", "maybe"), ("killed", "dozens"), ("circumstances", "response"), ("published_at", "soon"), ("target", "gnome")],
)
def test_cells_that_cannot_be_read_are_unknown_and_a_problem(name, cell):
    resolved = resolve(written(**{name: cell}))
    assert len(resolved.tables) == 1
    assert name in [one.column for one in resolved.problems]


CELLS = st.fixed_dictionaries(
    {"source": st.sampled_from(["The Observer", "Wire", "North TV", "Somebody"])},
    optional={
        "occurred": st.sampled_from(["2016-09-19", "2016-09-19T10:00", "2016", "never"]),
        "place": st.sampled_from(["Port Town", "Mill", "Ford", "Atlantis"]),
        "by": st.sampled_from(["gunmen", "warplanes", "Martians;Red Banner"]),
        "killed": st.sampled_from(["3", "3-5", "lots"]),
        "id": st.sampled_from(["1", "2", "3"]),
        "published_at": st.sampled_from(["2016-09-20", "2016-09-19T20:00"]),
    },
)


def test_rows_of_the_same_bad_cells_each_have_their_problems():
    bad = {"source": "observer", "lat": "north", "place": "Nowhere", "by": "Strangers", "killed": "x"}
    rows = [written(number, id=str(number), **bad) for number in (2, 3, 4)]
    resolved = resolve(*rows)
    assert sorted((one.line, one.column) for one in resolved.problems) == [
        (line, column) for line in (2, 3, 4) for column in ("killed", "lat")
    ]
    assert {(one.kind, one.value, one.example) for one in resolved.mentions} == {
        (kind, value, f"rows.csv, row {line}")
        for line in (2, 3, 4)
        for kind, value in (("name", "Strangers"), ("place", "Nowhere"))
    }


def snapshot(resolved: Resolved) -> list[object]:
    tables = resolved.tables
    parts = (tables.report, tables.report_party, tables.casualty, tables.circumstance, resolved.claims, resolved.unresolved)
    return [part.rows() for part in parts] + [resolved.problems]


@settings(max_examples=60, deadline=None)
@given(st.lists(CELLS, max_size=8), st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_of_rows_matters(cells: list[Mapping[str, str]], shuffler):
    rows = [(ref(), Written("report", f"row {number}", row, row)) for number, row in enumerate(cells, 2)]
    shuffled = [*rows, *rows]
    shuffler.shuffle(shuffled)

    def run(given_rows):
        return resolve_reports(given_rows, sources=SOURCES, actors=ACTORS, gazetteer=PLACES, zone="UTC", mode="replay")

    first, second = run(rows), run(shuffled)
    kept = [snapshot(each)[:-1] for each in (first, second)]
    assert kept[0] == kept[1]
    assert set(map(str, first.problems)) == set(map(str, second.problems))
