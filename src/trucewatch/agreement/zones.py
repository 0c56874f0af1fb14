"""Where: areas, lines, buffers along a line, ground held by somebody, layers that are not here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

from trucewatch.agreement.citations import read_citation
from trucewatch.agreement.drawing import between_fault, lines_of, versions_of
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.geometry import area_fault, line_wkt, strip_fault
from trucewatch.agreement.ground import Zone, ZoneVersion
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.documents import Node

__all__ = [
    "BEARER", "SIDES", "impossible_strips", "read_zones", "with_inherited_status", "zone_reference",
]

SIDES = ("north", "south", "east", "west")
BEARER = "bearer"
"""In `control: {by: bearer}`: whoever the clause speaks to must hold the ground."""

_EARTH_M = 20_000_000
_COUNTRY = re.compile(r"[A-Z]{2}")


def read_zones(node: Node | None, scope: Scope) -> dict[str, Zone]:
    """Read the section `zones`."""
    if node is None:
        return {}
    pairs = Fields(node, "zones", scope).node.items()
    return {key: _named(key, one, scope) for key, one in pairs}


def _named(key: str, node: Node, scope: Scope) -> Zone:
    identifier(node, key, scope, "zone")
    return _zone(key, node, scope)


def zone_reference(node: Node, key: str, scope: Scope) -> str | None:
    """Return the zone named; one written in place becomes a zone of its own under `key`."""
    if not node.is_map:
        return scope.name(node, "zone")
    scope.zones[key] = _zone(key, node, scope)
    return key


def _zone(key: str, node: Node, scope: Scope) -> Zone:
    fields = Fields(node, f"zone {key}", scope)
    shapes: dict[str, Callable[[str, Fields], Zone]] = {
        "wkt": _area, "versions": _versions, "line": _line, "within_m": _buffer,
        "between": _between, "admin": _admin, "control": _control, "layer": _layer,
    }
    written = [word for word in shapes if word in fields]
    if len(written) > 1 or (not written and "status" not in fields and node.is_map):
        found = " and ".join(written) or None
        scope.refuse(node, f"exactly one of {', '.join(shapes)}", "", found)
    zone = shapes[written[0] if written else "layer"](key, fields)
    zone = replace(
        zone, cite=read_citation(fields.get("cite"), scope),
        readings=fields.names("reading", "reading"),
    )
    fields.close()
    return zone


def _area(key: str, fields: Fields) -> Zone:
    accuracy = fields.number("accuracy_m", 0, _EARTH_M)
    country, node = fields.text("country"), fields.get("country")
    if node is not None and country is not None and not _COUNTRY.fullmatch(country):
        fields.scope.refuse(node, "country: two capital letters (ISO 3166)")
    return Zone(
        key, "area", fields.status(), wkt=_checked(fields, "wkt"), accuracy_m=accuracy or 0.0,
        maybe_wkt=_checked(fields, "maybe"), country=country, note=fields.text("note"),
    )


def _versions(key: str, fields: Fields) -> Zone:
    accuracy = fields.number("accuracy_m", 0, _EARTH_M)
    return Zone(
        key, "area", fields.status(), versions=_dated(fields, "wkt"), accuracy_m=accuracy or 0.0,
        note=fields.text("note"),
    )


def _dated(fields: Fields, drawn_by: str) -> tuple[ZoneVersion, ...]:
    """Read `versions`, each drawn by its `wkt` (an area) or its `line`, in the order of their times."""
    found = tuple(_version(one, drawn_by, fields.scope) for one in fields.list_of("versions"))
    dated = sorted(found, key=lambda one: (one.start is not None, str(one.start)))
    for earlier, later in pairwise(dated):
        if earlier.end is None or later.start is None or later.start < earlier.end:
            node, value = fields.node.get("versions") or fields.node, f"{earlier.end} and {later.start}"
            fields.scope.refuse(node, "versions that do not overlap in time", value=value)
    if not found and "versions" in fields:
        fields.scope.refuse(fields.node, "versions: at least one", value="none")
    return tuple(dated)


def _version(node: Node, drawn_by: str, scope: Scope) -> ZoneVersion:
    fields = Fields(node, "a line as drawn for a time" if drawn_by == "line" else "a version", scope)
    drawn = fields.need(drawn_by)
    if drawn_by == "wkt":
        wkt = _checked(fields, "wkt")
    else:
        wkt = None if drawn is None else line_wkt(drawn, scope)
    version = ZoneVersion(
        wkt or "", fields.instant("from"), fields.instant("to"), read_citation(fields.get("cite"), scope)
    )
    if version.start and version.end and version.end <= version.start:
        scope.refuse(node, "to: later than from", value=f"{version.start} to {version.end}")
    fields.close()
    return version


def _between(key: str, fields: Fields) -> Zone:
    lines, node = fields.names("between", "line"), fields.get("between")
    if node is not None and (len(node.elements()) != 2 or len(set(lines)) < len(lines)):
        fields.scope.refuse(node, "between: two different lines", value=", ".join(lines))
    return Zone(key, "between", fields.status(), between=lines, note=fields.text("note"))


def _admin(key: str, fields: Fields) -> Zone:
    """Units of the gazetteer; whether their keys exist is seen when legs are judged."""
    units = fields.texts("admin")
    return Zone(key, "admin", fields.status(), admin=units, note=fields.text("note"))


def _checked(fields: Fields, key: str) -> str | None:
    wkt, node = fields.text(key), fields.get(key)
    fault = None if wkt is None else area_fault(wkt)
    if fault and node is not None:
        fields.scope.refuse(node, f"{key}: {fault}")
    return wkt


def _line(key: str, fields: Fields) -> Zone:
    written = fields.get("line")
    if written is not None and written.is_map:
        return _line_elsewhere(key, fields, Fields(written, "line", fields.scope))
    node, accuracy = fields.need("line"), fields.number("accuracy_m", 0, _EARTH_M)
    wkt = None if node is None else line_wkt(node, fields.scope)
    return Zone(
        key, "line", fields.status(), wkt=wkt, accuracy_m=accuracy or 0.0, note=fields.text("note")
    )


def _line_elsewhere(key: str, fields: Fields, named: Fields) -> Zone:
    """Read a line that was drawn anew (`line: {versions}`), or one that is not here (`line: {layer}`)."""
    if "versions" not in named:
        return replace(_layer(key, fields, named), kind="line")
    accuracy, versions = fields.number("accuracy_m", 0, _EARTH_M), _dated(named, "line")
    named.close()
    return Zone(
        key, "line", fields.status(), versions=versions, accuracy_m=accuracy or 0.0, note=fields.text("note")
    )


def _buffer(key: str, fields: Fields) -> Zone:
    fields.need("of")
    return Zone(
        key, "buffer", fields.status(), within_m=fields.number("within_m", 1, _EARTH_M),
        of=fields.name("of", "line"), side=fields.choice("side", SIDES, "") or None,
        note=fields.text("note"),
    )


def _control(key: str, fields: Fields) -> Zone:
    node, held_by = fields.need("control"), None
    if node is not None:
        control = Fields(node, "control", fields.scope)
        by = control.need("by")
        held_by = None if by is None else fields.scope.name(by, "holder")
        control.close()
    return Zone(key, "control", fields.status(), held_by=held_by, note=fields.text("note"))


def _layer(key: str, fields: Fields, named: Fields | None = None) -> Zone:
    where = named or fields
    name, status, note = where.text("layer"), fields.status(), fields.text("note")
    if named is not None:
        named.need("layer")
        named.close()
    if status == "given":
        advice = "A layer has no geometry here, so nothing can surely be inside or outside."
        expected = "status: unpublished, placeholder or from_memory"
        fields.scope.refuse(fields.get("status") or fields.node, expected, advice, "no such status")
    return Zone(key, "layer", status, note=note or (f"layer {name}" if name else None))


def with_inherited_status(zones: Mapping[str, Zone]) -> dict[str, Zone]:
    """Give what is drawn along lines the status of the first one in doubt, unless it has its own."""
    return {key: replace(one, status=_inherited(one, zones)) for key, one in zones.items()}


def _inherited(zone: Zone, zones: Mapping[str, Zone]) -> str:
    statuses = [zone.status, *(one.status for one in lines_of(zone, zones))]
    return next((one for one in statuses if one != "given"), "given")


def impossible_strips(zones: Mapping[str, Zone]) -> dict[str, str]:
    """Return zone key → why nothing lies on the named side of its line, or between its lines."""
    found = {}
    for key, zone in zones.items():
        fault = between_fault(zone, zones)
        if fault:
            found[key] = fault
        line = zones.get(zone.of) if zone.of else None
        drawn = [one.wkt for one in versions_of(zone, zones)] if line and line.versions else [line.wkt if line else None]
        for wkt in filter(None, drawn):
            fault = None if zone.within_m is None else strip_fault(wkt, zone.within_m, zone.side)
            if fault:
                found[key] = fault
    return found
