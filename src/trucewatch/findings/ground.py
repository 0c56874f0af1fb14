"""Whether a happening lies in a zone of the agreement: drawn ground, or ground that somebody holds.

Must: the whole disk or area of the leg lies surely inside. May: it touches. A zone without
geometry, a placeholder, or a line from memory leaves it UNKNOWN and never means outside.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from trucewatch.agreement import Zone
from trucewatch.agreement.drawing import lines_of, shapes_of, versions_of
from trucewatch.control.schema import CONTESTED, UNKNOWN_HOLDER
from trucewatch.findings.answer import Answer
from trucewatch.findings.binding import membership, moment_of
from trucewatch.findings.candidacy import over_candidates
from trucewatch.findings.context import Context
from trucewatch.findings.units import in_units
from trucewatch.findings.zone_versions import in_version, version_moment
from trucewatch.incidents.leg import Leg
from trucewatch.places import Shape
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, from_bounds

if TYPE_CHECKING:
    from trucewatch.places import ZoneShape

__all__ = [
    "BEARER", "CONTROL", "can_unite", "in_union", "in_zone", "is_drawn", "is_placed", "place_all", "shapes_in", "union_of",
    "zone_in_doubt",
]

BEARER = "bearer"
"""`held_by` of a zone that follows whoever did what is judged."""


CONTROL = "control"
"""Reason of a finding that is open because nobody surely held the ground."""
_NOWHERE = Answer(UNKNOWN, "the place is not known", "Where did it happen?")


def is_drawn(zone: Zone) -> bool:
    """Whether ground alone decides who lies in the zone, not who holds it."""
    return zone.kind != "control" or zone.status != "given"


def in_zone(leg: Leg, name: str, context: Context) -> Answer:
    """Whether the leg lies in the zone called `name`; legs with the same answer share it."""
    zone = context.agreement.zones[name]
    unsure = zone_in_doubt(zone, context)
    if unsure is not None:
        return context.once(("undrawn", unsure.key, unsure.status), lambda: _undrawn(unsure))
    if zone.kind == "control":
        return _on_held_ground(leg, zone, context)
    if zone.kind == "admin":
        return _told_place(in_units(leg.place, zone.admin, context.units), zone)
    return _in_shape(leg, zone, context)


def _undrawn(unsure: Zone) -> Answer:
    status = unsure.status.replace("_", " ")
    words = f"{unsure.key} is marked {status}, so nothing can be surely inside or outside it"
    question = f"Where does the text draw {unsure.key}? It is marked {status}"
    return Answer(UNKNOWN, words, question, about=unsure.key, unsure_term=True)


def zone_in_doubt(zone: Zone, context: Context) -> Zone | None:
    """Return the zone, or the line that it is drawn along, whose geometry is not given."""
    drawn = zone.wkt or zone.of or zone.between or zone.versions
    if zone.status != "given" or (zone.kind not in ("control", "admin") and not drawn):
        return zone
    lines = lines_of(zone, context.agreement.zones)
    return next((one for one in lines if one.status != "given" or not (one.wkt or one.versions)), None)


def _in_shape(leg: Leg, zone: Zone, context: Context) -> Answer:
    if leg.area_wkt is None and (leg.lat is None or leg.lon is None):
        return _NOWHERE
    signature = context.signature("zone", zone.key)
    place = (leg.lat, leg.lon, leg.radius_m, leg.area_wkt)
    time = version_moment(versions_of(zone, context.agreement.zones), leg.occurred)
    truth = context.once(
        ("in zone", signature, *place, *time), lambda: _contained(leg, zone, context)
    )
    return context.once(("told", zone.key, truth), lambda: _told_place(truth, zone))


def _told_place(truth: Truth, zone: Zone) -> Answer:
    if truth is TRUE:
        return Answer(TRUE, f"the place lies inside {zone.key}")
    if truth is FALSE:
        return Answer(FALSE, f"the place lies outside {zone.key}")
    words = f"the place, as exactly as it is known, may lie inside or outside {zone.key}"
    return Answer(UNKNOWN, words, f"Where exactly did it happen? {words}")


def _contained(leg: Leg, zone: Zone, context: Context) -> Truth:
    from trucewatch.places import contains

    shape = Shape(leg.lat, leg.lon, leg.radius_m, leg.area_wkt)
    drawn, open_area = shapes_in(zone, context)
    if not drawn:
        return UNKNOWN
    versions = versions_of(zone, context.agreement.zones)
    if versions:
        return in_version([contains(one, shape) for one in drawn], versions, leg.occurred)
    inside = contains(drawn[0], shape)
    if inside is not FALSE or open_area is None:
        return inside
    return UNKNOWN if contains(open_area, shape).may else FALSE


def shapes_in(zone: Zone, context: Context) -> tuple[tuple[ZoneShape, ...], ZoneShape | None]:
    """Return the zone as drawn (nothing for a line, which has no inside; one shape for each of its
    versions) and the area that may belong to it."""
    signature = context.signature("zone", zone.key)
    return context.once(("shapes", signature), lambda: _drawn(zone, context))


def _drawn(zone: Zone, context: Context) -> tuple[tuple[ZoneShape, ...], ZoneShape | None]:
    from trucewatch.places import ZoneShape

    open_area = None if zone.maybe_wkt is None else ZoneShape(zone.maybe_wkt, zone.accuracy_m)
    return shapes_of(zone, context.agreement.zones), open_area


def place_all(legs: Sequence[Leg], names: Sequence[str], context: Context) -> None:
    """Answer for all disks at once what `in_zone` would ask one by one; a matter of speed only."""
    from trucewatch.places import contains_many

    disks = sorted(
        {
            (leg.lat, leg.lon, leg.radius_m)
            for leg in legs
            if leg.area_wkt is None
            and leg.lat is not None
            and leg.lon is not None
            and leg.radius_m is not None
        }
    )
    for name in names:
        zone = context.agreement.zones[name]
        if not disks or versions_of(zone, context.agreement.zones) or zone_in_doubt(zone, context):
            continue
        signature = context.signature("zone", name)
        if ("placed", signature) in context.memo:
            continue
        context.memo["placed", signature] = True
        drawn, open_area = shapes_in(zone, context)
        if not drawn:
            continue
        columns = tuple(zip(*disks, strict=True))
        inside = contains_many(drawn[0], *columns)
        maybe = contains_many(open_area, *columns) if open_area else [FALSE] * len(disks)
        for disk, truth, possibly in zip(disks, inside, maybe, strict=True):
            open_ = truth is FALSE and possibly.may
            context.memo["in zone", signature, *disk, None] = UNKNOWN if open_ else truth


def in_union(leg: Leg, names: tuple[str, ...], context: Context) -> Answer:
    """Whether the leg lies in the ground that these drawn zones make together.

    A disk across the border of two zones that meet is open in each and surely in their union.
    """
    if leg.area_wkt is None and (leg.lat is None or leg.lon is None):
        return _NOWHERE
    from trucewatch.places import contains

    shape = Shape(leg.lat, leg.lon, leg.radius_m, leg.area_wkt)
    truth = contains(union_of(names, context), shape)
    return _told_place(truth, Zone(" or ".join(names), "area"))


def union_of(names: tuple[str, ...], context: Context) -> ZoneShape:
    """Return drawn zones as one shape."""
    from trucewatch.places import ZoneShape

    meant = tuple(context.signature("zone", name) for name in names)
    zones = (context.agreement.zones[name] for name in names)
    return context.once(
        ("union", meant), lambda: ZoneShape.union([shapes_in(one, context)[0][0] for one in zones])
    )


def can_unite(name: str, context: Context) -> bool:
    """Whether a zone is one drawn shape without a doubt, so that it can be taken with others."""
    zone = context.agreement.zones[name]
    versions = versions_of(zone, context.agreement.zones)
    whole = zone.maybe_wkt is None and not versions and zone.kind in ("area", "buffer", "between")
    return whole and zone_in_doubt(zone, context) is None


def _on_held_ground(leg: Leg, zone: Zone, context: Context) -> Answer:
    held = _distribution(leg, context)
    signature, moment = context.signature("zone", zone.key), moment_of(leg.occurred, context)
    key = ("on held ground", signature, tuple(held.items()), leg.by, moment, is_placed(leg))
    return context.once(key, lambda: _as_held(held, leg, zone, context))


def _as_held(held: Mapping[str, float], leg: Leg, zone: Zone, context: Context) -> Answer:
    """Whether ground that is held so is ground of the zone."""
    rule = context.agreement.evidence
    told = _told_holders(held, context)

    def held_by(whole: str) -> Answer:
        least, most = _bounds(held, _holds(whole, leg, context))
        must, may = least >= rule.control_sure, most > rule.control_excluded
        return Answer(from_bounds(must=must and may, may=may), told)

    if zone.held_by == BEARER:
        truth = over_candidates(leg.by, held_by).truth
    else:
        truth = held_by(zone.held_by or "").truth
    if truth is UNKNOWN:
        one_by_one = leg.by.parties if zone.held_by == BEARER else (zone.held_by or "",)
        ground = any(held_by(party).truth is UNKNOWN for party in one_by_one)  # else only who did it is open
        return Answer(UNKNOWN, told, f"Who held the place? {told}", cause=CONTROL if ground and is_placed(leg) else None)
    return Answer(truth, told)


def is_placed(leg: Leg) -> bool:
    """Whether anything is known of where and when, so that it can be asked who held the ground."""
    return leg.occurred is not None and (leg.place is not None or leg.lat is not None)


def _distribution(leg: Leg, context: Context) -> Mapping[str, float]:
    """Who held the leg's place, without what the incident itself says of it."""
    if context.holders is None or not is_placed(leg):
        return {UNKNOWN_HOLDER: 1.0}
    told = tuple(sorted({context.documents[one] for one in leg.reports if one in context.documents}))
    asked = (leg.lat, leg.lon, leg.radius_m, leg.place, leg.occurred, leg.origins, told, leg.reports)
    return context.once(("held", *asked), lambda: _asked(leg, told, context))


def _asked(leg: Leg, documents: tuple[str, ...], context: Context) -> Mapping[str, float]:
    if context.holders is None:
        return {UNKNOWN_HOLDER: 1.0}
    return context.holders.holder_at(
        leg.lat,
        leg.lon,
        leg.radius_m,
        leg.place,
        leg.occurred,
        without_origins=leg.origins,
        without_documents=documents,
        without_reports=leg.reports,
    )


def _holds(whole: str, leg: Leg, context: Context) -> Callable[[str], Truth]:
    def holds(holder: str) -> Truth:
        together = holder.split("|")
        if any(one in (UNKNOWN_HOLDER, CONTESTED) or one not in context.actors.parties for one in together):
            return UNKNOWN
        each = {membership(one, whole, leg.occurred, context).truth for one in together}
        return each.pop() if len(each) == 1 else UNKNOWN  # ground that two hold together is no one's alone

    return holds


def _bounds(held: Mapping[str, float], holds: Callable[[str], Truth]) -> tuple[float, float]:
    """Least and greatest probability that the ground is held so, rounded to 4 digits.

    What the distribution leaves out of 1 may be held by anybody.
    """
    least, most = 0.0, max(0.0, 1.0 - math.fsum(held.values()))
    for holder, probability in sorted(held.items()):
        truth = holds(holder)
        least += probability if truth.must else 0.0
        most += probability if truth.may else 0.0
    return round(least, 4), round(most, 4)


def _told_holders(held: Mapping[str, float], context: Context) -> str:
    named = {UNKNOWN_HOLDER: "not known", CONTESTED: "contested"}
    ranked = sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))
    shares = [
        f"{named.get(holder) or context.name(holder)} {probability:.0%}"
        for holder, probability in ranked
        if probability >= 0.01
    ]
    return (
        f"who held the place: {', '.join(shares)}" if shares else "who held the place is not known"
    )
