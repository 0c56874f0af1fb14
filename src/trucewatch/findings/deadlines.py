"""The times of a duty: from when it runs, by when it is to be performed, when it ceases.

An instant that cannot be told leaves open what hangs on it. A text that gives no date asks for
performance within the phase of the clause: until that ends, whether the time has come is open.
“Immediately” is an open term: only a determination says that it has passed, or until when it ran.
A delivery is judged after every whole window since the start.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from trucewatch.agreement import Clause, Duty
from trucewatch.agreement.times import Moment
from trucewatch.findings.answer import distinct, plain, spoken
from trucewatch.findings.context import Context
from trucewatch.findings.determined import determined, determined_instant
from trucewatch.findings.moments import NEVER, Resolved
from trucewatch.findings.phases import inside_phase, when_is
from trucewatch.findings.testimony import Deadline
from trucewatch.periods import Period
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth

__all__ = ["Times", "times_of"]

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Times:
    """When a duty of one bearer runs, as known at the context's instant."""

    start: datetime | None = None
    """From when it can be performed; None: not known."""
    end: datetime | None = None
    """End of its phase; None: not known, or none."""
    due: datetime | None = None
    """By when; None: not known exactly, or not stated."""
    deadline: Deadline = field(default_factory=Deadline)
    begun: Truth = UNKNOWN
    passed: Truth = UNKNOWN
    held: Truth = TRUE
    """Whether the clause was in force at the deadline."""
    lapsed: Truth = FALSE
    words: str = ""
    questions: tuple[str, ...] = ()
    """What is open about the times."""
    evidence: tuple[str, ...] = ()
    unsure_term: str | None = None
    """The term in doubt that it rests on."""
    windows: tuple[Period, ...] = field(default=())
    """Of a delivery: the whole windows that have passed."""


def times_of(clause: Clause, bearer: str, context: Context) -> Times:
    """Return when the duty runs; the same for all bearers, but for what was determined."""
    key = ("times of", context.agreement.reading, clause.key, bearer)
    return context.once(key, lambda: _times(clause, bearer, context))


def _times(clause: Clause, bearer: str, context: Context) -> Times:
    duty = clause.duty or Duty()
    begins, ends = _edge(clause.when, "start", context), _edge(clause.when, "end", context)
    times = Times(
        start=begins.at if begins else _bound_since(bearer, context), end=ends.at if ends else None,
        begun=_begun(duty, begins, context),
    )
    times = _resting_on(times, begins) if begins else times
    times = _with_due(times, clause, duty, bearer, context)
    times = _with_windows(times, duty, context)
    times = _held(times, clause, context)
    times = _with_lapse(times, duty, context)
    if times.begun is FALSE and times.due is None:
        times = replace(times, passed=FALSE)
    return times


def _edge(phase: str | None, edge: str, context: Context) -> Resolved | None:
    if phase is None:
        return None
    if edge == "end" and context.agreement.phases[phase].open_ended:
        return None
    return when_is(Moment(phase=phase, edge=edge), context, ending=edge == "end")


def _bound_since(bearer: str, context: Context) -> datetime | None:
    bound = context.agreement.bound.get(bearer)
    return bound.start if bound else None


def _reached(edge: Resolved | Deadline, context: Context) -> Truth:
    """Whether the instant of knowledge lies after the moment; where all is known, whatever has an
    instant has passed."""
    known_at, first, last = context.known_at, edge.earliest, edge.latest
    if last is not None and last != NEVER and (known_at is None or known_at >= last):
        return TRUE
    if first is not None and (first == NEVER or (known_at is not None and known_at < first)):
        return FALSE
    return UNKNOWN


def _begun(duty: Duty, edge: Resolved | None, context: Context) -> Truth:
    if duty.start_by is not None:
        return _reached(when_is(duty.start_by, context, ending=True), context)
    return TRUE if edge is None else _reached(edge, context)


def _with_due(times: Times, clause: Clause, duty: Duty, bearer: str, context: Context) -> Times:
    said = determined_instant("due", clause.key, bearer, context)
    if duty.due is not None:
        found = when_is(duty.due, context, ending=True)
        if found.at is None and said is not None:
            return _at(times, said[0], (said[1],), context)
        times = _resting_on(times, found)
        if found.at == NEVER:
            words = "its deadline is the end of what has no end"
            return replace(times, deadline=Deadline(ever=True), passed=FALSE, words=words)
        if found.at is not None:
            return _at(times, found.at, (), context)
        times = replace(times, deadline=Deadline(found.earliest, found.latest))
        passed = _reached(times.deadline, context)
        return _open_due(times, passed, found.words, clause, bearer, context)
    if duty.immediately:
        if said is not None:
            return _at(times, said[0], (said[1],), context)
        words = "the text says “immediately”, which only people can measure"
        return _open_due(times, UNKNOWN, words, clause, bearer, context)
    return _undated(times, clause, bearer, context)


def _resting_on(times: Times, found: Resolved) -> Times:
    return replace(
        times, evidence=distinct((*times.evidence, *found.claims)),
        unsure_term=times.unsure_term or found.unsure,
    )


def _at(times: Times, due: datetime, decisions: tuple[str, ...], context: Context) -> Times:
    deadline = Deadline(due, due)
    return replace(
        times, due=due, deadline=deadline, passed=_reached(deadline, context),
        words=f"due by {spoken(due, context.agreement.timezone)}",
        evidence=distinct((*times.evidence, *decisions)),
    )


def _open_due(
    times: Times, passed: Truth, words: str, clause: Clause, bearer: str, context: Context
) -> Times:
    """A deadline that cannot be told exactly; people may determine that it has passed or has not."""
    passed = FALSE if times.begun is FALSE else passed
    times = replace(times, words=words, passed=passed)
    if passed is not UNKNOWN:
        return times
    answer = determined("due", clause.key, bearer, context)
    if answer is None:
        return replace(times, questions=(f"By when was it to be done? {words}",))
    said = f"{words}; a recorded determination says that it {_has(answer.truth)} due"
    evidence = distinct((*times.evidence, answer.decision))
    times = replace(times, words=said, passed=answer.truth, evidence=evidence)
    return _due_by_now(times, clause.duty or Duty(), context) if answer.truth is TRUE else times


def _due_by_now(times: Times, duty: Duty, context: Context) -> Times:
    """People say that it is due: until now at the latest; where no date is stated, by now."""
    ends = [one for one in (times.deadline.latest, context.known_at) if one is not None]
    if not ends:
        return times
    undated = duty.due is None and not duty.immediately
    first = min(ends) if undated else times.deadline.earliest or times.start
    return replace(times, deadline=Deadline(first, min(ends)))


def _has(truth: Truth) -> str:
    return "is" if truth is TRUE else "is not yet"


def _undated(times: Times, clause: Clause, bearer: str, context: Context) -> Times:
    """No date is stated: performed whenever it was in its phase, and overdue once that ends."""
    edge = _edge(clause.when, "end", context)
    if edge is None or edge.latest in (None, NEVER):
        times = replace(times, deadline=Deadline(ever=True))
        return _open_due(times, UNKNOWN, "no date is stated", clause, bearer, context)
    times = replace(_resting_on(times, edge), deadline=Deadline(edge.earliest, edge.latest))
    if _reached(edge, context) is not TRUE:
        return _open_due(times, UNKNOWN, "no date is stated", clause, bearer, context)
    words = f"no date is stated; {plain(clause.when or '')} has ended"
    if edge.at is not None:
        words = f"{words} on {spoken(edge.at, context.agreement.timezone)}"
    return replace(times, due=edge.at, passed=TRUE, words=words)


def _with_windows(times: Times, duty: Duty, context: Context) -> Times:
    """Of a delivery: it is due at the end of every whole window since the start."""
    if duty.deliver is None:
        return times
    surely = times.deadline.earliest is not None or times.deadline.ever
    ends = (times.deadline.earliest, context.known_at)
    limits = [one for one in ends if one is not None and one != NEVER]
    if times.start is None or not limits or not surely:
        asked = ("From when until when is it counted?", *times.questions)
        return replace(times, passed=UNKNOWN, questions=distinct(asked))
    length = duty.deliver.averaged_over
    whole = max(0, (min(limits) - times.start) // length)
    windows = tuple(
        Period(times.start + n * length, times.start + (n + 1) * length) for n in range(whole)
    )
    if not windows:
        return replace(times, passed=FALSE, questions=(), words="no whole window has passed")
    last = times.start + whole * length
    words = f"{whole} whole window(s) until {spoken(last, context.agreement.timezone)}"
    return replace(
        times, windows=windows, due=last, deadline=Deadline(last, last), passed=TRUE, words=words,
        questions=(),
    )


def _held(times: Times, clause: Clause, context: Context) -> Times:
    """Whether the clause was in force when it was due; before that, whether it ever begins."""
    if clause.when is None:
        return times
    first, last = times.deadline.earliest, times.deadline.latest
    if first is None or last is None or last < first:
        known = times.start is not None
        return replace(times, held=TRUE if known else UNKNOWN)
    since = first - _TICK
    if times.start is not None and since < times.start < last:
        since = times.start
    found = inside_phase(clause.when, Period(since, last), context)
    term = found.about if found.unsure_term else None
    asked = (found.question,) if found.question and found.truth is UNKNOWN else ()
    return replace(
        times, held=found.truth, unsure_term=term or times.unsure_term,
        questions=distinct((*times.questions, *asked)),
        evidence=distinct((*times.evidence, *found.claims)),
        words=times.words if found.truth is TRUE else f"{times.words}; {found.words}",
    )


def _with_lapse(times: Times, duty: Duty, context: Context) -> Times:
    """It lapses if that surely comes no later than the deadline; a lapse after it changes nothing."""
    if duty.lapses is None:
        return times
    found = when_is(duty.lapses, context, ending=True)
    times = _resting_on(times, found)
    first, last = times.deadline.earliest, times.deadline.latest
    if found.earliest is not None and last is not None and found.earliest > last:
        return times
    undated = duty.due is None and not duty.immediately
    surely = undated or (first is not None and found.latest is not None and found.latest <= first)
    lapsed = _reached(found, context)
    if lapsed is TRUE and not surely:
        lapsed = UNKNOWN
    asked = times.questions if lapsed is not UNKNOWN else (*times.questions, "When does it lapse?")
    words = times.words
    if found.at is not None:
        words = f"{words}; lapses on {spoken(found.at, context.agreement.timezone)}"
    return replace(times, lapsed=lapsed, words=words, questions=asked)
