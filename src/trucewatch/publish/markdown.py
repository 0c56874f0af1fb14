"""Markdown of the parts that repeat: tables, observations, findings, citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from trucewatch.publish.daily_lines import Cited, FindingEntry, Happening, ReportLine
from trucewatch.publish.phrases import Phrases

__all__ = ["finding_lines", "happening_lines", "safe", "table", "where"]


def safe(value: object) -> str:
    """Return text that Markdown shows as it is."""
    text = "" if value is None else str(value)
    return re.sub(r"([\\`*_{}\[\]<>|#~])", r"\\\1", " ".join(text.split()))


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a table; nothing when there are no rows."""
    listed = [[safe(cell) for cell in row] for row in rows]
    if not listed:
        return
    yield ""
    yield f"| {' | '.join(map(safe, heads))} |"
    yield f"|{' --- |' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in listed)
    yield ""


def where(cited: Cited) -> str:
    """Return where a report or claim stands."""
    published = f", {cited.published}" if cited.published else ""
    return f"{cited.source}{published} [{cited.file or ''} {cited.locator}; {cited.id}]".replace(
        "[ ", "["
    )


def happening_lines(one: Happening, said: Phrases) -> Iterator[str]:
    """Yield one observation."""
    yield f"\n### {one.number}. {safe(one.what)}: {safe(one.place)}\n"
    yield f"- {said.say('label.time')}: {one.time}"
    injured = f"; {said.say('injured')}: {one.injured}" if one.injured else ""
    yield f"- {said.say('label.casualties')}: {said.say('killed')}: {one.killed}{injured}"
    yield f"- {said.say('label.origins')}: {said.count('origin', len(one.origins))} {safe(', '.join(one.origins))}".rstrip()
    if one.disputed:
        yield f"- {said.say('label.disputed')}: {'; '.join(one.disputed)}"
    yield from (f"- {safe(note)}" for note in one.notes)
    if one.withheld_reports:
        yield f"- {said.say('label.withheld', n=one.withheld_reports)}"
    heads = (
        said.say("column.source"),
        said.say("column.says"),
        said.say("killed"),
        said.say("injured"),
    )
    yield from table(heads, map(_report, one.reports))


def _report(line: ReportLine) -> Sequence[object]:
    says = "; ".join(part for part in (line.says, line.standing, line.parties, line.text) if part)
    return (where(line.cited), says, line.killed or "–", line.injured or "–")


def finding_lines(one: FindingEntry, said: Phrases) -> Iterator[str]:
    """Yield one finding."""
    yield f"\n**{one.id}** {safe(one.clause)}: **{one.verdict_words}**. {one.happening or ''} {safe(one.subject)}\n"
    reasons = f" {said.say('label.reason')}: {safe(one.reason_words)}." if one.reason_words else ""
    yield f"- {one.says}{reasons}"
    if one.attribution:
        yield f"- {safe(one.attribution)}"
    yield f"- {said.say('label.state')}: {one.state_words}"
    yield from (f"- {safe(line)}" for line in one.beside)
    yield from (f"- {said.say('label.missing')}: {safe(line)}" for line in one.missing)
    yield from (f"- {said.say('label.evidence')}: {safe(where(cited))}" for cited in one.evidence)
    if one.evidence_withheld:
        yield f"- {said.say('label.withheld', n=one.evidence_withheld)}"
