"""Why each report belongs to its incident: log-odds over its fellow reports, term by term, in
words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from json.encoder import encode_basestring
from typing import Any

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.candidates import comparable
from trucewatch.incidents.features import Features
from trucewatch.incidents.judgements import Judgements
from trucewatch.incidents.pairs import Pairs
from trucewatch.incidents.weights import TERMS, Bounds
from trucewatch.incidents.words import compared, word

__all__ = ["SHOWN", "membership_rows"]

SHOWN = 4
"""Fellow reports whose terms are shown one by one; the others are shown as their sum."""

Ints = npt.NDArray[np.int64]


def membership_rows(
    rows: Features,
    pairs: Pairs,
    label: Ints,
    names: Sequence[str],
    judgements: Judgements,
    weights: Bounds,
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
    sizes = np.bincount(label[comparable(rows)], minlength=len(rows))[label].tolist()
    teller = _Teller(rows, inside, weights)
    settled = judgements.settled_by
    grouping = rows.grouping.codes.tolist()
    found = []
    for row, report in enumerate(rows.ids):
        own = fellows.get(row, ())
        log_odds, reasons = teller.tell(row, own, sizes[row])
        shared = grouping[row] >= 0 and any(grouping[other] == grouping[row] for other, _ in own)
        found.append(
            {
                "incident_id": names[row],
                "report_id": report,
                "log_odds_micro": log_odds,
                "reasons": reasons,
                "judgement": settled.get(report) or (rows.grouping.of(row) if shared else None),
            }
        )
    return found


class _Teller:
    """Tells the terms of pairs; each pair is put into words once and told from both ends."""

    def __init__(self, rows: Features, pairs: Pairs, weights: Bounds) -> None:
        self.rows = rows
        self.floor = weights.floor
        self.told: list[bool] = comparable(rows).tolist()
        self.totals: list[int] = pairs.total.tolist()
        self.terms: list[list[int]] = pairs.terms.tolist()
        self.compared = compared(rows, pairs.first, pairs.second, weights)
        self.worded: dict[int, list[str]] = {}

    def tell(self, row: int, fellows: Sequence[tuple[int, int]], size: int) -> tuple[int, str]:
        """Return the log-odds of one report and its reasons as JSON, the weightiest fellow first.

        `size` counts the comparable reports of its incident. The terms of a pair add up to its
        total.
        """
        ordered = sorted(fellows, key=lambda one: (-abs(self.totals[one[1]]), one[0]))
        reasons = [self._reasons(self.rows.ids[other], pair) for other, pair in ordered[:SHOWN]]
        log_odds = sum([self.totals[pair] for _, pair in ordered])
        if len(ordered) > SHOWN:
            rest = sum([self.totals[pair] for _, pair in ordered[SHOWN:]])
            reasons.append(_sum("others", rest, f"{len(ordered) - SHOWN} further reports"))
        met = sum([self.told[other] for other, _ in ordered])
        absent = size - 1 - met if self.told[row] else 0
        if absent:
            words = f"{absent} reports too unlike or too far to compare"
            reasons.append(_sum("absent", self.floor * absent, words))
        return log_odds + self.floor * absent, f"[{','.join(filter(None, reasons))}]"

    def _reasons(self, other: str, pair: int) -> str:
        """Return the entries for the terms of one pair, told of the report `other`."""
        if pair not in self.worded:
            self.worded[pair] = self._words(pair)
        begin = f"[{encode_basestring(other)},"
        return ",".join([begin + ending for ending in self.worded[pair]])

    def _words(self, pair: int) -> list[str]:
        """Return the endings of these entries: term, micro-log-odds, words."""
        return [
            _ending(term, value, word(self.rows, self.compared[pair], term))
            for term, value in zip(TERMS, self.terms[pair], strict=True)
            if value
        ]


def _sum(term: str, value: int, words: str) -> str:
    """Return the entry for what several reports add up to."""
    return f"[null,{_ending(term, value, words)}"


def _ending(term: str, value: int, words: str) -> str:
    return f'"{term}",{value},{encode_basestring(words)}]'
