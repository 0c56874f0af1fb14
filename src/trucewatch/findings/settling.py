"""What recorded decisions change about one finding: determinations, verifications, replies.

A decision reaches a leg through the reports that it cites, and one clause or reading if it names
it. Of several about the same question the latest effective one counts. A determination settles
only what is open: nobody edits what the evidence says. An opinion is shown and changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from trucewatch.errors import Problem, Severity
from trucewatch.findings.answer import distinct
from trucewatch.findings.candidacy import is_named
from trucewatch.findings.context import Context
from trucewatch.findings.elements import ElementValue
from trucewatch.findings.schema import STATES
from trucewatch.incidents.decision import Decision
from trucewatch.incidents.leg import Candidates, Leg, LegCircumstance
from trucewatch.incidents.schema import ELEMENTS
from trucewatch.truth import FALSE, TRUE

__all__ = [
    "HERE",
    "accepted_claims",
    "by_report",
    "concerning",
    "in_force",
    "orphaned",
    "replied",
    "settle",
    "state_of",
    "with_facts",
]

HERE = ("determine", "verify", "reply", "accept", "opinion")
"""Kinds of decision that judging looks at."""
_STRONGEST = "verified"
_ANSWERS = {"yes": True, "no": False, "true": True, "false": False}
_ROLES = ("who", "against")


def in_force(decisions: Iterable[Decision], known_at: datetime | None) -> tuple[Decision, ...]:
    """Return the decisions that count at `known_at`, the latest effective last.

    Dropped: those of other kinds than HERE, those effective later, and those that one in force
    takes back.
    """
    counting = [
        one
        for one in decisions
        if one.kind in HERE
        and (one.effective is None or known_at is None or one.effective <= known_at)
    ]
    taken_back = {one.supersedes for one in counting if one.supersedes}
    return tuple(sorted((one for one in counting if one.decision_id not in taken_back), key=_order))


def _order(decision: Decision) -> tuple[datetime, datetime, str]:
    return decision.effective or decision.recorded_at, decision.recorded_at, decision.decision_id


def by_report(decisions: Sequence[Decision]) -> Mapping[str, tuple[Decision, ...]]:
    """Return report id → the decisions that cite it, in their order."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        for report in dict.fromkeys(decision.reports):
            found[report].append(decision)
    return {report: tuple(cited) for report, cited in found.items()}


def accepted_claims(decisions: Iterable[Decision]) -> frozenset[str]:
    """Return the ids of the claims that people have accepted; an answer `no` takes it back."""
    latest = {
        one.question: one.answer for one in decisions if one.kind == "accept" and one.question
    }
    return frozenset(
        claim for claim, answer in latest.items() if _ANSWERS.get(answer or "yes", True)
    )


def orphaned(decisions: Iterable[Decision], reports: Collection[str]) -> list[Problem]:
    """Return a warning for every decision none of whose reports is known; it is kept and changes
    nothing."""
    known = set(reports)
    return [
        Problem(
            "decisions",
            None,
            one.kind,
            one.decision_id,
            "at least one cited report that is known",
            f"Orphaned: cites {', '.join(one.reports)}. It is kept and changes nothing until then.",
            Severity.WARNING,
        )
        for one in sorted(decisions, key=lambda one: one.decision_id)
        if one.reports and known.isdisjoint(one.reports)
    ]


def concerning(leg: Leg, clause: str, context: Context) -> tuple[Decision, ...]:
    """Return the decisions about this leg under this clause and reading, the one that counts
    last."""
    if not context.decisions:
        return ()
    found = {
        decision.decision_id: decision
        for report in leg.reports
        for decision in context.decisions.get(report, ())
        if decision.clause in (None, clause)
        and decision.reading in (None, context.agreement.reading)
    }
    return tuple(sorted(found.values(), key=_order))


def with_facts(leg: Leg, decisions: Sequence[Decision], context: Context) -> Leg:
    """Return the leg with what people determined: circumstances, and a party as who did it or was
    hit."""
    for decision in decisions:
        if decision.kind != "determine" or not decision.question:
            continue
        answer = decision.answer or ""
        if decision.question in _ROLES and answer in context.actors.parties:
            leg = _with_party(leg, decision.question, answer)
        elif decision.question not in ELEMENTS and decision.question not in STATES:
            leg = _with_circumstance(leg, decision)
    return leg


def _with_party(leg: Leg, element: str, party: str) -> Leg:
    """Name the party as who did it or what was attacked, unless somebody is named there already."""
    strength = {**leg.strength, element: _STRONGEST}
    named = Candidates((party,), closed=True, basis=_STRONGEST)
    if element == "who" and not is_named(leg.by):
        return replace(leg, by=named, strength=strength)
    if element == "against" and not is_named(leg.against):
        return replace(leg, against=named, strength=strength)
    return leg


def _with_circumstance(leg: Leg, decision: Decision) -> Leg:
    value = _ANSWERS.get(decision.answer or "")
    if value is None or decision.question is None:
        return leg
    determined = LegCircumstance(decision.question, value, decision.who, _STRONGEST)
    others = tuple(one for one in leg.circumstances if one.flag != decision.question)
    return replace(leg, circumstances=(*others, determined))


def settle(value: ElementValue, decisions: Sequence[Decision]) -> ElementValue:
    """Return the element with its verification, and with a determination if it is still open."""
    for decision in decisions:
        named = decision.question in (None, "", value.element) and value.element in ELEMENTS
        if decision.kind == "verify" and named:
            value = replace(value, strength=_STRONGEST, evidence=_with(value, decision))
    if value.reason is None:
        return replace(value, question="", about=None)
    answers = [
        one
        for one in decisions
        if one.kind == "determine"
        and one.question == value.element
        and (one.answer or "") in _ANSWERS
    ]
    if not answers or value.unsure_term:
        return value
    last = answers[-1]
    truth = TRUE if _ANSWERS[last.answer or ""] else FALSE
    words = f"{value.words}; a recorded determination says {last.answer}"
    return replace(
        value,
        truth=truth,
        strength=_STRONGEST,
        words=words,
        question="",
        about=None,
        evidence=_with(value, last),
    )


def _with(value: ElementValue, decision: Decision) -> tuple[str, ...]:
    return distinct((*value.evidence, decision.decision_id))


def state_of(decisions: Sequence[Decision]) -> str:
    """Return how far the finding was checked: the latest verification or determination of it."""
    state = STATES[0]
    for decision in decisions:
        if decision.kind == "verify":
            state = "verified"
        elif decision.kind == "determine" and decision.question in STATES:
            state = decision.question if _ANSWERS.get(decision.answer or "yes", True) else STATES[0]
    return state


def replied(decisions: Sequence[Decision], parties: Collection[str]) -> bool:
    """Whether every one of these parties has replied."""
    answered = {one.question for one in decisions if one.kind == "reply"}
    return bool(parties) and answered.issuperset(parties)
