"""The woven agreement: the text on the left, the rule in plain words on the right, examples below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trucewatch.actors import Actors
from trucewatch.agreement import Agreement, Clause
from trucewatch.findings import ExampleResult
from trucewatch.findings.answer import plain
from trucewatch.publish.phrases import phrases
from trucewatch.publish.rule_words import RuleWords
from trucewatch.publish.zone_sketch import zone_sketch

__all__ = ["WovenClause", "weave"]



@dataclass(frozen=True, slots=True)
class WovenExample:
    """One example: what happens, what must come out, and whether it does."""

    say: str
    expected: str
    passed: bool
    reading: str


@dataclass(frozen=True, slots=True)
class WovenClause:
    """One clause as the page shows it."""

    key: str
    cite: str
    quotes: tuple[str, ...]
    language: str | None
    rule: tuple[tuple[str, str], ...]
    sketch: str | None
    """Where the clause holds, as inline SVG; None where nothing is drawn."""
    note: str | None
    examples: tuple[WovenExample, ...]
    questions: tuple[str, ...]


def weave(agreement: Agreement, actors: Actors, examples: Sequence[ExampleResult]) -> str:
    """Return one HTML document: no request, no script; the same agreement gives the same bytes.

    `agreement` as loaded; `examples` are the results of its examples (`findings.run_examples`).
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    words = RuleWords(agreement, actors)
    clauses = tuple(_woven(one, agreement, words, examples) for one in agreement.clauses)
    environment = Environment(
        loader=PackageLoader("trucewatch.publish"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )
    said = phrases("en")
    verdicts = [(one, said.verdict(one)) for one in ("violation", "undetermined", "compliant", "not_covered")]
    return environment.get_template("weave.html").render(
        agreement=agreement, clauses=clauses, verdicts=verdicts, readings=agreement.readings.values(),
        failing=sum(not one.passed for clause in clauses for one in clause.examples),
    )


def _woven(
    clause: Clause, agreement: Agreement, words: RuleWords, examples: Sequence[ExampleResult]
) -> WovenClause:
    text = agreement.texts.get(clause.cite.text) if clause.cite else None
    where = [text.title if text else "", clause.cite.at or "" if clause.cite else ""]
    return WovenClause(
        key=clause.key,
        cite=", ".join(one for one in where if one),
        quotes=clause.cite.quotes if clause.cite else (),
        language=text.language if text else None,
        rule=tuple(words.rule(clause)),
        sketch=None if clause.where is None else zone_sketch(agreement.zones[clause.where], agreement.zones),
        note=clause.note,
        examples=tuple(
            WovenExample(one.say, one.expected.replace("_", " "), one.passed, one.reading)
            for one in examples
            if one.clause == clause.key
        ),
        questions=tuple(_questions(clause, agreement)),
    )


def _questions(clause: Clause, agreement: Agreement) -> Iterator[str]:
    """Yield what is open about the clause: its text, its words, its rank, and how it is read."""
    if clause.status != "given":
        yield f"The text of this clause is {plain(clause.status)}."
    zone, phase = agreement.zones.get(clause.where or ""), agreement.phases.get(clause.when or "")
    if zone is not None and zone.status != "given":
        yield f"Where {zone.key} lies is {plain(zone.status)}{f': {zone.note}' if zone.note else ''}."
    if phase is not None and phase.status != "given":
        yield f"When {phase.key} is, is {plain(phase.status)}."
    for word in (*clause.qualified, *clause.open_terms):
        yield f"“{plain(word)}” is left to people."
    if not (clause.cite and clause.cite.quotes):
        yield "The words of the text are not quoted."
    yield from _of_readings(clause, agreement)


def _of_readings(clause: Clause, agreement: Agreement) -> Iterator[str]:
    for reading in agreement.readings.values():
        enabled = [key for one, key in reading.enable if one == clause.key]
        changed = reading.clauses.get(clause.key, {})
        parts = [*(f"enables {one}" for one in enabled), *([f"has {', '.join(changed)} otherwise"] if changed else [])]
        if parts:
            why = f" ({reading.note})" if reading.note else ""
            yield f"The reading {reading.key} {' and '.join(parts)}{why}."
