"""Where all legs lie to a drawn zone, answered for whole columns."""

from __future__ import annotations

import numpy as np

from trucewatch.agreement.drawing import versions_of
from trucewatch.findings.compiled.coding import Ints
from trucewatch.findings.context import Context
from trucewatch.findings.ground import in_union, in_zone, shapes_in, union_of, zone_in_doubt
from trucewatch.findings.zone_versions import version_moment
from trucewatch.incidents.leg import Leg
from trucewatch.periods import Period
from trucewatch.tables import Table, from_micros
from trucewatch.truth import Truth

__all__ = ["placed", "placed_in_union"]

_CODES = {truth: code for code, truth in enumerate(Truth)}


def placed(legs: Table, name: str, context: Context) -> Ints:
    """Return what `in_zone` says of each leg for a zone that is drawn: 0 outside, 1 open, 2 inside."""
    from trucewatch.places import contains_codes

    zone = context.agreement.zones[name]
    codes = np.full(len(legs), 1, dtype=np.int64)
    if zone_in_doubt(zone, context):
        return codes
    if zone.kind == "admin":
        return _by_unit(legs, name, context)
    drawn, open_area = shapes_in(zone, context)
    disks = [legs.columns[one] for one in ("lat", "lon", "radius_m")]
    if drawn and versions_of(zone, context.agreement.zones):
        codes = _by_version(legs, name, context)
    elif drawn:
        codes[:] = contains_codes(drawn[0], *disks)
    if drawn and open_area is not None:
        outside = codes == 0
        codes[outside] = contains_codes(open_area, *(one[outside] for one in disks)) > 0
    areas = legs.columns["area_wkt"]
    for place in np.flatnonzero(areas != np.array(None)).tolist():
        leg = Leg("", "", area_wkt=areas[place], occurred=_period(legs, place))
        codes[place] = _CODES[in_zone(leg, name, context).truth]
    return codes


def placed_in_union(legs: Table, names: tuple[str, ...], context: Context) -> Ints:
    """Return what `in_union` says of each leg: 0 outside, 1 open, 2 inside."""
    from trucewatch.places import contains_codes

    disks = [legs.columns[one] for one in ("lat", "lon", "radius_m")]
    codes: Ints = contains_codes(union_of(names, context), *disks).astype(np.int64)
    areas = legs.columns["area_wkt"]
    for place in np.flatnonzero(areas != np.array(None)).tolist():
        codes[place] = _CODES[in_union(Leg("", "", area_wkt=areas[place]), names, context).truth]
    return codes


def _by_unit(legs: Table, name: str, context: Context) -> Ints:
    told: dict[str | None, int] = {}
    for place in legs.columns["place"].tolist():
        if place not in told:
            told[place] = _CODES[in_zone(Leg("", "", place=place), name, context).truth]
    return np.array([told[one] for one in legs.columns["place"].tolist()], dtype=np.int64)


def _by_version(legs: Table, name: str, context: Context) -> Ints:
    """Answer by the versions that each leg's time lies in: few combinations, whatever the legs."""
    from trucewatch.places import contains_codes

    zone = context.agreement.zones[name]
    drawn, _ = shapes_in(zone, context)
    disks = [legs.columns[one] for one in ("lat", "lon", "radius_m")]
    each = np.stack([contains_codes(one, *disks) for one in drawn])
    dated = versions_of(zone, context.agreement.zones)
    chosen = [version_moment(dated, _period(legs, place))[0] for place in range(len(legs))]
    codes = np.full(len(legs), 1, dtype=np.int64)
    for versions in set(chosen):
        where = np.array([one == versions for one in chosen], dtype=bool)
        if versions:
            inside = each[list(versions)][:, where]
            same = (inside == inside[0]).all(axis=0)
            codes[where] = np.where(same, inside[0], 1)
    return codes


def _period(legs: Table, place: int) -> Period | None:
    start, end = (legs.columns[one][place] for one in ("occurred_from", "occurred_to"))
    since = None if start is np.ma.masked else from_micros(start)
    until = None if end is np.ma.masked else from_micros(end)
    return None if since is None and until is None else Period(since, until)
