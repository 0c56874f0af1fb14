"""What must hold of linking whatever the reports are."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.incidents import SPACE_TIME_ACTOR_0 as WEIGHTS
from trucewatch.incidents import Linked, decision_table, link
from trucewatch.incidents.apart import combined_sigma, days_apart, metres_apart
from trucewatch.incidents.candidates import candidate_pairs
from trucewatch.incidents.features import features_of
from trucewatch.periods import Period
from trucewatch.reports.report import Casualty, Report, ReportParty, ReportTables

BEGIN = datetime(2016, 9, 12, tzinfo=UTC)
PARTIES = ("sy-gov", "ru", "us", "us-coal", "isil", "opp", None)
many = settings(max_examples=15)


@st.composite
def reports(draw: st.DrawFn, most: int = 9) -> list[Report]:
    """Reports in and around one town within three days, so that most pairs are in doubt."""
    found = []
    for number in range(draw(st.integers(1, most))):
        day = BEGIN + timedelta(hours=12 * draw(st.integers(0, 5)))
        length = timedelta(hours=draw(st.sampled_from([2, 24, 72])))
        deaths = draw(st.sampled_from([None, 0, 3, 4, 40]))
        placed = draw(st.sampled_from([True, True, True, False]))
        sides = [
            ReportParty(role, "x", party, basis=draw(st.sampled_from(["stated", "coded", "generic"])))
            for role in ("by", "against")
            for party in draw(st.lists(st.sampled_from(PARTIES), max_size=2, unique=True))
        ]
        found.append(
            Report(
                report_id=f"r-{number:02d}",
                source=draw(st.sampled_from(["sohr", "afp", "sana", "centcom", "ged"])),
                origin=draw(st.sampled_from([None, "sohr", "afp", "sana", "centcom"])),
                locator="row",
                document=draw(st.sampled_from([None, "d1", "d2", "d3"])),
                grouping=draw(st.sampled_from([None, None, "ged:1", "ged:2"])),
                known_at=draw(st.sampled_from([None, BEGIN, BEGIN + timedelta(days=9)])),
                occurred=Period(day, day + length),
                lat=36.2 + 0.01 * draw(st.integers(0, 3)) if placed else None,
                lon=37.15 if placed else None,
                radius_m=draw(st.sampled_from([500.0, 3000.0, 20000.0])) if placed else None,
                place=draw(st.sampled_from([None, "aleppo", "sukkari"])),
                act=draw(st.sampled_from([None, "air_strike", "attack.air", "armed_clash", "aid_denied"])),
                standing=draw(st.sampled_from(["asserted", "asserted", "denied"])),
                parties=tuple(sides),
                casualties=() if deaths is None else (Casualty("killed", "unknown", None, deaths, deaths, deaths),),
            )
        )
    return found


@pytest.fixture(scope="module")
def same_tables() -> Callable[[Linked, Linked], None]:
    def same(one: Linked, other: Linked) -> None:
        for name in ("incident", "incident_report", "leg"):
            assert getattr(one, name).rows() == getattr(other, name).rows()
        assert one.problems == other.problems

    return same


def shuffled(tables: ReportTables, seed: int) -> ReportTables:
    dice = np.random.default_rng(seed)
    return ReportTables(
        *(
            table.take(dice.permutation(len(table)))
            for table in (tables.report, tables.report_party, tables.casualty, tables.circumstance)
        )
    )


@many
@given(reports(), st.integers(0, 9))
def test_row_order_changes_nothing(actors: Any, sources: Any, same_tables: Any, found: list[Report], seed: int) -> None:
    tables, none = ReportTables.from_records(found), decision_table(())
    one = link(tables, none, actors=actors, sources=sources)
    same_tables(one, link(shuffled(tables, seed), none, actors=actors, sources=sources))


@many
@given(reports())
def test_repeated_rows_change_nothing(run: Any, same_tables: Any, found: list[Report]) -> None:
    same_tables(run(found), run([*found, *found[::2]]))


@many
@given(reports(), st.data())
def test_judgements_are_obeyed(groups: Any, decide: Any, found: list[Report], data: st.DataObject) -> None:
    ids = [one.report_id.removeprefix("r-") for one in found]
    same = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))
    apart = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True))
    incidents = groups(found, [decide("same", *same, day=2), decide("different", *apart, day=1)])
    assert any(set(same) <= each for each in incidents), "the later judgement holds"
    if len(set(apart) & set(same)) < 2:
        assert not any(len(set(apart) & each) > 1 for each in incidents)


@many
@given(reports())
def test_one_document_tells_a_happening_once(groups: Any, found: list[Report]) -> None:
    document = {one.report_id.removeprefix("r-"): one.document for one in found}
    for each in groups(found):
        told = [document[one] for one in each if document[one] is not None]
        assert len(told) == len(set(told))


@many
@given(reports(), reports(most=3))
def test_reports_far_away_change_nothing_here(groups: Any, run: Any, found: list[Report], other: list[Report]) -> None:
    away = [
        replace(
            one, report_id=f"r-far-{number}", lat=-12.0, lon=-170.0, radius_m=1000.0, place=None,
            document=None, grouping=None,
        )
        for number, one in enumerate(other)
    ]
    ids = set(run(found).incident.values("incident_id"))
    both = run([*found, *away])
    assert groups(found) <= groups([*found, *away])
    assert ids <= set(both.incident.values("incident_id"))
    here = [row for row in both.incident.rows() if row["incident_id"] in ids]
    assert here == run(found).incident.rows()


@many
@given(reports())
def test_reasons_add_up_and_tables_fit_together(run: Any, found: list[Report]) -> None:
    linked = run(found)
    members = linked.incident_report.rows()
    telling = [
        one.report_id for one in found
        if one.place or one.lat is not None or one.parties or one.casualties or one.grouping or one.target
    ]
    assert sorted(row["report_id"] for row in members) == telling
    left = len(found) - len(telling)
    assert [one.value for one in linked.problems if one.place == "reports"] == [f"{left} report(s)"] * (left > 0)
    for row in members:
        assert row["log_odds_micro"] == sum(reason[2] for reason in json.loads(row["reasons"]))
    incidents = {row["incident_id"]: row for row in linked.incident.rows()}
    assert {row["incident_id"] for row in members} == set(incidents)
    for row in linked.leg.rows():
        incident = incidents[row["incident_id"]]
        assert set(json.loads(row["reports"])) <= {
            one["report_id"] for one in members if one["incident_id"] == row["incident_id"]
        }
        assert set(json.loads(row["disputed"])) <= set(json.loads(incident["disputed"]))
    assert {row["incident_id"] for row in linked.leg.rows()} == set(incidents)


@many
@given(reports())
def test_the_founder_is_the_report_known_first(run: Any, found: list[Report]) -> None:
    linked = run(found)
    known = {one.report_id: one.known_at for one in found}
    members: dict[str, list[str]] = {}
    for row in linked.incident_report.rows():
        members.setdefault(row["incident_id"], []).append(row["report_id"])
    late = datetime(9999, 1, 1, tzinfo=UTC)
    for row in linked.incident.rows():
        first = min(members[row["incident_id"]], key=lambda one: (known[one] or late, one))
        assert row["founder"] == first
        assert row["incident_id"] == "i-" + first.removeprefix("r-")


@many
@given(reports(most=6))
def test_ranges_contain_every_figure(run: Any, found: list[Report]) -> None:
    linked = run(found)
    deaths = {one.report_id: one.casualties[0].best for one in found if one.casualties}
    incidents = {row["incident_id"]: row for row in linked.incident.rows()}
    for row in linked.incident_report.rows():
        if row["report_id"] in deaths:
            incident = incidents[row["incident_id"]]
            assert incident["deaths_low"] <= deaths[row["report_id"]] <= incident["deaths_high"]


def test_pairs_are_those_that_a_full_comparison_finds(actors: Any, sources: Any) -> None:
    """The grid misses no pair within reach, across cells, buckets, the equator and the date line."""
    dice = np.random.default_rng(7)
    centres = [(36.2, 37.1), (0.0, 179.99), (-61.0, -179.98), (75.0, 10.0)]
    found = []
    for number in range(240):
        lat, lon = centres[number % 4]
        day = BEGIN + timedelta(days=float(dice.uniform(-8, 8)))
        lon = (lon + dice.normal(0, 0.3) + 540) % 360 - 180
        found.append(
            Report(
                report_id=f"r-{number:03d}", source="afp", locator="row", lat=lat + dice.normal(0, 0.2), lon=lon,
                radius_m=float(dice.choice([300, 2500, 6000, 20000, 90000])),
                occurred=Period(day, day + timedelta(days=float(dice.choice([0.1, 1, 5, 20])))),
            )
        )
    rows = features_of(found, actors=actors, sources=sources)
    grid = candidate_pairs(rows, WEIGHTS)
    every = np.array(list(combinations(range(len(found)), 2)), dtype=np.int64)
    first, second = every[:, 0], every[:, 1]
    near = days_apart(rows, first, second) <= WEIGHTS.reach_days
    reach = WEIGHTS.reach_sigma * combined_sigma(rows, first, second, WEIGHTS)
    near &= metres_apart(rows, first, second) <= reach
    assert {*zip(grid.first.tolist(), grid.second.tolist(), strict=True)} == {*map(tuple, every[near].tolist())}
    assert grid.cut == 0
    assert near.sum() > 1000


def test_a_hot_town_stays_bounded_and_says_what_was_cut(actors: Any, sources: Any) -> None:
    one = Report(
        report_id="r", source="afp", locator="row", lat=36.2, lon=37.1, radius_m=1000.0,
        occurred=Period(BEGIN, BEGIN + timedelta(days=1)),
    )
    crowd = [replace(one, report_id=f"r-{number:05d}") for number in range(3000)]
    small = replace(WEIGHTS, partners=32)
    pairs = candidate_pairs(features_of(crowd, actors=actors, sources=sources), small)
    assert len(pairs) <= 32 * len(crowd)
    assert pairs.cut > 0
