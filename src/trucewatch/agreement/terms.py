"""What a clause forbids, allows or has prevented, and what its exceptions ask."""

from __future__ import annotations

from dataclasses import dataclass, replace

from trucewatch.agreement.citations import read_citation
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.norms import ActTerm, Condition, ExceptionTerm
from trucewatch.agreement.parties import group_reference
from trucewatch.agreement.phases import phase_reference
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.agreement.vocabulary import acts, calibre, weapons
from trucewatch.agreement.zones import zone_reference
from trucewatch.documents import Node
from trucewatch.incidents.schema import ELEMENTS

__all__ = ["Norm", "read_exceptions", "read_may", "read_must_not", "read_prevention"]

RESERVED = (
    *ELEMENTS, "text", "evidence", "coverage", "no_breach", "excused", "permitted", "conflict",
    "failed_to_prevent",
)
"""Words that reasons already use; no exception may be called so."""


@dataclass(frozen=True, slots=True)
class Norm:
    """What stands under must_not, must_prevent or may."""

    kind: str
    acts: tuple[ActTerm, ...] = ()
    qualified: tuple[str, ...] = ()
    by: str | None = None
    strict: bool = False
    over: tuple[str, ...] = ()


def read_must_not(node: Node, _clause: str, scope: Scope) -> Norm:
    """Read `must_not`: a prohibition of acts, or of presence."""
    fields = Fields(node, "must_not", scope)
    norm = Norm("presence" if "present" in fields else "prohibition", *_deed(fields))
    fields.close()
    return norm


def read_prevention(node: Node, clause: str, scope: Scope) -> Norm:
    """Read `must_prevent`: acts of others (`by`) that the bearer has to prevent."""
    fields = Fields(node, "must_prevent", scope)
    by = fields.need("by")
    norm = replace(
        Norm("prevention", *_deed(fields)),
        by=None if by is None else group_reference(by, f"{clause}.by", scope),
        strict=fields.flag("strict") or False,
    )
    fields.close()
    return norm


def read_may(node: Node, _clause: str, scope: Scope) -> Norm:
    """Read `may`: acts that are allowed, `over` the clauses that the permission beats."""
    fields = Fields(node, "may", scope)
    norm = replace(Norm("permission", *_deed(fields)), over=fields.names("over", "clause"))
    fields.close()
    return norm


def _deed(fields: Fields) -> tuple[tuple[ActTerm, ...], tuple[str, ...]]:
    """Return the alternatives of what is spoken of, and the words that qualify all of them."""
    written = [word for word in ("act", "any", "present") if word in fields]
    if len(written) != 1 and fields.node.is_map:
        found = " and ".join(written) or None
        fields.scope.refuse(fields.node, "exactly one of act, any, present", value=found)
    terms = _acts(fields)
    for one in fields.list_of("any"):
        inner = Fields(one, f"an alternative of {fields.what}", fields.scope)
        inner.need("act")
        terms += _acts(inner)
        inner.close()
    present = fields.get("present")
    if present is not None:
        terms = _presence(Fields(present, "present", fields.scope))
    return terms, _qualifiers(fields)


def _qualifiers(fields: Fields) -> tuple[str, ...]:
    words, node = fields.texts("qualified"), fields.get("qualified")
    for word, one in zip(words, node.elements() if node else (), strict=False):
        if identifier(one, word, fields.scope, "qualifier"):
            _refuse_taken(one, word, fields.scope)
    return words


def _refuse_taken(node: Node, word: str, scope: Scope) -> None:
    """Refuse what reasons already use: their own words, and the ids of permissions."""
    if word in RESERVED:
        scope.refuse(node, f"a word other than {', '.join(RESERVED)}")
    elif word in scope.names.get("permission", ()):
        scope.refuse(node, "a word that is not the id of a permission")


def _acts(fields: Fields) -> tuple[ActTerm, ...]:
    named, targets = acts(fields, "act"), fields.names("target", "target")
    kinds, least = weapons(fields, "weapon"), calibre(fields)
    return tuple(ActTerm(act, targets, kinds, least) for act in named)


def _presence(fields: Fields) -> tuple[ActTerm, ...]:
    kinds, least = weapons(fields, "weapon"), calibre(fields)
    targets, more_than = fields.names("target", "target"), fields.number("more_than", 0, 10_000_000)
    cap = None if more_than is None else int(more_than)
    terms: tuple[ActTerm, ...] = ()
    if kinds or least is not None:
        terms += (ActTerm("weapon_presence", targets, kinds, least),)
    if fields.flag("personnel"):
        terms += (ActTerm("force_presence", targets, more_than=cap),)
    elif cap is not None:
        advice = "A head count is of persons."
        fields.scope.refuse(fields.get("more_than") or fields.node, "personnel: true", advice)
    if fields.flag("any"):
        terms += (ActTerm("presence", targets),)
    if not terms and fields.node.is_map:
        expected = "present: weapon, calibre_mm, personnel: true or any: true"
        fields.scope.refuse(fields.node, expected)
    fields.close()
    return terms


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
    if key and named is not None and identifier(named, key, scope, "exception"):
        _refuse_taken(named, key, scope)
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
