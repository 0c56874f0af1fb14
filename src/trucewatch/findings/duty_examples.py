"""The worked examples beside duties, judged: what is said and seen there, as if it were a case.

What an example leaves out nobody said and nobody saw: what the case claims of duties stays outside.
A claim without `at` was said last, a “yes” or “no” without it was said first. Who is no party of
actors.yaml is a source that belongs to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from trucewatch.agreement import Clause, Example
from trucewatch.findings.bearers import bearers_of
from trucewatch.findings.context import Context
from trucewatch.findings.coverage import Coverage
from trucewatch.findings.duties import JudgedDuty, judge_duty
from trucewatch.findings.sightings import presences
from trucewatch.findings.testimony import DUTY_KINDS
from trucewatch.incidents.decision import Decision
from trucewatch.incidents.leg import Leg
from trucewatch.periods import parse_instant
from trucewatch.reports.claim import Claim

__all__ = ["judged_example"]

_EARLY = datetime(1000, 1, 1, tzinfo=UTC)
_LATE = datetime(9000, 1, 1, tzinfo=UTC)
_Row = Mapping[str, Any]


def judged_example(
    example: Example, legs: Sequence[Leg], clause: Clause, context: Context
) -> JudgedDuty:
    """Return the finding of the example's bearer, of the first one if it names none.

    `legs` are its sightings; `context` holds the reading, what is known and the other claims.
    """
    facts, zone = example.facts, context.agreement.timezone
    bearer = facts.get("bearer") or next(iter(bearers_of(clause.who, context)), clause.who)
    others = (one for one in context.claims if one.kind not in DUTY_KINDS)
    context = replace(
        context,
        claims=(*others, *_claims(_rows(facts, "claims"), clause.key, context)),
        coverage=_coverage(_rows(facts, "observed"), zone),
        presences=presences(legs),
        about_duties=tuple(_decisions(facts.get("determined"), clause.key)),
        memo={},
    )
    return judge_duty(clause, str(bearer), context)


def _rows(facts: Mapping[str, object], key: str) -> Sequence[_Row]:
    found = facts.get(key)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else ()


def _claims(rows: Iterable[_Row], clause: str, context: Context) -> Iterable[Claim]:
    zone = context.agreement.timezone
    for number, row in enumerate(rows, 1):
        said = _instant(row.get("at"), zone)
        last = context.known_at or _LATE
        until = _instant(row.get("until"), zone)
        low, high = _range(row.get("amount"))
        yield Claim(
            f"example-claim-{number:03}", "duty", str(row["by"]), str(row["by"]), "example",
            subject=_subject(row, clause), value=row.get("says"), low=low, high=high,
            unit=row.get("unit"), valid_from=_instant(row.get("since"), zone),
            valid_to_earliest=until, valid_to_latest=until, published_at=said,
            known_at=said or (_EARLY if row.get("says") in ("yes", "no") else last),
        )


def _subject(row: _Row, clause: str) -> str:
    subject = str(row.get("about") or clause)
    if row.get("of"):
        subject = f"{subject}.{row['of']}"
    return f"{subject}:{row['bearer']}" if row.get("bearer") else subject


def _range(amount: object) -> tuple[float | None, float | None]:
    if amount is None:
        return None, None
    ends = [float(str(one)) for one in (amount if isinstance(amount, list) else [amount])]
    return min(ends), max(ends)


def _instant(written: object, zone: str) -> datetime | None:
    if written is None:
        return None
    text = str(written)
    return parse_instant(text if "T" in text else f"{text}T00:00", zone)


def _coverage(rows: Iterable[_Row], zone: str) -> Mapping[str, tuple[Coverage, ...]]:
    found: dict[str, tuple[Coverage, ...]] = {}
    for number, row in enumerate(rows, 1):
        ground = str(row.get("zone") or row.get("place"))
        one = Coverage(
            f"example-coverage-{number:03}", ground, _instant(row["from"], zone),
            _instant(row["to"], zone), str(row["by"]), float(str(row.get("share", 1))),
        )
        found[ground] = (*found.get(ground, ()), one)
    return found


def _decisions(answers: object, clause: str) -> Iterable[Decision]:
    for question, answer in answers.items() if isinstance(answers, Mapping) else ():
        yield Decision(
            f"example-{question}", "determine", "example", "example", _EARLY, clause=clause,
            question=str(question), answer=str(answer),
        )
