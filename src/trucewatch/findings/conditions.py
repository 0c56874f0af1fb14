"""On what a duty hangs: another's performance, claims on record, and what suspends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trucewatch.agreement import Clause, Duty
from trucewatch.agreement.times import ClaimNeed
from trucewatch.findings.answer import distinct, together
from trucewatch.findings.bearers import bearers_of
from trucewatch.findings.context import Context
from trucewatch.findings.deadlines import Times, times_of
from trucewatch.findings.determined import determined
from trucewatch.findings.on_record import claimed, suspension
from trucewatch.findings.performance import performance
from trucewatch.findings.testimony import Deadline
from trucewatch.findings.watching import watch_over
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, all_of

__all__ = ["Condition", "opened", "suspended"]


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether something that the duty hangs on holds, why, and what would settle it."""

    truth: Truth
    words: str = ""
    question: str = ""
    evidence: tuple[str, ...] = ()


def opened(clause: Clause, bearer: str, times: Times, context: Context) -> Condition:
    """Return whether what the duty waits for has happened; without `only_if` it waits for nothing."""
    found = list(_waited_for(clause.duty or Duty(), times, context))
    joined = Condition(
        all_of(one.truth for one in found), "; ".join(one.words for one in found),
        next((one.question for one in found if one.question), ""),
        distinct(claim for one in found for claim in one.evidence),
    )
    return _settled(joined, "opened", clause, bearer, context)


def _settled(
    found: Condition, question: str, clause: Clause, bearer: str, context: Context
) -> Condition:
    answer = determined(question, clause.key, bearer, context)
    if answer is None or (found.truth is not UNKNOWN and found.evidence):
        return found
    said = "yes" if answer.truth is TRUE else "no"
    words = f"{found.words}; {question}? a recorded determination says {said}".removeprefix("; ")
    return Condition(answer.truth, words, "", (*found.evidence, answer.decision))


def _waited_for(duty: Duty, times: Times, context: Context) -> Iterator[Condition]:
    if duty.only_if_claim is not None:
        yield _on_record(duty.only_if_claim, context)
    if duty.only_if_performed is not None:
        yield _performed(duty.only_if_performed, times, context)


def _on_record(need: ClaimNeed, context: Context) -> Condition:
    truth, ids = claimed(need, None, context)
    wanted = together([context.name(one) for one in need.of])
    if truth is TRUE:
        return Condition(TRUE, f"{need.claim} is on record", "", ids)
    if truth is FALSE:
        return Condition(FALSE, f"{need.claim} was denied", "", ids)
    words = f"no claim on record by {wanted} says {need.claim}"
    return Condition(UNKNOWN, words, f"Did {wanted} declare “{need.claim}”? {words}", ids)


def _performed(key: str, times: Times, context: Context) -> Condition:
    """Whether the other clause was performed, by all its bearers, by this duty's deadline."""
    clause = context.agreement.clause(key)
    found = [_by(one, clause, times, context) for one in bearers_of(clause.who, context)]
    truth = all_of(one.truth for one in found)
    decisive = next((one for one in found if one.truth is truth), Condition(UNKNOWN))
    evidence = distinct(claim for one in found for claim in one.evidence)
    return replace(decisive, truth=truth, evidence=evidence)


def _by(bearer: str, clause: Clause, times: Times, context: Context) -> Condition:
    name = context.name(bearer)
    if clause.status != "given":
        words = f"what {clause.key} asks of {name} is marked {clause.status.replace('_', ' ')}"
        return Condition(UNKNOWN, words, f"What does the text say of {clause.key}?")
    deadline = Deadline(ever=True) if times.deadline.latest is None else times.deadline
    own = replace(times_of(clause, bearer, context), deadline=deadline)
    watch = watch_over(clause, bearer, own, context)
    done = performance(clause, bearer, own, context, covered=watch.enough)
    truth = UNKNOWN if done.disputed else done.part.whole
    told = {TRUE: "was performed", FALSE: "was not performed", UNKNOWN: "may or may not be performed"}
    words = f"{clause.key} of {name} {told[truth]}: {done.words}"
    question = f"Was {clause.key} performed by {name}? {done.words}" if truth is UNKNOWN else ""
    return Condition(truth, words, question, done.evidence)


def suspended(clause: Clause, bearer: str, times: Times, context: Context) -> Condition:
    """Return whether the duty was suspended; a suspension must be declared, or determined."""
    duty = clause.duty or Duty()
    truth, ids = suspension(duty, times, context)
    name = duty.suspended_by.claim if duty.suspended_by else "suspended"
    words = {TRUE: f"suspended: {name}", UNKNOWN: f"whether {name} suspends it then is open"}
    question = f"Until when did {name} last?" if truth is UNKNOWN else ""
    found = Condition(truth, words.get(truth, ""), question, ids)
    return _settled(found, "suspended", clause, bearer, context)
