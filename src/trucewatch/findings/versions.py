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

from trucewatch.findings.context import Context
from trucewatch.periods import known_by
from trucewatch.reports.claim import Claim

__all__ = ["WINDOW_KINDS", "Span", "Version", "version_of"]

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

    @property
    def edges(self) -> tuple[datetime, ...]:
        """Every instant at which the answer for a period may change."""
        bounds = (self.start, self.earliest, self.latest)
        spans = (edge for one in self.sure for edge in (one.start, one.end))
        return (*(one for one in bounds if one is not None), *spans)


def version_of(asserter: str, subject: str, context: Context) -> Version | None:
    """Return the asserter's version of the window `subject`, None if he has stated nothing
    known."""
    return context.once(
        ("version", asserter, subject), lambda: _built(_said(asserter, subject, context))
    )


def _said(asserter: str, subject: str, context: Context) -> list[Claim]:
    said = [
        claim
        for claim in context.claims
        if claim.kind in WINDOW_KINDS
        and claim.asserter == asserter
        and claim.subject == subject
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
    """Return the version after this statement, `stated` being the ends its asserter stated
    before."""
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
    before: datetime | None,
    latest: datetime | None,
    published: datetime | None,
    stated: set[datetime],
) -> datetime | None:
    """Return the latest end, moved back to the publication if it would reach before it
    unannounced."""
    if latest is None or published is None or latest in stated or latest >= published:
        return latest
    limit = published if before is None else min(published, before)
    return max(latest, limit)


def _spans(pairs: Iterable[tuple[datetime | None, datetime | None]]) -> tuple[Span, ...]:
    """Merge stretches that touch; one without a known bound is nowhere surely inside."""
    known = sorted(
        (start, end)
        for start, end in pairs
        if start is not None and end is not None and start < end
    )
    merged: list[Span] = []
    for start, end in known:
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, end))
        else:
            merged.append(Span(start, end))
    return tuple(merged)
