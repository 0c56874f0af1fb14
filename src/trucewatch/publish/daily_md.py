"""The daily report as Markdown: headings, lists and tables, for mail and version control."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from trucewatch.publish.daily_lines import Figure
from trucewatch.publish.daily_report import DailyReport
from trucewatch.publish.issue import correction_words, number_words
from trucewatch.publish.markdown import finding_lines, happening_lines, safe, table, where
from trucewatch.publish.phrases import Phrases, phrases
from trucewatch.publish.statement_lines import StatementLine

__all__ = ["FORMAT", "MarkdownFormat"]


@dataclass(frozen=True, slots=True)
class MarkdownFormat:
    """CommonMark with tables (GitHub's); text from sources is escaped."""

    suffix: str = "md"

    def render(self, report: DailyReport) -> str:
        """Return the report as Markdown."""
        said = phrases(report.header.language)
        parts = (
            _head,
            _observations,
            _findings,
            _readings,
            _counts,
            _claimed,
            _duties,
            _parties,
            _unseen,
            _access,
            _spoken,
            _windows,
            _unspoken,
            _sources,
            _unresolved,
            _lists,
        )
        lines = [line for part in parts for line in part(report, said)]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _section(key: str, said: Phrases) -> str:
    return f"\n## {said.say(f'section.{key}')}\n"


def _number(figure: Figure | None) -> str:
    return "–" if figure is None else str(figure.number)


def _head(report: DailyReport, said: Phrases) -> Iterator[str]:
    header = report.header
    issue = report.issue
    number = number_words(header.serial, issue.revision, said)
    yield f"# {safe(header.title)}: {number} {said.say('doc.on_day', day=header.day_words)}\n"
    yield f"- {said.say('doc.as_of')}: {header.cut_off}"
    yield f"- {said.say('doc.issued')}: {header.issued}"
    yield f"- {said.say('doc.time_zone')}: {safe(header.time_zone)}"
    yield f"- {said.say('doc.audience')}: {said.say(f'audience.{header.audience}')}"
    if issue.log:
        yield f"- {said.say('doc.log')}: {said.say('doc.log_words', **asdict(issue.log))}"
    if issue.replaces:
        yield f"- {said.say('doc.replaces')}: {safe(issue.replaces)}"
    yield ""
    yield from (f"{safe(line)}\n" for line in (*header.mandate, *header.notes))
    yield from _corrected(report, said)
    yield f"\n## {said.say('doc.summary')}\n"
    yield from (f"- {safe(line)}" for line in report.summary)


def _corrected(report: DailyReport, said: Phrases) -> Iterator[str]:
    """Yield what a corrected issue says otherwise than the one that it replaces."""
    if report.issue.replaces is None:
        return
    yield f"\n## {said.say('section.corrections')}\n"
    yield from (f"- {safe(correction_words(one, said))}" for one in report.issue.corrections)
    if report.issue.unlisted:
        yield said.say(report.issue.unlisted)


def _observations(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("observations", said)
    yield said.say("intro.observations", unit=report.unit)
    for one in report.happenings:
        yield from happening_lines(one, said)
    if not report.happenings:
        yield said.say("observations.none")
    if report.undated:
        yield f"\n{said.say('observations.undated', n=report.undated)}"
    if report.maybe:
        yield f"\n### {said.say('section.maybe')}\n\n{said.say('intro.maybe')}"
        for one in report.maybe:
            yield from happening_lines(one, said)


def _findings(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("findings", said)
    heads = (said.say("column.clause"), *(words for _, words in report.verdicts))
    rows = [(row.clause, *(_number(cell.figure) for cell in row.cells)) for row in report.clauses]
    yield from table(heads, [*rows, (said.say("column.total"), *map(_number, report.totals))])
    for one in (*report.findings, *report.maybe_findings):
        yield from finding_lines(one, said)
    if report.unjudged:
        yield f"\n### {said.say('section.unjudged')}\n\n{said.say('intro.unjudged')}\n"
        for row in report.unjudged:
            yield "\n".join((f"- {row.clause}: {row.kind_words}", *(f"  {one}" for one in row.lines)))


def _readings(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("readings", said)
    if not report.differences:
        yield said.say("intro.readings_none")
        return
    yield said.say("intro.readings")
    heads = (
        said.say("column.happening"),
        said.say("column.clause"),
        *(key for key, _ in report.readings),
    )
    rows = [
        (
            f"{row.happening}. {row.subject}",
            row.clause,
            *(
                said.say("label.same")
                if cell.same
                else f"{cell.verdict_words}: {cell.reason_words}".rstrip(": ")
                for cell in row.cells
            ),
        )
        for row in report.differences
    ]
    yield from table(heads, rows)


def _counts(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("counts", said)
    yield report.comparison.note
    heads = [said.say(f"column.{one}") for one in ("what", "now", "then", "since", "change")]
    rows = report.comparison.rows
    yield from table(
        heads, [(r.what, _number(r.now), _number(r.then), _number(r.since), r.change) for r in rows]
    )


def _statement(line: StatementLine) -> Sequence[object]:
    says = "; ".join(part for part in (line.says, line.qualifier, line.text) if part)
    return (line.asserter, says, line.period, where(line.cited))


def _statements(lines: Iterable[StatementLine], said: Phrases) -> Iterator[str]:
    heads = [said.say(f"column.{one}") for one in ("asserter", "says", "period", "source")]
    yield from table(heads, map(_statement, lines))


def _claimed(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("claimed", said)
    yield said.say("intro.claimed" if report.aggregates else "intro.claimed_none")
    for group in report.aggregates:
        yield f"\n“{safe(group.subject)}”"
        yield from _statements(group.statements, said)


def _duties(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("duties", said)
    yield said.say("intro.duties")
    for duty in report.duties:
        yield f"\n### {safe(duty.clause)}\n\n{safe(duty.words)}\n"
        yield f"{duty.state_words}\n"
        if duty.verdict:
            yield ": ".join(one for one in (duty.verdict_words, safe(duty.reason_words)) if one)
        yield from _statements(duty.statements, said)


def _parties(report: DailyReport, said: Phrases) -> Iterator[str]:
    if report.parties is None:
        return
    yield _section("parties", said)
    yield said.say("intro.parties" if report.parties else "intro.parties_none")
    heads = [said.say(f"column.{one}") for one in ("party", "settled", "open", "candidate")]
    rows = report.parties
    yield from table(
        heads,
        [(r.party, _number(r.settled), _number(r.open), _number(r.undetermined)) for r in rows],
    )


def _unseen(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("unseen", said)
    yield said.say("intro.unseen" if report.coverage else "intro.unseen_none")
    heads = [
        said.say(f"column.{one}") for one in ("where", "share", "reason", "observer", "period")
    ]
    yield from table(
        heads, [(c.where, c.share, c.reason, c.observer, c.period) for c in report.coverage]
    )
    if report.undetermined_by:
        yield f"{said.say('intro.open')}\n"
        yield from (
            f"- {safe(reason)}: {figure.number}" for reason, figure in report.undetermined_by
        )


def _access(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("access", said)
    if not report.access:
        yield said.say("intro.access_none")
    yield from _statements(report.access, said)
    if report.access_happenings:
        yield said.say("intro.access_seen", numbers=", ".join(map(str, report.access_happenings)))


def _spoken(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("statements", said)
    if not report.statements:
        yield said.say("intro.statements_none")
        return
    yield f"{said.say('intro.statements')}\n\n{safe(report.in_force.words)}\n"
    heads = ("", *(said.say(f"column.{one}") for one in ("who", "says", "against", "source")))
    rows = [
        (
            one.number,
            " ← ".join((one.who, *one.passed_on)),
            f"{one.says}: {one.text}" if one.text else one.says,
            ", ".join(map(str, one.against)) or "–",
            where(one.cited),
        )
        for one in report.statements
    ]
    yield from table(heads, rows)


def _windows(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("windows", said)
    yield said.say("intro.windows" if report.windows else "intro.windows_none")
    heads = [said.say(f"column.{one}") for one in ("asserter", "that_day", "term", "source")]
    rows = [
        (f"{w.asserter} ({w.phase})", w.inside_words, w.says, where(w.cited) if w.cited else "")
        for w in report.windows
    ]
    yield from table(heads, rows)


def _unspoken(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("unspoken", said)
    numbers = ", ".join(map(str, report.unspoken))
    yield (
        f"{said.say('label.none_speaks')} {numbers}" if numbers else said.say("intro.unspoken_none")
    )


def _sources(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("sources", said)
    yield from (f"- {safe(line)}" for line in report.assumptions)
    heads = [
        said.say(f"column.{one}")
        for one in ("source", "affiliation", "reliability", "knowledge", "used", "assumed")
    ]
    rows = [
        (s.name, s.affiliation or "–", s.reliability, s.knowledge, s.used, s.assumed)
        for s in report.sources
    ]
    yield from table(heads, rows)


def _unresolved(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("unresolved", said)
    yield from (f"- {said.say(f'unresolved.{kind}', n=n)}" for kind, n in report.unresolved)
    if not report.unresolved:
        yield said.say("intro.unresolved_none")


def _lists(report: DailyReport, said: Phrases) -> Iterator[str]:
    yield _section("lists", said)
    for one in report.lists:
        yield f"- {safe(one.title)} ({len(one.links)}): {', '.join(link.id for link in one.links)}"


FORMAT = MarkdownFormat()
