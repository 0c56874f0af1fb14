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
from trucewatch.agreement.times import ClaimNeed, Moment
from trucewatch.findings.answer import distinct, plain, spoken
from trucewatch.findings.context import Context
from trucewatch.findings.determined import determined, determined_instant
from trucewatch.findings.moments import Resolved
from trucewatch.findings.phases import inside_phase, when_is
from trucewatch.findings.testimony import Deadline
from trucewatch.periods import Period, known_by
from trucewatch.reports.claim import Claim
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of

__all__ = ["Times", "claimed", "in_force", "suspension", "times_of"]

_TICK = timedelta(microseconds=1)
_DENIED = ("no", "false", "not_done", "denied", "rejected")


@dataclass(frozen=True, slots=True)
class Times:
    """When a duty of one bearer runs, as known at the context's instant."""

    start: datetime | None = None
    """From when it can be performed; None: not known."""
    end: datetime | None = None
    """End of its phase; None: not known, or none."""
    due: datetime | None = None
    """By when; None: not known, or not stated."""
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
    edge = _edge(clause.when, "start", context)
    start = edge.at if edge else _bound_since(bearer, context)
    ends = _edge(clause.when, "end", context)
    times = Times(start=start, end=ends.at if ends else None, evidence=edge.claims if edge else ())
    times = replace(times, begun=_begun(duty, edge, context))
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


def _reached(instant: datetime | None, context: Context) -> Truth:
    """Whether the instant of knowledge lies at or after `instant`; everything known: it does."""
    if instant is None:
        return UNKNOWN
    return TRUE if context.known_at is None or context.known_at >= instant else FALSE


def _begun(duty: Duty, edge: Resolved | None, context: Context) -> Truth:
    if duty.start_by is not None:
        return _reached(when_is(duty.start_by, context, ending=True).at, context)
    return FALSE if edge is None else _reached(edge.at, context)


def _with_due(times: Times, clause: Clause, duty: Duty, bearer: str, context: Context) -> Times:
    said = determined_instant("due", clause.key, bearer, context)
    if duty.due is not None:
        found = when_is(duty.due, context, ending=True)
        if found.at is None and said is not None:
            return _at(times, said[0], (said[1],), context)
        if found.at is None:
            return _open_due(_claims(times, found), found.words, clause, bearer, context)
        return _at(_claims(times, found), found.at, (), context)
    if duty.immediately:
        if said is not None:
            return _at(times, said[0], (said[1],), context)
        words = "the text says “immediately”, which only people can measure"
        return _open_due(times, words, clause, bearer, context)
    return _undated(times, clause, bearer, context)


def _claims(times: Times, found: Resolved) -> Times:
    return replace(times, evidence=distinct((*times.evidence, *found.claims)))


def _at(times: Times, due: datetime, decisions: tuple[str, ...], context: Context) -> Times:
    return replace(
        times, due=due, deadline=Deadline(due), passed=_reached(due, context),
        words=f"due by {spoken(due, context.agreement.timezone)}",
        evidence=distinct((*times.evidence, *decisions)),
    )


def _open_due(
    times: Times, words: str, clause: Clause, bearer: str, context: Context
) -> Times:
    """A deadline that cannot be told, unless people determined that it has passed or has not."""
    answer = determined("due", clause.key, bearer, context)
    times = replace(times, words=words, passed=FALSE if times.begun is FALSE else UNKNOWN)
    if answer is None:
        return replace(times, questions=(f"By when was it to be done? {words}",))
    said = f"{words}; a recorded determination says that it {_has(answer.truth)} due"
    evidence = distinct((*times.evidence, answer.decision))
    return replace(times, words=said, passed=answer.truth, evidence=evidence)


def _has(truth: Truth) -> str:
    return "is" if truth is TRUE else "is not yet"


def _undated(times: Times, clause: Clause, bearer: str, context: Context) -> Times:
    """No date is stated: performed whenever it was in its phase, and overdue once that ends."""
    edge = _edge(clause.when, "end", context)
    if edge is not None and edge.at is not None:
        ends = _at(_claims(times, edge), edge.at, (), context)
        if ends.passed is TRUE:
            words = f"no date is stated; {plain(clause.when or '')} ended on"
            said = f"{words} {spoken(edge.at, context.agreement.timezone)}"
            return replace(ends, words=said)
        times = replace(times, deadline=Deadline(edge.at))
    else:
        times = replace(times, deadline=Deadline(ever=True))
    return _open_due(times, "no date is stated", clause, bearer, context)


def _with_windows(times: Times, duty: Duty, context: Context) -> Times:
    """Of a delivery: it is due at the end of every whole window since the start."""
    if duty.deliver is None:
        return times
    limits = [one for one in (times.deadline.at, context.known_at) if one is not None]
    if times.start is None or not limits:
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
        times, windows=windows, due=last, deadline=Deadline(last), passed=TRUE, words=words,
        questions=(),
    )


def _held(times: Times, clause: Clause, context: Context) -> Times:
    """Whether the clause was in force when it was due; before that, whether it ever begins."""
    if clause.when is None:
        return times
    at = times.due
    if at is None:
        known = times.start is not None
        return replace(times, held=TRUE if known else UNKNOWN)
    found = inside_phase(clause.when, Period(at - _TICK, at), context)
    term = found.about if found.unsure_term else None
    asked = (found.question,) if found.question and found.truth is UNKNOWN else ()
    return replace(
        times, held=found.truth, unsure_term=term or times.unsure_term,
        questions=distinct((*times.questions, *asked)),
        evidence=distinct((*times.evidence, *found.claims)),
        words=times.words if found.truth is TRUE else f"{times.words}; {found.words}",
    )


def _with_lapse(times: Times, duty: Duty, context: Context) -> Times:
    if duty.lapses is None:
        return times
    found = when_is(duty.lapses, context, ending=True)
    times = _claims(times, found)
    if found.at is None:
        asked = (*times.questions, f"When does it lapse? {found.words}")
        return replace(times, lapsed=UNKNOWN, questions=asked)
    if times.due is not None and found.at > times.due:
        return times
    words = f"{times.words}; lapses on {spoken(found.at, context.agreement.timezone)}"
    lapsed = _reached(found.at, context)
    undated = duty.due is None and not duty.immediately
    if lapsed is TRUE and times.due is None and not undated:
        lapsed = UNKNOWN
    return replace(times, lapsed=lapsed, words=words)


def claimed(
    need: ClaimNeed, at: datetime | None, context: Context, silent: Truth = UNKNOWN
) -> tuple[Truth, tuple[str, ...]]:
    """Return whether what `need` asks for is on record and in force at `at`, and the claims.

    `at` None: at any time. `silent` stands for a party of whom nothing is on record; whose last
    statement denies it counts as FALSE.
    """
    truths: list[Truth] = []
    ids: list[str] = []
    for party in need.of:
        said = [one for one in context.claims if _says(one, need, party, context)]
        ids += [one.claim_id for one in said]
        truths.append(_stands(said, at) if said else silent)
    together = any_of if need.needs == "any" else all_of
    return together(truths), tuple(ids)


def _says(claim: Claim, need: ClaimNeed, party: str, context: Context) -> bool:
    return (
        claim.subject == need.claim
        and claim.asserter == party
        and known_by(claim.known_at, context.known_at)
    )


def _stands(said: list[Claim], at: datetime | None) -> Truth:
    last = max(said, key=lambda one: (str(one.published_at or one.known_at), one.claim_id))
    if (last.value or "").casefold() in _DENIED or last.kind in ("denial", "rejection"):
        return FALSE
    return in_force(last, at)


def in_force(claim: Claim, at: datetime | None) -> Truth:
    """Whether what is claimed holds at `at`; None: at some time."""
    if at is None:
        return TRUE
    since = claim.valid_from or claim.published_at or claim.known_at
    if since is None:
        return UNKNOWN
    if at < since:
        return FALSE
    until, latest = claim.valid_to_earliest or claim.valid_to_latest, claim.valid_to_latest
    if until is None or at < until:
        return TRUE
    return FALSE if latest is not None and at >= latest else UNKNOWN


def suspension(
    duty: Duty, times: Times, context: Context
) -> tuple[Truth, tuple[str, ...]]:
    """Whether the duty was suspended at its deadline, or now if that lies ahead.

    A suspension has to be declared: nothing on record is no suspension.
    """
    if duty.suspended_by is None:
        return FALSE, ()
    ahead = times.passed is FALSE
    at = context.known_at if ahead or times.due is None else times.due
    truth, ids = claimed(duty.suspended_by, at, context, silent=FALSE)
    return (UNKNOWN if at is None and truth is TRUE else truth), ids
