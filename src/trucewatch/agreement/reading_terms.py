"""The section `readings`: named interpretations, each with what it inherits written into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from trucewatch.agreement.agreement import Group, Reading
from trucewatch.agreement.cycles import cycles
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.parties import group_reference, read_bound, read_groups
from trucewatch.agreement.phases import phase_reference, read_asserters
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.agreement.terms import read_must_not
from trucewatch.agreement.zones import zone_reference
from trucewatch.documents import Node

__all__ = ["DEFAULT", "read_readings"]

DEFAULT = "default"
"""The reading that is taken unless another is named; it exists even if the file has no readings."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A reading as written, and the reading that it extends."""

    reading: Reading
    extends: str | None


def read_readings(node: Node | None, scope: Scope) -> dict[str, Reading]:
    """Read the readings and resolve `extends`: what a reading says beats what it extends."""
    pairs = Fields(node, "readings", scope).node.items() if node is not None else ()
    written = {key: _reading(key, one, scope) for key, one in pairs}
    _default_changes_nothing(written, node, scope)
    written.setdefault(DEFAULT, _Written(Reading(DEFAULT, "the agreement as written"), None))
    graph = {key: (one.extends,) if one.extends else () for key, one in written.items()}
    circular = cycles(graph)
    for circle in circular:
        found = " → ".join((*circle, circle[0]))
        place = (node.get(circle[0]) if node else None) or Node(None, 1, 1)
        scope.refuse(place, "readings that do not extend themselves", value=found)
    if circular:
        return {key: one.reading for key, one in written.items()}
    return {key: _resolved(key, written) for key in written}


def _default_changes_nothing(
    written: Mapping[str, _Written], node: Node | None, scope: Scope
) -> None:
    found = written.get(DEFAULT)
    if node is None or found is None:
        return
    reading = found.reading
    changes = (
        reading.asserters or reading.bound or reading.groups or reading.enable or reading.clauses
        or reading.text
    )
    if found.extends or changes:
        expected = f"{DEFAULT}: note and by only; it is the agreement as written"
        scope.refuse(node.get(DEFAULT) or node, expected, "Change the terms themselves.")


def _reading(key: str, node: Node, scope: Scope) -> _Written:
    identifier(node, key, scope, "reading")
    fields = Fields(node, f"reading {key}", scope)
    extends = fields.name("extends", "reading")
    reading = Reading(
        key=key,
        note=fields.text("note") or "",
        by=fields.text("by"),
        asserters=_windows(fields.get("window"), scope),
        bound=read_bound(fields.get("bound"), scope),
        groups=_known_groups(fields.get("groups"), scope),
        enable=tuple(_pair(one) for one in fields.names("enable", "exception")),
        clauses=_changed(key, fields.get("clauses"), scope),
        text=fields.name("text", "text"),
    )
    fields.close()
    return _Written(reading, extends)


def _pair(name: str) -> tuple[str, str]:
    clause, _, exception = name.partition(".")
    return clause, exception


def _windows(node: Node | None, scope: Scope) -> dict[str, tuple[str, ...]]:
    if node is None:
        return {}
    fields = Fields(node, "window", scope)
    found: dict[str, tuple[str, ...]] = {}
    for key, one in fields.node.items():
        if scope.name(Node(key, one.line, one.column), "window") is not None:
            found[key] = read_asserters(one, scope)
    return found


def _changed(reading: str, node: Node | None, scope: Scope) -> dict[str, Mapping[str, object]]:
    """Read `clauses: {id: {who, against, where, when, must_not}}`: what a reading has otherwise."""
    found: dict[str, Mapping[str, object]] = {}
    pairs = Fields(node, "clauses", scope).node.items() if node is not None else ()
    for key, one in pairs:
        if scope.name(Node(key, one.line, one.column), "clause") is not None:
            found[key] = _terms(f"{reading}.{key}", Fields(one, f"clause {key}", scope))
    return found


def _terms(place: str, fields: Fields) -> Mapping[str, object]:
    scope = fields.scope
    found: dict[str, object] = {}
    for word, reader in _TERMS.items():
        node = fields.get(word)
        if node is not None:
            found[word] = reader(node, f"{place}.{word}", scope)
    must_not = fields.get("must_not")
    if must_not is not None:
        norm = read_must_not(must_not, place, scope)
        found |= {"acts": norm.acts, "qualified": norm.qualified, "kind": norm.kind}
    if not found and fields.node.is_map:
        expected = f"at least one of {', '.join(_TERMS)}, must_not"
        scope.refuse(fields.node, expected, value="nothing")
    fields.close()
    return found


_TERMS = {
    "who": group_reference, "against": group_reference, "where": zone_reference,
    "when": phase_reference,
}


def _known_groups(node: Node | None, scope: Scope) -> dict[str, Group]:
    groups = read_groups(node, scope)
    known = scope.names.get("defined_group", frozenset())
    for key in groups:
        if node is not None and key not in known:
            place = node.get(key) or node
            scope.name(Node(key, place.line, place.column), "defined_group")
    return groups


def _resolved(key: str, written: Mapping[str, _Written]) -> Reading:
    own, base = written[key].reading, written[key].extends
    if base is None or base not in written:
        return own
    under = _resolved(base, written)
    changed = {
        clause: {**under.clauses.get(clause, {}), **own.clauses.get(clause, {})}
        for clause in (*under.clauses, *own.clauses)
    }
    return replace(
        own,
        asserters={**under.asserters, **own.asserters},
        bound={**under.bound, **own.bound},
        groups={**under.groups, **own.groups},
        enable=tuple(dict.fromkeys(under.enable + own.enable)),
        clauses=changed,
        text=own.text or under.text,
        bases=(base, *under.bases),
    )
