"""Clauses as masks over the bits of their elements, for every clause and reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from trucewatch.agreement import JUDGED, Clause
from trucewatch.findings.compiled.atoms import (
    Atom,
    deed_atoms,
    exception_atom,
    scope_atoms,
    speaks_atom,
)
from trucewatch.findings.context import Context
from trucewatch.findings.permissions import conflicting

__all__ = ["Allowance", "Column", "Plan", "Plans", "plans_of"]


@dataclass(frozen=True, slots=True)
class Allowance:
    """A permission: its own bit follows from those of its elements."""

    bit: int
    needs: int
    """Mask of its elements and of its speaking of the leg."""
    given: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What a verdict of one clause under one reading looks at; equal plans, equal verdicts."""

    speaks: int
    scope: int
    deed: int
    excuses: int
    """Exceptions and permissions that beat the clause."""
    clashes: int
    """Permissions without a rank."""
    given: bool
    replies: bool
    """Whether an exception can be invoked: a violation is then provisional until the reply."""
    conflicts: tuple[tuple[Plan, bool], ...] = ()
    """Plans of clauses in conflict, and whether each prevails."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where the verdicts of a clause under a reading stand."""

    clause: str
    reading: str
    plan: int
    """Place in `Plans.plans`."""


@dataclass(frozen=True, slots=True)
class Plans:
    """All bits, all plans without repeats, and whose they are."""

    atoms: tuple[Atom, ...]
    """Bit → element."""
    allowances: tuple[Allowance, ...]
    bits: int
    """How many bits there are, those of permissions included."""
    plans: tuple[Plan, ...]
    columns: tuple[Column, ...]


class _Bits:
    """Gives each distinct element its bit."""

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self.allowances: dict[tuple[int, bool], Allowance] = {}
        self._known: dict[object, int] = {}

    def mask(self, atoms: Iterable[Atom]) -> int:
        found = 0
        for atom in atoms:
            bit = self._known.get(atom.key)
            if bit is None:
                bit = self._known[atom.key] = len(self.atoms)
                self.atoms.append(atom)
            found |= 1 << bit
        return found


def plans_of(contexts: Sequence[Context]) -> Plans:
    """Return the plans of every clause that makes findings about legs, under every reading."""
    bits = _Bits()
    every = [(clause, context) for context in contexts for clause in context.agreement.clauses]
    for clause, context in every:
        if clause.acts:
            bits.mask(_atoms(clause, context))
    first = len(bits.atoms)
    plans: dict[Plan, int] = {}
    columns = []
    for clause, context in every:
        if clause.kind in JUDGED:
            plan = _with_conflicts(clause, context, bits, first)
            number = plans.setdefault(plan, len(plans))
            columns.append(Column(clause.key, context.agreement.reading, number))
    allowances = tuple(bits.allowances.values())
    return Plans(
        tuple(bits.atoms), allowances, first + len(allowances), tuple(plans), tuple(columns)
    )


def _atoms(clause: Clause, context: Context) -> Iterator[Atom]:
    yield speaks_atom(clause)
    yield from scope_atoms(clause, context)
    yield from deed_atoms(clause, context)
    for term in clause.exceptions:
        if term.enabled:
            yield exception_atom(clause, term, context)


def _with_conflicts(clause: Clause, context: Context, bits: _Bits, first: int) -> Plan:
    plan = _plan(clause, context, bits, first)
    others = tuple(
        (_plan(one, context, bits, first), clause.key in one.prevails_over)
        for one in conflicting(clause, context)
    )
    return plan if not others else _conflicting(plan, others)


def _conflicting(plan: Plan, others: tuple[tuple[Plan, bool], ...]) -> Plan:
    return Plan(
        plan.speaks, plan.scope, plan.deed, plan.excuses, plan.clashes, plan.given, plan.replies,
        others,
    )


def _plan(clause: Clause, context: Context, bits: _Bits, first: int) -> Plan:
    terms = [term for term in clause.exceptions if term.enabled]
    beating, unranked = 0, 0
    for one in context.agreement.clauses:
        if one.kind == "permission" and one.key not in clause.prevails_over:
            bit = 1 << _allowance(one, context, bits, first).bit
            beating |= bit if clause.key in one.over else 0
            unranked |= 0 if clause.key in one.over else bit
    return Plan(
        speaks=bits.mask([speaks_atom(clause)]),
        scope=bits.mask(scope_atoms(clause, context)),
        deed=bits.mask(deed_atoms(clause, context)),
        excuses=bits.mask(exception_atom(clause, term, context) for term in terms) | beating,
        clashes=unranked,
        given=clause.status == "given",
        replies=any(term.invocable for term in terms),
    )


def _allowance(clause: Clause, context: Context, bits: _Bits, first: int) -> Allowance:
    needs = bits.mask([
        speaks_atom(clause), *scope_atoms(clause, context), *deed_atoms(clause, context)
    ])
    given = clause.status == "given"
    known = bits.allowances.get((needs, given))
    if known is None:
        known = Allowance(first + len(bits.allowances), needs, given)
        bits.allowances[needs, given] = known
    return known
