"""The terms: who must not, or must, do what against whom, where and when, unless."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.agreement.citations import read_citation
from trucewatch.agreement.duties import read_duty
from trucewatch.agreement.examples import read_examples
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.norms import Clause
from trucewatch.agreement.parties import group_reference
from trucewatch.agreement.phases import phase_reference
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.agreement.terms import read_acts, read_exceptions
from trucewatch.agreement.zones import zone_reference
from trucewatch.documents import Node

__all__ = ["read_clauses"]


def read_clauses(node: Node | None, scope: Scope) -> tuple[Clause, ...]:
    """Read the list `clauses`; ids are unique, and there is at least one clause."""
    parts = node.elements() if node is not None and node.is_list else []
    if node is not None and not parts:
        scope.refuse(node, "clauses: a list of at least one clause")
    clauses: list[Clause] = []
    for one in parts:
        clause = _clause(one, scope)
        if clause.key and clause.key in {earlier.key for earlier in clauses}:
            scope.refuse(one.get("id") or one, "each clause id once")
        clauses.append(clause)
    return tuple(clauses)


def _clause(node: Node, scope: Scope) -> Clause:
    fields = Fields(node, "a clause", scope)
    key, named = fields.need_text("id"), fields.get("id")
    if key and named is not None:
        identifier(named, key, scope, "clause")
        fields.what = f"clause {key}"
    clause = Clause(
        key=key, kind="prohibition", who=_who(key, fields), line=node.line,
        cite=read_citation(fields.get("cite"), scope), status=fields.status(),
        note=fields.text("note"), open_terms=fields.texts("open_terms"),
    )
    clause = _with_extent(_with_norm(clause, fields), fields)
    exceptions = read_exceptions(key, fields)
    examples = read_examples(fields, tuple(one.key for one in exceptions))
    fields.close()
    return replace(clause, exceptions=exceptions, examples=examples)


def _who(key: str, fields: Fields) -> str:
    node = fields.need("who")
    return "" if node is None else group_reference(node, f"{key}.who", fields.scope) or ""


def _with_norm(clause: Clause, fields: Fields) -> Clause:
    must_not, must, only_if = fields.get("must_not"), fields.get("must"), fields.get("only_if")
    if (must_not is None) == (must is None) and fields.node.is_map:
        found = "neither" if must is None else "must and must_not"
        fields.scope.refuse(fields.node, "either must_not or must", value=found)
    if must_not is not None:
        kind, acts = read_acts(must_not, fields.scope)
        clause = replace(clause, kind=kind, acts=acts)
    if must is not None:
        duty = read_duty(clause.key, must, only_if, fields.scope)
        clause = replace(clause, kind="duty", duty=duty)
    elif only_if is not None:
        fields.scope.refuse(only_if, "only_if beside must", "A prohibition waits for nobody.")
    return clause


def _with_extent(clause: Clause, fields: Fields) -> Clause:
    against, where, when = fields.get("against"), fields.get("where"), fields.get("when")
    key, scope = clause.key, fields.scope
    return replace(
        clause,
        against=None if against is None else group_reference(against, f"{key}.against", scope),
        where=None if where is None else zone_reference(where, f"{key}.where", scope),
        when=None if when is None else phase_reference(when, f"{key}.when", scope),
    )
