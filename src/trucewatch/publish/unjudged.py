"""The terms that nobody is judged under: permissions, and what an agreement only provides."""

from __future__ import annotations

from collections.abc import Iterator

from trucewatch.agreement import JUDGED, Clause
from trucewatch.publish.daily_lines import UnjudgedRow
from trucewatch.publish.frame import Frame
from trucewatch.publish.judgements import quote_of

__all__ = ["unjudged_rows"]

_APART = (*JUDGED, "duty")


def unjudged_rows(frame: Frame) -> tuple[UnjudgedRow, ...]:
    """Return every clause that makes no findings, in the agreement's order: shown, not dropped."""
    return tuple(
        UnjudgedRow(
            clause=clause.key,
            cite=None if clause.cite is None else clause.cite.at,
            quote=quote_of(clause),
            status=clause.status,
            kind_words=_kind(clause, frame),
            lines=tuple(_lines(clause, frame)),
        )
        for clause in frame.agreement.clauses
        if clause.kind not in _APART
    )


def _kind(clause: Clause, frame: Frame) -> str:
    return frame.said.say(f"shown.{clause.shown.kind if clause.shown else 'permission'}")


def _lines(clause: Clause, frame: Frame) -> Iterator[str]:
    said, shown = frame.said, clause.shown
    if shown is None:
        if clause.over:
            yield said.say("shown.over", clauses=", ".join(clause.over))
        return
    yield shown.words
    for number, step in enumerate(shown.steps, 1):
        yield f"{number}. {step}"
