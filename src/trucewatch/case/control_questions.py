"""Which place would decide most: for findings that wait for who held the ground, what one more claim would do.

Nothing is approximated: for each place and time of such a finding a claim is added to those known, once for every party that may be
said to hold it, and all of the findings are judged again. The claim is nobody's so far, so no incident rests on its source.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from trucewatch.case.held_ground import asks_who_held
from trucewatch.case.result import CaseResult
from trucewatch.control import CONTESTED, RELIABILITY, UNKNOWN_HOLDER
from trucewatch.errors import UnknownName
from trucewatch.periods import day_of
from trucewatch.pipeline import Inputs, holders_of, judged
from trucewatch.reports import Claim, Source, claim_records, claim_table
from trucewatch.tables import Table
from trucewatch.version import VERSION

__all__ = ["ControlQuestion", "control_questions"]

_ASKED = "asked"
"""Source of the claim that is tried."""
_NEAR_DEGREES = 3
"""Decimals of coordinates within which two legs have one place."""


@dataclass(frozen=True, slots=True)
class ControlQuestion:
    """A place and time of which one more claim may decide findings."""

    question: str
    place: str | None
    """Key in places.csv."""
    lat: float | None
    lon: float | None
    radius_m: float | None
    valid_from: datetime
    valid_to: datetime
    """Excluded."""
    waiting: int
    """Findings of this place and time that wait for who held it."""
    decided: int
    """Findings, here and elsewhere, that the claim decides whatever party it names."""
    at_most: int
    """The same if it names the party that decides most."""
    by_party: Mapping[str, int]
    """Party said to hold it → findings decided then."""
    finding_ids: tuple[str, ...]
    """Those that are decided for at least one party."""


def control_questions(result: CaseResult, reading: str, reliability: str = "A", most: int | None = None) -> tuple[ControlQuestion, ...]:
    """Return the questions of one reading, the one that decides most whatever is answered first.

    `reliability`: Admiralty letter of the source that would answer. A finding counts as decided when its verdict is no longer undetermined:
    those that wait for something else as well are not. `most`: only so many places and times are tried, those with most findings
    that wait. UnknownName for another letter.
    """
    if reliability not in RELIABILITY:
        raise UnknownName(reliability, place="--reliability", known=RELIABILITY)
    inputs = result.inputs
    waiting = _waiting(result, reading)
    legs = [row for row in result.linked.leg.rows() if row["leg_id"] in waiting.values()]
    kept = set(waiting.values())
    table = result.linked.leg.take([at for at, one in enumerate(result.linked.leg.values("leg_id")) if one in kept])
    parties = _parties(result, inputs, set(waiting))
    found = []
    spots = sorted(_spots(legs, inputs.zone).items(), key=lambda pair: (-len(pair[1]), str(pair[0])))
    for key, here in spots[:most]:
        by_party = {one: _decided(result, table, set(waiting), reading, _claim(here[0], one, result.known_at), reliability) for one in parties}
        always = set.intersection(*by_party.values()) if by_party else set()
        ever = set().union(*by_party.values())
        of_here = {one["leg_id"] for one in here}
        number = sum(leg in of_here for leg in waiting.values())
        counts = {one: len(ids) for one, ids in by_party.items()}
        found.append(_question(here[0], key, number, len(always), counts, tuple(sorted(ever)), inputs))
    return tuple(sorted(found, key=lambda one: (-one.decided, -one.at_most, -one.waiting, one.question)))


def _waiting(result: CaseResult, reading: str) -> dict[str, str]:
    """Return the undetermined findings (id → leg) of clauses that ask who held ground, and for which that is open."""
    found = {}
    asking: dict[str, bool] = {}
    names = ("finding_id", "subject_kind", "subject_id", "clause", "reading", "verdict", "reason")
    for finding, kind, leg, clause, under, verdict, reason in zip(*(result.findings.finding.values(one) for one in names), strict=True):
        if kind != "leg" or verdict != "undetermined" or under != reading:
            continue
        if clause not in asking:
            asking[clause] = asks_who_held(result.inputs.agreement, clause)
        exceptions = {one.key for term in result.inputs.agreement.clauses if term.key == clause for one in term.exceptions}
        if asking[clause] and {"control", *exceptions} & set(json.loads(reason)):
            found[finding] = leg
    return found


def _spots(legs: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> dict[tuple[Any, ...], list[Mapping[str, Any]]]:
    """Return the legs by place and time; those without either cannot be asked about."""
    found: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for one in legs:
        there = one["place"] or (None if one["lat"] is None else (round(one["lat"], _NEAR_DEGREES), round(one["lon"], _NEAR_DEGREES)))
        if there is not None and one["occurred_from"] is not None and one["occurred_to"] is not None:
            last = max(one["occurred_from"], one["occurred_to"] - timedelta(microseconds=1))
            found.setdefault((there, day_of(one["occurred_from"], zone), day_of(last, zone)), []).append(one)
    return found


def _parties(result: CaseResult, inputs: Inputs, findings: set[str]) -> tuple[str, ...]:
    """Return whom a claim may name: all that claims of the case name, the bearers, and who zones of held ground name."""
    named = {party for one in claim_records(result.claims) if one.kind == "control" for party in (one.value or "").rpartition(":")[2].split("|")}
    columns = zip(result.findings.finding.values("finding_id"), result.findings.finding.values("bearers"), strict=True)
    named |= {party for finding, bearers in columns if finding in findings for party in json.loads(bearers)}
    for zone in inputs.agreement.zones.values():
        group = inputs.agreement.groups.get(zone.held_by or "")
        named |= {zone.held_by or ""} if group is None else {*group.any_of, *group.none_of}
    known = {key for key, one in inputs.actors.parties.items() if one.kind not in ("protected", "observer")}
    return tuple(sorted({one.strip() for one in named} & known - {CONTESTED, UNKNOWN_HOLDER}))


def _claim(leg: Mapping[str, Any], party: str, known_at: datetime | None) -> Claim:
    end = leg["occurred_to"]
    return Claim(
        f"{_ASKED}-{party}", "control", party, _ASKED, "asked", value=f"held:{party}", valid_from=leg["occurred_from"], valid_to_latest=end,
        place=leg["place"], lat=leg["lat"], lon=leg["lon"], radius_m=leg["radius_m"], origin=_ASKED, published_at=end, known_at=known_at,
    )


def _decided(result: CaseResult, legs: Table, waiting: set[str], reading: str, claim: Claim, reliability: str) -> set[str]:
    """Return which of the waiting findings are decided when the claim is made."""
    inputs = result.inputs
    claims = claim_table([*claim_records(result.claims), claim])
    source = {_ASKED: Source(_ASKED, _ASKED, reliability=reliability)}
    holders = holders_of(inputs, claims, result.linked.leg, result.known_at, source)
    finding = judged(inputs, result.resolved, legs, holders, (reading,), result.known_at, VERSION).finding
    verdicts = zip(finding.values("finding_id"), finding.values("verdict"), strict=True)
    return {one for one, verdict in verdicts if one in waiting and verdict != "undetermined"}


def _question(
    leg: Mapping[str, Any], key: tuple[Any, ...], waiting: int, decided: int, counts: Mapping[str, int], ids: tuple[str, ...], inputs: Inputs
) -> ControlQuestion:
    place = inputs.gazetteer.places.get(leg["place"] or "")
    where = place.name if place else f"{leg['lat']:.3f}, {leg['lon']:.3f}"
    first, last = key[1], key[2]
    when = f"on {first.isoformat()}" if first == last else f"from {first.isoformat()} to {last.isoformat()}"
    return ControlQuestion(
        f"Who held {where} {when}?", leg["place"], leg["lat"], leg["lon"], leg["radius_m"], leg["occurred_from"], leg["occurred_to"],
        waiting, decided, max(counts.values(), default=0), counts, ids,
    )


