"""Whether a member of a bloc has accepted the agreement: by its own statement, and nobody else's.

What others say of a member's acceptance contradicts or not, and never decides; unless people have
accepted that very claim. Conflicting claims, and none, leave it unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from trucewatch.findings.answer import Answer
from trucewatch.findings.context import Context
from trucewatch.periods import Period, known_by
from trucewatch.reports.claim import Claim
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth

__all__ = ["STANCES", "acceptance", "counts_from"]

STANCES = ("acceptance", "rejection")
"""Kinds of claim that say whether a party accepts."""
_EVER = datetime.min.replace(tzinfo=UTC)


def acceptance(party: str, period: Period | None, context: Context) -> Answer:
    """Whether `party` had accepted, by its own statement, throughout `period`."""
    said = context.once(("accepting", party), lambda: _statements(party, context))
    settled = [claim for claim in said if claim.claim_id in context.accepted]
    own = settled or [claim for claim in said if claim.asserter == party]
    name = context.name(party)
    claims = tuple(claim.claim_id for claim in said)
    if not own:
        words = f"no acceptance by {name} itself is on record"
        question = f"Did {name} accept? {words}"
        return Answer(UNKNOWN, words, question, about=party, claims=claims)
    truth = _accepted(own, period)
    others = [claim for claim in said if claim.asserter != party and not settled]
    contrary = "rejection" if truth is TRUE else "acceptance"
    if truth is not UNKNOWN and any(claim.kind == contrary for claim in others):
        words = f"claims about the acceptance by {name} conflict"
        return Answer(UNKNOWN, words, f"Did {name} accept? {words}", about=party, claims=claims)
    if truth is UNKNOWN:
        words = f"whether {name} had accepted by then is open"
        return Answer(
            UNKNOWN, words, f"When did {name} accept or reject?", about=party, claims=claims
        )
    words = f"{name} accepted by its own statement" if truth is TRUE else f"{name} rejected it"
    return Answer(truth, words, claims=claims)


def _statements(party: str, context: Context) -> list[Claim]:
    """Return what is said of the acceptance by `party`: its own statements and those of others."""
    own_subjects = {None, party, context.agreement.key}
    return [
        claim
        for claim in sorted(context.claims, key=lambda one: (counts_from(one), one.claim_id))
        if claim.kind in STANCES
        and known_by(claim.known_at, context.known_at)
        and (claim.subject in own_subjects if claim.asserter == party else claim.subject == party)
    ]


def counts_from(claim: Claim) -> datetime:
    """From when a statement counts: an acceptance as it says, a rejection not before it was
    published."""
    published = claim.published_at or claim.known_at
    stated = claim.valid_from or published or _EVER
    if claim.kind == "rejection" and published is not None:
        return max(stated, published)
    return stated


def _accepted(own: Sequence[Claim], period: Period | None) -> Truth:
    """The stance in force throughout the period; before the first statement it is not known."""
    if period is None or period.start is None:
        return UNKNOWN
    in_force = [claim for claim in own if counts_from(claim) <= period.start]
    later = [
        claim
        for claim in own
        if counts_from(claim) > period.start
        and (period.end is None or counts_from(claim) < period.end)
    ]
    if not in_force:
        return UNKNOWN
    stance = in_force[-1].kind
    if any(claim.kind != stance for claim in later):
        return UNKNOWN
    return TRUE if stance == "acceptance" else FALSE
