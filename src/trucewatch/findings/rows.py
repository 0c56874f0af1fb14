"""Rulings laid out as tables: a finding per subject, clause and reading, a row per element."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from trucewatch.agreement import Agreement
from trucewatch.findings.elements import ElementValue
from trucewatch.findings.ruling import Missing, Ruling
from trucewatch.findings.schema import ELEMENT, FINDING
from trucewatch.identifiers import finding_id
from trucewatch.tables import Table

__all__ = ["Judged", "element_table", "finding_table"]


class Judged(NamedTuple):
    """A ruling with what it is about; a tuple, because there are hundreds of thousands of them."""

    subject_kind: str
    subject_id: str
    incident_id: str | None
    clause: str
    reading: str
    ruling: Ruling


def finding_table(
    judged: Sequence[Judged], agreement: Agreement, known_at: datetime | None, program_version: str
) -> Table:
    """Return the `finding` table, in the order given."""
    texts: dict[Hashable, str] = {}

    def once(parts: tuple[Any, ...], laid_out: Callable[[Any], object]) -> str:
        text = texts.get(parts)
        if text is None:
            text = texts[parts] = _json([laid_out(one) for one in parts])
        return text

    rulings = [one.ruling for one in judged]
    count = len(judged)
    columns: dict[str, list[Any]] = {
        "finding_id": [
            finding_id(agreement.key, one.clause, one.reading, one.subject_id) for one in judged
        ],
        "subject_kind": [one.subject_kind for one in judged],
        "subject_id": [one.subject_id for one in judged],
        "incident_id": [one.incident_id for one in judged],
        "clause": [one.clause for one in judged],
        "reading": [one.reading for one in judged],
        "verdict": [one.verdict for one in rulings],
        "provisional": [one.provisional for one in rulings],
        "reason": [once(one.reasons, str) for one in rulings],
        "state": [one.state for one in rulings],
        "attribution": [one.attribution for one in rulings],
        "bearers": [once(one.bearers, str) for one in rulings],
        "exceptions": [once(one.exceptions, _excuse) for one in rulings],
        "missing": [once(one.missing, _question) for one in rulings],
        "evidence": [once(one.evidence, str) for one in rulings],
        "agreement_version": [agreement.version] * count,
        "program_version": [program_version] * count,
        "known_at": [known_at] * count,
    }
    return Table.from_columns(FINDING, columns)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _excuse(value: ElementValue) -> dict[str, str]:
    return {"id": value.element, "truth": value.truth.value, "words": value.words}


def _question(missing: Missing) -> dict[str, str | None]:
    return {"element": missing.element, "question": missing.question, "about": missing.about}


def element_table(judged: Sequence[Judged]) -> Table:
    """Return the `element` table: every element and exception of every ruling, in the order given.

    Legs that are alike share their element values, so each distinct value is laid out once.
    """
    places: dict[int, int] = {}
    values: list[ElementValue] = []
    taken: list[int] = []
    counts: list[int] = []
    for one in judged:
        ruling = one.ruling
        counts.append(len(ruling.elements) + len(ruling.exceptions))
        for value in (*ruling.elements, *ruling.exceptions):
            place = places.get(id(value))
            if place is None:
                place = places[id(value)] = len(values)
                values.append(value)
            taken.append(place)
    laid_out = Table.from_columns(ELEMENT, _of_values(values)).take(taken)
    subjects = {
        name: np.repeat(_objects([getattr(one, name) for one in judged]), counts)
        for name in ("subject_id", "clause", "reading")
    }
    return Table(ELEMENT, {**laid_out.columns, **subjects})


def _of_values(values: Sequence[ElementValue]) -> dict[str, list[Any]]:
    """Return the columns of distinct values; whose they are is filled in where they are used."""
    nobody = [""] * len(values)
    return {
        "subject_id": nobody,
        "clause": nobody,
        "reading": nobody,
        "element": [value.element for value in values],
        "must": [value.truth.must for value in values],
        "may": [value.truth.may for value in values],
        "strength": [value.strength for value in values],
        "required": [value.required for value in values],
        "words": [value.words for value in values],
    }


def _objects(values: Sequence[str]) -> npt.NDArray[Any]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
