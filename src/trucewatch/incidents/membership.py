"""Why each report belongs to its incident: log-odds over its fellow reports, term by term, in
words.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.candidates import comparable
from trucewatch.incidents.features import Features
from trucewatch.incidents.judgements import Judgements
from trucewatch.incidents.scoring import Pairs
from trucewatch.incidents.weights import TERMS, Weights
from trucewatch.incidents.words import compared, word

__all__ = ["SHOWN", "membership_rows"]

SHOWN = 4
"""Fellow reports whose terms are shown one by one; the others are shown as their sum."""

Ints = npt.NDArray[np.int64]

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def membership_rows(
    rows: Features,
    pairs: Pairs,
    label: Ints,
    names: Sequence[str],
    judgements: Judgements,
    weights: Weights,
) -> list[dict[str, Any]]:
    """Return the rows of incident_report; `names` holds the incident of each row.

    The reasons of a report add up to its log_odds_micro exactly.
    """
    inside = pairs.take(label[pairs.first] == label[pairs.second])
    fellows: dict[int, list[tuple[int, int]]] = defaultdict(list)
    both = zip(inside.first.tolist(), inside.second.tolist(), strict=True)
    for pair, (one, other) in enumerate(both):
        fellows[one].append((other, pair))
        fellows[other].append((one, pair))
    sizes = np.bincount(label[comparable(rows)], minlength=len(rows))
    teller = _Teller(rows, inside, weights)
    return [
        {
            "incident_id": names[row],
            "report_id": report,
            **teller.tell(row, fellows.get(row, ()), int(sizes[label[row]])),
            "judgement": _judgement(rows, row, judgements, fellows.get(row, ())),
        }
        for row, report in enumerate(rows.ids)
    ]


class _Teller:
    """Tells the terms of pairs; each pair is put into words once and told from both ends."""

    def __init__(self, rows: Features, pairs: Pairs, weights: Weights) -> None:
        self.rows = rows
        self.floor = weights.floor
        self.told: list[bool] = comparable(rows).tolist()
        self.totals: list[int] = pairs.total.tolist()
        self.terms: list[list[int]] = pairs.terms.tolist()
        self.compared = compared(rows, pairs.first, pairs.second, weights)
        self.worded: dict[int, list[tuple[str, int, str]]] = {}

    def tell(self, row: int, fellows: Sequence[tuple[int, int]], size: int) -> dict[str, Any]:
        """Return the log-odds of one report and its reasons, the weightiest fellow first.

        `size` counts the comparable reports of its incident.
        """
        ordered = sorted(fellows, key=lambda one: (-abs(self.totals[one[1]]), one[0]))
        reasons: list[tuple[str | None, str, int, str]] = [
            (self.rows.ids[other], *told)
            for other, pair in ordered[:SHOWN]
            for told in self._words(pair)
        ]
        if len(ordered) > SHOWN:
            rest = sum(self.totals[pair] for _, pair in ordered[SHOWN:])
            reasons.append((None, "others", rest, f"{len(ordered) - SHOWN} further reports"))
        met = sum(self.told[other] for other, _ in ordered)
        absent = size - 1 - met if self.told[row] else 0
        if absent:
            words = f"{absent} reports too unlike or too far to compare"
            reasons.append((None, "absent", self.floor * absent, words))
        return {
            "log_odds_micro": sum(one[2] for one in reasons),
            "reasons": _ENCODER.encode(reasons),
        }

    def _words(self, pair: int) -> list[tuple[str, int, str]]:
        if pair not in self.worded:
            self.worded[pair] = [
                (term, value, word(self.rows, self.compared[pair], term))
                for term, value in zip(TERMS, self.terms[pair], strict=True)
                if value
            ]
        return self.worded[pair]


def _judgement(
    rows: Features, row: int, judgements: Judgements, fellows: Sequence[tuple[int, int]]
) -> str | None:
    """Return the decision that settled the report, else the grouping it shares with a fellow."""
    decision = judgements.settled_by.get(rows.ids[row])
    if decision is not None:
        return decision
    code = int(rows.grouping.codes[row])
    shared = code >= 0 and any(int(rows.grouping.codes[other]) == code for other, _ in fellows)
    return rows.grouping.of(row) if shared else None
