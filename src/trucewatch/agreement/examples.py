"""Worked examples beside a clause: facts stay as written; what they name is checked here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from trucewatch.agreement.fields import Fields
from trucewatch.agreement.geometry import area_fault
from trucewatch.agreement.norms import Clause, Example
from trucewatch.agreement.scope import Scope, did_you_mean
from trucewatch.agreement.statements import check_statements
from trucewatch.documents import Node
from trucewatch.incidents.schema import ELEMENTS, STRENGTHS

__all__ = ["EXPECTATIONS", "FACTS", "read_examples"]

EXPECTATIONS = ("violation", "compliant", "not_covered", "undetermined")
_RESULTS = ("no_breach", "coverage", "text", *ELEMENTS, *(f"evidence:{one}" for one in ELEMENTS))


def read_examples(fields: Fields, clause: Clause) -> tuple[Example, ...]:
    """Read the `examples` of a clause whose exceptions and qualifiers are read already."""
    return tuple(_example(one, clause, fields.scope) for one in fields.list_of("examples"))


def _example(node: Node, clause: Clause, scope: Scope) -> Example:
    fields = Fields(node, "an example", scope)
    exceptions = tuple(one.key for one in clause.exceptions)
    fields.need("expect")
    excused_by = fields.get("excused_by")
    example = Example(
        say=fields.need_text("say"),
        line=node.line,
        facts=_facts(fields),
        expect=fields.choice("expect", EXPECTATIONS, "undetermined"),
        because=_reasons(fields, clause),
        alone=fields.flag("alone") or False,
        attribution=fields.choice("attribution", ("settled", "open", "none"), "") or None,
        excused_by=None if excused_by is None else fields.choice("excused_by", exceptions, ""),
        provisional=fields.flag("provisional"),
    )
    fields.close()
    return example


def _reasons(fields: Fields, clause: Clause) -> tuple[str, ...]:
    exceptions = [one.key for one in clause.exceptions]
    others = fields.scope.names.get("clause", frozenset())
    allowed = {
        *_RESULTS, *exceptions, *clause.qualified, *(f"excused:{one}" for one in exceptions),
        *others, *(f"{how}:{one}" for one in others for how in ("permitted", "conflict")),
    }
    if clause.where is not None:
        allowed.add("control")
    if clause.kind == "prevention":
        allowed.add("failed_to_prevent")
    node, reasons = fields.get("because"), fields.texts("because")
    for reason, one in zip(reasons, node.elements() if node else (), strict=False):
        if reason not in allowed:
            expected = "because: a reason that this clause can give"
            fields.scope.refuse(one, expected, did_you_mean(reason, allowed))
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


def _holders(fields: Fields, key: str) -> None:
    """A party that holds the place for sure, or party → probability."""
    node = fields.need(key)
    if node is None or not isinstance(node.value, dict):
        fields.name(key, "party")
        return
    shares = Fields(node, key, fields.scope)
    given = 0.0
    for party, where in node.items():
        fields.scope.name(Node(party, where.line, where.column), "party")
        given += shares.number(party, 0, 1) or 0.0
    if given > 1 + 1e-9:
        fields.scope.refuse(node, f"{key}: probabilities that sum to 1 at most")


def _act(fields: Fields, key: str) -> None:
    fields.names(key, "act")


def _target(fields: Fields, key: str) -> None:
    fields.names(key, "target")


def _weapon(fields: Fields, key: str) -> None:
    fields.names(key, "weapon")


def _reading(fields: Fields, key: str) -> None:
    fields.name(key, "reading")


def _key(fields: Fields, key: str) -> None:
    """A key of places.csv, whose names are not known here."""
    fields.text(key)


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


def _determined(fields: Fields, key: str) -> None:
    node = fields.get(key)
    if node is not None:
        answers = Fields(node, key, fields.scope)
        for word, _ in node.items():
            answers.flag(word)


def _headcount(fields: Fields, key: str) -> None:
    """One number, `[least]` when no most is known, or `[least, most]`."""
    node = fields.need(key)
    parts = node.elements() if node else []
    counts = [one.number() for one in parts]
    whole = [int(one) for one in counts if one is not None and one >= 0 and one == int(one)]
    if node is not None and (len(whole) not in (1, 2) or len(whole) != len(parts) or whole != sorted(whole)):
        fields.scope.refuse(node, f"{key}: a whole number of persons, [least] or [least, most]")


FACTS: Mapping[str, Callable[[Fields, str], None]] = {
    "by": _parties, "closed": _flag, "against": _parties, "against_closed": _flag,
    "affected": _parties, "act": _act, "target": _target, "weapon": _weapon,
    "calibre_mm": _millimetres, "at": _place, "time": _period, "circumstance": _circumstances,
    "strength": _strengths, "control": _holders, "reading": _reading, "known_at": _instant,
    "determined": _determined, "headcount": _headcount, "statements": check_statements,
    "place": _key,
}
"""What an example may state of a happening, and how each fact is checked."""
