"""Rulings laid out as tables: a finding per subject, clause and reading, a row per element.

Legs that are alike share their answers, so each distinct answer is laid out once, and the rows are
taken from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from trucewatch.agreement import Agreement
from trucewatch.findings.answer import distinct
from trucewatch.findings.elements import ElementValue
from trucewatch.findings.gathering import Numbers, Objects, coded, extents, objects, ranks, runs
from trucewatch.findings.plans import Answers
from trucewatch.findings.ruling import Missing, Ruling
from trucewatch.findings.schema import ELEMENT, FINDING
from trucewatch.identifiers import finding_ids
from trucewatch.tables import Table

__all__ = ["Judged", "tables_of"]

_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Judged(NamedTuple):
    """What one clause says of one subject; a tuple, because there are tens of thousands of them."""

    subject_kind: str
    subject_id: str
    incident_id: str | None
    clause: str
    reports: tuple[str, ...]
    answers: Answers


class _Rows(NamedTuple):
    """Where each row of the finding table comes from, by subject, clause and reading."""

    judged: Sequence[Judged]
    answers: Answers
    """Those of all subjects, shared ones once."""
    subject: Numbers
    """Row → place in `judged`."""
    answer: Numbers
    """Row → place in `answers`."""


def tables_of(
    judged: Sequence[Judged], agreement: Agreement, known_at: datetime | None, program_version: str
) -> tuple[Table, Table]:
    """Return the `finding` and `element` tables, by subject, clause and reading."""
    rows = _rows(judged)
    same = {
        "agreement_version": agreement.version,
        "program_version": program_version,
        "known_at": known_at,
    }
    rulings = [ruling for _, ruling in rows.answers]
    finding = Table.from_columns(FINDING, _of_rulings(rulings, same)).take(rows.answer)
    subjects = _subjects(rows)
    own = {"finding_id": _ids(subjects, agreement.key), "evidence": _evidence(rows)}
    return Table(FINDING, {**finding.columns, **subjects, **own}), _elements(rows, subjects)


def _rows(judged: Sequence[Judged]) -> _Rows:
    shared, code = coded([one.answers for one in judged], id)
    lengths, starts = extents(shared)
    answers = tuple(answer for one in shared for answer in one)
    subject = np.repeat(np.arange(len(judged)), lengths[code])
    answer = runs(starts[code], lengths[code])
    order = np.lexsort(
        (
            ranks([reading for reading, _ in answers])[answer],
            ranks([one.clause for one in judged])[subject],
            ranks([one.subject_id for one in judged])[subject],
        )
    )
    return _Rows(judged, answers, subject[order], answer[order])


def _subjects(rows: _Rows) -> dict[str, Objects]:
    """Return the columns that tell what a finding is about."""
    columns = {
        name: objects([getattr(one, name) for one in rows.judged])[rows.subject]
        for name in ("subject_kind", "subject_id", "incident_id", "clause")
    }
    return columns | {"reading": objects([reading for reading, _ in rows.answers])[rows.answer]}


def _ids(subjects: dict[str, Objects], agreement: str) -> Objects:
    about = (subjects[name].tolist() for name in ("clause", "reading", "subject_id"))
    return objects(finding_ids(agreement, zip(*about, strict=True)))


def _evidence(rows: _Rows) -> Objects:
    """Return the reports of each row's subject, then what else its ruling rests on."""
    reports, of_subject = coded([one.reports for one in rows.judged], tuple)
    others, of_answer = coded([ruling.evidence for _, ruling in rows.answers], tuple)
    pairs = of_subject[rows.subject] * len(others) + of_answer[rows.answer]
    found, code = np.unique(pairs, return_inverse=True)
    written = cache(_JSON.encode)
    listed = (
        distinct((*reports[pair // len(others)], *others[pair % len(others)]))
        for pair in found.tolist()
    )
    return objects([f"[{','.join(map(written, one))}]" for one in listed])[code]


def _of_rulings(rulings: Sequence[Ruling], same: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the columns of distinct rulings; whose they are is filled in where they are used."""
    texts: dict[Hashable, str] = {}

    def once(parts: tuple[Any, ...], laid_out: Callable[[Any], object]) -> str:
        text = texts.get(parts)
        if text is None:
            text = texts[parts] = _JSON.encode([laid_out(one) for one in parts])
        return text

    told: dict[str, list[Any]] = {
        "verdict": [one.verdict for one in rulings],
        "provisional": [one.provisional for one in rulings],
        "reason": [once(one.reasons, str) for one in rulings],
        "state": [one.state for one in rulings],
        "attribution": [one.attribution for one in rulings],
        "bearers": [once(one.bearers, str) for one in rulings],
        "exceptions": [once(one.exceptions, _excuse) for one in rulings],
        "missing": [once(one.missing, _question) for one in rulings],
    }
    count = len(rulings)
    constant = {name: [value] * count for name, value in same.items()}
    return {name: [""] * count for name in FINDING.names} | told | constant


def _excuse(value: ElementValue) -> dict[str, str]:
    return {"id": value.element, "truth": value.truth.value, "words": value.words}


def _question(missing: Missing) -> dict[str, str | None]:
    return {"element": missing.element, "question": missing.question, "about": missing.about}


def _elements(rows: _Rows, subjects: dict[str, Objects]) -> Table:
    """Return the `element` table: the elements and exceptions of every ruling, in its order."""
    tried = [_telling(ruling) for _, ruling in rows.answers]
    values, code = coded([value for one in tried for value in one], id)
    lengths, starts = extents(tried)
    counts = lengths[rows.answer]
    taken = code[runs(starts[rows.answer], counts)]
    laid_out = Table.from_columns(ELEMENT, _of_values(values)).take(taken)
    whose = {name: np.repeat(subjects[name], counts) for name in ("subject_id", "clause", "reading")}
    return Table(ELEMENT, {**laid_out.columns, **whose})


def _telling(ruling: Ruling) -> tuple[ElementValue, ...]:
    """Return the elements that say something: of what a clause does not cover those that put it
    outside, and the mass of the others is not stored."""
    if ruling.verdict != "not_covered":
        return (*ruling.elements, *ruling.exceptions)
    return tuple(one for one in ruling.elements if one.element in ruling.reasons)


def _of_values(values: Iterable[ElementValue]) -> dict[str, list[Any]]:
    """Return the columns of distinct values; whose they are is filled in where they are used."""
    told: dict[str, list[Any]] = {
        "element": [value.element for value in values],
        "must": [value.truth.must for value in values],
        "may": [value.truth.may for value in values],
        "strength": [value.strength for value in values],
        "required": [value.required for value in values],
        "words": [value.words for value in values],
    }
    return {name: [""] * len(told["words"]) for name in ELEMENT.names} | told
