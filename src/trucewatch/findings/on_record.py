"""What is on record of something that a duty hangs on: declared, denied, and in force when."""

from __future__ import annotations

from datetime import UTC, datetime

from trucewatch.agreement import Duty
from trucewatch.agreement.times import ClaimNeed
from trucewatch.findings.context import Context
from trucewatch.findings.deadlines import Times
from trucewatch.findings.moments import DENIED
from trucewatch.periods import known_by
from trucewatch.reports.claim import Claim
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of

__all__ = ["claimed", "suspension"]

_EVER = datetime.min.replace(tzinfo=UTC)


def claimed(
    need: ClaimNeed, at: datetime | None, context: Context, silent: Truth = UNKNOWN
) -> tuple[Truth, tuple[str, ...]]:
    """Return whether what `need` asks for is on record and in force at `at`, and the claims.

    `at` None: at any time. Of each party the last statement made by then counts: what is declared
    afterwards changes nothing before. `silent` stands for a party of whom nothing is on record;
    whose statement denies it counts as FALSE.
    """
    truths: list[Truth] = []
    ids: list[str] = []
    for party in need.of:
        said = [one for one in context.claims if _says(one, need, party, context)]
        ids += [one.claim_id for one in said]
        made = [one for one in said if at is None or _made(one) <= at]
        truths.append(_stands(made, at) if made else silent)
    together = any_of if need.needs == "any" else all_of
    return together(truths), tuple(ids)


def _says(claim: Claim, need: ClaimNeed, party: str, context: Context) -> bool:
    return (
        claim.subject == need.claim
        and claim.asserter == party
        and known_by(claim.known_at, context.known_at)
    )


def _made(claim: Claim) -> datetime:
    return claim.published_at or claim.known_at or _EVER


def _stands(said: list[Claim], at: datetime | None) -> Truth:
    last = max(said, key=lambda one: (_made(one), one.claim_id))
    if (last.value or "").casefold() in DENIED or last.kind in ("denial", "rejection"):
        return FALSE
    return _in_force(last, at)


def _in_force(claim: Claim, at: datetime | None) -> Truth:
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
    edges = (times.deadline.earliest, times.deadline.latest)
    instants = (context.known_at,) if times.passed is FALSE else edges
    found = [claimed(duty.suspended_by, at, context, silent=FALSE) for at in instants]
    truths = {UNKNOWN if at is None and one is TRUE else one
              for at, (one, _) in zip(instants, found, strict=True)}
    return truths.pop() if len(truths) == 1 else UNKNOWN, found[0][1]
