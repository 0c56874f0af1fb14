"""The distinct elements of all clauses under all readings, each with what it asks of a leg.

An atom answers with the truth that a verdict sees, settled by the strength that the clause asks
for, and whether that rests on a term in doubt. Equal keys are equal atoms: they share one bit.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

from trucewatch.agreement import Clause, ExceptionTerm
from trucewatch.findings.compiled.inputs import Input
from trucewatch.findings.context import Context
from trucewatch.findings.deeds import capped, names_it
from trucewatch.findings.elements import (
    ElementValue,
    act,
    against,
    qualifiers_of,
    required_of,
    when,
    where,
    who,
)
from trucewatch.findings.exceptions import exception, unions_of, zones_of
from trucewatch.findings.ground import is_drawn
from trucewatch.incidents.leg import Leg
from trucewatch.truth import FALSE, TRUE, Truth

__all__ = ["Answer", "Atom", "deed_atoms", "exception_atom", "scope_atoms", "speaks_atom"]

Answer = tuple[Truth, bool]


@dataclass(frozen=True, slots=True)
class Atom:
    """One element; `ask` is not part of what it means."""

    key: Hashable
    inputs: tuple[Input, ...] = field(compare=False)
    """Two legs with equal inputs have equal answers."""
    ask: Callable[[Leg], Answer] = field(compare=False, repr=False)


def _seen(value: ElementValue) -> Answer:
    return value.settled, value.unsure_term


def speaks_atom(clause: Clause) -> Atom:
    """Whether the clause may name what was done, and to what."""
    acts = clause.acts
    return Atom(
        ("speaks", tuple((one.act, one.targets) for one in acts)), (Input("deed"),),
        lambda leg: (TRUE if names_it(leg, acts) else FALSE, False),
    )


def scope_atoms(clause: Clause, context: Context) -> Iterator[Atom]:
    """Yield who, against, where and when, as far as the clause has them."""
    need = {one: required_of(one, clause, context) for one in ("who", "against", "where", "when")}
    side = context.signature("group", clause.who, clause.by)
    yield Atom(
        ("who", side, need["who"]), (Input("by"), Input("strength", "who"), Input("moment")),
        lambda leg: _seen(who(leg, clause, context)),
    )
    if clause.against is not None:
        other = context.signature("group", clause.against)
        yield Atom(
            ("against", other, need["against"]),
            (Input("against"), Input("strength", "against"), Input("moment")),
            lambda leg: _seen(against(leg, clause, context)),
        )
    if clause.where is not None:
        zone = context.signature("zone", clause.where)
        yield Atom(
            ("where", zone, need["where"]),
            (*_ground(clause.where, context), Input("strength", "where")),
            lambda leg: _seen(where(leg, clause, context)),
        )
    if clause.when is not None:
        phase = context.signature("phase", clause.when)
        yield Atom(
            ("when", phase, need["when"]), (Input.phase(clause.when, context), Input("strength", "when")),
            lambda leg: _seen(when(leg, clause, context)),
        )


def deed_atoms(clause: Clause, context: Context) -> Iterator[Atom]:
    """Yield the act, and each word that only people settle."""
    need = required_of("act", clause, context)
    heads: tuple[Input, ...] = (Input("heads"),) if capped(clause.acts) else ()
    yield Atom(
        ("act", clause.acts, need), (Input("deed"), Input("means"), *heads, Input("strength", "act")),
        lambda leg: _seen(act(leg, clause, context)),
    )
    for one in qualifiers_of(clause, context):
        answer = _seen(one)
        yield Atom(("left to people",), (), lambda _, answer=answer: answer)  # type: ignore[misc]


def exception_atom(clause: Clause, term: ExceptionTerm, context: Context) -> Atom:
    """Whether the exception excuses a leg."""
    required = clause.evidence.get("exception") or context.agreement.evidence.exception
    zones = tuple(dict.fromkeys(zones_of(term.condition)))
    inputs: list[Input] = [Input("said")]
    for name in zones:
        inputs += _ground(name, context)
    inputs += [Input.union(one, context) for one in unions_of(term.condition, context)]
    if term.when is not None:
        inputs.append(Input.phase(term.when, context))
    within = context.agreement.evidence.reply_within
    key = (
        "excuse", term.condition, term.invocable, required, within,
        *(context.signature("zone", one) for one in zones),
        None if term.when is None else context.signature("phase", term.when),
    )

    def ask(leg: Leg) -> Answer:
        value = exception(leg, term, context, required)
        return value.truth, value.unsure_term

    return Atom(key, tuple(dict.fromkeys(inputs)), ask)


def _ground(name: str, context: Context) -> tuple[Input, ...]:
    """Return what a zone asks of a leg: its place, or who holds it, and then perhaps who did it."""
    zone = context.agreement.zones[name]
    if is_drawn(zone):
        return (Input.zone("zone", name, context),)
    if context.holders is None:
        return (Input("by"), Input("moment"))
    return (Input.zone("held", name, context),)
