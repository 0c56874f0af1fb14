"""The knowledge rule, and what of everything was known at an instant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from trucewatch.actors import load_actors
from trucewatch.errors import BadCall
from trucewatch.places import load_places
from trucewatch.reports import (
    EvidenceRef,
    Knowledge,
    Source,
    Written,
    known_from,
    known_tables,
    resolve_reports,
)

ACTORS, _ = load_actors("trucewatch: actors/0.1\nactors:\n  north: {name: North}\n", "actors.yaml")
PLACES, _ = load_places([], "places.csv")
RECORDED = datetime(2020, 1, 1, tzinfo=UTC)
RELEASE = datetime(2017, 6, 1, tzinfo=UTC)
PUBLISHED = datetime(2016, 9, 20, 6, tzinfo=UTC)
NOON = datetime(2016, 9, 19, 9, 1, tzinfo=UTC)
END_OF_DAY = datetime(2016, 9, 19, 21, tzinfo=UTC)


def known(knowledge: Knowledge, *, mode="replay", published=None, occurred_to=None):
    return known_from(
        knowledge, mode=mode, published_at=published, recorded_at=RECORDED,
        occurred_to=occurred_to, zone="Asia/Damascus",
    )


@pytest.mark.parametrize(
    ("rule", "published", "occurred_to", "expected"),
    [
        (Knowledge("none"), None, NOON, (None, False)),
        (Knowledge("none"), PUBLISHED, NOON, (PUBLISHED, False)),
        (Knowledge("published"), None, NOON, (None, False)),
        (Knowledge("published"), PUBLISHED, None, (PUBLISHED, False)),
        (Knowledge("day_end"), PUBLISHED, NOON, (PUBLISHED, False)),
        (Knowledge("day_end"), None, NOON, (END_OF_DAY, True)),
        (Knowledge("day_end"), None, END_OF_DAY, (END_OF_DAY, True)),
        (Knowledge("day_end"), None, None, (None, False)),
        (Knowledge("release", RELEASE), None, NOON, (RELEASE, False)),
        (Knowledge("release", RELEASE), PUBLISHED, NOON, (RELEASE, False)),
        (Knowledge("release", RELEASE), RECORDED, NOON, (RECORDED, False)),
        (Knowledge("release"), PUBLISHED, NOON, (None, False)),
    ],
)
def test_replay(rule, published, occurred_to, expected):
    assert known(rule, published=published, occurred_to=occurred_to) == expected


@pytest.mark.parametrize("rule", ["none", "published", "day_end", "release"])
def test_a_live_case_knows_what_it_has_received(rule):
    assert known(Knowledge(rule, RELEASE), mode="live", published=PUBLISHED) == (RECORDED, False)


def test_another_mode_is_a_bad_call():
    with pytest.raises(BadCall, match="mode"):
        known(Knowledge(), mode="rehearsal")


def resolved():
    rows = [
        {"source": "early", "occurred": "2016-09-19", "published_at": "2016-09-19", "by": "Nobody Known", "killed": "1"},
        {"source": "late", "occurred": "2016-09-19", "published_at": "2016-09-21T08:00", "by": "Later Name", "place": "Later Place", "lat": "far"},
        {"source": "never", "occurred": "2016-09-19", "circumstances": "response=yes"},
    ]
    claim = {"source": "late", "kind": "coverage", "asserter": "late", "subject": "zone-1", "published_at": "2016-09-21T08:00"}
    ref = EvidenceRef("e-1", "rows.csv", RECORDED, "table")
    written = [Written("report", f"row {n}", row, row) for n, row in enumerate(rows, 2)]
    sources = {key: Source(key, key) for key in ("early", "late", "never")}
    return resolve_reports(
        [(ref, one) for one in [*written, Written("claim", "row 9", claim, claim)]],
        sources=sources, actors=ACTORS, gazetteer=PLACES, zone="Asia/Damascus", mode="replay",
    )


def sources_known(known_at):
    return sorted(known_tables(resolved(), known_at).tables.report.values("source"))


def test_a_day_is_published_at_its_end():
    assert sources_known(datetime(2016, 9, 19, 20, 59, tzinfo=UTC)) == []
    assert sources_known(END_OF_DAY) == ["early"]


def test_an_instant_counts_as_known_at_that_instant():
    assert sources_known(datetime(2016, 9, 21, 5, tzinfo=UTC)) == ["early", "late"]


def test_what_never_became_known_is_in_the_full_run_only():
    assert sources_known(datetime(2090, 1, 1, tzinfo=UTC)) == ["early", "late"]
    assert sources_known(None) == ["early", "late", "never"]


def test_nothing_later_leaks_into_any_table_or_list():
    then = known_tables(resolved(), END_OF_DAY)
    assert then.unresolved.values("value") == ["Nobody Known"]
    assert then.problems == ()
    assert len(then.claims) == len(then.coverage) == len(then.tables.circumstance) == 0
    assert len(then.tables.casualty) == len(then.tables.report_party) == 1
    later = known_tables(resolved(), datetime(2016, 9, 22, tzinfo=UTC))
    assert later.unresolved.values("value") == ["Later Name", "Nobody Known", "Later Place"]
    assert [one.column for one in later.problems] == ["lat"]
    assert (len(later.claims), len(later.coverage)) == (1, 1)
