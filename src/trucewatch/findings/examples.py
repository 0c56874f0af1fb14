"""The worked examples beside the clauses, judged: what a lawyer wrote down must come out.

What an example leaves out is taken as simple as it can be: everything is verified, the candidates
are those stated, everything is known, and nobody knows who holds the ground. An example that names
`control` has that party hold the place for sure, or with these probabilities (the rest: unknown).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from trucewatch.actors import Actors
from trucewatch.agreement import Agreement, Clause, Example, under
from trucewatch.control.schema import UNKNOWN_HOLDER
from trucewatch.findings.context import Context
from trucewatch.findings.duty_examples import judged_example
from trucewatch.findings.ruling import Ruling, judge
from trucewatch.findings.settling import by_report
from trucewatch.findings.units import Unit
from trucewatch.incidents.decision import Decision
from trucewatch.incidents.leg import Candidates, Leg, LegCircumstance
from trucewatch.incidents.schema import ELEMENTS
from trucewatch.periods import Period, parse_instant
from trucewatch.reports.claim import Claim

__all__ = ["ExampleResult", "leg_of", "run_examples"]

_VERIFIED = "verified"
_RECORDED = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example: what was expected, what came out."""

    clause: str
    line: int
    """Line of the example in agreement.yaml, counted from 1."""
    say: str
    reading: str
    expected: str
    found: str
    passed: bool
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class _Held:
    """Ground with the same probability of each holder everywhere."""

    shares: Mapping[str, float]

    def holder_at(
        self,
        _lat: float | None,
        _lon: float | None,
        _radius_m: float | None,
        _place: str | None,
        _period: Period | None,
        /,
        without_origins: Collection[str] = (),  # noqa: ARG002
        without_documents: Collection[str] = (),  # noqa: ARG002
        without_reports: Collection[str] = (),  # noqa: ARG002
    ) -> Mapping[str, float]:
        return self.shares


def run_examples(
    agreement: Agreement,
    *,
    actors: Actors,
    claims: Sequence[Claim] = (),
    units: Mapping[str, Unit] | None = None,
    only: Collection[str] | None = None,
) -> tuple[ExampleResult, ...]:
    """Judge every example of every clause, or of those in `only`, in file order; `claims` hold the
    windows and acceptances, `units` what each place belongs to."""
    known = Context(agreement=agreement, actors=actors, claims=tuple(claims), units=units)
    return tuple(
        _result(clause, example, known)
        for clause in agreement.clauses
        if only is None or clause.key in only
        for example in clause.examples
    )


def _result(clause: Clause, example: Example, known: Context) -> ExampleResult:
    facts, agreement = example.facts, known.agreement
    reading = _text(facts.get("reading")) or agreement.reading
    control = facts.get("control")
    known_at = _text(facts.get("known_at"))
    context = replace(
        known,
        agreement=under(agreement, reading),
        claims=(*known.claims, *_statements(facts.get("statements"), agreement.timezone)),
        holders=_Held(_shares(control)) if control else None,
        known_at=_instant(known_at, agreement.timezone) if known_at else None,
        decisions=by_report(_determined(example)),
        memo={},
    )
    chosen = context.agreement.clause(clause.key)
    ruling, state = _judged(example, chosen, context)
    expected, found = _expected(example), _found(ruling, state)
    return ExampleResult(
        clause.key,
        example.line,
        example.say,
        reading,
        expected,
        found,
        _matches(example, ruling, state),
        ruling,
    )


def _shares(control: object) -> dict[str, float]:
    if not isinstance(control, Mapping):
        return {str(control): 1.0}
    shares = {str(party): float(share) for party, share in control.items()}
    return shares | {UNKNOWN_HOLDER: max(0.0, 1.0 - sum(shares.values()))}


def _judged(example: Example, clause: Clause, context: Context) -> tuple[Ruling, str | None]:
    """Return the ruling, and of a duty where it stands."""
    zone = context.agreement.timezone
    if clause.duty is None:
        return judge(leg_of(example, zone), clause, context), None
    seen = example.facts.get("present")
    legs = [
        replace(leg_of(replace(example, facts=one), zone), leg_id=f"example-{number}")
        for number, one in enumerate(seen if isinstance(seen, list) else (), 1)
    ]
    found = judged_example(example, legs, clause, context)
    return found.ruling, found.state


def _matches(example: Example, ruling: Ruling, state: str | None) -> bool:
    # who held the ground is a kind of where: an example may be content with that
    coarse = {"control": "where"} if "where" in example.because else {}
    reasons = {coarse.get(one, one) for one in ruling.reasons}
    return (
        ruling.verdict == example.expect
        and example.state in (None, state)
        and set(example.because) <= reasons
        and not (example.alone and reasons - set(example.because))
        and example.attribution in (None, ruling.attribution)
        and (example.excused_by is None or f"excused:{example.excused_by}" in ruling.reasons)
        and example.provisional in (None, ruling.provisional)
    )


def _expected(example: Example) -> str:
    because = list(example.because)
    if example.excused_by is not None:
        because.append(f"excused:{example.excused_by}")
    words = [example.expect + (f" ({', '.join(because)})" if because else "")]
    if example.attribution is not None:
        words.append(f"attribution {example.attribution}")
    if example.state is not None:
        words.append(f"state {example.state}")
    if example.provisional is not None:
        words.append("provisional" if example.provisional else "final")
    return ", ".join(words)


def _found(ruling: Ruling, state: str | None) -> str:
    provisional = ", provisional" if ruling.provisional else ""
    reasons = ", ".join(ruling.reasons)
    stands = f", state {state}" if state is not None else ""
    return f"{ruling.verdict} ({reasons}), attribution {ruling.attribution}{provisional}{stands}"


def _statements(rows: object, zone: str) -> Iterator[Claim]:
    """Yield what parties say in the example; what is said at no stated time was known."""
    for number, row in enumerate(rows if isinstance(rows, list) else (), 1):
        until = [_instant(one, zone) for one in _texts(row.get("until"))]
        said, since = (_text(row.get(one)) for one in ("at", "since"))
        published = _RECORDED if said is None else _instant(said, zone)
        yield Claim(
            f"example-statement-{number:03}", str(row.get("kind", "statement")), str(row["by"]),
            str(row["by"]), "example", subject=_text(row.get("about")), value=_text(row.get("says")),
            valid_from=_instant(since, zone) if since else None,
            valid_to_earliest=until[0] if until else None,
            valid_to_latest=until[-1] if until else None,
            published_at=published, known_at=published,
        )


def _determined(example: Example) -> tuple[Decision, ...]:
    """Return what people determined of the happening, as the example states it."""
    answers = _mapping(example.facts.get("determined"))
    return tuple(
        Decision(
            f"example-{example.line}-{word}", "determine", "the example", "as the example states",
            _RECORDED, (f"example-{example.line}",), question=word, answer=str(answer),
        )
        for word, answer in answers.items()
    )


def leg_of(example: Example, zone: str) -> Leg:
    """Return the happening that an example states; times without an offset are read in `zone`."""
    facts = example.facts
    occurred = _period(facts.get("time"), zone)
    strengths = _mapping(facts.get("strength"))
    leg = Leg(
        leg_id=f"example-{example.line}",
        incident_id=f"example-{example.line}",
        acts=_texts(facts.get("act")),
        targets=_texts(facts.get("target")),
        weapons=_texts(facts.get("weapon")),
        calibre_mm=_number(facts.get("calibre_mm")),
        headcount_low=_counted(facts.get("headcount"))[0],
        headcount_high=_counted(facts.get("headcount"))[1],
        by=_candidates(facts, "by", "closed"),
        against=_candidates(facts, "against", "against_closed"),
        affected=_texts(facts.get("affected")),
        occurred=occurred,
        circumstances=_circumstances(facts.get("circumstance"), strengths),
        strength={one: _text(strengths.get(one)) or _VERIFIED for one in ELEMENTS},
        known_at=None if occurred is None else occurred.end,
        reports=(f"example-{example.line}",) if "determined" in facts else (),
        place=_text(facts.get("place")),
    )
    return _placed(leg, _mapping(facts.get("at")))


def _placed(leg: Leg, place: Mapping[str, object]) -> Leg:
    """Give the leg the example's place; a point without a radius is exact."""
    if not place:
        return leg
    return replace(
        leg,
        lat=_number(place.get("lat")),
        lon=_number(place.get("lon")),
        radius_m=_number(place.get("radius_m")) or 0.0,
        area_wkt=_text(place.get("area_wkt")),
    )


def _candidates(facts: Mapping[str, object], role: str, closed_by: str) -> Candidates:
    parties = _texts(facts.get(role))
    closed = _flag(facts.get(closed_by)) is True
    if not parties:
        return Candidates()
    return Candidates(parties, closed, "capability" if closed and len(parties) > 1 else "stated")


def _circumstances(value: object, strengths: Mapping[str, object]) -> tuple[LegCircumstance, ...]:
    strength = _text(strengths.get("circumstance")) or _VERIFIED
    return tuple(
        LegCircumstance(flag, _flag(stated), None, strength)
        for flag, stated in _mapping(value).items()
    )


def _period(value: object, zone: str) -> Period | None:
    """Read a time (a minute long) or [from, to]."""
    times = [_instant(one, zone) for one in _texts(value)]
    if not times:
        return None
    return Period(times[0], times[1] if len(times) > 1 else times[0] + _MINUTE)


def _instant(written: str, zone: str) -> datetime:
    return parse_instant(written if "T" in written else f"{written}T00:00", zone)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _texts(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)


def _text(value: object) -> str | None:
    return next(iter(_texts(value)), None)


def _counted(value: object) -> tuple[int | None, int | None]:
    """Read a head count: one number, `[least]`, or `[least, most]`."""
    numbers = [int(float(one)) for one in _texts(value)]
    if not isinstance(value, list | tuple) and numbers:
        return numbers[0], numbers[0]
    return next(iter(numbers), None), numbers[1] if len(numbers) > 1 else None


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _flag(value: object) -> bool | None:
    return {"true": True, "yes": True, "false": False, "no": False}.get(str(value).lower())
