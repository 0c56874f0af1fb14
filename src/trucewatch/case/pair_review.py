"""Which pairs of reports to judge next: first those whose answer changes findings, then the least sure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from trucewatch.case.listing import changed_rows
from trucewatch.case.result import CaseResult
from trucewatch.incidents import Decision, decision_records, decision_table
from trucewatch.incidents.reviewing import Doubt, doubtful_pairs
from trucewatch.pipeline import run
from trucewatch.version import VERSION

__all__ = ["review_rows"]

_IF = "what-if"


def review_rows(
    result: CaseResult, *, most: int, progress: Callable[[int], None] = lambda _: None
) -> list[dict[str, Any]]:
    """Return the `most` least sure pairs, those first whose other answer changes most findings.

    Each is tried: the case is computed as if a person had said the opposite of how it is now. Keys of a row:
    first, second, now (together, apart), log_odds, terms, says (what each report says), changes (rows of
    `changed_rows`), findings (how many).
    """
    inputs = result.inputs
    doubts = doubtful_pairs(
        result.resolved.tables, inputs.decisions, actors=inputs.actors, sources=inputs.sources,
        weights=inputs.linking, most=most,
    )
    rows = []
    for number, doubt in enumerate(doubts):
        rows.append(_row(result, doubt))
        progress(number + 1)
    return sorted(rows, key=lambda row: (-row["findings"], abs(row["log_odds"]), row["first"], row["second"]))


def _row(result: CaseResult, doubt: Doubt) -> dict[str, Any]:
    word = "different" if doubt.together else "same"
    said = Decision(_IF, word, _IF, _IF, _last(result), reports=(doubt.first, doubt.second))
    decisions = decision_table([*decision_records(result.inputs.decisions), said])
    other = run(
        replace(result.inputs, decisions=decisions), known_at=result.known_at, readings=result.readings,
        program_version=VERSION,
    )
    changes = changed_rows(result, other)
    told = {row["report_id"]: row for row in result.reports.rows()}
    return {
        "first": doubt.first, "second": doubt.second, "now": "together" if doubt.together else "apart",
        "log_odds": round(doubt.log_odds, 2), "findings": len(changes), "answer": word,
        "terms": {name: round(value, 2) for name, value in doubt.terms.items()},
        "says": [_says(told[one]) for one in (doubt.first, doubt.second)], "changes": changes,
    }  # fmt: skip


def _last(result: CaseResult) -> datetime:
    """Return an instant at which nothing later was decided."""
    stamps = [one.recorded_at for one in decision_records(result.inputs.decisions)]
    known: list[datetime] = [one for one in result.reports.values("known_at") if one is not None]
    return max([*stamps, *known])


def _says(row: dict[str, Any]) -> str:
    """Return in a few words what a report says, from when to what."""
    when = row["occurred_from"]
    parts = (row["source"], when.date().isoformat() if when else "no date", row["place_written"] or row["place"], row["act"])
    return ", ".join(str(one) for one in parts if one)
