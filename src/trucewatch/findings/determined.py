"""What people determined of a duty: reached by its clause and the question, not through reports.

The questions are those of `DUTY_QUESTIONS`; one may go on with `:party` to mean one of several
bearers. Only what is open is settled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from trucewatch.agreement import Agreement
from trucewatch.errors import BadCall
from trucewatch.findings.context import Context
from trucewatch.incidents.decision import Decision
from trucewatch.periods import parse_instant
from trucewatch.truth import FALSE, TRUE, Truth

__all__ = ["KINDS", "Determined", "decided_on", "determinations", "determined", "determined_instant"]

KINDS = ("determine", "verify", "reply")
"""Kinds of decision that a duty looks at."""
_ANSWERS = {"yes": TRUE, "true": TRUE, "no": FALSE, "false": FALSE}


@dataclass(frozen=True, slots=True)
class Determined:
    """An answer and the decision that gave it."""

    truth: Truth
    decision: str


def determinations(
    decisions: Iterable[Decision], agreement: Agreement, known_reports: Collection[str]
) -> tuple[Decision, ...]:
    """Return those that are about duties; one that cites reports, none of them known, is idle."""
    duties = {clause.key for clause in agreement.clauses if clause.duty is not None}
    known = frozenset(known_reports)
    return tuple(
        one
        for one in decisions
        if one.kind in KINDS
        and one.clause in duties
        and (not one.reports or not known.isdisjoint(one.reports))
    )


def determined(question: str, clause: str, bearer: str, context: Context) -> Determined | None:
    """Return the last yes or no to the question about this bearer's duty, None if there is none."""
    found = None
    for one in _asked(question, clause, bearer, context):
        truth = _ANSWERS.get((one.answer or "").casefold())
        if truth is not None:
            found = Determined(truth, one.decision_id)
    return found


def determined_instant(
    question: str, clause: str, bearer: str, context: Context
) -> tuple[datetime, str] | None:
    """Return the last instant given in answer to the question, with its decision.

    A day without an hour is its first instant, as in the text of an agreement.
    """
    found = None
    for one in _asked(question, clause, bearer, context):
        answer = one.answer or ""
        answer = answer if "T" in answer else f"{answer}T00:00"
        try:
            found = parse_instant(answer, context.agreement.timezone), one.decision_id
        except BadCall:
            continue
    return found


def _asked(question: str, clause: str, bearer: str, context: Context) -> list[Decision]:
    return [
        one
        for one in decided_on(clause, bearer, context)
        if one.kind == "determine" and (one.question or "").partition(":")[0] == question
    ]


def decided_on(clause: str, bearer: str, context: Context) -> tuple[Decision, ...]:
    """Return the decisions about the duty of this bearer, the one that counts last."""
    return tuple(
        one
        for one in context.about_duties
        if one.clause == clause
        and one.reading in (None, context.agreement.reading)
        and (one.question or "").partition(":")[2] in ("", bearer)
    )
