"""The time of a clause: a window of claims, a fixed phase, one that claims open, or a gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from trucewatch.agreement import Moment, Phase
from trucewatch.agreement.moments import bases_of, moments_of
from trucewatch.findings.answer import Answer, distinct, spoken, together
from trucewatch.findings.context import Context
from trucewatch.findings.gates import through_gate
from trucewatch.findings.moments import NEVER, Resolved, instant_of, resolve, said_of
from trucewatch.findings.stretch import Bounds
from trucewatch.findings.versions import version_of
from trucewatch.findings.windows import inside_window
from trucewatch.periods import Period
from trucewatch.truth import FALSE, TRUE, UNKNOWN

__all__ = ["Bounds", "bounds_of", "edges_of", "inside_phase", "when_is"]


def inside_phase(name: str, period: Period | None, context: Context) -> Answer:
    """Whether the whole period lies inside the phase: TRUE all of it, FALSE none of it.

    A phase that is a placeholder, or that rests on one, leaves it UNKNOWN.
    """
    phase = context.agreement.phases[name]
    unsure = context.once(("unsure phase", name), lambda: _unsure(name, context))
    if unsure:
        key, status = unsure
        question = f"What does the text say of {key}? It is marked {status}"
        words = f"{key} is marked {status.replace('_', ' ')}, so its time is not known"
        return Answer(UNKNOWN, words, question, about=key, unsure_term=True)
    if phase.asserters:
        return inside_window(name, phase.asserters, period, context)
    bounds = context.once(("bounds", name), lambda: bounds_of(phase, context))
    if bounds.start.earliest is None and bounds.start.latest is None:
        return _not_opened(phase, bounds, context)
    return _within(phase, bounds, period, context)


def _unsure(name: str, context: Context) -> tuple[str, str] | None:
    """Return the first phase or anchor on the way to this phase whose status is not `given`."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        key = waiting.pop(0)
        if key in seen:
            continue
        seen.add(key)
        phase, anchor = context.agreement.phases.get(key), context.agreement.anchors.get(key)
        status = phase.status if phase else anchor.status if anchor else "given"
        if status != "given":
            return key, status
        waiting += bases_of(moments_of(phase)) if phase else ()
    return None


def when_is(moment: Moment, context: Context, *, ending: bool) -> Resolved:
    """Return when the moment is, as far as text and claims tell; after a window of claims it is not
    known."""
    return resolve(moment, context, lambda key, edge: _edge(key, edge, context), ending=ending)


def edges_of(name: str, context: Context) -> tuple[datetime, ...]:
    """Return every instant at which `inside_phase` may answer differently for a period."""
    phase = context.agreement.phases[name]
    if _unsure(name, context):
        return ()
    if not phase.asserters:
        return bounds_of(phase, context).edges
    versions = (version_of(one, name, context) for one in phase.asserters)
    return tuple(edge for one in versions if one is not None for edge in one.edges)


def _edge(key: str, edge: str, context: Context) -> Resolved:
    phase = context.agreement.phases[key]
    unsure = _unsure(key, context)
    if phase.asserters:
        words = f"{key} is a window of claims, which has no one {edge}"
        return Resolved(words=words, unsure=unsure[0] if unsure else None)
    bounds = context.once(("bounds", key), lambda: bounds_of(phase, context))
    found = bounds.start if edge == "start" else bounds.end
    return replace(found, unsure=unsure[0] if unsure else None)


def bounds_of(phase: Phase, context: Context) -> Bounds:
    """Return when the phase starts and ends as far as text and claims tell."""
    if phase.gate is not None:
        since = when_is(phase.gate.since, context, ending=False)
        start = through_gate(phase.gate, since, context)
    elif phase.needs is not None:
        start = _opened(phase, context)
    elif phase.start is not None:
        start = when_is(phase.start, context, ending=False)
    else:
        start = Resolved(words=f"when {phase.key} starts is not known")
    return Bounds(start, _end(phase, start, context))


def _end(phase: Phase, start: Resolved, context: Context) -> Resolved:
    if phase.end is not None:
        return when_is(phase.end, context, ending=True)
    if phase.lasts is not None:
        earliest = None if start.earliest is None else start.earliest + phase.lasts
        latest = None if start.latest is None else start.latest + phase.lasts
        return replace(start, earliest=earliest, latest=latest)
    if phase.open_ended:
        return Resolved(NEVER, NEVER)
    return Resolved(words=f"when {phase.key} ends is not known")


def _opened(phase: Phase, context: Context) -> Resolved:
    """A phase that claims open starts when the last one (or, for `any`, the first) counts."""
    need = phase.needs
    if need is None:
        return Resolved()
    first: dict[str, tuple[datetime, str]] = {}
    for party in need.of:
        dated = [
            (instant, claim.claim_id)
            for claim in said_of(need, party, context)
            if (instant := instant_of(claim)) is not None
        ]
        if dated:
            first[party] = min(dated)
    if not first or (need.needs != "any" and set(need.of) - first.keys()):
        return Resolved()
    pick = min if need.needs == "any" else max
    start = pick(since for since, _ in first.values())
    return Resolved(start, start, tuple(sorted(claim for _, claim in first.values())))


def _not_opened(phase: Phase, bounds: Bounds, context: Context) -> Answer:
    if phase.needs is not None:
        wanted = together([context.name(one) for one in phase.needs.of]) or "those who may"
        words = f"no claim on record opens {phase.key}"
        question = f"Did {wanted} declare “{phase.needs.claim}”? {words}"
    else:
        words = bounds.start.words or f"when {phase.key} starts is not known"
        question = f"When did {phase.key} start? {words}"
    return Answer(UNKNOWN, words, question, about=phase.key, claims=bounds.start.claims)


def _within(phase: Phase, bounds: Bounds, period: Period | None, context: Context) -> Answer:
    claims = distinct((*bounds.start.claims, *bounds.end.claims))
    words = f"{phase.key} {_extent(bounds, context)}"
    if period is None:
        words = f"the time is not known; {words}"
        return Answer(UNKNOWN, words, "When did it happen?", claims=claims)
    truth, place = bounds.holds(period)
    if truth is FALSE:
        return Answer(FALSE, f"{place} it: {words}", claims=claims)
    if truth is TRUE:
        return Answer(TRUE, words, claims=claims)
    if place == "across":
        return Answer(UNKNOWN, words, "At what hour did it happen?", claims=claims)
    edge = bounds.start if place == "start" else bounds.end
    question = f"When does {phase.key} {'start' if place == 'start' else 'end'}?"
    question = f"{question} {edge.words}" if edge.words else question
    return Answer(UNKNOWN, words, question, about=phase.key, claims=claims)


def _extent(bounds: Bounds, context: Context) -> str:
    zone, end = context.agreement.timezone, bounds.end
    start = _told("starts", bounds.start, zone)
    if end.earliest is None and end.latest is None:
        return f"{start}; its end is not known"
    if end.earliest == NEVER:
        return f"{start} and has no end"
    return f"{start} and {_told('ends', end, zone)}"


def _told(verb: str, edge: Resolved, zone: str) -> str:
    if edge.at is not None:
        return f"{verb} on {spoken(edge.at, zone)}"
    if edge.latest is None and edge.earliest is not None:
        return f"{verb} on {spoken(edge.earliest, zone)} or later"
    if edge.earliest is None and edge.latest is not None:
        return f"{verb} on {spoken(edge.latest, zone)} or earlier"
    if edge.earliest is None or edge.latest is None:
        return f"{verb} at a time that is not known"
    return f"{verb} between {spoken(edge.earliest, zone)} and {spoken(edge.latest, zone)}"
