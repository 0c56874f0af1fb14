"""Claims and coverage as an audience may see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trucewatch.actors import Actors
from trucewatch.periods import Period
from trucewatch.release.policy import Policy
from trucewatch.release.records import ReleasedClaim, ReleasedCoverage
from trucewatch.reports import Claim
from trucewatch.reports.talks import AGREEMENT, STATUS, TERM

__all__ = ["about_who", "neutral", "points_at_nobody", "released_claim", "released_coverage"]

_ABOUT_WHO = ("admission", "denial", "statement")
"""Kinds of claims that say who did it, or who did not."""
_ACCUSING = ("violated", "doubt_of_compliance")
"""States of the agreement that somebody is blamed for."""
_NO_SIDE = ("protected", "observer")
"""Kinds of actors that may be named: those who may not be harmed, and those who look on."""


def about_who(claim: Claim) -> bool:
    """Whether a claim speaks of the party behind a happening; what is said of the agreement alone does not."""
    if claim.subject in (AGREEMENT, STATUS, TERM):
        return claim.value in _ACCUSING
    return claim.kind in _ABOUT_WHO


def points_at_nobody(claim: ReleasedClaim) -> bool:
    """Whether citing the claim beside a finding tells nothing of the party that the finding is about.

    An acceptance, or a claim to hold the ground, would: it is looked up for the candidates only.
    """
    return claim.kind in ("window", "renewal", "ending", "coverage", "duty")


def neutral(text: str | None, actors: Actors) -> str | None:
    """Return the text if it names no side and no word that could mean one; None otherwise."""
    named = {one for mention in actors.find(text or "") for one in mention.resolution.parties}
    return None if any(actors.parties[one].kind not in _NO_SIDE for one in named) else text


def released_claim(claim: Claim, policy: Policy, actors: Actors) -> ReleasedClaim:
    """Return a claim; its words and free terms only where they name no party, or the policy names them.

    The subject of an aggregate is what its asserter counts and stays as he puts it.
    """
    shown = policy.names_candidates
    keeps = (
        shown or claim.kind == "aggregate" or claim.kind in ("window", "renewal", "ending", "duty")
    )
    return ReleasedClaim(
        claim_id=claim.claim_id,
        kind=claim.kind,
        asserter=claim.asserter,
        subject=claim.subject if keeps else neutral(claim.subject, actors),
        value=claim.value if keeps else neutral(claim.value, actors),
        low=claim.low,
        high=claim.high,
        qualifier=claim.qualifier,
        unit=claim.unit,
        valid_from=claim.valid_from,
        valid_to_earliest=claim.valid_to_earliest,
        valid_to_latest=claim.valid_to_latest,
        place=claim.place,
        basis=claim.basis,
        source=claim.source,
        chain=claim.chain,
        published_at=claim.published_at,
        known_at=claim.known_at,
        known_assumed=claim.known_assumed,
        text=claim.text if shown else None,
        evidence=claim.evidence,
        locator=claim.locator,
    )


def released_coverage(row: Mapping[str, Any], policy: Policy, actors: Actors) -> ReleasedCoverage:
    """Return who could look where; the reason only where it names no party."""
    start, end = row["from"], row["to"]
    return ReleasedCoverage(
        coverage_id=row["coverage_id"],
        place=row["place"],
        zone=row["zone"],
        period=None if start is None and end is None else Period(start, end),
        observer=row["observer"],
        share=row["share"],
        reason=row["reason"] if policy.names_candidates else neutral(row["reason"], actors),
    )
