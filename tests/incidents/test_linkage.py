"""`tw.link` on tables of one's own: what is read, what is refused, what comes out."""

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest

import trucewatch as tw
from trucewatch.errors import BadCall, BadInput, UnknownName
from trucewatch.incidents.space_time_actor_1 import SPACE_TIME_ACTOR_1

DAY = np.datetime64("2016-09-13T00:00:00", "us")
HOUR = np.timedelta64(1, "h")


def table(**changes):
    """Two reports of one strike, one of a strike far away, one without coordinates."""
    columns = {
        "report_id": ["a", "b", "c", "d"],
        "document": ["post", "wire", "wire", "radio"],
        "occurred_from": np.array([DAY, DAY + 2 * HOUR, DAY, DAY]),
        "occurred_to": np.array([DAY + 24 * HOUR, DAY + 3 * HOUR, DAY + 24 * HOUR, DAY + 24 * HOUR]),
        "lat": [36.2, 36.201, 35.1, math.nan],
        "lon": [37.1, 37.101, 36.7, math.nan],
        "radius_m": [1000.0, 500.0, 2000.0, None],
        "act": ["air_strike", "air_strike", "air_strike", "Remote violence"],
        "by": [["ru"], ["ru", "sy-gov"], ["ru"], []],
        "killed_low": [3, 3, 10, None],
        "killed_high": [3, 5, 10, None],
    }
    return {name: one for name, one in {**columns, **changes}.items() if one is not None}


def incident_of(links):
    return dict(zip(links.membership.values("report_id"), links.membership.values("incident_id"), strict=True))


def test_one_happening_two_documents_one_incident():
    links = tw.link(table())
    home = incident_of(links)
    assert list(home) == ["a", "b", "c", "d"]
    assert home["a"] == home["b"]
    assert len({home["a"], home["c"], home["d"]}) == 3
    assert set(links.incidents.values("incident_id")) == set(home.values())
    told = dict(zip(home, links.membership.values("probability"), strict=True))
    assert all(0 <= told[one] <= 1 for one in "abc")
    assert told["d"] is None, "without a place nothing of it could be compared: nobody knows that it is alone"


def test_the_sizes_of_what_hangs_together_are_told_and_which_was_cut():
    links = tw.link(table())
    assert [tuple(row.values()) for row in links.components.rows()] == [(1, 2, 0), (2, 1, 0)]
    small = tw.link(table(), weights=replace(SPACE_TIME_ACTOR_1, giant=1))
    assert [tuple(row.values()) for row in small.components.rows()] == [(1, 2, 0), (2, 1, 1)]
    (told,) = small.problems
    assert "hang together" in told.expected
    assert "log-odds" in told.advice
    nothing = {name: values[:0] for name, values in table().items()}
    assert tw.link(nothing).components.rows() == []


def test_every_pair_shows_terms_that_add_up():
    links = tw.link(table())
    rows = links.pairs.rows()
    assert next((row["first"], row["second"]) for row in rows) == ("a", "b")
    for row in rows:
        terms = sum(value for name, value in row.items() if name not in ("first", "second", "log_odds"))
        assert row["log_odds"] == pytest.approx(terms, abs=1e-9)
    assert "b" in links.explain("a")["reasons"]
    with pytest.raises(UnknownName, match="Known"):
        links.explain("z")


def test_any_two_reports_are_explained_also_below_the_floor():
    links = tw.link(table())
    best = links.pairs.rows()[0]
    told = links.explain(best["second"], best["first"])
    assert told["kept"]
    assert told["compared"]
    assert told["log_odds"] == pytest.approx(best["log_odds"])
    assert told["terms"] == {name: best[name] for name in told["terms"]}
    assert sum(told["terms"].values()) == pytest.approx(told["log_odds"])
    far = tw.link({
        "report_id": ["a", "b", "c"], "document": ["1", "2", "3"], "occurred_from": ["2016-09-13"] * 3, "occurred_to": ["2016-09-14"] * 3,
        "lat": [36.2, 36.33, 10.0], "lon": [37.1, 37.1, 10.0], "radius_m": [9_000] * 3, "deaths_best": [90, 1, 1],
    })
    below, beyond = far.explain("a", "b"), far.explain("a", "c")
    assert not below["kept"]
    assert below["compared"]
    assert below["log_odds"] < -4
    assert below["terms"]["deaths"] < 0
    assert not beyond["compared"]
    with pytest.raises(UnknownName):
        far.explain("a", "x")


def test_four_columns_are_enough_and_nothing_known_joins_nothing():
    bare = {name: table()[name] for name in ("report_id", "document", "occurred_from", "occurred_to")}
    assert len(set(incident_of(tw.link(bare)).values())) == 4


def test_a_data_frame_is_taken_as_it_is():
    pl = pytest.importorskip("polars")
    columns = table()
    assert incident_of(tw.link(pl.DataFrame(columns))) == incident_of(tw.link(columns))


def test_the_order_of_rows_changes_nothing():
    columns = table()
    turned = {name: list(one)[::-1] for name, one in columns.items()}
    first, second = tw.link(columns), tw.link(turned)
    assert first.membership.rows() == second.membership.rows()
    assert first.pairs.rows() == second.pairs.rows()


def test_no_reports_no_incidents():
    empty = tw.link({name: [] for name in ("report_id", "document", "occurred_from", "occurred_to")})
    assert (len(empty.membership), len(empty.pairs), len(empty.incidents)) == (0, 0, 0)


def test_one_document_tells_a_happening_once():
    home = incident_of(tw.link(table(document=["wire", "wire", "x", "y"])))
    assert home["a"] != home["b"]


@pytest.mark.parametrize("instants", [
    ["2016-09-13T00:00:00+00:00"] * 4, [dt.date(2016, 9, 13)] * 4, [dt.datetime(2016, 9, 13, 3, tzinfo=dt.timezone(dt.timedelta(hours=3)))] * 4,
])
def test_instants_of_any_kind_are_the_same_instant(instants):
    end = [dt.datetime(2016, 9, 14, tzinfo=dt.UTC)] * 4
    plain = tw.link(table(occurred_from=np.array([DAY] * 4), occurred_to=np.array([DAY + 24 * HOUR] * 4)))
    assert tw.link(table(occurred_from=instants, occurred_to=end)).incidents.rows() == plain.incidents.rows()


def test_everything_wrong_is_told_at_once_with_row_and_column():
    wrong = table(report_id=["a", "a", None, "d"], lat=[91, 36.2, "north", 1], occurred_to=["tomorrow", *[DAY + 24 * HOUR] * 2, DAY - HOUR])
    with pytest.raises(BadInput) as caught:
        tw.link(wrong)
    assert {(one.line, one.column) for one in caught.value.problems} == {
        (2, "report_id"), (3, "report_id"), (1, "lat"), (3, "lat"), (1, "occurred_to"), (4, "occurred_to"),
    }


@pytest.mark.parametrize(("columns", "told"), [
    ({"document": None}, "document"), ({"lat": [1.0]}, "one length"), ({"occurred_to": None}, "occurred_to"),
])
def test_a_table_of_another_shape_is_refused(columns, told):
    with pytest.raises(BadInput) as caught:
        tw.link(table(**columns))
    assert any(told in (one.column or "") + one.expected for one in caught.value.problems)


def test_what_is_no_table_is_refused():
    with pytest.raises(BadCall, match="list"):
        tw.link([1, 2])


def test_a_persons_word_holds_whatever_the_score():
    apart = incident_of(tw.link(table(), judgements=[("different", "a", "b")]))
    assert apart["a"] != apart["b"]
    together = incident_of(tw.link(table(), judgements=[("same", "a", "d")]))
    assert together["a"] == together["d"] == together["b"]
    assert incident_of(tw.link(table(), judgements=[("different", "a", "b"), ("same", "a", "b")])) == incident_of(tw.link(table()))


@pytest.mark.parametrize("judgement", [("same", "a", "zz"), ("perhaps", "a", "b"), ("same", "a", "a")])
def test_a_judgement_that_is_none_is_refused(judgement):
    with pytest.raises(BadCall, match="judgement"):
        tw.link(table(), judgements=[judgement])


def test_a_contradiction_through_others_is_refused():
    with pytest.raises(BadCall, match="different"):
        tw.link(table(), judgements=[("same", "a", "d"), ("same", "d", "c"), ("different", "a", "c")])


def test_adding_a_day_equals_linking_at_once_and_says_what_changed():
    columns = {name: list(one) for name, one in table().items()}
    first = {name: [one[0], one[2]] for name, one in columns.items()}
    more = {name: [one[1], one[3]] for name, one in columns.items()}
    linker = tw.linker(first)
    old = incident_of(linker.links)
    changes = linker.add(more)
    assert linker.links.membership.rows() == tw.link(columns).membership.rows()
    assert incident_of(linker.links)["a"] == old["a"]
    assert [row["kind"] for row in changes.rows()] == ["new"]
    assert changes.rows()[0]["report_id"] == "d"
    with pytest.raises(BadCall, match="there already"):
        linker.add(more)


def test_names_that_others_use_for_a_column_are_known():
    theirs = table(killed_low=None, killed_high=None, deaths_low=[3, 3, 10, None], deaths_high=[3, 5, 10, None])
    assert tw.link(theirs).pairs.rows() == tw.link(table()).pairs.rows()
    words = ["strike on the market of Atareb", "market of Atareb struck", None, None]
    assert tw.link(table(text_span=words)).pairs.rows() == tw.link(table(text=words)).pairs.rows() != tw.link(table()).pairs.rows()
    spans = [[10, 20], [30, 40], None, None]
    assert tw.link(table(text_span=spans)).pairs.rows() == tw.link(table()).pairs.rows()
    with pytest.raises(BadCall, match="there twice"):
        tw.link(table(deaths_low=[1, 1, 1, 1]))


def test_a_column_that_is_not_used_is_named():
    links = tw.link(table(deaths_lo=[3, 3, 10, None], mood=["bad"] * 4))
    told = {one.column: one.advice for one in links.problems}
    assert "deaths_low" in told["deaths_lo"]
    assert told["mood"] == "It was left alone"
    assert not tw.link(table()).problems
