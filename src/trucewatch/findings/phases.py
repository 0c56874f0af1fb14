"""The time of a clause: a window of claims, a fixed phase, one after another, or one by claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from trucewatch.agreement import Phase
from trucewatch.findings.answer import Answer, spoken, together
from trucewatch.findings.context import Context
from trucewatch.findings.windows import inside_window
from trucewatch.periods import Period, known_by
from trucewatch.reports.claim import Claim
from trucewatch.truth import FALSE, TRUE, UNKNOWN

__all__ = ["Bounds", "bounds_of", "inside_phase"]

_FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A phase with a known start; `end` None means that its end is not known."""

    start: datetime
    end: datetime | None
    claims: tuple[str, ...] = ()


def inside_phase(name: str, period: Period | None, context: Context) -> Answer:
    """Whether the whole period lies inside the phase: TRUE all of it, FALSE none of it.

    A phase that is a placeholder, or that rests on one, leaves it UNKNOWN.
    """
    phase = context.agreement.phases[name]
    unsure = context.once(("unsure phase", name), lambda: _unsure(phase, context))
    if unsure:
        question = f"What does the text say of {unsure.key}? It is marked {unsure.status}"
        words = (
            f"{unsure.key} is marked {unsure.status.replace('_', ' ')}, so its time is not known"
        )
        return Answer(UNKNOWN, words, question, about=unsure.key, unsure_term=True)
    if phase.asserters:
        return inside_window(name, phase.asserters, period, context)
    bounds = context.once(("bounds", name), lambda: bounds_of(phase, context))
    if bounds is None:
        return _not_opened(phase, context)
    return _within(phase, bounds, period, context)


def _unsure(phase: Phase, context: Context) -> Phase | None:
    """Return the first phase on the way to the start of this one whose status is not `given`."""
    seen: set[str] = set()
    current: Phase | None = phase
    while current is not None and current.key not in seen:
        if current.status != "given":
            return current
        seen.add(current.key)
        current = context.agreement.phases.get(current.after or "")
    return None


def bounds_of(phase: Phase, context: Context, above: frozenset[str] = frozenset()) -> Bounds | None:
    """Return when the phase starts and ends as far as text and claims tell, None if not opened.

    A phase `after` another starts when that one ends; after a window of claims its start is not
    known.
    """
    if phase.key in above:
        return None
    if phase.needs_claim is not None:
        return _opened(phase, context)
    start = phase.start
    claims: tuple[str, ...] = ()
    if phase.after is not None:
        earlier = context.agreement.phases[phase.after]
        found = None if earlier.asserters else bounds_of(earlier, context, above | {phase.key})
        if found is None or found.end is None:
            return None
        start, claims = max(found.end, start or found.end), found.claims
    if start is None:
        return None
    return Bounds(start, _end(phase, start), claims)


def _end(phase: Phase, start: datetime) -> datetime | None:
    if phase.end is not None:
        return phase.end
    if phase.lasts is not None:
        return start + phase.lasts
    return _FOREVER if phase.open_ended else None


def _opened(phase: Phase, context: Context) -> Bounds | None:
    """A phase that claims open starts when the last one (or, for `any`, the first) counts."""
    first: dict[str, tuple[datetime, str]] = {}
    for claim in context.claims:
        since = claim.valid_from or claim.published_at or claim.known_at
        if _opens(claim, phase, context) and since is not None:
            found = (since, claim.claim_id)
            first[claim.asserter] = min(found, first.get(claim.asserter, found))
    if not first or (phase.claim_needs != "any" and set(phase.claim_of) - first.keys()):
        return None
    pick = min if phase.claim_needs == "any" else max
    start = pick(since for since, _ in first.values())
    claims = tuple(sorted(claim for _, claim in first.values()))
    return Bounds(start, _end(phase, start), claims)


def _opens(claim: Claim, phase: Phase, context: Context) -> bool:
    return (
        claim.subject == phase.needs_claim
        and claim.asserter in phase.claim_of
        and known_by(claim.known_at, context.known_at)
    )


def _not_opened(phase: Phase, context: Context) -> Answer:
    if phase.needs_claim is not None:
        wanted = together([context.name(one) for one in phase.claim_of]) or "those who may"
        words = f"no claim on record opens {phase.key}"
        question = f"Did {wanted} declare “{phase.needs_claim}”? {words}"
    else:
        words = f"when {phase.key} starts is not known"
        question = f"When did {phase.key} start?"
    return Answer(UNKNOWN, words, question, about=phase.key)


def _within(phase: Phase, bounds: Bounds, period: Period | None, context: Context) -> Answer:
    words = f"{phase.key} {_extent(bounds, context)}"
    if period is None:
        words = f"the time is not known; {words}"
        return Answer(UNKNOWN, words, "When did it happen?", claims=bounds.claims)
    start, end = period.start, period.end
    if end is not None and end <= bounds.start:
        return Answer(FALSE, f"before it: {words}", claims=bounds.claims)
    if bounds.end is not None and start is not None and start >= bounds.end:
        return Answer(FALSE, f"after it: {words}", claims=bounds.claims)
    if start is None or start < bounds.start or end is None:
        return Answer(UNKNOWN, words, "At what hour did it happen?", claims=bounds.claims)
    if bounds.end is None:
        question = f"When does {phase.key} end?"
        return Answer(UNKNOWN, words, question, about=phase.key, claims=bounds.claims)
    if end <= bounds.end:
        return Answer(TRUE, words, claims=bounds.claims)
    return Answer(UNKNOWN, words, "At what hour did it happen?", claims=bounds.claims)


def _extent(bounds: Bounds, context: Context) -> str:
    zone = context.agreement.timezone
    start = f"starts on {spoken(bounds.start, zone)}"
    if bounds.end is None:
        return f"{start}; its end is not known"
    if bounds.end == _FOREVER:
        return f"{start} and has no end"
    return f"{start} and ends on {spoken(bounds.end, zone)}"
