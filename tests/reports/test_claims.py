"""Written claim rows become claims and coverage."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from trucewatch.actors import load_actors
from trucewatch.places import load_places
from trucewatch.reports import Claim, EvidenceRef, Source, Written, claim_records, resolve_reports

ACTORS, _ = load_actors(
    """
trucewatch: actors/0.1
actors:
  north: {name: Northern forces, kind: state, aliases: [Northern army]}
  bloc:  {name: Hill groups, kind: bloc}
  red:   {name: Red Banner, member_of: [{actor: bloc}]}
generic:
  - {words: [gunmen], may_be: [north, red]}
""",
    "actors.yaml",
)
PLACES, _ = load_places(
    [{"key": "port", "name": "Port Town", "names": "", "lat": "36", "lon": "37", "radius_m": "2000", "parent": "", "kind": "town"}],
    "places.csv",
)
SOURCES = {"wire": Source("wire", "Wire"), "north-tv": Source("north-tv", "North TV", party="north")}


def resolve(*rows: dict[str, str]):
    ref = EvidenceRef("e-1", "claims.csv", datetime(2020, 1, 1, tzinfo=UTC), "table")
    written = [(ref, Written("claim", f"row {n}", {"source": "wire", **row}, row)) for n, row in enumerate(rows, 2)]
    return resolve_reports(written, sources=SOURCES, actors=ACTORS, gazetteer=PLACES, zone="Asia/Damascus", mode="replay")


def one(**values: str) -> Claim:
    (claim,) = claim_records(resolve(values).claims)
    return claim


@pytest.mark.parametrize(
    ("values", "asserter"),
    [
        ({"asserter": "Northern army"}, "north"),
        ({"asserter": "north"}, "north"),
        ({"asserter": "Hill groups"}, "bloc"),
        ({"asserter": "North TV"}, "north-tv"),
        ({"asserter": "Some Speaker"}, "some-speaker"),
        ({"asserter": "gunmen"}, "gunmen"),
        ({"asserter": ""}, "wire"),
        ({"asserter": "", "chain": "Northern army > Wire"}, "north"),
    ],
)
def test_asserters(values, asserter):
    assert one(kind="statement", **values).asserter == asserter


def test_an_asserter_nobody_knows_is_listed():
    assert resolve({"kind": "statement", "asserter": "Some Speaker"}).unresolved.values("value") == ["Some Speaker"]
    assert len(resolve({"kind": "statement", "asserter": "gunmen"}).unresolved) == 0


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        ("2016-09-18T23:59", "", (datetime(2016, 9, 18, 20, 59, tzinfo=UTC), None)),
        ("2016-09-18", "2016-09-18", (datetime(2016, 9, 17, 21, tzinfo=UTC), datetime(2016, 9, 18, 21, tzinfo=UTC))),
        ("2016-09-16T19:00+03:00", "2016-09-16T19:00+03:00", (datetime(2016, 9, 16, 16, tzinfo=UTC),) * 2),
        ("", "", (None, None)),
    ],
)
def test_ends_by_precision(earliest, latest, expected):
    claim = one(kind="window", asserter="north", subject="calm", valid_from="2016-09-12T19:00", valid_to_earliest=earliest, valid_to_latest=latest)
    assert claim.valid_from == datetime(2016, 9, 12, 16, tzinfo=UTC)
    assert (claim.valid_to_earliest, claim.valid_to_latest) == expected


def test_ends_out_of_order_are_unknown_and_a_problem():
    row = {"kind": "window", "asserter": "north", "valid_from": "2016-09-12", "valid_to_earliest": "2016-09-01"}
    resolved = resolve(row)
    assert resolved.claims.values("valid_to_earliest") == [None]
    assert [one.column for one in resolved.problems] == ["valid_to_latest"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("held:Northern army", "held:north"), ("Captured: Hill groups", "captured:bloc"), ("north", "north"),
        ("joint:Northern army|Hill groups", "joint:north|bloc"), ("contested: north | Martians", "contested:north|name:martians"),
        ("contested", "contested"), ("Unknown", "unknown"), ("held:Martians", "held:name:martians"),
    ],
)
def test_holders_become_keys(value, expected):
    claim = one(kind="control", asserter="wire", subject="Port Town", value=value)
    assert (claim.value, claim.subject, claim.place, claim.lat, claim.radius_m) == (expected, "port", "port", 36.0, 2000.0)


def test_a_row_without_kind_is_left_out_and_said():
    resolved = resolve({"asserter": "north"}, {"kind": "rumour", "asserter": "north"})
    assert len(resolved.claims) == 0
    assert [one.column for one in resolved.problems] == ["kind", "kind"]


def test_numbers_keep_their_qualifier():
    claim = one(kind="aggregate", asserter="north", subject="violations", low="300", qualifier="at_least", unit="violation")
    assert (claim.low, claim.high, claim.qualifier, claim.unit) == (300.0, None, "at_least", "violation")


def test_coverage_speaks_of_a_place_or_a_zone():
    times = {"asserter": "Wire", "valid_from": "2016-09-19", "valid_to_latest": "2016-09-19"}
    resolved = resolve(
        {"kind": "coverage", "subject": "Port Town", "low": "0.5", "text": "fog", **times},
        {"kind": "coverage", "subject": "castle-road", "low": "1.5", **times},
        {"kind": "statement", "subject": "Port Town", "asserter": "Wire"},
    )
    rows = sorted(resolved.coverage.rows(), key=lambda row: row["place"] or "")
    assert [(row["place"], row["zone"], row["share"], row["reason"], row["observer"]) for row in rows] == [
        (None, "castle-road", None, None, "wire"), ("port", None, 0.5, "fog", "wire"),
    ]
    assert rows[0]["from"] == datetime(2016, 9, 18, 21, tzinfo=UTC)
    assert rows[0]["to"] == datetime(2016, 9, 19, 21, tzinfo=UTC)
    assert [one.column for one in resolved.problems] == ["low"]


def test_a_claim_without_a_day_of_publication_keeps_its_coordinates():
    found = one(kind="control", value="held:north", valid_from="2016-09-10", lat="36.1", lon="37.2", radius_m="500")
    assert (found.lat, found.lon, found.radius_m, found.published_at) == (36.1, 37.2, 500.0, None)
