"""Sections 5, 9 and 10: figures claimed, access, and who says when the terms were in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from trucewatch.acts import under
from trucewatch.findings.context import Context
from trucewatch.findings.windows import WINDOW_KINDS, inside_version, version_of
from trucewatch.periods import Period
from trucewatch.publish.daily_lines import Happening
from trucewatch.publish.frame import Frame
from trucewatch.publish.spoken import figure_words
from trucewatch.publish.statement_lines import AggregateGroup, StatementLine, WindowLine
from trucewatch.release import ReleasedClaim, ReleasedIncident
from trucewatch.reports import Claim

__all__ = ["access_numbers", "access_statements", "aggregates", "statement", "windows"]

_DAY = timedelta(hours=25)
"""A little more than a day: what covers more is a running count, not the count of one day."""


def statement(claim: ReleasedClaim, says: str, frame: Frame) -> StatementLine:
    """Return one claim as a line."""
    return StatementLine(
        asserter=frame.party(claim.asserter),
        says=says,
        period=_period(claim, frame),
        qualifier=frame.said.say("inferred") if claim.basis == "inferred" else None,
        text=claim.text,
        cited=frame.cited(claim),
    )


def _span(claim: ReleasedClaim) -> Period | None:
    start, end = claim.valid_from, claim.valid_to_latest or claim.valid_to_earliest
    return None if start is None and end is None else Period(start, end)


def _period(claim: ReleasedClaim, frame: Frame) -> str | None:
    span = _span(claim)
    return None if span is None else frame.time(span)


def _order(claim: ReleasedClaim) -> tuple[str, str]:
    return (claim.published_at.isoformat() if claim.published_at else "~", claim.claim_id)


def aggregates(frame: Frame) -> tuple[AggregateGroup, ...]:
    """Return figures for this day, and running counts up to it, by what is counted; nothing is added up."""
    groups: dict[str, list[ReleasedClaim]] = {}
    for claim in sorted(frame.now.claims, key=_order):
        if claim.kind == "aggregate" and _concerns(claim, frame.period):
            groups.setdefault(claim.subject or "", []).append(claim)
    return tuple(
        AggregateGroup(
            subject=subject,
            statements=tuple(statement(one, _figure(one, frame), frame) for one in said),
        )
        for subject, said in sorted(groups.items())
    )


def _concerns(claim: ReleasedClaim, day: Period) -> bool:
    span = _span(claim)
    if span is None or span.overlaps(day):
        return span is not None
    if span.start is None or span.end is None or day.start is None:
        return False
    return span.end <= day.start and span.end - span.start > _DAY


def _figure(claim: ReleasedClaim, frame: Frame) -> str:
    words = figure_words(claim.low, claim.high, claim.qualifier, frame.said)
    unit = "" if claim.unit is None else f" {frame.said.word('unit', claim.unit)}"
    return f"{words}{unit}" if claim.low is not None else claim.value or words


def access_statements(frame: Frame) -> tuple[StatementLine, ...]:
    """Return what is said of access on this day."""
    said = frame.said
    found = []
    for claim in sorted(frame.now.claims, key=_order):
        span = _span(claim)
        if claim.kind == "access" and span is not None and span.overlaps(frame.period):
            parts = [one for one in (claim.subject, claim.value) if one]
            place = frame.place(claim.place)
            words = ": ".join(parts) or said.say("withheld.words")
            found.append(statement(claim, f"{words} ({place})" if place else words, frame))
    return tuple(found)


def access_numbers(
    observed: Sequence[Happening], incidents: Iterable[ReleasedIncident]
) -> tuple[int, ...]:
    """Return the observations in which access was obstructed or monitors were hindered."""
    numbers = {one.incident_id: one.number for one in observed}
    return tuple(
        sorted(
            numbers[one.incident_id]
            for one in incidents
            if one.incident_id in numbers
            and any(under(act, "access.obstruct") or under(act, "monitors") for act in one.acts)
        )
    )


def windows(frame: Frame) -> tuple[WindowLine, ...]:
    """Return, for each window and each asserter that counts, his version as known, and this day in it."""
    claims = [one for one in frame.now.claims if one.kind in WINDOW_KINDS]
    context = Context(
        agreement=frame.agreement,
        actors=frame.actors,
        claims=tuple(map(_plain, claims)),
        known_at=frame.now.known_at,
    )
    by_id = {one.claim_id: one for one in claims}
    return tuple(
        _window(phase.key, asserter, context, by_id, frame)
        for phase in frame.agreement.phases.values()
        for asserter in phase.asserters
    )


def _plain(claim: ReleasedClaim) -> Claim:
    """Return the claim as judging takes it, with the parts that a window needs."""
    return Claim(
        claim_id=claim.claim_id,
        kind=claim.kind,
        asserter=claim.asserter,
        source=claim.source,
        locator=claim.locator,
        subject=claim.subject,
        value=claim.value,
        valid_from=claim.valid_from,
        valid_to_earliest=claim.valid_to_earliest,
        valid_to_latest=claim.valid_to_latest,
        published_at=claim.published_at,
        known_at=claim.known_at,
    )


def _window(
    phase: str, asserter: str, context: Context, by_id: dict[str, ReleasedClaim], frame: Frame
) -> WindowLine:
    said, version = frame.said, version_of(asserter, phase, context)
    if version is None:
        silent = said.say("inside.silent")
        return WindowLine(
            phase, frame.party(asserter), silent, "unknown", said.say("inside.unknown"), None, 0
        )
    inside = inside_version(version, frame.period).value
    mine = [one for one in by_id.values() if one.asserter == asserter and one.subject == phase]
    last = by_id.get(version.claims[-1])
    return WindowLine(
        phase=phase,
        asserter=frame.party(asserter),
        says=_extent(version.start, version.earliest, version.latest, frame)
        + (f" ({said.say('inferred')})" if last is not None and last.basis == "inferred" else ""),
        inside=inside,
        inside_words=said.say(f"inside.{inside}"),
        cited=None if last is None else frame.cited(last),
        earlier=len(mine) - 1,
    )


def _extent(
    start: datetime | None, earliest: datetime | None, latest: datetime | None, frame: Frame
) -> str:
    said = frame.said
    begins = said.say("time.unknown") if start is None else frame.instant(start)
    if earliest is None:
        ends = (
            said.say("time.open")
            if latest is None
            else said.say("time.end_at", last=frame.instant(latest))
        )
    elif latest is None:
        ends = said.say("time.end_not_before", first=frame.instant(earliest))
    elif earliest == latest:
        ends = said.say("time.end_at", last=frame.instant(latest))
    else:
        ends = said.say(
            "time.end_between", first=frame.instant(earliest), last=frame.instant(latest)
        )
    return said.say("time.window", start=begins, ends=ends)
