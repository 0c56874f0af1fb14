"""A finding explained in plain sentences: verdict, then elements, exceptions, and what is missing.

Data for pages and terminals, without any format. Every sentence says what was found and no more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trucewatch.errors import UnknownName
from trucewatch.findings.judging import FindingTables
from trucewatch.incidents.leg import stronger
from trucewatch.incidents.schema import ELEMENTS

__all__ = ["ElementLine", "ExceptionLine", "Explanation", "Question", "explain_finding"]

_HEADS = {
    "violation": "Every element of the term is met, at the strength that the agreement asks for.",
    "compliant": "The term covers it and is not broken.",
    "not_covered": "Not judged under this text; other law may apply.",
    "undetermined": "This cannot be said from what is known.",
}
_DUTY_HEADS = {
    "violation": "It was not performed in time, and enough could be seen to say so.",
    "compliant": "It was performed in time.",
    "not_covered": "Nothing is to be performed yet, or any more; other law may apply.",
    "undetermined": "This cannot be said from what is known.",
}
_PROVISIONAL = "This is provisional: an exception can still be invoked."
_TRUTHS = {(True, True): "yes", (False, True): "open", (False, False): "no"}
_REASONS = {
    "no_breach": "what was done is not what the term forbids",
    "text": "the text is not given for sure",
    "erased": "evidence erased",
}


@dataclass(frozen=True, slots=True)
class ElementLine:
    """One element in words."""

    element: str
    answer: str
    """yes, no or open."""
    words: str
    strength: str | None
    required: str | None
    sufficient: bool
    """Whether the support is as strong as the agreement asks."""


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """One exception that was tried."""

    exception: str
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """What would settle an open element."""

    element: str
    question: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A finding in plain sentences, with the ids that lead further back."""

    finding_id: str
    verdict: str
    sentences: tuple[str, ...]
    """The verdict, and each reason for it."""
    elements: tuple[ElementLine, ...]
    exceptions: tuple[ExceptionLine, ...]
    missing: tuple[Question, ...]
    subject_kind: str
    subject_id: str
    incident_id: str | None
    evidence: tuple[str, ...]


def explain_finding(findings: FindingTables, finding_id: str) -> Explanation:
    """Return the explanation of one finding; UnknownName if there is no such finding."""
    names = findings.finding.values("finding_id")
    if finding_id not in names:
        raise UnknownName(finding_id, place="finding", known=names)
    row = findings.finding.take([names.index(finding_id)]).rows()[0]
    elements = _elements(findings, row)
    exceptions = tuple(
        ExceptionLine(
            one["id"], {"true": "yes", "false": "no"}.get(one["truth"], "open"), one["words"]
        )
        for one in json.loads(row["exceptions"])
    )
    missing = tuple(Question(one["element"], one["question"]) for one in json.loads(row["missing"]))
    return Explanation(
        finding_id,
        row["verdict"],
        _sentences(row, elements),
        elements,
        exceptions,
        missing,
        row["subject_kind"],
        row["subject_id"],
        row["incident_id"],
        tuple(json.loads(row["evidence"])),
    )


def _elements(findings: FindingTables, finding: Mapping[str, Any]) -> tuple[ElementLine, ...]:
    wanted = (finding["subject_id"], finding["clause"], finding["reading"])
    table = findings.element
    keys = zip(
        table.values("subject_id"), table.values("clause"), table.values("reading"), strict=True
    )
    rows = table.take([place for place, key in enumerate(keys) if key == wanted]).rows()
    excuses = {one["id"] for one in json.loads(finding["exceptions"])}
    return tuple(_line(row) for row in rows if row["element"] not in excuses)


def _line(row: Mapping[str, Any]) -> ElementLine:
    strength, required = row["strength"], row["required"]
    enough = (
        row["element"] not in ELEMENTS
        or not strength
        or not required
        or stronger(strength, required)
    )
    answer = _TRUTHS[row["must"], row["may"]]
    return ElementLine(row["element"], answer, row["words"], strength, required, sufficient=enough)


def _sentences(row: Mapping[str, Any], elements: tuple[ElementLine, ...]) -> tuple[str, ...]:
    of_duty = row["subject_kind"] == "duty"
    head = [(_DUTY_HEADS if of_duty else _HEADS)[row["verdict"]]]
    if row["provisional"]:
        head.append(_PROVISIONAL)
    if row["verdict"] == "violation" and not of_duty:
        return tuple(head)
    words = {one.element: one.words for one in elements}
    return (*head, *(_because(reason, words) for reason in json.loads(row["reason"])))


def _because(reason: str, words: Mapping[str, str]) -> str:
    if reason in _REASONS:
        return f"{reason}: {_REASONS[reason]}."
    kind, _, element = reason.partition(":")
    if kind == "evidence":
        told = words.get(element, "")
        return f"{element}: {told}; this is less support than the agreement asks for."
    if kind == "excused":
        return f"{element} excuses it."
    if kind == "permitted":
        return f"{element} allows it, and the text ranks it higher."
    if kind == "conflict":
        return f"{element} says otherwise, and the text does not say which comes first."
    if reason == "control":
        return f"{reason}: {words['where']}."
    return f"{reason}: {words.get(reason, 'whether it excuses is open')}."
