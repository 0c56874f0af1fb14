"""Where a duty of one bearer stands: its times, what it waits for, and what was performed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from trucewatch.agreement import Clause
from trucewatch.findings.answer import Answer
from trucewatch.findings.binding import named_by
from trucewatch.findings.conditions import Condition, opened, suspended
from trucewatch.findings.context import Context
from trucewatch.findings.deadlines import Times, times_of
from trucewatch.findings.lifecycle import Outcome, Progress, outcome_of
from trucewatch.findings.performance import Performance, performance
from trucewatch.findings.watching import Watch, watch_over
from trucewatch.periods import Period
from trucewatch.truth import FALSE, TRUE, all_of

__all__ = ["Standing", "standing_of"]

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """All that is known of one duty of one bearer under one reading."""

    times: Times
    opened: Condition
    suspended: Condition
    performed: Performance
    watch: Watch
    bound: Answer
    outcome: Outcome


def standing_of(clause: Clause, bearer: str, context: Context) -> Standing:
    """Return where the duty stands; computed once for each reading."""
    key = ("standing", context.agreement.reading, clause.key, bearer)
    return context.once(key, lambda: _standing(clause, bearer, context))


def _standing(clause: Clause, bearer: str, context: Context) -> Standing:
    times = times_of(clause, bearer, context)
    waits = opened(clause, bearer, times, context)
    rests = suspended(clause, bearer, times, context)
    watch = watch_over(clause, bearer, times, context)
    done = performance(clause, bearer, times, context, covered=watch.enough)
    progress = Progress(
        done.part, done.disputed, opened=waits.truth, begun=times.begun, passed=times.passed,
        lapsed=times.lapsed, suspended=rests.truth,
    )
    progress = _while_held(progress, times)
    outcome = outcome_of(progress, covered=watch.enough or done.shown)
    who = _bound(clause, bearer, times, context)
    return Standing(times, waits, rests, done, watch, who, outcome)


def _while_held(progress: Progress, times: Times) -> Progress:
    """A clause that was not in force at the deadline asked for nothing then: it had lapsed, or it
    had not begun."""
    if times.held is TRUE or times.passed is FALSE:
        return progress
    before = times.due is not None and times.start is not None and times.due <= times.start
    if times.held is FALSE and not before:
        return replace(progress, lapsed=TRUE)
    return replace(progress, opened=all_of((progress.opened, times.held)))


def _bound(clause: Clause, bearer: str, times: Times, context: Context) -> Answer:
    """Return whether the bearer was bound when it was due, or when it began.

    Where neither is known, whoever is bound now counts as bound then; who is not may still be.
    """
    at = times.due or times.start
    found = _at(at or context.known_at, clause, bearer, context)
    return found if at is not None or found.truth is TRUE else _at(None, clause, bearer, context)


def _at(at: datetime | None, clause: Clause, bearer: str, context: Context) -> Answer:
    period = None if at is None else Period(at, at + _TICK)
    return named_by(bearer, clause.who, period, context)
