"""Section 8: what could not be seen, and what keeps findings undetermined."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.publish.daily_lines import Figure, FindingEntry
from trucewatch.publish.frame import Frame
from trucewatch.publish.statement_lines import CoverageLine

__all__ = ["coverage_lines", "undetermined_by"]


def coverage_lines(frame: Frame) -> tuple[CoverageLine, ...]:
    """Return every account of who could look on this day."""
    said = frame.said
    return tuple(
        CoverageLine(
            where=frame.place(one.place) or one.zone or said.say("place.unknown"),
            period=frame.time(one.period),
            observer=frame.party(one.observer) if one.observer else said.say("observer.unknown"),
            share=said.say("share.unknown")
            if one.share is None
            else said.say("share", percent=f"{100 * one.share:.0f}"),
            reason=one.reason,
        )
        for one in frame.now.coverage
        if one.period is None or one.period.overlaps(frame.period)
    )


def undetermined_by(found: Sequence[FindingEntry], frame: Frame) -> tuple[tuple[str, Figure], ...]:
    """Return how many findings each reason keeps undetermined, the commonest first; one can wait for several."""
    by_reason: dict[str, list[str]] = {}
    for one in found:
        if one.verdict == "undetermined":
            for reason in one.reasons:
                by_reason.setdefault(reason, []).append(one.id)
    ordered = sorted(by_reason.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(
        (
            frame.said.reason(reason),
            Figure(len(ids), f"list-open-{reason.replace(':', '-')}", tuple(ids)),
        )
        for reason, ids in ordered
    )
