"""The verdict: elements and exceptions of one clause for one leg → one of four public answers.

In this order:

* a scope element (who, against, where, when) surely false: `not_covered`;
* a term that is a placeholder, unpublished, from memory or of another reading: `undetermined`;
* what was done is surely no breach: `compliant`, unless scope is open;
* an element that is open, also a word that only people settle: `undetermined`;
* every element surely true: excused or permitted (`compliant`), open because of an exception, a
  permission or a conflict (`undetermined`), or `violation`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trucewatch.agreement import Clause
from trucewatch.findings.answer import spoken, together
from trucewatch.findings.candidacy import is_named, is_settled
from trucewatch.findings.context import Context
from trucewatch.findings.elements import SCOPE, ElementValue, elements_of
from trucewatch.findings.exceptions import exceptions_of
from trucewatch.findings.permissions import conflicting, permissions_of
from trucewatch.findings.settling import concerning, replied, settle, state_of, with_facts
from trucewatch.incidents.decision import Decision
from trucewatch.incidents.leg import Leg
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, all_of

__all__ = ["Facts", "Missing", "Ruling", "facts_of", "judge", "reply_pending", "rule"]


@dataclass(frozen=True, slots=True)
class Missing:
    """What evidence, or whose decision, would settle an open element."""

    element: str
    question: str
    about: str | None = None
    """Party, phase, zone or clause that it is about; None: this incident alone."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer of one clause about one leg under one reading."""

    verdict: str
    provisional: bool
    reasons: tuple[str, ...]
    """Never empty. What is open, in the order text, who, act, against, where, when, exceptions; of
    a violation every element, all being true; of `not_covered` every element that is false."""
    attribution: str
    bearers: tuple[str, ...]
    """Who may have done it: candidates, never a charge; read it with `attribution`."""
    exceptions: tuple[ElementValue, ...]
    missing: tuple[Missing, ...]
    elements: tuple[ElementValue, ...]
    evidence: tuple[str, ...]
    """Ids of the reports, then of the claims and decisions behind it."""
    state: str = "reported"


def judge(leg: Leg, clause: Clause, context: Context) -> Ruling:
    """Return what `clause` says of `leg`; every pair has an answer, also one the clause does not
    speak of."""
    decisions = concerning(leg, clause.key, context)
    facts = facts_of(leg, clause, context, decisions)
    return rule(with_facts(leg, decisions, context), clause, context, facts, decisions)


def facts_of(
    leg: Leg, clause: Clause, context: Context, decisions: Sequence[Decision] = ()
) -> Facts:
    """Return all that the verdict rests on, with what these decisions about the leg settle."""
    facts = _own(leg, clause, context, decisions)
    others = conflicting(clause, context)
    if not others or _verdict(clause, facts)[0] != "violation":
        return facts
    said = {one.key: _verdict(one, _facts_of(leg, one, context))[0] for one in others}
    above = {one.key for one in others if clause.key in one.prevails_over}
    yields = tuple(key for key, verdict in said.items() if key in above and verdict == "compliant")
    differing = tuple(
        key
        for key, verdict in said.items()
        if verdict == "undetermined" or (verdict == "compliant" and key not in above)
    )
    return replace(facts, yields=yields, conflicts=differing)


def _facts_of(leg: Leg, clause: Clause, context: Context) -> Facts:
    return _own(leg, clause, context, concerning(leg, clause.key, context))


def _own(leg: Leg, clause: Clause, context: Context, decisions: Sequence[Decision]) -> Facts:
    """Return the facts without what conflicting clauses say."""
    beating, unranked = permissions_of(leg, clause, context)
    leg = with_facts(leg, decisions, context)
    elements = elements_of(leg, clause, context)
    exceptions = exceptions_of(leg, clause, context)
    if decisions:
        elements = tuple(settle(one, decisions) for one in elements)
        exceptions = tuple(settle(one, decisions) for one in exceptions)
    return Facts(elements, exceptions, beating, unranked)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a verdict rests on."""

    elements: tuple[ElementValue, ...]
    """All those of the clause in their order, so who comes first and act second."""
    exceptions: tuple[ElementValue, ...] = ()
    beating: tuple[ElementValue, ...] = ()
    """Permissions that beat the clause."""
    unranked: tuple[ElementValue, ...] = ()
    """Permissions that may hold and whose rank towards the clause is not stated."""
    yields: tuple[str, ...] = ()
    """Clauses declared to conflict that prevail over this one, cover the leg and find no breach."""
    conflicts: tuple[str, ...] = ()
    """Clauses declared to conflict, without a rank, that cover the leg and find no breach; and
    those whose own answer is open."""


def rule(
    leg: Leg, clause: Clause, context: Context, facts: Facts, decisions: Sequence[Decision] = ()
) -> Ruling:
    """Return the verdict that these facts make."""
    verdict, reasons = _verdict(clause, facts)
    provisional = verdict == "violation" and _still_open(leg, clause, context, decisions)
    missing: tuple[Missing, ...] = ()
    if provisional:
        missing = (_reply(leg, clause, context),)
    elif verdict == "undetermined":
        missing = _missing(reasons, clause, facts)
    excuses = (*facts.exceptions, *facts.beating, *facts.unranked)
    evidence = [*leg.reports]
    for value in (*facts.elements, *excuses):
        evidence += value.evidence
    evidence += [decision.decision_id for decision in decisions]
    return Ruling(
        verdict,
        provisional,
        reasons,
        _attribution(leg, clause, verdict, facts.elements[0]),
        _bearers(leg, clause),
        excuses,
        missing,
        facts.elements,
        tuple(dict.fromkeys(evidence)),
        state_of(decisions),
    )


def _verdict(clause: Clause, facts: Facts) -> tuple[str, tuple[str, ...]]:
    elements = facts.elements
    scope = [one for one in elements if one.element in SCOPE]
    outside = [one.element for one in scope if one.settled is FALSE]
    if outside:
        return "not_covered", tuple(outside)
    done = all_of(one.settled for one in elements if one.element not in SCOPE)
    asked = scope if done is FALSE else elements
    open_ = [one.reason for one in asked if one.reason is not None]
    unsure = clause.status != "given" or any([one.unsure_term for one in elements])
    if unsure or open_:
        return "undetermined", _ordered(open_, done, facts, unsure=unsure)
    if done is FALSE:
        return "compliant", ("no_breach",)
    return _excused_or_not(facts)


def _excused_or_not(facts: Facts) -> tuple[str, tuple[str, ...]]:
    """Every element is true: what holds excuses, what is open or in conflict leaves it open."""
    excuses = [f"excused:{one.element}" for one in facts.exceptions if one.truth is TRUE]
    excuses += [f"permitted:{one.element}" for one in facts.beating if one.truth is TRUE]
    excuses += [f"permitted:{one}" for one in facts.yields]
    if excuses:
        return "compliant", tuple(excuses)
    open_ = any(one.truth is UNKNOWN for one in (*facts.exceptions, *facts.beating))
    if open_ or facts.unranked or facts.conflicts:
        return "undetermined", _ordered((), TRUE, facts)
    return "violation", tuple(one.element for one in facts.elements)


def _ordered(
    open_: Sequence[str], done: Truth, facts: Facts, *, unsure: bool = False
) -> tuple[str, ...]:
    """Every reason that is open, in the published order; excuses and conflicts are moot where
    nothing was done."""
    excuses = [one for one in (*facts.exceptions, *facts.beating) if one.truth is UNKNOWN]
    if done is FALSE:
        return (*(("text",) if unsure else ()), *open_)
    unsure = unsure or any(one.unsure_term for one in (*excuses, *facts.unranked))
    conflicts = (*(one.element for one in facts.unranked), *facts.conflicts)
    return (
        *(("text",) if unsure else ()),
        *open_,
        *(one.element for one in excuses),
        *(f"conflict:{one}" for one in conflicts),
    )


def _bearers(leg: Leg, clause: Clause) -> tuple[str, ...]:
    """Who may have breached the clause: of a prevention the one that had to prevent, never the
    doer."""
    return leg.by.parties if clause.by is None else (clause.who,)


def _attribution(leg: Leg, clause: Clause, verdict: str, who: ElementValue) -> str:
    """Settled: one named candidate, supported as asked; open: one of a closed set, all of them
    bound."""
    if clause.by is not None:
        return "settled" if verdict == "violation" else "none"
    if verdict not in ("violation", "undetermined") or not who.strong:
        return "none"
    if is_named(leg.by):
        return "settled"
    return "open" if is_settled(leg.by) and who.truth is TRUE else "none"


def _still_open(leg: Leg, clause: Clause, context: Context, decisions: Sequence[Decision]) -> bool:
    """Whether an exception can still be invoked: no reply yet, and `reply_within` has not
    passed."""
    invocable = any(one.invocable and one.enabled for one in clause.exceptions)
    if not invocable or replied(decisions, _bearers(leg, clause)):
        return False
    return reply_pending(leg, context)


def reply_pending(leg: Leg, context: Context) -> bool:
    """Whether the accused still have time to reply, as the agreement grants it from `known_at`
    on."""
    within, known_at = context.agreement.evidence.reply_within, context.known_at
    if within is None or known_at is None:
        return False
    return leg.known_at is None or known_at < leg.known_at + within


def _reply(leg: Leg, clause: Clause, context: Context) -> Missing:
    parties = together([context.name(one) for one in _bearers(leg, clause)])
    within = context.agreement.evidence.reply_within
    until = ""
    if leg.known_at is not None and within is not None:
        until = f" until {spoken(leg.known_at + within, context.agreement.timezone)}"
    keys = [one.key for one in clause.exceptions if one.invocable and one.enabled]
    return Missing(keys[0], f"Does {parties} invoke {together(keys)}? This is open{until}")


def _missing(reasons: Sequence[str], clause: Clause, facts: Facts) -> tuple[Missing, ...]:
    found: list[Missing] = []
    if "text" in reasons and clause.status != "given":
        status = clause.status.replace("_", " ")
        question = f"What does the text say in {clause.key}? It is marked {status}"
        found.append(Missing("text", question, clause.key))
    for one in (*facts.elements, *facts.exceptions, *facts.beating):
        if one.reason in reasons and one.question:
            found.append(Missing(one.element, one.question, one.about))
    return (*found, *_ranks(reasons, clause))


def _ranks(reasons: Sequence[str], clause: Clause) -> list[Missing]:
    """Ask which of two terms comes first, where the text does not say."""
    found = []
    for reason in reasons:
        how, _, other = reason.partition(":")
        if how == "conflict":
            question = f"Which comes first, {clause.key} or {other}? The text states no rank"
            found.append(Missing(reason, question, other))
    return found
