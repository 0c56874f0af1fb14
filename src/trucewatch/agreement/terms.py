"""What a clause forbids, and what its exceptions ask: act terms and conditions."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.agreement.citations import read_citation
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.norms import ActTerm, Condition, ExceptionTerm
from trucewatch.agreement.phases import phase_reference
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.agreement.vocabulary import acts, weapons
from trucewatch.agreement.zones import zone_reference
from trucewatch.documents import Node
from trucewatch.incidents.schema import ELEMENTS

__all__ = ["read_acts", "read_exceptions"]

RESERVED = (*ELEMENTS, "text", "evidence", "coverage", "no_breach", "excused")
"""Words that reasons already use; no exception may be called so."""


def read_acts(node: Node, scope: Scope) -> tuple[str, tuple[ActTerm, ...]]:
    """Read `must_not`: the kind of clause (`prohibition` or `presence`) and its alternatives."""
    fields = Fields(node, "must_not", scope)
    written = [word for word in ("act", "any", "present") if word in fields]
    if len(written) != 1 and node.is_map:
        scope.refuse(node, "exactly one of act, any, present", value=" and ".join(written) or None)
    kind, terms = "prohibition", _acts(fields)
    for one in fields.list_of("any"):
        inner = Fields(one, "an alternative of must_not", scope)
        inner.need("act")
        terms += _acts(inner)
        inner.close()
    present = fields.get("present")
    if present is not None:
        kind, terms = "presence", _presence(Fields(present, "present", scope))
    fields.close()
    return kind, terms


def _acts(fields: Fields) -> tuple[ActTerm, ...]:
    named, targets = acts(fields, "act"), fields.names("target", "target")
    kinds, calibre = weapons(fields, "weapon"), _calibre(fields)
    return tuple(ActTerm(act, targets, kinds, calibre) for act in named)


def _presence(fields: Fields) -> tuple[ActTerm, ...]:
    kinds, calibre = weapons(fields, "weapon"), _calibre(fields)
    terms: tuple[ActTerm, ...] = ()
    if kinds or calibre is not None:
        terms += (ActTerm("weapon_presence", (), kinds, calibre),)
    if fields.flag("personnel"):
        terms += (ActTerm("force_presence"),)
    if fields.flag("any"):
        terms += (ActTerm("presence"),)
    if not terms and fields.node.is_map:
        expected = "present: weapon, calibre_mm, personnel: true or any: true"
        fields.scope.refuse(fields.node, expected)
    fields.close()
    return terms


def _calibre(fields: Fields) -> float | None:
    node = fields.get("calibre_mm")
    if node is None:
        return None
    inner = Fields(node, "calibre_mm", fields.scope)
    inner.need("at_least")
    least = inner.number("at_least", 1, 2000)
    inner.close()
    return least


def read_exceptions(clause: str, fields: Fields) -> tuple[ExceptionTerm, ...]:
    """Read `unless`; ids are unique in the clause and no word that reasons already use."""
    terms: list[ExceptionTerm] = []
    for node in fields.list_of("unless"):
        term = _exception(clause, node, fields.scope)
        if term.key in {one.key for one in terms}:
            fields.scope.refuse(node, "each exception once in a clause", value=term.key)
        terms.append(term)
    return tuple(terms)


def _exception(clause: str, node: Node, scope: Scope) -> ExceptionTerm:
    fields = Fields(node, f"an exception of {clause}", scope)
    key, named = fields.need_text("id"), fields.get("id")
    if key and named is not None and identifier(named, key, scope, "exception") and key in RESERVED:
        scope.refuse(named, f"an id other than {', '.join(RESERVED)}")
    place = f"{clause}.{key}"
    condition, when = fields.need("if"), fields.get("when")
    enabled = fields.flag("enabled")
    term = ExceptionTerm(
        key=key,
        condition=Condition() if condition is None else _condition(condition, place, scope),
        invocable=fields.flag("invocable") or False,
        enabled=enabled is not False,
        when=None if when is None else phase_reference(when, f"{place}.when", scope),
        cite=read_citation(fields.get("cite"), scope),
        note=fields.text("note"),
    )
    fields.close()
    return term


def _condition(node: Node, place: str, scope: Scope) -> Condition:
    fields = Fields(node, "a condition", scope)
    written = [word for word in ("circumstance", "where", "all", "any") if word in fields]
    if len(written) != 1 and node.is_map:
        expected = "exactly one of circumstance, where, all, any"
        scope.refuse(node, expected, value=" and ".join(written) or None)
    where = fields.get("where")
    condition = Condition(
        circumstance=_circumstance(fields),
        where=None if where is None else zone_reference(where, f"{place}.where", scope),
    )
    condition = replace(
        condition,
        all_of=tuple(_condition(one, f"{place}-{n}", scope) for n, one in _several(fields, "all")),
        any_of=tuple(_condition(one, f"{place}-{n}", scope) for n, one in _several(fields, "any")),
    )
    fields.close()
    return condition


def _several(fields: Fields, key: str) -> list[tuple[int, Node]]:
    parts = fields.list_of(key)
    if key in fields and not parts:
        fields.scope.refuse(fields.node, f"{key}: at least one condition")
    return list(enumerate(parts, 1))


def _circumstance(fields: Fields) -> str | None:
    flag, node = fields.text("circumstance"), fields.get("circumstance")
    if flag is not None and node is not None:
        identifier(node, flag, fields.scope, "circumstance")
    return flag
