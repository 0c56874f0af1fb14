"""Whether a period lies in a window of claims: surely only where all asserters agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from trucewatch.findings.answer import Answer, spoken
from trucewatch.findings.context import Context
from trucewatch.findings.versions import WINDOW_KINDS, Version, version_of
from trucewatch.periods import Period
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth

__all__ = ["WINDOW_KINDS", "Version", "inside_version", "inside_window", "version_of"]


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
    "inside": TRUE,
    "before": FALSE,
    "after": FALSE,
    "across": UNKNOWN,
    "open": UNKNOWN,
    "silent": UNKNOWN,
    "untimed": UNKNOWN,
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
        ("versions", phase, asserters),
        lambda: [version_of(one, phase, context) for one in asserters],
    )
    stands = tuple([_stands(version, period) for version in versions])
    key = ("window", phase, asserters, stands)
    return context.once(
        key, lambda: _answer(phase, tuple(zip(asserters, stands, strict=True)), context)
    )


def _answer(phase: str, stands: Sequence[tuple[str, str]], context: Context) -> Answer:
    truths = {_TRUTHS[stand] for _, stand in stands}
    versions = [version_of(one, phase, context) for one, _ in stands]
    claims = tuple(claim for version in versions if version for claim in version.claims)
    words = "; ".join(
        _told(one, stand, version, context)
        for (one, stand), version in zip(stands, versions, strict=True)
    )
    if len(truths) == 1 and UNKNOWN not in truths:
        return Answer(truths.pop(), words, claims=claims)
    if TRUE in truths and FALSE in truths:
        question = f"Whose statement of the window counts? {words}"
        return Answer(UNKNOWN, words, question, about=phase, claims=claims)
    found = {stand for _, stand in stands}
    if "untimed" in found:
        return Answer(
            UNKNOWN, f"the time is not known; {words}", "When did it happen?", claims=claims
        )
    if "across" in found:
        return Answer(UNKNOWN, words, "At what hour did it happen?", claims=claims)
    question = f"Was the window in force then? {words}"
    return Answer(UNKNOWN, words, question, about=phase, claims=claims)


_PLACES = {
    "inside": "inside the window, ",
    "before": "before the window, ",
    "after": "after the window, ",
    "across": "across an edge of the window, ",
    "open": "open, ",
    "untimed": "",
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
