"""Who finally observed something, and how well that supports a fact.

Copies of one origin count once, an unknown origin counts for nothing, and what a party says of
others is an allegation. Two parties that agree are still two parties: opposed sides repeat the
same wire story, and each may gain from the same wrong account, so their agreement stays `alleged`.
Only a party's word against itself (an admission) carries weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trucewatch.actors import Actors
from trucewatch.reports.report import Report
from trucewatch.reports.source import Source

__all__ = ["NAMED", "independent_origins", "is_partisan", "origin_of", "owner_of", "strength_of"]

NAMED = "name:"
"""Begins the origin that is neither a source nor a party of the case: the folded name follows."""

_OUTSIDE = ("protected", "observer")
"""Kinds of actors that are no side: those who may not be harmed, and those who look on."""


def origin_of(report: Report, sources: Mapping[str, Source]) -> str | None:
    """Return whose observation a report finally is; None if unknown or only a compiler's."""
    source = sources.get(report.origin or "")
    return None if source is not None and not source.observes else report.origin


def independent_origins(
    reports: Iterable[Report], sources: Mapping[str, Source]
) -> tuple[str, ...]:
    """Return the origins behind `reports`, each once, sorted; unknown ones are left out.

    Two outlets of one party are one origin, and the first of them by name stands for both. Parties are
    among the origins: they are origins too, although their word weighs less (`strength_of`).
    """
    found = sorted({one for report in reports if (one := origin_of(report, sources))})
    owners = {owner_of(origin, sources): origin for origin in reversed(found)}
    return tuple(sorted(owners.values()))


def owner_of(origin: str, sources: Mapping[str, Source]) -> str:
    """Return the party that an origin belongs to, or the origin itself if it belongs to none."""
    source = sources.get(origin)
    return source.party if source is not None and source.party is not None else origin


def is_partisan(origin: str, sources: Mapping[str, Source], actors: Actors) -> bool:
    """Whether an origin (or source) is a party of the conflict, belongs to one, or may be one.

    A name that the case's actors know, also a common word such as “insurgents”, is a party.
    """
    source = sources.get(origin)
    if source is not None:
        return source.party is not None and _is_side(source.party, actors)
    if origin.startswith(NAMED):
        meant = actors.resolve(origin.removeprefix(NAMED))
        return meant is not None and any(_is_side(one, actors) for one in meant.parties)
    return origin in actors.parties and _is_side(origin, actors)


def _is_side(party: str, actors: Actors) -> bool:
    """A party that the case's actors do not list may be a side."""
    known = actors.parties.get(party)
    return known is None or known.kind not in _OUTSIDE


def strength_of(
    reports: Iterable[Report],
    *,
    sources: Mapping[str, Source],
    actors: Actors,
    admission: bool = False,
    verified: bool = False,
    element: str = "act",
) -> str:
    """Return how well the reports that state a value support it: one of STRENGTHS of a leg.

    `reports` are those that say so; a report that denies it gives no support. An origin that is no
    party counts if a source that belongs to no party carries it: a party's outlet may put words
    into a neutral mouth. None such: `alleged`; one: `reported`; two: `corroborated`.
    `admission`: the party itself owns up to it; that alone is `corroborated` for the element `who`
    and one more independent origin for every other. `verified`: a person recorded that it is so.
    """
    if verified:
        return "verified"
    if admission and element == "who":
        return "corroborated"
    neutral = {
        origin
        for report in reports
        if report.standing != "denied"
        and (origin := origin_of(report, sources)) is not None
        and not is_partisan(origin, sources, actors)
        and not is_partisan(report.source, sources, actors)
    }
    return ("alleged", "reported", "corroborated")[min(2, len(neutral) + admission)]
