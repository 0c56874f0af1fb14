"""The verdict: elements and exceptions of one clause for one leg → one of four public answers.

In this order:

* a scope element (who, against, where, when) surely false: `not_covered`;
* a term that is a placeholder, unpublished or from memory: `undetermined`;
* every element surely true: excused (`compliant`), open because of an exception (`undetermined`),
  or `violation`;
* scope surely true and the act surely another: `compliant`;
* everything else: `undetermined`, with every element that is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.agreement import Clause
from trucewatch.findings.answer import spoken, together
from trucewatch.findings.candidacy import is_named, is_settled
from trucewatch.findings.context import Context
from trucewatch.findings.elements import SCOPE, ElementValue, elements_of
from trucewatch.findings.exceptions import exceptions_of
from trucewatch.findings.settling import concerning, replied, settle, state_of, with_facts
from trucewatch.incidents.decision import Decision
from trucewatch.incidents.leg import Leg
from trucewatch.truth import FALSE, TRUE, UNKNOWN

__all__ = ["Missing", "Ruling", "judge", "reply_pending", "rule"]


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
    leg = with_facts(leg, decisions, context)
    elements = elements_of(leg, clause, context)
    exceptions = exceptions_of(leg, clause, context)
    if decisions:
        elements = tuple(settle(one, decisions) for one in elements)
        exceptions = tuple(settle(one, decisions) for one in exceptions)
    return rule(leg, clause, context, elements, exceptions, decisions)


def rule(
    leg: Leg,
    clause: Clause,
    context: Context,
    elements: Sequence[ElementValue],
    exceptions: Sequence[ElementValue],
    decisions: Sequence[Decision] = (),
) -> Ruling:
    """Return the verdict that these elements and exceptions make.

    `elements` are all those of the clause in their order, so who comes first and act second.
    """
    verdict, reasons = _verdict(clause, elements, exceptions)
    provisional = verdict == "violation" and _still_open(leg, clause, context, decisions)
    missing: tuple[Missing, ...] = ()
    if provisional:
        missing = (_reply(leg, clause, context),)
    elif verdict == "undetermined":
        missing = _missing(reasons, clause, elements, exceptions)
    evidence = [*leg.reports]
    for value in (*elements, *exceptions):
        evidence += value.evidence
    evidence += [decision.decision_id for decision in decisions]
    return Ruling(
        verdict,
        provisional,
        reasons,
        _attribution(leg, verdict, elements[0]),
        leg.by.parties,
        tuple(exceptions),
        missing,
        tuple(elements),
        tuple(dict.fromkeys(evidence)),
        state_of(decisions),
    )


def _verdict(
    clause: Clause, elements: Sequence[ElementValue], exceptions: Sequence[ElementValue]
) -> tuple[str, tuple[str, ...]]:
    outside = [one.element for one in elements if one.settled is FALSE and one.element in SCOPE]
    if outside:
        return "not_covered", tuple(outside)
    open_ = [one.reason for one in elements if one.reason is not None]
    done = elements[1].settled
    if clause.status != "given" or any([one.unsure_term for one in elements]):
        return "undetermined", _ordered("text", open_, done, exceptions)
    if open_:
        return "undetermined", _ordered(None, open_, done, exceptions)
    if done is FALSE:
        return "compliant", ("no_breach",)
    return _excused_or_not(elements, exceptions)


def _excused_or_not(
    elements: Sequence[ElementValue], exceptions: Sequence[ElementValue]
) -> tuple[str, tuple[str, ...]]:
    """Every element is true: an exception that holds excuses, one that is open leaves it open."""
    excuses = tuple(f"excused:{one.element}" for one in exceptions if one.truth is TRUE)
    if excuses:
        return "compliant", excuses
    if any(one.truth is UNKNOWN for one in exceptions):
        return "undetermined", _ordered(None, (), TRUE, exceptions)
    return "violation", tuple(one.element for one in elements)


def _ordered(
    text: str | None, open_: Sequence[str], done: object, exceptions: Sequence[ElementValue]
) -> tuple[str, ...]:
    """Every reason that is open, in the published order; excuses are moot where nothing was
    done."""
    unsure = done is not FALSE and any(one.unsure_term for one in exceptions)
    first = ("text",) if text or unsure else ()
    excuses = tuple(one.element for one in exceptions if one.truth is UNKNOWN and done is not FALSE)
    return (*first, *open_, *excuses)


def _attribution(leg: Leg, verdict: str, who: ElementValue) -> str:
    """Settled: one named candidate, supported as asked; open: one of a closed set, all of them
    bound."""
    if verdict not in ("violation", "undetermined") or not who.strong:
        return "none"
    if is_named(leg.by):
        return "settled"
    return "open" if is_settled(leg.by) and who.truth is TRUE else "none"


def _still_open(leg: Leg, clause: Clause, context: Context, decisions: Sequence[Decision]) -> bool:
    """Whether an exception can still be invoked: no reply yet, and `reply_within` has not
    passed."""
    invocable = any(one.invocable and one.enabled for one in clause.exceptions)
    if not invocable or replied(decisions, leg.by.parties):
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
    parties = together([context.name(one) for one in leg.by.parties])
    within = context.agreement.evidence.reply_within
    until = ""
    if leg.known_at is not None and within is not None:
        until = f" until {spoken(leg.known_at + within, context.agreement.timezone)}"
    keys = [one.key for one in clause.exceptions if one.invocable and one.enabled]
    return Missing(keys[0], f"Does {parties} invoke {together(keys)}? This is open{until}")


def _missing(
    reasons: Sequence[str],
    clause: Clause,
    elements: Sequence[ElementValue],
    exceptions: Sequence[ElementValue],
) -> tuple[Missing, ...]:
    found: list[Missing] = []
    if "text" in reasons and clause.status != "given":
        status = clause.status.replace("_", " ")
        question = f"What does the text say in {clause.key}? It is marked {status}"
        found.append(Missing("text", question, clause.key))
    for one in (*elements, *exceptions):
        reason = one.element if one.truth is UNKNOWN else one.reason
        if reason in reasons and one.question:
            found.append(Missing(one.element, one.question, one.about))
    return tuple(found)
