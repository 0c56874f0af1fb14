"""Worked examples beside a clause: facts stay as written; what they name is checked here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from trucewatch.agreement.fields import Fields
from trucewatch.agreement.geometry import area_fault
from trucewatch.agreement.norms import Example
from trucewatch.agreement.scope import Scope
from trucewatch.documents import Node
from trucewatch.incidents.schema import ELEMENTS, STRENGTHS

__all__ = ["EXPECTATIONS", "FACTS", "read_examples"]

EXPECTATIONS = ("violation", "compliant", "not_covered", "undetermined")
_RESULTS = ("no_breach", "coverage", "text", *ELEMENTS, *(f"evidence:{one}" for one in ELEMENTS))


def read_examples(fields: Fields, exceptions: tuple[str, ...]) -> tuple[Example, ...]:
    """Read `examples`; `exceptions` are the ids of the clause's exceptions."""
    return tuple(_example(one, exceptions, fields.scope) for one in fields.list_of("examples"))


def _example(node: Node, exceptions: tuple[str, ...], scope: Scope) -> Example:
    fields = Fields(node, "an example", scope)
    fields.need("expect")
    excused_by = fields.get("excused_by")
    example = Example(
        say=fields.need_text("say"),
        line=node.line,
        facts=_facts(fields),
        expect=fields.choice("expect", EXPECTATIONS, "undetermined"),
        because=_reasons(fields, exceptions),
        attribution=fields.choice("attribution", ("settled", "open", "none"), "") or None,
        excused_by=None if excused_by is None else fields.choice("excused_by", exceptions, ""),
        provisional=fields.flag("provisional"),
    )
    fields.close()
    return example


def _reasons(fields: Fields, exceptions: tuple[str, ...]) -> tuple[str, ...]:
    allowed = {*_RESULTS, *exceptions, *(f"excused:{one}" for one in exceptions)}
    node, reasons = fields.get("because"), fields.texts("because")
    for reason, one in zip(reasons, node.elements() if node else (), strict=False):
        if reason not in allowed:
            fields.scope.refuse(one, f"because: one of {', '.join(sorted(allowed))}")
    return reasons


def _facts(fields: Fields) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for key, check in FACTS.items():
        node = fields.get(key)
        if node is not None:
            check(fields, key)
            found[key] = node.plain()
    return found


def _parties(fields: Fields, key: str) -> None:
    fields.names(key, "party")


def _act(fields: Fields, key: str) -> None:
    fields.names(key, "act")


def _target(fields: Fields, key: str) -> None:
    fields.names(key, "target")


def _weapon(fields: Fields, key: str) -> None:
    fields.names(key, "weapon")


def _reading(fields: Fields, key: str) -> None:
    fields.name(key, "reading")


def _flag(fields: Fields, key: str) -> None:
    fields.flag(key)


def _millimetres(fields: Fields, key: str) -> None:
    fields.number(key, 1, 2000)


def _instant(fields: Fields, key: str) -> None:
    fields.instant(key)


def _period(fields: Fields, key: str) -> None:
    node = fields.need(key)
    parts = node.elements() if node else []
    if len(parts) not in (1, 2):
        fields.scope.refuse(fields.node, f"{key}: a time or [from, to]")
    ends = [_time(one, fields.scope) for one in parts]
    if None not in ends and len(ends) == 2 and str(ends[1]) <= str(ends[0]) and node is not None:
        fields.scope.refuse(node, f"{key}: [from, to] with to later than from")


def _time(node: Node, scope: Scope) -> object:
    alone = Node({"time": node}, node.line, node.column)
    return Fields(alone, "time", scope).instant("time")


def _place(fields: Fields, key: str) -> None:
    node = fields.get(key)
    if node is None:
        return
    at = Fields(node, key, fields.scope)
    wkt, area = at.text("area_wkt"), at.get("area_wkt")
    fault = area_fault(wkt) if wkt else None
    if area is not None and fault:
        fields.scope.refuse(area, f"area_wkt: {fault}")
    if area is None:
        at.need("lat")
        at.need("lon")
    at.number("lat", -90, 90)
    at.number("lon", -180, 180)
    at.number("radius_m", 0, 2_000_000)
    at.close()


def _circumstances(fields: Fields, key: str) -> None:
    node = fields.get(key)
    if node is not None:
        flags = Fields(node, key, fields.scope)
        for name, _ in node.items():
            flags.flag(name)


def _strengths(fields: Fields, key: str) -> None:
    node = fields.get(key)
    if node is not None:
        strengths = Fields(node, key, fields.scope)
        for element in (*ELEMENTS, "circumstance"):
            strengths.choice(element, STRENGTHS, "")
        strengths.close()


FACTS: Mapping[str, Callable[[Fields, str], None]] = {
    "by": _parties, "closed": _flag, "against": _parties, "against_closed": _flag,
    "affected": _parties, "act": _act, "target": _target, "weapon": _weapon,
    "calibre_mm": _millimetres, "at": _place, "time": _period, "circumstance": _circumstances,
    "strength": _strengths, "control": _parties, "reading": _reading, "known_at": _instant,
}
"""What an example may state of a happening, and how each fact is checked."""
