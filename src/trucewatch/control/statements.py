"""Control claims of a case as claims that the estimator weighs: who holds it, since when, where, how far it can be trusted.

The value of a claim of kind `control` is `held:KEY` (or just `KEY`), `captured:KEY` (took it at
`valid_from`), `withdrew:KEY` (left it), `besieged:KEY` (KEY sits inside and is surrounded), `failed:KEY` (tried to take it),
`claimed:KEY` (says so itself), `joint:KEY|KEY`, `contested`, `contested:KEY|KEY`, or `unknown`, which says nothing.
`besieged_by:KEY`, `presence:KEY` and `claimed_by:KEY` lie over it (`trucewatch.control.overlays`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from trucewatch.control.given import KINDS, OVERLAYS, ControlClaim
from trucewatch.control.schema import CONTESTED, UNKNOWN_HOLDER
from trucewatch.errors import Problem, Severity
from trucewatch.periods import Zone, day_of, known_by
from trucewatch.places import Gazetteer
from trucewatch.reports import Claim, Source, claim_records, owner_of
from trucewatch.reports.independence import NAMED
from trucewatch.tables import Table

__all__ = ["ACCEPTED", "OWN_WORD", "RELIABILITY", "Statement", "read_statements"]

RELIABILITY = {"A": 0.95, "B": 0.9, "C": 0.8, "D": 0.65, "E": 0.5, "F": 0.6}
"""Admiralty letter of a source → probability that its statement is right on the day it is made.

Set by judgement, not measured. F means that there is no basis to judge the source, which is better
than a history of wrong statements (E)."""

ACCEPTED = 0.99
"""The same for a claim that a person of the mission has accepted by a decision."""
OWN_WORD = 0.6
"""At most so much is a holder's own word about its ground worth (kind `claimed`)."""

_OVER = tuple(f"{one}:" for one in OVERLAYS)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Statement:
    """One usable control claim."""

    claim: ControlClaim
    """Its `row` is its position among the statements; its days are those of the case's zone."""
    claim_id: str
    owner: str | None
    """The party or source whose word it is; None for what a person has accepted: that is no source's word any more."""
    document: str | None
    right: float
    """Probability that it is right while fresh: the class of the origin, else of the carrier."""


def read_statements(
    claims: Table,
    *,
    gazetteer: Gazetteer,
    zone: Zone,
    known_at: datetime | None,
    sources: Mapping[str, Source],
    accepted: Collection[str] = (),
) -> tuple[tuple[Statement, ...], list[Problem]]:
    """Return the control claims known at `known_at`, ordered by claim_id, and those without use."""
    known = [
        claim for claim in sorted(claim_records(claims), key=lambda one: one.claim_id)
        if claim.kind == "control" and known_by(claim.known_at, known_at) and claim.value != UNKNOWN_HOLDER
        and not (claim.value or "").startswith(_OVER)
    ]
    statements: list[Statement] = []
    problems: list[Problem] = []
    for claim in known:
        read = _read(claim, len(statements), gazetteer, zone, sources, claim.claim_id in accepted)
        (problems if isinstance(read, Problem) else statements).append(read)  # type: ignore[arg-type]
    return tuple(statements), problems


def _read(
    claim: Claim, row: int, gazetteer: Gazetteer, zone: Zone, sources: Mapping[str, Source], accepted: bool  # noqa: FBT001 - a fact about the claim
) -> Statement | Problem:
    meant = _meaning(claim.value)
    if meant is None:
        words = ", ".join(f"{one}:KEY" for one in KINDS)
        expected = f"{words}, contested or unknown, with a party of the case"
        return _useless(claim, "value", claim.value, expected)
    made = claim.valid_from or claim.published_at
    if made is None:
        return _useless(claim, "valid_from", None, "since when it is so, or when it was published")
    end = claim.valid_to_latest or claim.valid_to_earliest
    if end is not None and end < made:
        return _useless(claim, "valid_to", end.isoformat(), "no earlier than valid_from")
    point = _point(claim, gazetteer)
    if point is None:
        return _useless(claim, "place", claim.subject, "a place of places.csv, or coordinates")
    voice, right = _voice(claim, meant, sources, accepted)
    days = _days(claim, made, end, zone)
    said = ControlClaim(row, claim.place, *point, meant[1], meant[0], *days, source=voice[0], origin=voice[1])
    owner = None if accepted else owner_of(claim.origin or claim.source, sources)
    return Statement(said, claim.claim_id, owner, claim.document, right)


def _meaning(value: str | None) -> tuple[str, str] | None:
    """Return (kind, holder as `ControlClaim` has it); None if the value is not of the grammar."""
    verb, colon, named = (part.strip() for part in (value or "").partition(":"))
    if not colon:
        verb, named = ("contested", "") if verb == CONTESTED else ("held", verb)
    if named.startswith(NAMED) or verb not in KINDS:
        return None
    holders = sorted({one.strip() for one in named.split("|")} - {""})
    if any(one in (CONTESTED, UNKNOWN_HOLDER, *KINDS) or one.startswith(NAMED) for one in holders):
        return None
    if verb == CONTESTED:
        return CONTESTED, f"{CONTESTED}:{'|'.join(holders)}" if holders else CONTESTED
    enough = len(holders) >= 2 if verb == "joint" else len(holders) == 1
    return (verb, "|".join(holders)) if enough else None


def _point(claim: Claim, gazetteer: Gazetteer) -> tuple[float, float, float] | None:
    place = gazetteer.places.get(claim.place or "")
    if claim.lat is not None and claim.lon is not None:
        radius = claim.radius_m if claim.radius_m is not None else place.radius_m if place else 0.0
        return claim.lat, claim.lon, radius
    return None if place is None else (place.lat, place.lon, place.radius_m)


def _days(claim: Claim, made: datetime, end: datetime | None, zone: Zone) -> tuple[int, int, int]:
    """Return the first and last day spoken for and the day of publication; nobody can speak for later than that."""
    first = day_of(made, zone).toordinal()
    told = claim.published_at or claim.known_at or made
    published = max(first, day_of(told, zone).toordinal())
    last = published if end is None else day_of(max(made, end - _TICK), zone).toordinal()
    return first, max(first, min(published, last)), published


def _voice(
    claim: Claim, meant: tuple[str, str], sources: Mapping[str, Source], accepted: bool  # noqa: FBT001 - a fact about the claim
) -> tuple[tuple[str, str], float]:
    """Return (source, origin) of a claim, and how often that voice is right.

    Statements of unknown origin share one voice for each holder, because nobody can say that they are independent.
    """
    whose = claim.origin or claim.source
    if accepted:
        return (f"{whose} (accepted)", f"{whose} (accepted)"), ACCEPTED
    speaker = sources.get(claim.origin or "") or sources.get(claim.source)
    right = RELIABILITY.get(speaker.reliability if speaker else "F", RELIABILITY["F"])
    right = min(right, OWN_WORD) if meant[0] == "claimed" else right
    return (whose, claim.origin or f"unknown origin of {meant[1]}"), right


def _useless(claim: Claim, column: str, value: str | None, expected: str) -> Problem:
    place = f"{claim.source}, {claim.locator}"
    advice = f"Claim {claim.claim_id} is shown and says nothing of control."
    return Problem(place, None, column, value, expected, advice, Severity.UNRESOLVED)
