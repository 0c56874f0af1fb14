"""Duties: what must be done by when, where that stands, what is said of it, and the finding.

The verdict follows from state and coverage by the published table (`lifecycle`); before it come the
text, which must be given for sure, and the bearer, who must be bound. Every claim about a duty is
listed, whoever makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from trucewatch.agreement import Clause, Duty
from trucewatch.findings.answer import choice, distinct
from trucewatch.findings.bearers import bearers_of
from trucewatch.findings.context import Context
from trucewatch.findings.determined import decided_on
from trucewatch.findings.duty_excuses import can_still_be_invoked, excused, excuses_of
from trucewatch.findings.duty_words import state_words, words_of
from trucewatch.findings.elements import ElementValue, required_of
from trucewatch.findings.lifecycle import Outcome
from trucewatch.findings.ruling import Missing, Ruling
from trucewatch.findings.schema import DUTY
from trucewatch.findings.settling import state_of
from trucewatch.findings.standing import Standing, standing_of
from trucewatch.findings.testimony import claims_about, claims_on
from trucewatch.identifiers import derived_id
from trucewatch.tables import Table
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, from_bounds

__all__ = [
    "JudgedDuty", "bearers_of", "claims_about", "duty_id", "duty_table", "judge_duties", "judge_duty",
    "words_of",
]


def duty_id(agreement: str, clause: str, bearer: str) -> str:
    """Return the id of a duty: agreement, clause and bearer."""
    return derived_id("u", agreement, clause, bearer)


def duty_table(*contexts: Context) -> Table:
    """Return the `duty` table: one row for each duty clause and bearer, ordered by id.

    A row tells the first of these readings that knows the duty; where it stands under the others
    say their findings.
    """
    rows: dict[str, dict[str, object]] = {}
    for context in contexts:
        for clause, bearer in _duties(context):
            key = duty_id(context.agreement.key, clause.key, bearer)
            if key not in rows:
                rows[key] = _row(clause, bearer, context)
    return Table.from_rows(DUTY, [rows[key] for key in sorted(rows)])


def _duties(context: Context) -> Iterator[tuple[Clause, str]]:
    for clause in context.agreement.clauses:
        if clause.duty is not None:
            for bearer in bearers_of(clause.who, context):
                yield clause, bearer


def _row(clause: Clause, bearer: str, context: Context) -> dict[str, object]:
    found = judge_duty(clause, bearer, context)
    standing = standing_of(clause, bearer, context)
    part, settled = standing.performed.part, found.state != "not_judged"
    told = settled or part.sure > 0 or part.possible < 1
    return {
        "duty_id": found.subject_id,
        "clause": clause.key,
        "bearer": bearer,
        "from": standing.times.start if clause.when is not None else None,
        "to": standing.times.end,
        "due": standing.times.due,
        "state": found.state,
        "sure": round(float(part.sure), 6) if told else None,
        "possible": round(float(part.possible), 6) if told else None,
        "claims": [claim.claim_id for claim in claims_on(clause.key, bearer, context)],
        "words": words_of(clause, bearer, standing.times, context),
    }


class JudgedDuty(NamedTuple):
    """What a reading says of one duty."""

    subject_id: str
    clause: str
    bearer: str
    reading: str
    state: str
    ruling: Ruling


def judge_duties(context: Context) -> Iterator[JudgedDuty]:
    """Yield the finding of every duty under this reading."""
    for clause, bearer in _duties(context):
        yield judge_duty(clause, bearer, context)


def judge_duty(clause: Clause, bearer: str, context: Context) -> JudgedDuty:
    """Return the finding of one duty of one bearer under the reading of the context."""
    subject = duty_id(context.agreement.key, clause.key, bearer)
    standing = standing_of(clause, bearer, context)
    unsure = _unsure(clause, standing, context)
    outcome = Outcome("not_judged", "undetermined", ("text",)) if unsure else _for_bound(standing)
    elements = _elements(clause, bearer, standing, unsure, outcome, context)
    excuses = excuses_of(clause, bearer, standing.times.due, context)
    outcome = excused(outcome, excuses, clause, context)
    ruling = _ruling(clause, bearer, outcome, elements, excuses)
    ruling = replace(ruling, state=state_of(decided_on(clause.key, bearer, context)))
    if outcome.verdict == "violation" and can_still_be_invoked(
        clause, bearer, standing.times.due, context
    ):
        ruling = replace(ruling, provisional=True, missing=(_reply(clause, bearer, context),))
    return JudgedDuty(
        subject, clause.key, bearer, context.agreement.reading, outcome.state, ruling
    )


def _for_bound(standing: Standing) -> Outcome:
    """Return the outcome for a bearer who is bound: not surely so, the duty is not surely his."""
    outcome, bound = standing.outcome, standing.bound.truth
    if bound is FALSE:
        return Outcome(outcome.state, "not_covered", ("who",))
    if bound is TRUE or outcome.verdict == "not_covered":
        return outcome
    open_ = outcome.reasons if outcome.verdict == "undetermined" else ()
    return Outcome("not_judged", "undetermined", ("who", *open_))


def _elements(
    clause: Clause, bearer: str, standing: Standing, unsure: str | None, outcome: Outcome,
    context: Context,
) -> tuple[ElementValue, ...]:
    """Return who, when, performed and coverage; of a term in doubt, the text alone."""
    ids = tuple(claim.claim_id for claim in claims_on(clause.key, bearer, context))
    if unsure is not None:
        question = f"What does the text say of {unsure}? It is not given for sure"
        words = standing.performed.words
        evidence = distinct((*ids, *standing.watch.evidence))
        return (
            ElementValue(
                "text", UNKNOWN, None, None, words, question, unsure, evidence, unsure_term=True
            ),
        )
    bound, done, watch = standing.bound, standing.performed, standing.watch
    return (
        ElementValue(
            "who", bound.truth, None, None, bound.words, bound.question, bound.about, bound.claims
        ),
        _when(clause, standing, outcome),
        ElementValue(
            "performed", UNKNOWN if done.disputed else done.part.whole, done.strength,
            required_of("act", clause, context), done.words,
            _asked(clause, bearer, standing, context), clause.key,
            _reports_first((*ids, *done.evidence)),
        ),
        ElementValue(
            "coverage", from_bounds(must=watch.enough or done.shown, may=True), None, None,
            _seen(standing), "" if watch.enough else _who_could_see(clause, bearer, standing, context),
            clause.key, watch.evidence,
        ),
    )


def _when(clause: Clause, standing: Standing, outcome: Outcome) -> ElementValue:
    """Whether the time has come in which it can be overdue."""
    times = standing.times
    conditions = (
        standing.opened.truth, times.passed, times.held, ~times.lapsed, ~standing.suspended.truth
    )
    truth: Truth = FALSE if outcome.verdict == "not_covered" else all_of(conditions)
    parts = (
        state_words(outcome.state), times.words, standing.opened.words, standing.suspended.words
    )
    asked = (*times.questions, standing.opened.question, standing.suspended.question)
    question = " ".join(one for one in asked if one) if truth is UNKNOWN else ""
    evidence = distinct((*times.evidence, *standing.opened.evidence, *standing.suspended.evidence))
    words = "; ".join(one for one in parts if one)
    return ElementValue("when", truth, None, None, words, question, clause.key, evidence)


def _seen(standing: Standing) -> str:
    if standing.watch.enough or not standing.performed.shown:
        return standing.watch.words
    return f"that it was not done was itself seen or verified; {standing.watch.words}"


def _asked(clause: Clause, bearer: str, standing: Standing, context: Context) -> str:
    done = standing.performed
    asked = " ".join(done.questions) or "Was it done, as somebody who is no side has it?"
    return f"{asked} {words_of(clause, bearer, standing.times, context)}"


def _who_could_see(clause: Clause, bearer: str, standing: Standing, context: Context) -> str:
    told = words_of(clause, bearer, standing.times, context)
    return f"Who could see whether this was done? {told}; {standing.watch.words}"


def _ruling(
    clause: Clause, bearer: str, outcome: Outcome, elements: tuple[ElementValue, ...],
    excuses: tuple[ElementValue, ...],
) -> Ruling:
    open_ = outcome.reasons if outcome.verdict == "undetermined" else ()
    missing = tuple(
        Missing(one.element, one.question or one.words, one.about or clause.key)
        for one in (*elements, *excuses)
        if one.element in open_
    )
    return Ruling(
        verdict=outcome.verdict,
        provisional=False,
        reasons=outcome.reasons,
        attribution="settled" if outcome.verdict == "violation" else "none",
        bearers=(bearer,),
        exceptions=excuses,
        missing=missing,
        elements=elements,
        evidence=_reports_first(one for value in (*elements, *excuses) for one in value.evidence),
    )


def _reports_first(ids: Iterable[str]) -> tuple[str, ...]:
    """Return ids once each: those of reports, then those of claims and decisions, as they came."""
    return tuple(sorted(distinct(ids), key=lambda one: not one.startswith("r-")))


def _reply(clause: Clause, bearer: str, context: Context) -> Missing:
    keys = [one.key for one in clause.exceptions if one.invocable and one.enabled]
    question = f"Does {context.name(bearer)} invoke {choice(keys)}? There is still time to reply"
    return Missing(keys[0], question, clause.key)


def _unsure(clause: Clause, standing: Standing, context: Context) -> str | None:
    """Return the first term of the duty that is not given for sure: the clause, a zone or a time."""
    if clause.status != "given":
        return clause.key
    for name in (*(line.beyond for line in (clause.duty or Duty()).withdraw), clause.where):
        zone = context.agreement.zones.get(name or "")
        if zone is not None and zone.status != "given":
            return zone.key
    phase = context.agreement.phases.get(clause.when or "")
    if phase is not None and phase.status != "given":
        return phase.key
    return standing.times.unsure_term
