"""What is said of a duty, and whose word that is: accounts that each asserter gives.

The bearer's own word that it performed, and what any other side says, is alleged. Its own word that
it did not is an admission. Somebody who is no side reports; two of them corroborate; whom the
agreement names in `verified_by`, and a claim that people accepted, verifies. Accounts of several
are never added: where they differ, the part performed lies somewhere between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from trucewatch.agreement import Clause
from trucewatch.findings.agreeing import Range, agreed
from trucewatch.findings.context import Context
from trucewatch.findings.elements import required_of
from trucewatch.findings.lifecycle import OPEN, Part
from trucewatch.periods import known_by, zone_of
from trucewatch.reports.claim import Claim
from trucewatch.reports.independence import is_partisan, owner_of
from trucewatch.truth import FALSE, TRUE, Truth, any_of

__all__ = [
    "DUTY_KINDS", "Account", "Deadline", "Weighed", "about", "claims_about", "claims_on", "done_in_time", "is_neutral",
    "latest_of_each", "range_of", "said_at", "suffices", "weigh", "weight_needed", "weight_of",
]

_DAY = timedelta(days=1)
DUTY_KINDS = ("duty", "aggregate")
"""Kinds of claim that may be about a duty."""
_WEIGHTS = {"neutral": 1, "admitted": 2, "verified": 3}
"""How much the word of those who count supports a fact."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when something counts as performed in time: not before `earliest`, not after `latest`."""

    earliest: datetime | None = None
    latest: datetime | None = None
    ever: bool = False
    """Whenever it was done, it counts."""

    @property
    def at(self) -> datetime | None:
        """The instant, if it can be told exactly."""
        return self.earliest if self.earliest == self.latest else None


@dataclass(frozen=True, slots=True)
class Account:
    """What one asserter says of one part of a duty."""

    asserter: str
    owner: str
    """Accounts of one owner count once."""
    weight: str
    """`own`, `alleged`, `neutral`, `admitted` or `verified`."""
    part: Part | None
    """What it says was performed in time; None: nothing, such as “cannot confirm”."""
    says: str
    claims: tuple[str, ...] = ()
    unsure: bool = False
    """It says, after the deadline, that it cannot tell."""
    open_source: bool = True
    """Everybody may know who says it; if not, words that travel with a finding do not name him."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the accounts together make of one part of a duty."""

    part: Part = OPEN
    disputed: bool = False
    """Somebody says that it was done, in whole or part, and it is not settled."""
    strength: str | None = None
    accounts: tuple[Account, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether it is verified that not all was performed: somebody did look."""
        short = self.part.possible < 1 and not self.disputed
        return short and any(
            one.weight == "verified" and one.part is not None and one.part.possible < 1
            for one in self.accounts
        )


def claims_about(clause: str, context: Context) -> tuple[Claim, ...]:
    """Return every known claim about a duty or its parts, by publication: they may contradict."""
    return context.once(("claims about", clause), lambda: _claims_about(clause, context))


def _claims_about(clause: str, context: Context) -> tuple[Claim, ...]:
    said = [
        claim
        for claim in context.claims
        if claim.kind in DUTY_KINDS
        and claim.subject is not None
        and _base(claim.subject).partition(".")[0] == clause
        and known_by(claim.known_at, context.known_at)
    ]
    return tuple(sorted(said, key=_published))


def _published(claim: Claim) -> tuple[str, str]:
    return str(claim.published_at or claim.known_at), claim.claim_id


def claims_on(clause: str, bearer: str, context: Context) -> tuple[Claim, ...]:
    """Return those of the known claims about a duty that may mean this bearer."""
    return tuple(one for one in claims_about(clause, context) if _may_mean(one, bearer))


def _may_mean(claim: Claim, bearer: str) -> bool:
    return (claim.subject or "").partition(":")[2] in ("", bearer)


def _base(subject: str) -> str:
    """Return `clause` or `clause.part` of a subject that may go on with `:bearer`."""
    return subject.partition(":")[0]


def about(clause: str, part: str | None, bearer: str, context: Context) -> tuple[Claim, ...]:
    """Return the known claims about this part (None: the whole) that may mean this bearer."""
    wanted = clause if part is None else f"{clause}.{part}"
    return tuple(
        claim
        for claim in claims_on(clause, bearer, context)
        if _base(claim.subject or "") == wanted
    )


def weight_of(claim: Claim, clause: Clause, bearer: str, context: Context) -> str:
    """Return how the word of a claim's asserter counts for a duty of `bearer`."""
    if claim.claim_id in context.accepted:
        return "verified"
    asserter = claim.asserter
    owner = owner_of(asserter, context.sources or {})
    own = any_of(_is_own(one, bearer, context) for one in {asserter, owner})
    if own.may:
        return "own" if own is TRUE else "alleged"
    verifiers = clause.duty.verified_by if clause.duty else ()
    if asserter in verifiers or owner in verifiers:
        return "verified"
    carried = {asserter, claim.source, claim.origin or asserter}
    return "neutral" if all(is_neutral(one, context) for one in carried) else "alleged"


def _is_own(asserter: str, bearer: str, context: Context) -> Truth:
    """Whether the asserter is the bearer, or belongs to it."""
    if asserter == bearer:
        return TRUE
    known = context.actors.parties
    if asserter not in known or bearer not in known:
        return FALSE
    return context.actors.belongs(asserter, bearer, None)


def is_neutral(asserter: str, context: Context) -> bool:
    """Whether somebody is known and is no side.

    Where the sources of the case are not told (an example), a name that no party has is a source.
    """
    sources = context.sources
    if is_partisan(asserter, sources or {}, context.actors):
        return False
    return sources is None or asserter in sources or asserter in context.actors.parties


def said_at(claim: Claim) -> datetime | None:
    """Return as of when a statement speaks: the end of what it is about, else its publication."""
    ends = (claim.valid_to_latest, claim.valid_to_earliest, claim.published_at, claim.known_at)
    return next((one for one in ends if one is not None), None)


def latest_of_each(claims: Iterable[Claim]) -> list[Claim]:
    """Return the last statement of each asserter, by publication: it replaces his earlier ones."""
    found: dict[str, Claim] = {}
    for claim in sorted(claims, key=_published):
        found[claim.asserter] = claim
    return list(found.values())


def done_in_time(claim: Claim, deadline: Deadline, zone: str) -> bool | None:
    """Return whether what is said to be done was done by the deadline; None: cannot be told.

    A start that is given as a day lies anywhere in that day.
    """
    if deadline.ever:
        return True
    since, published = claim.valid_from, claim.published_at or claim.known_at
    by = [one for one in (published, since and _end_of_day(since, zone)) if one is not None]
    if deadline.earliest is not None and by and min(by) <= deadline.earliest:
        return True
    late = since is not None and deadline.latest is not None and since >= deadline.latest
    return False if late else None


def _end_of_day(since: datetime, zone: str) -> datetime:
    """Return the instant, or the end of its day if it is the day's first instant."""
    local = since.astimezone(zone_of(zone))
    whole_day = (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    return since + _DAY if whole_day else since


def weigh(accounts: Sequence[Account], clause: Clause, context: Context) -> Weighed:
    """Return what accounts of one part settle, at the strength that the clause asks of acts.

    An admission bounds what was performed from above, and proves nothing of it.
    """
    speaking = [(one, one.part) for one in accounts if one.part is not None]
    counting = [(one, part) for one, part in speaking if one.weight in _WEIGHTS]
    strength = _strength([one for one, _ in counting]) or ("alleged" if speaking else None)
    ranges = [
        Range(
            one.owner, _WEIGHTS[one.weight], None if one.weight == "admitted" else part.sure,
            part.possible,
        )
        for one, part in counting
    ]
    low, high = agreed(ranges, weight_needed(clause, context))
    part = Part(low, Fraction(1) if high is None else high)
    open_ = part.possible == 1 and part.sure < 1
    said = any(one.possible > 0 for _, one in speaking)
    return Weighed(part, open_ and said, strength, tuple(accounts))


def weight_needed(clause: Clause, context: Context) -> int:
    """Return how much support a fact needs: that of one who is no side, of two, of a verification."""
    return {"corroborated": 2, "verified": 3}.get(required_of("act", clause, context), 1)


def range_of(account: Account, low: Fraction, high: Fraction | None) -> Range | None:
    """Return the range that the account supports; None for a word that does not count."""
    weight = _WEIGHTS.get(account.weight)
    if weight is None or account.weight == "admitted":
        return None
    return Range(account.owner, weight, low, high)


def suffices(counting: Sequence[Account], clause: Clause, context: Context) -> bool:
    """Whether these accounts are the strength that the clause asks of an act."""
    weights = {one.owner: _WEIGHTS[one.weight] for one in counting if one.weight in _WEIGHTS}
    return sum(weights.values()) >= weight_needed(clause, context)


def _strength(counting: Sequence[Account]) -> str | None:
    weights = {one.weight for one in counting}
    if "verified" in weights:
        return "verified"
    independent = len({one.owner for one in counting})
    if "admitted" in weights or independent > 1:
        return "corroborated"
    return "reported" if independent else None
