"""UCDP Georeferenced Event Dataset: event files of any version with the columns of 2016 or later.

One event gives a coded row, or a claim when it is a total over more than a month, and each article
behind it one row of its own, however many events it stands behind. How: `ucdp_rows`; all figures
and word lists: ucdp_ged.yml.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from trucewatch.errors import BadInput, Problem, Severity
from trucewatch.reports.unresolved import fold
from trucewatch.reports.written import Written
from trucewatch.sources.adapter import (
    Parsed,
    count_problems,
    known_sources,
    source_problem,
)
from trucewatch.sources.declaration import Declaration
from trucewatch.sources.decoding import decode, refused, unpacked
from trucewatch.sources.delimited import Record, guess_delimiter, records
from trucewatch.sources.ucdp_articles import Article
from trucewatch.sources.ucdp_events import Event, read_event
from trucewatch.sources.ucdp_rows import Use, article_row, coded_row, distrusted
from trucewatch.sources.ucdp_words import ged_words

__all__ = ["ADAPTER", "UcdpGedAdapter"]


@dataclass(frozen=True, slots=True)
class UcdpGedAdapter:
    """Reads UCDP GED event files (CSV, also packed with gzip); see the module."""

    name: str = "ucdp_ged"

    def read(self, raw: bytes, declaration: Declaration) -> Parsed:
        """Read every event; BadInput when needed columns are missing, which it names."""
        decoded = decode(unpacked(raw, declaration.file), declaration.file, declaration.encoding)
        needed = frozenset(ged_words().needed)
        delimiter = declaration.delimiter or guess_delimiter(
            decoded.text, lambda cells: sum(cell.casefold() in needed for cell in cells)
        )
        rows = (one for one in records(decoded.text, delimiter) if not one.empty)
        names = _names(next(rows, None), declaration)
        events = _Events(names, declaration.file)
        for record in rows:
            events.take(record)
        uses = _uses(events.kept)
        written = tuple(_written(events.kept, uses, declaration))
        problems = (
            *decoded.problems,
            *_unread(names, declaration),
            *events.problems,
            *_undated(uses, declaration),
            *_unknown_sources(written, declaration),
        )
        parsed = Parsed(written, problems, events.count, _notes(events.kept, uses, written))
        return replace(parsed, problems=(*problems, *count_problems(parsed, declaration)))


ADAPTER = UcdpGedAdapter()


def _names(header: Record | None, declaration: Declaration) -> tuple[str, ...]:
    """Return the column names; BadInput says which needed ones are missing or stand twice."""
    if header is None or header.fault is not None:
        raise refused(declaration.file, "no header", "an event file of UCDP GED")
    names = tuple(cell.casefold() for cell in header.cells)
    missing = [name for name in ged_words().needed if name not in names]
    twice = [name for name in ged_words().needed if names.count(name) > 1]
    if not missing and not twice:
        return names
    advice = (
        "Is it a UCDP GED event file, from before 2016 or cut down? `--as table` reads other tables"
    )
    shown = ", ".join(header.cells)[:200]
    problems = [
        Problem(
            declaration.file,
            header.number,
            name,
            shown,
            f"a column {name}, once",
            advice,
            Severity.ERROR,
        )
        for name in (*missing, *twice)
    ]
    message = (
        f"{declaration.file} is no UCDP GED event file: missing {', '.join(missing) or 'none'}"
    )
    raise BadInput(message, problems)


def _unread(names: Sequence[str], declaration: Declaration) -> Iterator[Problem]:
    """Columns that no version known here has: kept with the row, but somebody should look."""
    words = ged_words()
    for name in names:
        if name not in words.ignored and name not in words.needed:
            advice = "It is kept with the row and not read"
            yield Problem(
                declaration.file,
                1,
                name or None,
                name,
                "a column of UCDP GED",
                advice,
                Severity.WARNING,
            )


@dataclass(slots=True)
class _Events:
    """The events of one file while they are read, in order."""

    names: tuple[str, ...]
    file: str
    count: int = 0
    kept: list[Event] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)

    def take(self, record: Record) -> None:
        """Keep an event, or say why not."""
        self.count += 1
        if record.fault is not None or len(record.cells) != len(self.names):
            found = record.fault or f"{len(record.cells)} cells"
            self.problems.append(
                Problem(self.file, record.number, None, found, f"{len(self.names)} cells")
            )
            return
        event, problems = read_event(
            dict(zip(self.names, record.cells, strict=True)), record.number, self.file
        )
        self.problems += problems
        if event is None or self._repeated(event, record):
            return
        self.seen[event.event_id] = (record.number, record.cells)
        self.kept.append(event)

    def _repeated(self, event: Event, record: Record) -> bool:
        first, cells = self.seen.get(event.event_id, (0, ()))
        if not first:
            return False
        same = cells == record.cells
        self.problems.append(
            Problem(
                self.file,
                record.number,
                "id",
                event.event_id,
                f"an id that row {first} does not have already",
                "The row is the same; it is recorded once"
                if same
                else "Its content is another; the first one is kept",
                Severity.WARNING if same else Severity.REJECTED,
            )
        )
        return True


def _uses(events: Sequence[Event]) -> dict[Article, list[Use]]:
    """Return each article with the places where it stands, in the order of the file."""
    uses: dict[Article, list[Use]] = {}
    for event in events:
        for number, article in enumerate(event.articles, start=1):
            uses.setdefault(article, []).append(Use(event, number))
    return uses


def _behind(uses: Sequence[Use]) -> int:
    return len({use.event.event_id for use in uses})


def _written(
    events: Sequence[Event], uses: Mapping[Article, Sequence[Use]], declaration: Declaration
) -> Iterator[Written]:
    """Every event, followed by the articles that stand behind it and not behind an earlier one."""
    words = ged_words()
    source, licence = declaration.source or words.source, declaration.licence or words.licence
    for event in events:
        own = [one for one in event.articles if _behind(uses[one]) == 1]
        yield coded_row(event, own, source, licence)
        for number, article in enumerate(event.articles, start=1):
            if uses[article][0] == Use(event, number):
                yield article_row(article, uses[article], source, licence)


def _undated(uses: Mapping[Article, Sequence[Use]], declaration: Declaration) -> Iterator[Problem]:
    for article, places in uses.items():
        if distrusted(article, [use.event for use in places]):
            yield Problem(
                declaration.file,
                places[0].event.row,
                "source_article",
                article.document[:200],
                f"a date not before {places[0].event.first_day}",
                "Its date is taken as unknown: the row is known from the release of the data set",
                Severity.WARNING,
            )


def _unknown_sources(rows: Sequence[Written], declaration: Declaration) -> Iterator[Problem]:
    """One problem for each source that the case does not know: hundreds of rows share it."""
    if declaration.sources is None:
        return
    known = known_sources(declaration.sources)
    used = Counter(row.values["source"] for row in rows)
    first = {row.values["source"]: row for row in reversed(rows)}
    for name, number in used.items():
        if fold(name) not in known:
            line = int(first[name].locator.split(",")[0].split(";")[0].removeprefix("row "))
            problem = source_problem(
                name, declaration.file, line, "source", known, Severity.UNRESOLVED
            )
            yield replace(problem, advice=f"{problem.advice}. Rows that name it: {number}")


def _notes(
    events: Sequence[Event], uses: Mapping[Article, Sequence[Use]], rows: Sequence[Written]
) -> tuple[str, ...]:
    words = ged_words()
    conflicts = sum(row.values.get("by_basis") == "conflict" for row in rows)
    areas = sum(event.area for event in events)
    counts = (
        (len(events), "events"),
        (len(uses), "articles, each recorded once"),
        (
            sum(_behind(places) > 1 for places in uses.values()),
            "articles stand behind several events: recorded without a grouping",
        ),
        (
            sum(event.long for event in events),
            f"events last more than {words.longest_days} days: recorded as claims of an aggregate",
        ),
        (
            sum(row.kind == "claim" for row in rows) - sum(event.long for event in events),
            "headlines sum up a day or a long period: recorded as claims",
        ),
        (
            conflicts,
            "events whose headline contradicts the coded sides: recorded with open candidates",
        ),
        (areas, "events are placed in an area (where_prec 3 and worse), not at a place"),
        (
            sum(event.clarity == "2" for event in events),
            "events are summed up from a report on several (event_clarity 2)",
        ),
    )
    return tuple(f"{number} {what}" for number, what in counts)
