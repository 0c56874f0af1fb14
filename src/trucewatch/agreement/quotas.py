"""Duties that are counted: deliveries with their quotas, releases with ratio and order."""

from __future__ import annotations

from datetime import timedelta

from trucewatch.agreement.fields import Fields
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.agreement.tasks import Delivery, Ratio, Release, SubQuota
from trucewatch.documents import Node

__all__ = ["ground_named", "read_delivery", "read_release"]

_MOST = 1_000_000_000
_STRETCHES = {
    "hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1),
}


def read_delivery(node: Node, scope: Scope) -> Delivery:
    """Read `deliver: {unit, at_least, per, averaged_over, of_which}`."""
    fields = Fields(node, "deliver", scope)
    fields.need("at_least")
    fields.need("per")
    unit, least = fields.need_text("unit"), fields.number("at_least", 0, _MOST) or 0.0
    per = _STRETCHES[fields.choice("per", _STRETCHES, "day")]
    window = fields.duration("averaged_over") or per
    if window % per:
        written = fields.get("averaged_over") or node
        scope.refuse(written, "averaged_over: a whole number of the stretches in per")
    parts: list[SubQuota] = []
    for one in fields.list_of("of_which"):
        part = _sub_quota(one, unit, least, scope)
        if part.key in {earlier.key for earlier in parts}:
            scope.refuse(one, "each part of a quota once", value=part.key)
        parts.append(part)
    fields.close()
    return Delivery(unit, least, per, window, tuple(parts))


def _sub_quota(node: Node, unit: str, whole: float, scope: Scope) -> SubQuota:
    fields = Fields(node, "a part of the quota", scope)
    fields.need("at_least")
    what, least = fields.text("what"), fields.number("at_least", 0, _MOST) or 0.0
    fields.choice("unit", (unit,), unit)
    to = ground_named(fields, "to")
    key, written = "-".join(one for one in (what, to) if one), fields.get("what") or node
    if node.is_map and not key:
        scope.refuse(node, "what or to: of what, or to where")
    elif key:
        identifier(written, key, scope, "part of a quota")
    if least > whole:
        scope.refuse(fields.get("at_least") or node, f"at_least: no more than the whole, {whole:g}")
    fields.close()
    return SubQuota(key, least, what, to)


def ground_named(fields: Fields, key: str) -> str | None:
    """Return a zone of the agreement or a place of places.csv, whose names are not known here."""
    ground, node = fields.text(key), fields.get(key)
    if ground and node is not None and ground not in fields.scope.names.get("zone", frozenset()):
        advice = "No zone is called so: it is taken as a place of places.csv."
        fields.scope.warn(node, f"{key}: a zone, or a place of the case", advice)
    return ground


def read_release(clause: str, node: Node, scope: Scope) -> Release:
    """Read `release: {of, count, ratio: {per, at_least}, order}`."""
    fields = Fields(node, "release", scope)
    release = Release(
        of=fields.need_text("of"), count=fields.number("count", 1, _MOST),
        ratio=_ratio(clause, fields), order=_order(fields),
    )
    fields.close()
    return release


def _ratio(clause: str, fields: Fields) -> Ratio | None:
    node = fields.get("ratio")
    if node is None:
        return None
    inner = Fields(node, "ratio", fields.scope)
    inner.need("per")
    inner.need("at_least")
    per, least = inner.name("per", "clause"), inner.number("at_least", 0, _MOST)
    if per == clause:
        fields.scope.refuse(node, "per: the clause of the other side", value=per)
    inner.close()
    return None if per is None or least is None else Ratio(per, least)


def _order(fields: Fields) -> tuple[str, ...]:
    node, kinds = fields.get("order"), fields.texts("order")
    for kind, one in zip(kinds, node.elements() if node else (), strict=False):
        if identifier(one, kind, fields.scope, "kind of persons") and kinds.count(kind) > 1:
            fields.scope.refuse(one, "each kind of persons once")
    return tuple(dict.fromkeys(kinds))
