"""One answer over the candidates of a role: never more than the set of candidates carries.

A single candidate whom somebody names is judged as that party. A closed set must satisfy in every
candidate and may in any. An open set, a data set's coding, a generic word or reports in conflict
leave it unknown who it was.
"""

from __future__ import annotations

from collections.abc import Callable

from trucewatch.findings.answer import Answer, choice, distinct
from trucewatch.findings.context import Context
from trucewatch.incidents.leg import Candidates
from trucewatch.truth import FALSE, TRUE, UNKNOWN, from_bounds

__all__ = ["NAMING", "is_named", "is_settled", "over_candidates", "told_of"]

NAMING = frozenset({"stated", "admission", "corroborated", "verified"})
"""Bases on which a single candidate is judged as that party."""
_NEVER_CLOSED = frozenset({"none", "generic", "coded", "conflict"})


def is_named(candidates: Candidates) -> bool:
    """Whether there is exactly one candidate, and somebody names him or nobody else is possible."""
    alone = len(candidates.parties) == 1
    return alone and (candidates.basis in NAMING or is_settled(candidates))


def is_settled(candidates: Candidates) -> bool:
    """Whether nobody outside the candidates is possible."""
    return candidates.closed and bool(candidates.parties) and candidates.basis not in _NEVER_CLOSED


def over_candidates(candidates: Candidates, ask: Callable[[str], Answer]) -> Answer:
    """Return the answer of the set; every candidate is asked, so that the words name what is
    open."""
    answers = [ask(party) for party in candidates.parties]
    claims = distinct(claim for answer in answers for claim in answer.claims)
    if not answers or not (is_named(candidates) or is_settled(candidates)):
        return Answer(UNKNOWN, "", claims=claims)
    truths = [answer.truth for answer in answers]
    truth = from_bounds(
        must=all(one is TRUE for one in truths), may=any(one is not FALSE for one in truths)
    )
    decisive = next((one for one in answers if one.truth is truth), answers[0])
    unsure = any(one.unsure_term for one in answers)
    return Answer(truth, decisive.words, decisive.question, decisive.about, claims, unsure)


def told_of(candidates: Candidates, context: Context) -> str:
    """Return the candidates in words, and whether somebody else remains possible."""
    names = [context.name(party) for party in candidates.parties]
    if not names:
        return "nobody is named"
    if is_named(candidates):
        return f"{names[0]} is named ({candidates.basis})"
    if is_settled(candidates):
        return f"one of these, and nobody else: {choice(names)}"
    return f"candidates: {', '.join(names)}; others remain possible"
