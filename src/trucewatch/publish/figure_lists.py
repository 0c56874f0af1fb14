"""The findings or happenings behind every figure that no other part of the document lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from trucewatch.publish.daily_lines import (
    ClauseRow,
    Figure,
    FigureList,
    FindingEntry,
    FindingLink,
    Happening,
    PartyRow,
)
from trucewatch.publish.daily_report import Comparison
from trucewatch.publish.frame import Frame
from trucewatch.release import Released, ReleasedFinding, ReleasedIncident

__all__ = ["figure_lists"]


def figure_lists(
    frame: Frame,
    *,
    observed: Iterable[Happening],
    found: Iterable[FindingEntry],
    clauses: Iterable[ClauseRow],
    totals: Iterable[tuple[str, Figure]],
    comparison: Comparison,
    parties: Iterable[PartyRow],
    undetermined: Iterable[tuple[str, Figure]],
) -> tuple[FigureList, ...]:
    """Return one list for each figure above zero, in the order of the sections."""
    said = frame.said
    here = {one.id: f"{one.clause}, {one.verdict_words}: {one.subject}" for one in found}
    seen = {one.incident_id: f"{one.number}. {one.what}, {one.place}" for one in observed}
    words = {**_all_words(frame.then, frame), **_all_words(frame.now, frame), **here, **seen}
    named: list[tuple[str, Figure]] = []
    for row in clauses:
        named += [
            (f"{row.clause}: {said.verdict(cell.verdict)}", cell.figure) for cell in row.cells
        ]
    named += [(said.say("list.all", verdict=name), figure) for name, figure in totals]
    named += _compared(comparison, frame)
    for party in parties:
        named += [
            (f"{party.party}: {said.say('column.settled')}", party.settled),
            (f"{party.party}: {said.say('column.open')}", party.open),
            (f"{party.party}: {said.say('column.candidate')}", party.undetermined),
        ]
    named += [(said.say("list.open", reason=reason), figure) for reason, figure in undetermined]
    inside = here.keys() | seen.keys()
    return tuple(_list(title, figure, words, inside) for title, figure in named if figure.number)


def _compared(comparison: Comparison, frame: Frame) -> Iterator[tuple[str, Figure]]:
    said = frame.said
    for row in comparison.rows:
        for key, figure in (("now", row.now), ("then", row.then), ("since", row.since)):
            if figure is not None:
                yield f"{said.say(f'column.{key}')}: {row.what}", figure


def _list(title: str, figure: Figure, words: Mapping[str, str], here: Iterable[str]) -> FigureList:
    inside = set(here)
    links = tuple(FindingLink(one, words.get(one, one), one in inside) for one in figure.members)
    return FigureList(figure.anchor, title, links)


def _all_words(released: Released | None, frame: Frame) -> dict[str, str]:
    """Return every incident and finding in one line, also those of the previous period."""
    if released is None:
        return {}
    incidents = {one.incident_id: one for one in released.incidents}
    words = {key: _incident(one, frame) for key, one in incidents.items()}
    for one in released.findings:
        if one.reading == frame.reading:
            words[one.finding_id] = _finding(one, incidents.get(one.incident_id or ""), frame)
    return words


def _incident(incident: ReleasedIncident, frame: Frame) -> str:
    acts = frame.said.say("or").join(frame.said.word("act", one) for one in incident.acts)
    return f"{frame.time(incident.occurred)}: {acts or frame.said.say('act.unknown')}, {frame.place_of(incident)}"


def _finding(finding: ReleasedFinding, incident: ReleasedIncident | None, frame: Frame) -> str:
    said = frame.said
    verdict = said.verdict(finding.verdict, provisional=finding.provisional)
    about = "" if incident is None else f": {_incident(incident, frame)}"
    reasons = "" if finding.verdict == "violation" else f" ({said.reasons(finding.reasons)})"
    return f"{finding.clause}, {verdict}{reasons}{about}"
