"""When a moment of the agreement is: stated, or counted from an anchor or from a phase's edge.

What claims state differently lies somewhere between the earliest and the latest of them; nobody's
statement is picked. A bound that is not known is None, and nothing rests on it for sure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from trucewatch.agreement.times import Anchor, ClaimNeed, Moment
from trucewatch.findings.answer import together
from trucewatch.findings.context import Context
from trucewatch.periods import day_of, day_period, known_by
from trucewatch.reports.claim import Claim

__all__ = ["DENIED", "NEVER", "Resolved", "instant_of", "resolve", "said_of"]


NEVER = datetime.max.replace(tzinfo=UTC)
"""Where a phase that has no end ends: no time after it, and none before it, can be counted."""
DENIED = frozenset({"no", "false", "not_done", "denied", "rejected"})
"""Values of a claim that deny what it is about."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """When a moment is: not before `earliest`, not after `latest`; None: no such bound is known."""

    earliest: datetime | None = None
    latest: datetime | None = None
    claims: tuple[str, ...] = ()
    unsure: str | None = None
    """The term in doubt that it rests on."""
    words: str = ""
    """Why it cannot be told exactly."""

    @property
    def at(self) -> datetime | None:
        """The instant, if it can be told exactly."""
        return self.earliest if self.earliest == self.latest else None


def resolve(
    moment: Moment, context: Context, edge: Callable[[str, str], Resolved], *, ending: bool
) -> Resolved:
    """Return when the moment is; `edge(phase, "start" or "end")` tells when a phase begins or ends.

    `ending` says which side of a calendar day is meant: its end where something ends or is due, its
    first instant where something starts.
    """
    if moment.at is not None:
        return Resolved(moment.at, moment.at)
    if moment.anchor is not None:
        found = _anchored(context.agreement.anchors[moment.anchor], context)
    else:
        found = edge(moment.phase or "", moment.edge)
    zone = context.agreement.timezone

    def moved(instant: datetime | None) -> datetime | None:
        if instant is None or instant == NEVER:
            return instant
        if moment.day is None:
            return instant + moment.offset
        days = moment.day - 1 if moment.day > 0 else moment.day
        day = day_period(day_of(instant, zone) + timedelta(days=days), zone)
        return day.end if ending else day.start

    return replace(found, earliest=moved(found.earliest), latest=moved(found.latest))


def _anchored(anchor: Anchor, context: Context) -> Resolved:
    unsure = None if anchor.status == "given" else anchor.key
    if anchor.at is not None:
        return Resolved(anchor.at, anchor.at, unsure=unsure)
    if anchor.needs is None:
        return Resolved(unsure=unsure, words=f"when {anchor.key} is, is not known")
    return replace(_stated(anchor.key, anchor.needs, context), unsure=unsure)


def _stated(key: str, need: ClaimNeed, context: Context) -> Resolved:
    """Return between which instants the parties state the anchor, each by his latest statement."""
    latest = {party: said[-1] for party in need.of if (said := said_of(need, party, context))}
    silent = [context.name(one) for one in need.of if one not in latest]
    claims = tuple(sorted(one.claim_id for one in latest.values()))
    if not latest or (silent and need.needs == "all"):
        words = f"{together(silent)} has not stated {key}, as far as is known"
        return Resolved(claims=claims, words=words)
    instants = [instant for one in latest.values() if (instant := instant_of(one)) is not None]
    if len(instants) < len(latest):
        return Resolved(claims=claims, words=f"a statement of {key} gives no time")
    words = "" if len(set(instants)) == 1 else f"the statements of {key} differ"
    return Resolved(min(instants), max(instants), claims, words=words)


def said_of(need: ClaimNeed, party: str, context: Context) -> list[Claim]:
    """Return what the party has affirmed of the subject, as known then, the latest statement last.

    A denial affirms nothing: it opens no phase and dates no anchor.
    """
    return sorted(
        (
            claim
            for claim in context.claims
            if claim.subject == need.claim
            and claim.asserter == party
            and known_by(claim.known_at, context.known_at)
            and (claim.value or "").casefold() not in DENIED
        ),
        key=lambda one: (str(one.known_at or one.published_at or ""), one.claim_id),
    )


def instant_of(claim: Claim) -> datetime | None:
    """Return from when the claim says that it holds, else when it was made."""
    return claim.valid_from or claim.published_at or claim.known_at
