"""Whether enough could be seen of the time and ground of a duty for silence to mean something.

What must have been seen is the stretch from the start of the duty to its deadline, of every zone
that it speaks of, or of what its `observed` names. Only who is no side, or whom the agreement lets
verify, counts as an observer: nobody is found in breach on the word of the other side.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from trucewatch.agreement import Clause, Duty
from trucewatch.findings.amounts import exact
from trucewatch.findings.answer import distinct
from trucewatch.findings.context import Context
from trucewatch.findings.coverage import observed_share
from trucewatch.findings.deadlines import Times
from trucewatch.findings.determined import determined
from trucewatch.findings.testimony import is_neutral
from trucewatch.periods import Period
from trucewatch.reports.independence import owner_of
from trucewatch.truth import TRUE

__all__ = ["Watch", "ground_of", "watch_over"]

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Watch:
    """How much could be seen, and whether that is enough."""

    enough: bool
    words: str
    evidence: tuple[str, ...] = ()


def ground_of(clause: Clause) -> tuple[str, ...]:
    """Return the zones or places that must have been seen."""
    duty = clause.duty or Duty()
    if duty.observed.of is not None:
        return (duty.observed.of,)
    own = () if clause.where is None else (clause.where,)
    return distinct((*(line.beyond for line in duty.withdraw), *own))


def watch_over(clause: Clause, bearer: str, times: Times, context: Context) -> Watch:
    """Return how much of each ground was surely seen between start and deadline."""
    found = _by_statements(clause, bearer, times, context)
    answer = determined("coverage", clause.key, bearer, context)
    if found.enough or answer is None:
        return found
    said = "enough" if answer.truth is TRUE else "too little"
    words = f"{found.words}; a recorded determination says that {said} was seen"
    return Watch(answer.truth is TRUE, words, (*found.evidence, answer.decision))


def _by_statements(clause: Clause, bearer: str, times: Times, context: Context) -> Watch:
    duty, ground = clause.duty or Duty(), ground_of(clause)
    rows = {one: context.coverage.get(one, ()) for one in ground}
    evidence = tuple(row.coverage_id for listed in rows.values() for row in listed)
    if not ground:
        return Watch(enough=False, words="the agreement names no ground to be watched")
    first, last = times.deadline.earliest, times.deadline.latest or context.known_at
    if times.start is None or last is None or last <= times.start:
        words = "from when until when to look is not known"
        return Watch(enough=False, words=words, evidence=evidence)
    during, shortest = Period(times.start, last), (first or times.start) - times.start
    shares = {
        one: _least_share(
            observed_share(listed, during, lambda who: _counts(who, clause, bearer, context)),
            last - times.start, shortest,
        )
        for one, listed in rows.items()
    }
    enough = all(share >= exact(duty.observed.at_least) for share in shares.values())
    told = ", ".join(f"{_percent(share)} of {one}" for one, share in shares.items())
    asked = f"{_percent(exact(duty.observed.at_least))} asked"
    return Watch(enough, f"surely seen until the deadline: {told}; {asked}", evidence)


def _least_share(share: Fraction, longest: timedelta, shortest: timedelta) -> Fraction:
    """Return the share that was surely seen wherever between the two the stretch ended."""
    unseen = (1 - share) * (longest // _TICK)
    if unseen == 0:
        return Fraction(1)
    length = max(timedelta(0), shortest) // _TICK
    return max(Fraction(0), 1 - unseen / length) if length else Fraction(0)


def _counts(observer: str, clause: Clause, bearer: str, context: Context) -> bool:
    owner = owner_of(observer, context.sources or {})
    verifiers = clause.duty.verified_by if clause.duty else ()
    if bearer in (observer, owner):
        return False
    return observer in verifiers or owner in verifiers or is_neutral(observer, context)


def _percent(share: Fraction) -> str:
    """Return the share rounded down, so that 90 % is said only of 90 % and more."""
    return f"{share * 100 // 1} %"
