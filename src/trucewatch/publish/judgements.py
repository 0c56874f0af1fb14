"""Section 2: findings by clause and verdict, and every finding in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from trucewatch.agreement import JUDGED, Clause
from trucewatch.findings.schema import VERDICTS
from trucewatch.incidents import stronger
from trucewatch.publish.daily_lines import (
    Cell,
    Cited,
    ClauseRow,
    ElementLine,
    Figure,
    FindingEntry,
    Happening,
)
from trucewatch.publish.frame import Frame
from trucewatch.release import ReleasedElement, ReleasedFinding, Saying

__all__ = ["COLUMNS", "citations", "clause_rows", "entries", "finding_entry", "quote_of", "totals"]

COLUMNS = tuple(reversed(VERDICTS))
"""Verdicts in the order of columns, the severest first."""


def citations(frame: Frame) -> Mapping[str, Cited]:
    """Return report and claim ids with where they stand."""
    cited = [*map(frame.cited, frame.now.reports), *map(frame.cited, frame.now.claims)]
    return {one.id: one for one in cited}


def entries(
    observed: Sequence[Happening],
    findings: Mapping[str, Sequence[ReleasedFinding]],
    where: Mapping[str, Cited],
    frame: Frame,
) -> tuple[FindingEntry, ...]:
    """Return the findings about these observations, the severest first within each clause."""
    order = {clause.key: number for number, clause in enumerate(frame.agreement.clauses)}
    found = [
        (one, finding_entry(one, happening, where, frame))
        for happening in observed
        for one in findings.get(happening.incident_id, ())
    ]
    found.sort(
        key=lambda pair: (
            order.get(pair[0].clause, len(order)),
            COLUMNS.index(pair[0].verdict),
            pair[1].happening or 0,
            pair[0].finding_id,
        )
    )
    return tuple(entry for _, entry in found)


def finding_entry(
    finding: ReleasedFinding, happening: Happening | None, where: Mapping[str, Cited], frame: Frame
) -> FindingEntry:
    """Return one finding in the words of the phrase table."""
    said = frame.said
    provisional = finding.provisional
    return FindingEntry(
        id=finding.finding_id,
        happening=happening.number if happening else None,
        subject=f"{happening.what}, {happening.place}" if happening else "",
        clause=finding.clause,
        reading=finding.reading,
        verdict=finding.verdict,
        verdict_words=said.verdict(finding.verdict, provisional=provisional),
        provisional=provisional,
        says=" ".join(
            (
                said.say(f"says.{finding.verdict}"),
                *((said.say("says.provisional"),) if provisional else ()),
            )
        ),
        reasons=finding.reasons,
        reason_words="" if finding.verdict == "violation" else said.reasons(finding.reasons),
        attribution=_attribution(finding, frame),
        elements=tuple(_element(one, frame) for one in finding.elements),
        exceptions=tuple(_element(one, frame) for one in finding.exceptions),
        missing=tuple(
            dict.fromkeys(
                f"{said.element(one.element)}: {one.question or said.missing(one.element)}"
                for one in finding.missing
            )
        ),
        evidence=tuple(where[one] for one in finding.evidence if one in where),
        evidence_withheld=finding.evidence_withheld,
        state=finding.state,
        state_words=said.say(f"state.{finding.state}"),
        held=finding.held,
        beside=tuple(_said_beside(one, frame) for one in finding.beside),
    )


def _said_beside(one: Saying, frame: Frame) -> str:
    said, about = frame.said, "reply" if one.kind == "reply" else one.answer or "opinion"
    party = frame.party(one.party) if one.party else said.say("beside.a_party")
    if one.because is None:
        return said.say("beside.replied", party=party)
    return said.say(f"beside.{about}", who=one.who, party=party, because=one.because)


def _attribution(finding: ReleasedFinding, frame: Frame) -> str:
    said = frame.said
    if finding.verdict not in ("violation", "undetermined"):
        return ""
    if finding.attribution == "withheld":
        return said.say("bearer.withheld")
    if not finding.bearers:
        return said.say("bearer.none")
    known = (
        finding.attribution
        if finding.verdict == "violation" and finding.attribution != "none"
        else "candidate"
    )
    return said.say(f"bearer.{known}", parties=frame.parties(finding.bearers))


def _element(element: ReleasedElement, frame: Frame) -> ElementLine:
    said = frame.said
    strength, required = element.strength, element.required
    weak = strength is not None and required is not None and not stronger(strength, required)
    truth = "weak" if weak and element.truth != "unknown" else element.truth
    support = (
        said.say(
            "strength",
            strength=said.word("support", strength or ""),
            required=said.word("support", required or ""),
        )
        if weak
        else None
    )
    words = element.words
    if words is None:
        words = said.say("withheld.who") if element.element in ("who", "against") else None
    return ElementLine(
        element.element,
        said.element(element.element),
        truth,
        said.say(f"truth.{truth}"),
        words,
        support,
    )


def clause_rows(found: Sequence[FindingEntry], frame: Frame) -> tuple[ClauseRow, ...]:
    """Return counts by clause and verdict; a clause that can make findings about incidents has a row even
    when nothing is counted."""
    return tuple(
        ClauseRow(
            clause=clause.key,
            cite=_cite(clause),
            quote=quote_of(clause),
            status=clause.status,
            cells=tuple(_cell(clause.key, verdict, found) for verdict in COLUMNS),
        )
        for clause in frame.agreement.clauses
        if clause.kind in JUDGED
    )


def _cite(clause: Clause) -> str | None:
    return None if clause.cite is None else clause.cite.at


def quote_of(clause: Clause) -> str | None:
    """Return the words of the text that the clause cites; None if it quotes none."""
    quotes = clause.cite.quotes if clause.cite else ()
    return " … ".join(quotes) or None


def _cell(clause: str, verdict: str, found: Iterable[FindingEntry]) -> Cell:
    ids = tuple(one.id for one in found if one.clause == clause and one.verdict == verdict)
    return Cell(verdict, Figure(len(ids), f"list-{clause}-{verdict.replace('_', '-')}", ids))


def totals(found: Sequence[FindingEntry]) -> tuple[Figure, ...]:
    """Return the counts over all clauses, in the order of COLUMNS."""
    figures = []
    for verdict in COLUMNS:
        ids = tuple(one.id for one in found if one.verdict == verdict)
        figures.append(Figure(len(ids), f"list-all-{verdict.replace('_', '-')}", ids))
    return tuple(figures)
