"""What a permission allows, and clauses in conflict: what stands beside a breach, and against it.

A permission that names a clause in `over` beats it, as an exception does. One that allows the same
deed without a stated rank is a conflict, and so is a clause declared to conflict that covers the leg
and finds no breach, unless one of the two prevails by the text: a conflict is shown, never decided.
"""

from __future__ import annotations

from collections.abc import Iterator

from trucewatch.agreement import Clause
from trucewatch.findings.answer import distinct
from trucewatch.findings.context import Context
from trucewatch.findings.elements import ElementValue, elements_of, shared, speaks_of
from trucewatch.findings.settling import concerning, settle, with_facts
from trucewatch.incidents.leg import Leg
from trucewatch.truth import FALSE, TRUE, UNKNOWN, all_of

__all__ = ["conflicting", "permissions_of", "related"]


def permissions_of(
    leg: Leg, clause: Clause, context: Context
) -> tuple[tuple[ElementValue, ...], tuple[ElementValue, ...]]:
    """Return the permissions that beat the clause, and those whose rank towards it is not stated.

    Only permissions that speak of the leg; those that the clause prevails over are left out.
    """
    beating: list[ElementValue] = []
    unranked: list[ElementValue] = []
    for permission in _permissions(context):
        if permission.key not in clause.prevails_over and speaks_of(leg, permission, context):
            value = _permitted(leg, permission, context)
            (beating if clause.key in permission.over else unranked).append(value)
    return tuple(beating), tuple(one for one in unranked if one.truth is not FALSE)


def _permissions(context: Context) -> Iterator[Clause]:
    return (one for one in context.agreement.clauses if one.kind == "permission")


def _permitted(leg: Leg, permission: Clause, context: Context) -> ElementValue:
    """Whether the leg is what the permission allows; what is too weakly supported leaves it open."""
    decisions = concerning(leg, permission.key, context)
    elements = elements_of(with_facts(leg, decisions, context), permission, context)
    if decisions:
        elements = tuple(settle(one, decisions) for one in elements)
    unsure = permission.status != "given" or any(one.unsure_term for one in elements)
    truth = all_of(one.settled for one in elements)
    if unsure and truth is not FALSE:
        truth = UNKNOWN
    told = {
        TRUE: "it is what the text allows",
        FALSE: "it is not what the text allows",
        UNKNOWN: "whether it is what the text allows is open",
    }[truth]
    open_ = [one.words for one in elements if one.reason is not None]
    words = "; ".join((told, *open_)) if truth is UNKNOWN else told
    question = f"Does {permission.key} allow it? {words}" if truth is UNKNOWN else ""
    value = ElementValue(
        permission.key, truth, None, None, words, question, None,
        distinct(claim for one in elements for claim in one.evidence),
        unsure and truth is UNKNOWN,
    )
    return shared(value, context)


def related(clause: Clause, context: Context) -> tuple[Clause, ...]:
    """Return the permissions and conflicting clauses that bear on what this clause says."""
    return (*_permissions(context), *conflicting(clause, context))


def conflicting(clause: Clause, context: Context) -> tuple[Clause, ...]:
    """Return the clauses declared, by either side, to conflict with this one, none of them ranked."""
    return tuple(
        one
        for one in context.agreement.clauses
        if (one.key in clause.conflicts_with or clause.key in one.conflicts_with)
        and one.key not in clause.prevails_over
    )
