"""The tables of judging: element, duty, finding, and the change between two instants of knowledge."""

from __future__ import annotations

from trucewatch.agreement.tasks import DUTY_STATES
from trucewatch.tables import Field, Schema

__all__ = ["ATTRIBUTIONS", "CHANGE", "DUTY", "DUTY_STATES", "ELEMENT", "FINDING", "STATES", "SUBJECT_KINDS", "VERDICTS"]

VERDICTS = ("not_covered", "compliant", "undetermined", "violation")
"""In order of severity: a headline takes the last one."""
SUBJECT_KINDS = ("leg", "duty")
STATES = ("reported", "verified", "investigated", "unverifiable")
ATTRIBUTIONS = ("settled", "open", "none")

ELEMENT = Schema(
    "element",
    (
        Field("subject_id", "text", "leg or duty", required=True),
        Field("clause", "text", "clause id", required=True),
        Field("reading", "text", "reading", required=True),
        Field("element", "text", "who, act, against, where, when, or the id of an exception", required=True),
        Field("must", "boolean", "true in every completion of what is unknown", required=True),
        Field("may", "boolean", "true in some completion", required=True),
        Field("strength", "text", "how well the facts behind it are supported"),
        Field("required", "text", "strength that the agreement asks for"),
        Field("words", "text", "why, in one plain clause", required=True),
    ),
    key=("subject_id", "clause", "reading", "element"),
    meaning="one condition of a clause for one subject, three-valued; of what a clause does not cover only the conditions that put it outside",
)

FINDING = Schema(
    "finding",
    (
        Field("finding_id", "text", "f- and twelve characters", required=True),
        Field("subject_kind", "text", "what is judged", required=True, values=SUBJECT_KINDS),
        Field("subject_id", "text", "leg or duty id", required=True),
        Field("incident_id", "text", "incident of the leg; null for a duty"),
        Field("clause", "text", "clause id", required=True),
        Field("reading", "text", "named interpretation", required=True),
        Field("verdict", "text", "the answer", required=True, values=VERDICTS),
        Field("provisional", "boolean", "a violation that an exception may still excuse", required=True),
        Field("reason", "json", "ordered list of all deciding elements: when, evidence:who, excused:self-defence, no_breach, text, coverage, erased …; of a violation every element", required=True),
        Field("state", "text", "how far it was checked", required=True, values=STATES),
        Field("attribution", "text", "settled: one bearer; open: one of several, all bound; none", required=True, values=ATTRIBUTIONS),
        Field("bearers", "json", "candidates for the bearer of a violation, and of an undetermined finding", required=True),
        Field("exceptions", "json", "list of {id, truth, words}: every exception tried", required=True),
        Field("missing", "json", "list of {element, question, about}: what would settle it; about: the party, phase, zone or clause that it is about, null: this happening", required=True),
        Field("evidence", "json", "ids of the reports, then of the claims and decisions behind it", required=True),
        Field("agreement_version", "text", "agreement id and hash of its text", required=True),
        Field("program_version", "text", "version of trucewatch", required=True),
        Field("known_at", "instant", "instant of knowledge; null: everything"),
    ),
    key=("finding_id",),
    meaning="the answer of one clause about one leg or duty under one reading",
)

DUTY = Schema(
    "duty",
    (
        Field("duty_id", "text", "u- and twelve characters", required=True),
        Field("clause", "text", "clause id", required=True),
        Field("bearer", "text", "party key", required=True),
        Field("from", "instant", "start (included)"),
        Field("to", "instant", "end (excluded)"),
        Field("due", "instant", "by when"),
        Field("state", "text", "where it stands", required=True, values=DUTY_STATES),
        Field("sure", "number", "part surely performed", "0..1"),
        Field("possible", "number", "part possibly performed", "0..1"),
        Field("claims", "json", "ids of the claims about it, all of them"),
        Field("words", "text", "the duty in plain words"),
    ),
    key=("duty_id",),
    meaning="an obligation to do something, with what is claimed of it",
)

CHANGE = Schema(
    "finding_change",
    (
        Field("finding_id", "text", "the finding, by its later id", required=True),
        Field("old_finding_id", "text", "its id before, when its leg was renamed"),
        Field("clause", "text", "clause id", required=True),
        Field("reading", "text", "reading", required=True),
        Field("incident_id", "text", "the incident"),
        Field("old_verdict", "text", "before; null: did not exist"),
        Field("new_verdict", "text", "after; null: no longer exists"),
        Field("old_reason", "json", "before"),
        Field("new_reason", "json", "after"),
        Field("elements", "json", "list of {element, old, new}: what flipped"),
        Field("because", "json", "ids of reports, claims and decisions known at one instant and not at the other"),
    ),
    key=("finding_id",),
    meaning="one finding that differs between two instants of knowledge",
)
