"""What may excuse that a duty was not performed: exceptions, permissions, clauses in conflict.

An exception of a duty is settled by a determination about its id. Until then an invocable one that
nobody invoked (a claim about `clause.exception`) is false, and everything else is open.
"""

from __future__ import annotations

from datetime import datetime

from trucewatch.agreement import Clause, ExceptionTerm
from trucewatch.findings.context import Context
from trucewatch.findings.determined import decided_on, determined
from trucewatch.findings.elements import ElementValue
from trucewatch.findings.lifecycle import Outcome
from trucewatch.findings.moments import DENIED
from trucewatch.findings.permissions import conflicting
from trucewatch.findings.settling import replied
from trucewatch.findings.testimony import about
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth

__all__ = ["can_still_be_invoked", "excused", "excuses_of"]


def excuses_of(
    clause: Clause, bearer: str, due: datetime | None, context: Context
) -> tuple[ElementValue, ...]:
    """Return every exception of the clause, then every permission that beats it.

    A claim that invokes an exception later than `reply_within` after the deadline reopens nothing.
    """
    terms = [
        _exception(one, clause, bearer, due, context) for one in clause.exceptions if one.enabled
    ]
    beating = [one.key for one in context.agreement.clauses if clause.key in one.over]
    return (*terms, *(_permission(one, clause, bearer, context) for one in beating))


def _exception(
    term: ExceptionTerm, clause: Clause, bearer: str, due: datetime | None, context: Context
) -> ElementValue:
    within = context.agreement.evidence.reply_within
    until = None if due is None or within is None else due + within
    claims = [
        one
        for one in about(clause.key, term.key, bearer, context)
        if (until is None or one.known_at is None or one.known_at < until)
        and (one.value or "").casefold() not in DENIED
    ]
    evidence = tuple(one.claim_id for one in claims)
    truth = FALSE if term.invocable and not claims else UNKNOWN
    words = f"{len(claims)} claim(s) invoke it" if claims else "nobody is known to have invoked it"
    return _settled(term.key, truth, words, evidence, clause, bearer, context)


def _permission(key: str, clause: Clause, bearer: str, context: Context) -> ElementValue:
    words = f"whether {key} allows it is open"
    return _settled(key, UNKNOWN, words, (), clause, bearer, context)


def _settled(
    key: str, truth: Truth, words: str, evidence: tuple[str, ...], clause: Clause, bearer: str,
    context: Context,
) -> ElementValue:
    answer = determined(key, clause.key, bearer, context)
    if answer is not None:
        said = "holds" if answer.truth is TRUE else "does not hold"
        words, truth = f"{words}; a recorded determination says that it {said}", answer.truth
        evidence = (*evidence, answer.decision)
    question = f"Does {key} excuse it? {words}" if truth is UNKNOWN else ""
    about_it = clause.key if question else None
    return ElementValue(key, truth, None, None, words, question, about_it, evidence)


def excused(
    outcome: Outcome, excuses: tuple[ElementValue, ...], clause: Clause, context: Context
) -> Outcome:
    """Return the outcome once exceptions, permissions and conflicts have been looked at."""
    if outcome.verdict != "violation":
        return outcome
    holding = tuple(_holds(one, clause) for one in excuses if one.truth is TRUE)
    if holding:
        return Outcome(outcome.state, "compliant", holding)
    open_ = [one.element for one in excuses if one.truth is UNKNOWN]
    open_ += [f"conflict:{one.key}" for one in conflicting(clause, context)]
    return Outcome(outcome.state, "undetermined", tuple(open_)) if open_ else outcome


def _holds(excuse: ElementValue, clause: Clause) -> str:
    own = any(one.key == excuse.element for one in clause.exceptions)
    return f"{'excused' if own else 'permitted'}:{excuse.element}"


def can_still_be_invoked(
    clause: Clause, bearer: str, due: datetime | None, context: Context
) -> bool:
    """Whether an exception can still be invoked: the bearer has not replied, and `reply_within` has
    not passed since it was due."""
    if replied(decided_on(clause.key, bearer, context), (bearer,)):
        return False
    within, known_at = context.agreement.evidence.reply_within, context.known_at
    if not any(one.invocable and one.enabled for one in clause.exceptions):
        return False
    if within is None or known_at is None or due is None:
        return False
    return known_at < due + within
