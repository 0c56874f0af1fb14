"""Small wrongs put into an agreement, one at a time, to see whether its examples notice.

A mutant drops, swaps, flips or moves one thing that a finding depends on: an element, an exception,
a bound, a number, a member. What no finding depends on (citations, notes, words, lines of the file)
is left alone, and so is whether a term is given at all: that is for the text to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from trucewatch.agreement import Agreement, Reading, under
from trucewatch.findings.mutants_left import (
    always_in_doubt,
    changes_nothing,
    in_doubt,
    is_moot,
    own_terms,
)
from trucewatch.findings.wkt_moves import moved_lines, scaled
from trucewatch.incidents.schema import STRENGTHS

__all__ = ["Mutant", "mutants_of"]

_LEFT_ALONE = frozenset({
    "key", "cite", "note", "line", "examples", "status", "title", "words", "country", "kind",
    "open_terms", "shown", "readings", "by", "party", "renewed_by", "ended_by", "renewal_needs",
    "indicator_clauses", "indicator_days", "unit", "of", "whom", "bases", "text", "basis",
    "designated_as", "per", "to", "what",
})
"""Fields that no finding depends on, or whose change would not be an agreement any more."""
_OPPOSITE = {
    "north": "south", "south": "north", "east": "west", "west": "east", "start": "end", "end": "start",
    "all": "any", "any": "all", "sure": "disputed", "disputed": "sure",
}
_REFERENCES = {
    "who": "groups", "against": "groups", "where": "zones", "when": "phases", "held_by": "groups",
    "beyond": "zones", "phase": "phases",
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """An agreement with one wrong in it."""

    name: str
    """`clause no-attacks.where: dropped`; the same mutant always has the same name."""
    section: str
    """clause, zone, phase, anchor, group, bound, evidence or reading."""
    term: str
    agreement: Agreement


def mutants_of(agreement: Agreement) -> Iterator[Mutant]:
    """Yield every mutant, term by term in the order of the agreement."""
    doubtful = always_in_doubt(agreement)
    for place, clause in enumerate(agreement.clauses):
        if clause.key in doubtful:
            continue
        for told, changed in _changes(clause, agreement):
            if changes_nothing(clause, told):
                continue
            clauses = (*agreement.clauses[:place], changed, *agreement.clauses[place + 1 :])
            yield _mutant("clause", clause.key, told, replace(agreement, clauses=clauses))
    sections: tuple[tuple[str, str], ...] = (
        ("zone", "zones"), ("phase", "phases"), ("anchor", "anchors"), ("group", "groups"),
        ("bound", "bound"),
    )
    for section, name in sections:
        terms: Mapping[str, Any] = getattr(agreement, name)
        for key, term in terms.items():
            if in_doubt(term):
                continue
            for told, changed in _changes(term, agreement):
                altered: dict[str, Any] = {name: {**terms, key: changed}}
                yield _mutant(section, key, told, replace(agreement, **altered))
    for key, reading in agreement.readings.items():
        own = own_terms(reading, agreement.readings)
        for told, changed in _changes(own, agreement):
            whole = _with(reading, own, changed)
            altered = {**agreement.readings, key: whole}
            yield _mutant("reading", key, told, replace(agreement, readings=altered))
    controlled = any(one.kind == "control" for one in agreement.zones.values())
    for told, changed in _changes(agreement.evidence, agreement):
        if told.startswith(".control") and not controlled:
            continue
        yield _mutant("evidence", "evidence", told, replace(agreement, evidence=changed))


def _with(reading: Reading, own: Reading, changed: Reading) -> Reading:
    """Return the reading with what was changed of its own terms."""
    parts: dict[str, Any] = {}
    for name in ("asserters", "bound", "groups", "clauses"):
        mine, new = getattr(own, name), getattr(changed, name)
        kept = {key: one for key, one in getattr(reading, name).items() if key not in mine}
        parts[name] = {**kept, **new}
    dropped = set(own.enable) - set(changed.enable)
    return replace(reading, enable=tuple(one for one in reading.enable if one not in dropped), **parts)


def _mutant(section: str, term: str, told: str, agreement: Agreement) -> Mutant:
    named = section if section == term else f"{section} {term}"
    return Mutant(f"{named}{told}", section, term, agreement)


def _changes(record: Any, agreement: Agreement) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Yield (what was done, the record with it done) for each thing in a record."""
    for one in fields(record):
        if one.name in _LEFT_ALONE or is_moot(record, one.name):
            continue
        value = getattr(record, one.name)
        for told, changed in _altered(one.name, value, agreement):
            if changed != value:
                yield f".{one.name}{told}", replace(record, **{one.name: changed})
        if one.default is None and value is not None and _can_go(value):
            yield f".{one.name}: dropped", replace(record, **{one.name: None})


def _can_go(value: Any) -> bool:  # noqa: ANN401
    """Whether a term without this value is still a term: a limit or a condition may go."""
    return isinstance(value, str | timedelta) or is_dataclass(value)


def _altered(name: str, value: Any, agreement: Agreement) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Yield every altered form of one value."""
    if value is None:
        return
    if isinstance(value, bool):
        yield ": flipped", not value
    elif isinstance(value, datetime):
        yield ": an hour earlier", value - timedelta(hours=1)
        yield ": an hour later", value + timedelta(hours=1)
    elif isinstance(value, timedelta):
        yield from ((": halved", value / 2), (": doubled", value * 2)) if value else ()
    elif isinstance(value, int | float):
        yield from ((": halved", type(value)(value / 2)), (": doubled", value * 2)) if value else ()
    elif isinstance(value, str):
        yield from _text(name, value, agreement)
    elif isinstance(value, tuple):
        yield from _several(name, value, agreement)
    elif isinstance(value, Mapping):
        yield from _mapping(name, value, agreement)
    elif is_dataclass(value):
        yield from _changes(value, agreement)


def _text(name: str, value: str, agreement: Agreement) -> Iterator[tuple[str, Any]]:
    if name in ("wkt", "maybe_wkt"):
        if value.startswith("LINE"):
            yield ": moved north", moved_lines(value)
        else:
            yield ": a tenth smaller", scaled(value, 0.9)
            yield ": a tenth larger", scaled(value, 1.1)
        return
    if value in STRENGTHS:
        yield from _steps(value)
        return
    if name in ("side", "edge", "needs", "certainty") and value in _OPPOSITE:
        yield f": {_OPPOSITE[value]}", _OPPOSITE[value]
    if name in _REFERENCES:
        known: Mapping[str, Any] = getattr(under(agreement, "default"), _REFERENCES[name])
        given = sorted(
            key for key, one in known.items()
            if "." not in key and not in_doubt(one) and getattr(one, "kind", "") != "line"
        )
        others = [key for key in given if key != value]
        if others:
            after = next((key for key in others if key > value), others[0])
            yield f": {after}", after
    if name == "act":
        yield ": another act", "performance" if value != "performance" else "attack"


def _steps(strength: str) -> Iterator[tuple[str, str]]:
    place = STRENGTHS.index(strength)
    if place:
        yield ": weaker", STRENGTHS[place - 1]
    if place + 1 < len(STRENGTHS):
        yield ": stronger", STRENGTHS[place + 1]


def _several(name: str, values: tuple[Any, ...], agreement: Agreement) -> Iterator[tuple[str, Any]]:
    """Yield a tuple with each of its parts dropped, and with each of its records altered."""
    for place, one in enumerate(values):
        rest = (*values[:place], *values[place + 1 :])
        label = _label(one, place)
        if rest or name not in ("acts", "any_of", "none_of", "withdraw", "asserters", "admin"):
            yield f"[{label}]: dropped", rest
        if is_dataclass(one):
            for told, changed in _changes(one, agreement):
                yield f"[{label}]{told}", (*values[:place], changed, *values[place + 1 :])


def _label(one: Any, place: int) -> str:  # noqa: ANN401
    if isinstance(one, str):
        return one
    if isinstance(one, tuple):
        return ".".join(map(str, one))
    return str(getattr(one, "key", None) or getattr(one, "act", None) or place + 1)


def _mapping(name: str, values: Mapping[str, Any], agreement: Agreement) -> Iterator[tuple[str, Any]]:
    for key, one in values.items():
        if name not in ("required",):
            yield f"[{key}]: dropped", {other: it for other, it in values.items() if other != key}
        if name == "clauses":
            for part in one if len(one) > 1 else ():
                rest = {other: it for other, it in one.items() if other != part}
                yield f"[{key}].{part}: dropped", {**values, key: rest}
            continue
        for told, changed in _altered(key, one, agreement):
            if changed is not None:
                yield f"[{key}]{told}", {**values, key: changed}
