"""Reports that come day by day give what linking at once gives, and only what they reach is worked out again."""

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest

import trucewatch as tw
from trucewatch.incidents.adding import Standing
from trucewatch.incidents.changes import compare_incidents
from trucewatch.incidents.weights import SPACE_TIME_ACTOR_0

ROOT = Path(__file__).resolve().parents[2]


def rows_of(columns, which):
    return {name: [values[row] for row in which] for name, values in columns.items()}


def in_parts(columns, seed, parts):
    """Deal the reports out at random: most at first, the rest in parts that need not be days."""
    count = len(columns["report_id"])
    order = np.random.default_rng(seed).permutation(count)
    first = count * 3 // 4
    return [order[:first], *np.array_split(order[first:], parts)]


def assert_as_at_once(columns, parts, **settings):
    linker = tw.linker(rows_of(columns, parts[0]), **settings)
    for number in range(1, len(parts)):
        before, changes = linker.membership, linker.add(rows_of(columns, parts[number]))
        so_far = rows_of(columns, np.concatenate(parts[: number + 1]))
        at_once = tw.link(so_far, **settings).membership
        assert linker.membership.rows() == at_once.rows()
        assert changes.rows() == compare_incidents(before, at_once).rows()
    return linker


@pytest.mark.parametrize("seed", range(4))
def test_reports_that_say_everything_and_nothing(odd_reports, seed):
    columns = odd_reports(seed, count=260, days=60)
    linker = assert_as_at_once(columns, in_parts(columns, seed, 5))
    assert linker.links.membership.rows() == linker.membership.rows()


def test_a_crowded_week_in_which_bounds_cut(odd_reports):
    columns = odd_reports(11, count=900)
    assert any("at most" in one.expected for one in tw.link(columns).problems)
    assert_as_at_once(columns, in_parts(columns, 11, 3))


def test_weights_without_rivals(odd_reports):
    columns = odd_reports(5, count=220, days=40)
    assert_as_at_once(columns, in_parts(columns, 5, 4), weights=SPACE_TIME_ACTOR_0)


def test_what_people_judged_holds_whatever_comes(odd_reports):
    columns = odd_reports(6, count=200, days=40)
    parts = in_parts(columns, 6, 4)
    ids = [columns["report_id"][row] for row in parts[0]]
    judged = [("same", ids[0], ids[1]), ("same", ids[1], ids[2]), ("different", ids[3], ids[4])]
    linker = assert_as_at_once(columns, parts, judgements=judged)
    home = dict(zip(linker.membership.values("report_id"), linker.membership.values("incident_id"), strict=True))
    assert home[ids[0]] == home[ids[1]] == home[ids[2]]
    assert home[ids[3]] != home[ids[4]]


@pytest.fixture
def war(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    yield importlib.import_module("generate_reports").war
    sys.modules.pop("generate_reports")


def test_a_day_of_a_war_reaches_only_its_surroundings(war, monkeypatch):
    columns, _ = war(6_000, 16)
    columns = {name: list(values) for name, values in columns.items()}
    day = columns["published_at"][0].astype("datetime64[D]")
    came = [one.astype("datetime64[D]") == day for one in columns["published_at"]]
    parts = [np.flatnonzero(~np.array(came)), np.flatnonzero(came)]
    assert 10 < len(parts[1]) < 80
    reached = []
    add = Standing.add

    def noted(self, fresh):
        found = add(self, fresh)
        reached.append(len(found[0]))
        return found

    monkeypatch.setattr(Standing, "add", noted)
    assert_as_at_once(columns, parts)
    assert len(parts[1]) <= reached[0] < 600


def test_two_partitions_with_a_halo_give_what_the_whole_gives(war):
    """An engine may link stretches of time by themselves, if each sees three weeks beyond its own."""
    columns, _ = war(6_000, 16)
    columns = {name: list(values) for name, values in columns.items()}
    whole = tw.link(columns).membership
    home = dict(zip(whole.values("report_id"), whole.values("incident_id"), strict=True))
    start = np.array(columns["occurred_from"], dtype="datetime64[us]")
    middle, halo = np.sort(start)[len(start) // 2].astype("datetime64[D]"), np.timedelta64(21, "D")
    seen = {}
    for sees, owns in ((start < middle + halo, start < middle), (start >= middle - halo, start >= middle)):
        part = tw.link(rows_of(columns, np.flatnonzero(sees))).membership
        found = dict(zip(part.values("report_id"), part.values("incident_id"), strict=True))
        seen |= {columns["report_id"][row]: found[columns["report_id"][row]] for row in np.flatnonzero(owns)}
    assert seen == home
