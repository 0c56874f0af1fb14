"""The terms: who must not, must or may do what against whom, where and when, unless."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from trucewatch.agreement.citations import read_citation
from trucewatch.agreement.duties import read_duty
from trucewatch.agreement.duty_examples import read_duty_examples
from trucewatch.agreement.evidence import read_strengths
from trucewatch.agreement.examples import read_examples
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.norms import JUDGED, Clause
from trucewatch.agreement.parties import group_reference
from trucewatch.agreement.phases import phase_reference
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.agreement.shown import read_shown
from trucewatch.agreement.terms import (
    Norm,
    read_exceptions,
    read_may,
    read_must_not,
    read_prevention,
)
from trucewatch.agreement.zones import zone_reference
from trucewatch.documents import Node

__all__ = ["read_clauses"]

_NORMS: Mapping[str, Callable[[Node, str, Scope], Norm]] = {
    "must_not": read_must_not, "must_prevent": read_prevention, "may": read_may,
}
"""How each kind of norm is read; `must` and `shown` are records of their own."""
_KINDS = (*_NORMS, "must", "shown")


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
        readings=fields.names("reading", "reading"),
    )
    clause = _ranked(_with_extent(_with_norm(clause, fields), fields), fields)
    exceptions = read_exceptions(key, fields)
    _unlike_qualifiers(clause, [one.key for one in exceptions], fields)
    clause = replace(clause, exceptions=exceptions)
    duty = clause.duty is not None
    examples = read_duty_examples(fields, clause) if duty else read_examples(fields, clause)
    clause = replace(clause, examples=examples)
    if clause.examples and clause.kind in ("permission", "display"):
        advice = "It makes no findings: put them beside the clauses that it bears on."
        expected = "examples beside must_not, must_prevent or must"
        scope.refuse(node.get("examples") or node, expected, advice, f"examples of {clause.key}")
    fields.close()
    return clause


def _who(key: str, fields: Fields) -> str:
    node = fields.get("who") if "shown" in fields else fields.need("who")
    return "" if node is None else group_reference(node, f"{key}.who", fields.scope) or ""


def _with_norm(clause: Clause, fields: Fields) -> Clause:
    written = [word for word in _KINDS if fields.get(word) is not None]
    if len(written) != 1 and fields.node.is_map:
        found = " and ".join(written) or "none of them"
        fields.scope.refuse(fields.node, f"exactly one of {', '.join(_KINDS)}", value=found)
    for word in written:
        node = fields.need(word)
        if node is not None:
            clause = _read(word, node, clause, fields)
    return _waiting(clause, fields)


def _read(word: str, node: Node, clause: Clause, fields: Fields) -> Clause:
    if word == "must":
        duty = read_duty(clause.key, node, fields)
        return replace(clause, kind="duty", duty=duty)
    if word == "shown":
        return replace(clause, kind="display", shown=read_shown(node, fields.scope))
    norm = _NORMS[word](node, clause.key, fields.scope)
    if word == "must_prevent" and clause.who in fields.scope.names.get("defined_group", ()):
        fields.scope.refuse(
            fields.node.get("who") or node, "who: one party, that must prevent",
            "Write one clause for each party: each answers for itself.", clause.who,
        )
    return replace(
        clause, kind=norm.kind, acts=norm.acts, qualified=norm.qualified, by=norm.by,
        strict=norm.strict, over=norm.over,
    )


def _waiting(clause: Clause, fields: Fields) -> Clause:
    only_if = None if clause.duty is not None else fields.get("only_if")
    if only_if is not None:
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


def _ranked(clause: Clause, fields: Fields) -> Clause:
    """Read how the clause stands to others, and what evidence it asks for by itself."""
    conflicts = fields.names("conflicts_with", "clause")
    prevails = fields.names("prevails_over", "clause")
    evidence = read_strengths(fields.get("evidence"), fields.scope)
    for word, named in (("conflicts_with", conflicts), ("prevails_over", prevails)):
        node = fields.node.get(word)
        if node is not None and clause.key in named:
            fields.scope.refuse(node, f"{word}: other clauses", value=clause.key)
        if node is not None and clause.kind not in (*JUDGED, "permission"):
            advice = "Duties and what is only shown have no rank among prohibitions."
            fields.scope.refuse(node, f"{word} beside must_not, must_prevent or may", advice)
    return replace(clause, conflicts_with=conflicts, prevails_over=prevails, evidence=evidence)


def _unlike_qualifiers(clause: Clause, exceptions: list[str], fields: Fields) -> None:
    for word in clause.qualified:
        if word in exceptions:
            node = fields.node.get("unless") or fields.node
            fields.scope.refuse(node, "an exception id that is no word of qualified", value=word)
