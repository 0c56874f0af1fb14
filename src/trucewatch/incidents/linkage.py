"""Linking for notebooks: a table of reports in, membership, pairs and incidents out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from trucewatch.actors import Actors
from trucewatch.errors import BadCall, Problem, UnknownName
from trucewatch.identifiers import incident_id
from trucewatch.incidents.candidates import Candidates, candidate_pairs, comparable
from trucewatch.incidents.features import Features, features_of_columns
from trucewatch.incidents.given import Columns, Given, given, unused_columns
from trucewatch.incidents.judgements import Judgements
from trucewatch.incidents.link import Linked, Matched, consolidated, match_features
from trucewatch.incidents.pairs import Pairs, busyness
from trucewatch.incidents.scoring import terms_between
from trucewatch.incidents.space_time_actor_2 import SPACE_TIME_ACTOR_2
from trucewatch.incidents.trained import Trained
from trucewatch.incidents.weighing import Weighing
from trucewatch.incidents.weights import TERMS, Weights
from trucewatch.tables import Field, Schema, Table

__all__ = [
    "COMPONENTS", "MEMBERSHIP", "PAIRS", "Judgement", "Links", "chances_of", "founders", "judgements_about", "link_given",
    "link_table", "membership_of",
]  # fmt: skip

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Judgement = tuple[str, str, str]
"""`same` or `different`, and two report ids: somebody's word, which holds whatever the score."""
_MICRO = 1e-6

MEMBERSHIP = Schema(
    "membership",
    (
        Field("report_id", "text", "the report", required=True),
        Field("incident_id", "text", "the incident it tells of", required=True),
        Field("probability", "number", "that it belongs with its best fellow, or alone if it has none; null: alone, and nothing of it could be compared"),
    ),
    key=("report_id",),
    meaning="which reports tell of one happening",
)
PAIRS = Schema(
    "pair",
    (
        Field("first", "text", "report id", required=True),
        Field("second", "text", "report id, after the first", required=True),
        Field("log_odds", "number", "sum of the terms", "natural-log odds", required=True),
        *(Field(one, "number", f"term {one}", "natural-log odds", required=True) for one in TERMS),
    ),
    key=("first", "second"),
    meaning="pairs above the floor of clustering, with every term",
)
COMPONENTS = Schema(
    "component",
    (
        Field("reports", "integer", "how many reports hang together by pairs above the threshold", required=True),
        Field("components", "integer", "how many components have this size", required=True),
        Field("cut", "integer", "how many of them were larger than the bound and were cut before they were clustered", required=True),
    ),
    key=("reports",),
    meaning="sizes of what is clustered at once, before anything is cut",
)


class Links:
    """What linking a table gives; all tables have `__arrow_c_stream__`.

    `membership` and `pairs` are there at once; `incidents` and `incident_report`, which reconcile
    what the reports say and put reasons into words, are made when they are first asked for.
    """

    def __init__(self, given: Given, matched: Matched, judgements: Judgements, weights: Weights | Trained) -> None:
        self._given, self._matched, self._judgements = given, matched, judgements
        self.weights = weights
        self.problems: tuple[Problem, ...] = matched.problems
        """What the bounds on work left out, columns that were not used."""
        self.membership = _membership(given, matched)
        """Schema MEMBERSHIP, by report_id."""

    @cached_property
    def pairs(self) -> Table:
        """Schema PAIRS, by (first, second)."""
        return _pairs(self._matched.features, self._matched.pairs)

    @cached_property
    def components(self) -> Table:
        """Schema COMPONENTS, by size: clusters are made inside of each, never across.

        One of more than `weights.giant` reports is cut at the least whole log-odds above the threshold that
        leaves no larger piece; each cut is one of the `problems`.
        """
        clusters = self._matched.clusters
        sizes = np.bincount(clusters.component)
        cut = np.bincount([sizes[clusters.component[row]] for row, _, _ in clusters.cut], minlength=int(sizes.max(initial=0)) + 1)
        found, count = np.unique(sizes[sizes > 0], return_counts=True)
        columns = {"reports": found.tolist(), "components": count.tolist(), "cut": cut[found].tolist()}
        return Table.from_columns(COMPONENTS, columns)

    @cached_property
    def _linked(self) -> Linked:
        weighing = Weighing(Actors({}), {})
        return consolidated(self._given.records(), self._matched, self._judgements, weighing, self.weights)

    @property
    def incidents(self) -> Table:
        """Schema INCIDENT, by incident_id."""
        return self._linked.incident

    @property
    def incident_report(self) -> Table:
        """Schema INCIDENT_REPORT: membership with reasons in words."""
        return self._linked.incident_report

    def explain(self, report_id: str, other: str | None = None) -> dict[str, Any]:
        """Return the row of `incident_report` for a report: log-odds and reasons, term by term.

        With `other`, what the score says of the two, also where it lies below the floor of `pairs`: keys
        first, second, compared (False: out of reach of each other, or cut off by a bound), kept (in
        `pairs`; only there rivals are taken off), log_odds and terms (name → log-odds).
        UnknownName for a report that was not linked.
        """
        row = self._row(report_id)
        if other is not None:
            return self._explain_pair(*sorted((row, self._row(other))))
        found = self.incident_report.filter(lambda each: each["report_id"] == report_id).rows()
        return dict(found[0])

    def _row(self, report_id: str) -> int:
        ids = self._given.columns.ids
        if report_id not in ids:
            raise UnknownName(report_id, place="reports", known=list(ids))
        return ids.index(report_id)

    @cached_property
    def _compared(self) -> Candidates:
        return candidate_pairs(self._matched.features, self.weights)

    def _explain_pair(self, first: int, second: int) -> dict[str, Any]:
        rows, pairs, compared = self._matched.features, self._matched.pairs, self._compared
        kept = np.flatnonzero((pairs.first == first) & (pairs.second == second))
        one, two = np.array([first]), np.array([second])
        terms = pairs.terms[kept] if len(kept) else terms_between(rows, one, two, busyness(rows, compared), self.weights)
        told = {name: value / 1e6 for name, value in zip(TERMS, terms[0].tolist(), strict=True) if value}
        return {
            "first": rows.ids[first], "second": rows.ids[second], "kept": bool(len(kept)),
            "compared": bool(((compared.first == first) & (compared.second == second)).any()),
            "log_odds": int(terms[0].sum()) / 1e6, "terms": told,
        }  # fmt: skip


def link_table(
    reports: Columns,
    weights: Weights | Trained | None = None,
    judgements: Iterable[Judgement] = (),
) -> Links:
    """Link a table of reports: see `given` for its columns.

    Two reports of one `document` are never put together. Names of parties are compared as they
    are. BadInput for values that cannot be used; BadCall for a judgement that is none.
    """
    links = link_given(given(reports), weights or SPACE_TIME_ACTOR_2, tuple(judgements))
    links.problems = (*unused_columns(reports), *links.problems)
    return links


def link_given(reports: Given, weights: Weights | Trained, judged: Sequence[Judgement]) -> Links:
    """Link reports that were checked; see `link_table`."""
    judgements = judgements_about(judged, set(reports.columns.ids))
    features = features_of_columns(reports.columns, Actors({}))
    return Links(reports, match_features(features, judgements, weights), judgements, weights)


def _membership(reports: Given, matched: Matched) -> Table:
    label, pairs = matched.clusters.label, matched.pairs
    chances = chances_of(label, pairs.first, pairs.second, pairs.total, comparable(matched.features))
    return membership_of(reports.columns.ids, reports.columns.known, label, chances)


def membership_of(ids: Sequence[str], known: Ints, label: Ints, chances: Floats) -> Table:
    """Return who belongs where (rows in the order of report_id): see `founders` for the names."""
    founder = founders(known, label)
    used = np.flatnonzero(np.bincount(founder, minlength=len(ids)))
    names = np.empty(len(ids), dtype=object)
    names[used] = [incident_id(ids[row]) for row in used.tolist()]
    told = [None if one != one else one for one in np.round(chances, 6).tolist()]
    columns = {"report_id": list(ids), "incident_id": names[founder].tolist(), "probability": told}
    return Table.from_columns(MEMBERSHIP, columns)


def founders(known: Ints, label: Ints) -> Ints:
    """Return for each row the one that names its incident: its least (known_at, row)."""
    first = np.lexsort((np.arange(len(label)), known, label))
    fresh = np.ones(len(label), dtype=bool)
    fresh[1:] = label[first][1:] != label[first][:-1]
    founder = np.empty(len(label), dtype=np.int64)
    founder[first] = first[fresh][np.cumsum(fresh) - 1]
    return founder


def chances_of(label: Ints, first: Ints, second: Ints, total: Ints, told: npt.NDArray[np.bool_]) -> Floats:
    """How probable it is that a report belongs where it is: with its best fellow, or alone.

    NaN for one alone of which nothing was compared with all others (not `told`): nobody knows who its
    fellows are.
    """
    inside = label[first] == label[second]
    best, rival = (np.full(len(label), -np.inf) for _ in range(2))
    for ends in (first, second):
        np.maximum.at(best, ends[inside], total[inside] * _MICRO)
        np.maximum.at(rival, ends[~inside], total[~inside] * _MICRO)
    alone = np.bincount(label, minlength=len(label))[label] == 1
    weight = np.where(alone, -rival, best)
    chance: Floats = 1 / (1 + np.exp(-np.clip(weight, -30, 30)))
    return np.where(alone & np.isinf(rival) & ~told, np.nan, chance)


def _pairs(rows: Features, pairs: Pairs) -> Table:
    ids = np.array(rows.ids, dtype=object)
    order = np.lexsort((pairs.second, pairs.first))
    sorted_pairs = pairs.take(order)
    columns: dict[str, list[Any]] = {
        "first": ids[sorted_pairs.first].tolist(), "second": ids[sorted_pairs.second].tolist(),
        "log_odds": (sorted_pairs.total / 1e6).tolist(),
    }
    for place, term in enumerate(TERMS):
        columns[term] = (sorted_pairs.terms[:, place] / 1e6).tolist()
    return Table.from_columns(PAIRS, columns)


def judgements_about(judged: Sequence[Judgement], known: set[str]) -> Judgements:
    """Return what was judged, about these reports; BadCall for a judgement that is none.

    Later judgements of one pair replace earlier ones."""
    said: dict[tuple[str, str], str] = {}
    for one in judged:
        word, first, second = one
        if word not in ("same", "different") or first == second or not {first, second} <= known:
            message = f"a judgement is (same or different, report id, another report id), got {one!r}"
            raise BadCall(message)
        said[min(first, second), max(first, second)] = word
    groups = _groups([pair for pair, word in said.items() if word == "same"])
    apart = tuple(sorted(pair for pair, word in said.items() if word == "different"))
    inside = {one: number for number, group in enumerate(groups) for one in group}
    torn = [pair for pair in apart if pair[0] in inside and inside[pair[0]] == inside.get(pair[1])]
    if torn:
        message = f"judged the same through others and yet different: {torn}"
        raise BadCall(message)
    settled = {one: f"judged {word}" for pair, word in said.items() for one in pair}
    return Judgements(groups, apart, settled)


def _groups(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    found: list[set[str]] = []
    for pair in pairs:
        touching = [one for one in found if one & set(pair)]
        found = [one for one in found if one not in touching] + [set(pair).union(*touching)]
    return tuple(sorted(tuple(sorted(one)) for one in found))
