"""Windows are claims: which version of a window each asserter stated last, as known at one instant.

An asserter's version is his latest statement known then. Surely inside is what lies before the
earliest end that he admits, surely outside what lies at or after the latest; between them it is
unknown. A statement cannot take back what its asserter had said before about the time before its
own publication, except back to an end that he had stated earlier: nobody voids a breach afterwards.
Times are aware UTC, intervals half-open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from trucewatch.findings.answer import Answer, spoken
from trucewatch.findings.context import Context
from trucewatch.periods import Period, known_by
from trucewatch.reports.claim import Claim
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth

__all__ = ["WINDOW_KINDS", "Span", "Version", "inside_version", "inside_window", "version_of"]

WINDOW_KINDS = ("window", "renewal", "ending")
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch that is surely inside; both bounds are known."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A window as one asserter has it."""

    sure: tuple[Span, ...]
    """Surely inside; sorted, apart from each other."""
    start: datetime | None
    """Surely outside before this; None: no start was stated."""
    earliest: datetime | None
    """The earliest end that the latest statement admits."""
    latest: datetime | None
    """Surely outside from here on; None: no latest end was stated."""
    claims: tuple[str, ...]
    """Id of the statement that counts."""


def version_of(asserter: str, subject: str, context: Context) -> Version | None:
    """Return the asserter's version of the window `subject`, None if he has stated nothing known."""
    return context.once(("version", asserter, subject), lambda: _built(_said(asserter, subject, context)))


def _said(asserter: str, subject: str, context: Context) -> list[Claim]:
    said = [
        claim
        for claim in context.claims
        if claim.kind in WINDOW_KINDS and claim.asserter == asserter and claim.subject == subject
        and known_by(claim.known_at, context.known_at)
    ]
    return sorted(said, key=_order)


def _order(claim: Claim) -> tuple[datetime, datetime, str]:
    published = claim.published_at or claim.known_at or _EVER
    return claim.known_at or published, published, claim.claim_id


def _built(said: Sequence[Claim]) -> Version | None:
    version: Version | None = None
    stated: set[datetime] = set()
    for claim in said:
        ends = _ends(claim, version)
        version = _after(version, claim, ends, stated)
        stated.update(end for end in ends if end is not None)
    return version


def _ends(claim: Claim, before: Version | None) -> tuple[datetime | None, datetime | None]:
    """The earliest and latest end that the statement admits.

    An ending that gives one instant means that instant; one that gives none means that the window
    is over by the time of its publication, and leaves open since when.
    """
    stated = (claim.valid_to_earliest, claim.valid_to_latest)
    if claim.kind != "ending" or stated != (None, None):
        return stated
    if claim.valid_from is not None:
        return claim.valid_from, claim.valid_from
    latest = claim.published_at or claim.known_at
    earliest = before.earliest if before else None
    return (earliest if earliest is None or latest is None else min(earliest, latest)), latest


def _after(
    before: Version | None,
    claim: Claim,
    ends: tuple[datetime | None, datetime | None],
    stated: set[datetime],
) -> Version:
    """Return the version after this statement, `stated` being the ends its asserter stated before."""
    earliest, latest = ends
    start = None if claim.kind == "ending" else claim.valid_from
    if before is None:
        return Version(_spans(((start, earliest),)), start, earliest, latest, (claim.claim_id,))
    published = claim.published_at or claim.known_at
    start = start or before.start
    cut = earliest if earliest in stated else published
    kept = ((span.start, span.end if cut is None else min(span.end, cut)) for span in before.sure)
    sure = _spans((*kept, (start, earliest)))
    latest = _not_voiding(before.latest, latest, published, stated)
    if sure and latest is not None:
        latest = max(latest, sure[-1].end)
    first = min((one for one in (start, before.start) if one is not None), default=None)
    return Version(sure, first, earliest, latest, (claim.claim_id,))


def _not_voiding(
    before: datetime | None, latest: datetime | None, published: datetime | None, stated: set[datetime]
) -> datetime | None:
    """Return the latest end, moved back to the publication if it would reach before it unannounced."""
    if latest is None or published is None or latest in stated or latest >= published:
        return latest
    limit = published if before is None else min(published, before)
    return max(latest, limit)


def _spans(pairs: Iterable[tuple[datetime | None, datetime | None]]) -> tuple[Span, ...]:
    """Merge stretches that touch; one without a known bound is nowhere surely inside."""
    known = sorted(
        (start, end) for start, end in pairs if start is not None and end is not None and start < end
    )
    merged: list[Span] = []
    for start, end in known:
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, end))
        else:
            merged.append(Span(start, end))
    return tuple(merged)


def inside_version(version: Version | None, period: Period | None) -> Truth:
    """Whether the whole period lies inside: TRUE all of it, FALSE none of it, else UNKNOWN."""
    return _TRUTHS[_stands(version, period)]


def _stands(version: Version | None, period: Period | None) -> str:
    """Return where the period stands in the version: one of the keys of _TRUTHS."""
    if version is None:
        return "silent"
    if period is None:
        return "untimed"
    start, end = period.start, period.end
    if start is not None and end is not None:
        for span in version.sure:
            if span.start <= start and end <= span.end:
                return "inside"
    if version.start is not None and end is not None and end <= version.start:
        return "before"
    if version.latest is not None and start is not None and start >= version.latest:
        return "after"
    return "across" if any(_crosses(period, edge) for edge in _edges(version)) else "open"


_TRUTHS = {
    "inside": TRUE, "before": FALSE, "after": FALSE, "across": UNKNOWN, "open": UNKNOWN,
    "silent": UNKNOWN, "untimed": UNKNOWN,
}


def _edges(version: Version) -> tuple[datetime, ...]:
    bounds = (version.start, version.earliest, version.latest)
    return tuple(bound for bound in bounds if bound is not None)


def _crosses(period: Period, edge: datetime) -> bool:
    begins = period.start is None or period.start < edge
    return begins and (period.end is None or edge < period.end)


def inside_window(
    phase: str, asserters: tuple[str, ...], period: Period | None, context: Context
) -> Answer:
    """Whether `period` lies in the window of claims: surely only where all asserters agree."""
    versions = context.once(
        ("versions", phase, asserters), lambda: [version_of(one, phase, context) for one in asserters]
    )
    stands = tuple([_stands(version, period) for version in versions])
    key = ("window", phase, asserters, stands)
    return context.once(key, lambda: _answer(phase, tuple(zip(asserters, stands, strict=True)), context))


def _answer(phase: str, stands: Sequence[tuple[str, str]], context: Context) -> Answer:
    truths = {_TRUTHS[stand] for _, stand in stands}
    versions = [version_of(one, phase, context) for one, _ in stands]
    claims = tuple(claim for version in versions if version for claim in version.claims)
    words = "; ".join(
        _told(one, stand, version, context) for (one, stand), version in zip(stands, versions, strict=True)
    )
    if len(truths) == 1 and UNKNOWN not in truths:
        return Answer(truths.pop(), words, claims=claims)
    if TRUE in truths and FALSE in truths:
        question = f"Whose statement of the window counts? {words}"
        return Answer(UNKNOWN, words, question, about=phase, claims=claims)
    found = {stand for _, stand in stands}
    if "untimed" in found:
        return Answer(UNKNOWN, f"the time is not known; {words}", "When did it happen?", claims=claims)
    if "across" in found:
        return Answer(UNKNOWN, words, "At what hour did it happen?", claims=claims)
    question = f"Was the window in force then? {words}"
    return Answer(UNKNOWN, words, question, about=phase, claims=claims)


_PLACES = {
    "inside": "inside the window, ", "before": "before the window, ", "after": "after the window, ",
    "across": "across an edge of the window, ", "open": "open, ", "untimed": "",
}


def _told(asserter: str, stand: str, version: Version | None, context: Context) -> str:
    """One asserter's version in words, and where the period stands in it."""
    name, zone = context.name(asserter), context.agreement.timezone
    if version is None:
        return f"{name}: no statement known"
    return f"{name}: {_PLACES[stand]}the statement known then {_extent(version, zone)}"


def _extent(version: Version, zone: str) -> str:
    start = f"starts on {spoken(version.start, zone)}" if version.start else "states no start"
    return f"{start} and {_ending(version, zone)}"


def _ending(version: Version, zone: str) -> str:
    earliest, latest = version.earliest, version.latest
    if latest is None:
        if earliest is None:
            return "states no end"
        return f"reaches at least to {spoken(earliest, zone)}, with no end stated"
    if earliest is None or earliest == latest:
        return f"ends on {spoken(latest, zone)}"
    return f"ends between {spoken(earliest, zone)} and {spoken(latest, zone)}"
