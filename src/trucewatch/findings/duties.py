"""Duties: what must be done by when, where that stands by time alone, and what is claimed of it.

Whether a duty was performed is not judged here, and no duty is found breached: absence of reports
is no evidence of absence. Every claim about a duty is listed, whoever makes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from trucewatch.agreement import Clause, Phase, Withdrawal
from trucewatch.findings.answer import choice, distinct, plain, spoken
from trucewatch.findings.context import Context
from trucewatch.findings.elements import ElementValue
from trucewatch.findings.phases import bounds_of
from trucewatch.findings.ruling import Missing, Ruling
from trucewatch.findings.schema import DUTY
from trucewatch.identifiers import derived_id
from trucewatch.periods import Period, known_by
from trucewatch.reports.claim import Claim
from trucewatch.tables import Table
from trucewatch.truth import FALSE, UNKNOWN

__all__ = [
    "JudgedDuty",
    "bearers_of",
    "claims_about",
    "duty_id",
    "duty_table",
    "judge_duties",
    "words_of",
]


def duty_id(agreement: str, clause: str, bearer: str) -> str:
    """Return the id of a duty: agreement, clause and bearer."""
    return derived_id("u", agreement, clause, bearer)


def duty_table(context: Context) -> Table:
    """Return the `duty` table: one row for each duty clause and bearer, ordered by id."""
    rows = [_row(clause, bearer, context) for clause, bearer in _duties(context)]
    return Table.from_rows(DUTY, sorted(rows, key=lambda row: str(row["duty_id"])))


def _duties(context: Context) -> Iterator[tuple[Clause, str]]:
    for clause in context.agreement.clauses:
        if clause.duty is not None:
            for bearer in bearers_of(clause.who, context):
                yield clause, bearer


def bearers_of(who: str, context: Context) -> tuple[str, ...]:
    """Return the parties that a group or party key stands for, in the order of the agreement."""
    group = context.agreement.groups.get(who)
    if group is None:
        return (who,)
    return tuple(dict.fromkeys(one for part in group.any_of for one in bearers_of(part, context)))


def _row(clause: Clause, bearer: str, context: Context) -> dict[str, object]:
    stretch = _stretch(clause, context)
    return {
        "duty_id": duty_id(context.agreement.key, clause.key, bearer),
        "clause": clause.key,
        "bearer": bearer,
        "from": stretch.start if stretch else None,
        "to": stretch.end if stretch else None,
        "due": clause.duty.due if clause.duty else None,
        "state": _state(clause, stretch, context),
        "sure": None,
        "possible": None,
        "claims": [claim.claim_id for claim in claims_about(clause.key, context)],
        "words": words_of(clause, bearer, context),
    }


def claims_about(clause: str, context: Context) -> tuple[Claim, ...]:
    """Return every known claim about the duty, by publication: they may contradict each other."""
    said = [
        claim
        for claim in context.claims
        if claim.kind == "duty"
        and claim.subject == clause
        and known_by(claim.known_at, context.known_at)
    ]
    return tuple(
        sorted(said, key=lambda one: (str(one.published_at or one.known_at), one.claim_id))
    )


def _stretch(clause: Clause, context: Context) -> Period | None:
    """When the duty runs, if its phase is a fixed one; a window of claims has no one start and
    end."""
    phase: Phase | None = context.agreement.phases.get(clause.when or "")
    if phase is None or phase.asserters or phase.status != "given":
        return None
    bounds = bounds_of(phase, context)
    if bounds is None:
        return None
    return Period(bounds.start, None if phase.open_ended else bounds.end)


def _state(clause: Clause, stretch: Period | None, context: Context) -> str:
    known_at, due = context.known_at, clause.duty.due if clause.duty else None
    start = stretch.start if stretch else None
    if known_at is None or clause.status != "given":
        return "not_judged"
    if due is not None and known_at < due:
        return "not_yet_due"
    if start is not None and known_at < start:
        return "not_yet_due"
    return "not_judged"


def words_of(clause: Clause, bearer: str, context: Context) -> str:
    """Return the duty in plain words."""
    duty, name = clause.duty, context.name(bearer)
    if duty is None:
        return name
    parts = [_withdrawal(line) for line in duty.withdraw]
    if duty.perform is not None:
        parts.append(f"{plain(duty.perform)}")
    words = f"{name}: {'; '.join(parts)}"
    if duty.due is not None:
        words += f"; due by {spoken(duty.due, context.agreement.timezone)}"
    if duty.only_if_performed is not None:
        words += f"; only once {duty.only_if_performed} is performed"
    return words


def _withdrawal(line: Withdrawal) -> str:
    what = [plain(one) for one in line.weapons]
    if line.personnel:
        what.append("personnel")
    if line.anything:
        what.append("everything")
    allowed = f", except {choice([plain(one) for one in line.allow])}" if line.allow else ""
    return f"withdraw {', '.join(what)} beyond {line.beyond}{allowed}"


class JudgedDuty(NamedTuple):
    """What a reading says of one duty."""

    subject_id: str
    clause: str
    reading: str
    ruling: Ruling


def judge_duties(context: Context) -> Iterator[JudgedDuty]:
    """Yield the finding of every duty under this reading: open for want of text, coverage or
    time."""
    for clause, bearer in _duties(context):
        subject = duty_id(context.agreement.key, clause.key, bearer)
        ruling = _ruling(clause, bearer, context)
        yield JudgedDuty(subject, clause.key, context.agreement.reading, ruling)


def _ruling(clause: Clause, bearer: str, context: Context) -> Ruling:
    claims = claims_about(clause.key, context)
    told = (
        f"{len(claims)} claim(s) about it"
        if claims
        else "nobody is known to have said anything about it"
    )
    verdict, element = _stand(clause, bearer, told, context)
    evidence = (*(claim.claim_id for claim in claims), *_coverage(clause, context))
    missing = (
        (Missing(element.element, element.question, element.about),) if element.question else ()
    )
    return Ruling(
        verdict=verdict,
        provisional=False,
        reasons=(element.element,),
        attribution="none",
        bearers=(bearer,),
        exceptions=(),
        missing=missing,
        elements=(replace(element, evidence=evidence),),
        evidence=evidence,
    )


def _stand(clause: Clause, bearer: str, told: str, context: Context) -> tuple[str, ElementValue]:
    """Return the verdict and the one element that decides it: the text, the time, or who could
    look."""
    unsure = _unsure(clause, context)
    if unsure is not None:
        question = f"What does the text say of {unsure}? It is not given for sure"
        return "undetermined", ElementValue("text", UNKNOWN, None, None, told, question, unsure)
    if _state(clause, _stretch(clause, context), context) == "not_yet_due":
        return "not_covered", ElementValue("when", FALSE, None, None, f"not yet due; {told}")
    question = f"Who could see whether this was done? {words_of(clause, bearer, context)}; {told}"
    return "undetermined", ElementValue("coverage", UNKNOWN, None, None, told, question, clause.key)


def _coverage(clause: Clause, context: Context) -> tuple[str, ...]:
    """Return the statements on who could look at the zones of the duty."""
    zones = [line.beyond for line in clause.duty.withdraw] if clause.duty else []
    if clause.where is not None:
        zones.append(clause.where)
    return distinct(one for zone in zones for one in context.coverage.get(zone, ()))


def _unsure(clause: Clause, context: Context) -> str | None:
    """Return the first term of the duty that is not given for sure: the clause, a zone or its
    phase."""
    if clause.status != "given":
        return clause.key
    for line in clause.duty.withdraw if clause.duty else ():
        zone = context.agreement.zones.get(line.beyond)
        if zone is not None and zone.status != "given":
            return zone.key
    phase = context.agreement.phases.get(clause.when or "")
    return phase.key if phase is not None and phase.status != "given" else None
