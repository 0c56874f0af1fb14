"""Evidence entries back into rows as written, with a cache of parses that may be deleted."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from trucewatch.actors import Actors
from trucewatch.case.article_names import CaseNames
from trucewatch.case.articles import ARTICLE, Shelf
from trucewatch.case.folder import Folder
from trucewatch.case.lexicons import case_lexicon
from trucewatch.case.revisions import Row, heads, revised, summary
from trucewatch.case.settings import CaseSettings
from trucewatch.case.swapping import without_swapped
from trucewatch.errors import BadInput, Problem, Severity
from trucewatch.identifiers import canonical
from trucewatch.ledger import Entry, LedgerStore
from trucewatch.places import Gazetteer
from trucewatch.reading import Lexicon
from trucewatch.reports import EvidenceRef, Written
from trucewatch.sources import Declaration, find_adapter, load_declaration
from trucewatch.sources.adapter import Parsed
from trucewatch.version import VERSION

__all__ = ["counted", "declaration_for", "evidence_rows", "in_case_terms", "read_evidence", "source_names", "written_rows"]


def source_names(settings: CaseSettings) -> dict[str, str]:
    """Return every key, name and alias of the case's sources → key."""
    return {
        name: source.key
        for source in settings.sources.values()
        for name in (source.key, source.name, *source.aliases)
    }


def declaration_for(
    settings: CaseSettings, file: str, source: str | None, text: str | None
) -> tuple[Declaration, tuple[Problem, ...]]:
    """Return how a file is to be read: what the case knows, and over it the file's own declaration."""
    base = Declaration(file=file, timezone=settings.timezone, source=source, sources=source_names(settings))
    return load_declaration(text, f"{file}.yml", base) if text else (base, ())


def read_evidence(raw: bytes, adapter: str, declaration: Declaration) -> Parsed:
    """Read bytes with the adapter of that name; BadInput if they are not of its format."""
    return find_adapter(adapter).read(raw, declaration)


def written_rows(
    entries: Sequence[Entry],
    ledger: LedgerStore,
    settings: CaseSettings,
    folder: Folder,
    gazetteer: Gazetteer,
    actors: Actors,
    known_at: datetime | None = None,
) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Return the rows of every evidence entry that was not erased, and the problems of reading them.

    Of evidence that was revised the rows of its last version count. `known_at` bounds which articles help to read
    others (`Shelf`) and, in a replayed case, which revisions were in effect; rows are not cut.
    """
    content: dict[str, tuple[Row, ...]] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    told: list[Problem] = []
    superseded: set[str] = set()
    in_effect = [one for one in entries if settings.mode == "live" or _in_effect(one, known_at)]
    for entry, rows, wrong in evidence_rows(in_effect, ledger, settings, folder, gazetteer, actors, known_at):
        before = content.get(entry.supersedes or "")
        content[entry.entry_id], problems[entry.entry_id] = rows, wrong
        if before is not None and entry.supersedes:
            content[entry.entry_id] = revised(before, rows)
            superseded.add(entry.supersedes)
            told.append(summary(entry, before, rows))
    kept = (one for key, wrong in problems.items() if key not in superseded for one in wrong)
    return heads(content, superseded), (*kept, *told)


def _in_effect(entry: Entry, known_at: datetime | None) -> bool:
    effective = entry.body.get("effective") if entry.kind == "evidence" else None
    return known_at is None or effective is None or datetime.fromisoformat(effective) <= known_at


def evidence_rows(
    entries: Sequence[Entry],
    ledger: LedgerStore,
    settings: CaseSettings,
    folder: Folder,
    gazetteer: Gazetteer,
    actors: Actors,
    known_at: datetime | None = None,
) -> Iterator[tuple[Entry, tuple[Row, ...], tuple[Problem, ...]]]:
    """Yield each evidence entry with its rows and the problems of reading it; one that was erased has no rows."""
    erased = frozenset(digest for entry in ledger.entries() if entry.kind == "erasure" for digest in entry.body["digests"])
    shelf = Shelf(entries, ledger.payload, settings, case_lexicon(folder.root, settings.timezone), erased, known_at)
    for entry in entries:
        if entry.kind != "evidence" or entry.digest is None:
            continue
        gone = entry.digest in erased  # also where somebody put the bytes back
        parsed = None if gone else _parsed(entry, ledger, settings, folder, shelf)
        if parsed is None:
            yield entry, (), (_erased(entry),)
            continue
        adapter, file = str(entry.body["adapter"]), str(entry.body["file"])
        parsed = in_case_terms(parsed, adapter, settings, actors, gazetteer, shelf.lexicon.lexicon, file)
        ref = EvidenceRef(
            entry.entry_id, str(entry.body["file"]), entry.recorded_at, str(entry.body["adapter"]),
            entry.body.get("source"), entry.sequence,
        )
        yield entry, tuple((ref, written) for written in parsed.rows), parsed.problems


def in_case_terms(
    parsed: Parsed, adapter: str, settings: CaseSettings, actors: Actors, gazetteer: Gazetteer, lexicon: Lexicon, file: str
) -> Parsed:
    """Return rows as the case takes them: none with swapped coordinates, those of articles in its names."""
    if adapter == ARTICLE:
        parsed = CaseNames(settings, actors, gazetteer, lexicon).applied(parsed)
    return without_swapped(parsed, gazetteer, file)


def counted(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return problems of whole files as they are, and of each file's rows only how many there are.

    A row that could not be read has no date: in a replayed case its cells may be later knowledge.
    """
    rows = Counter(one.place for one in problems if one.line is not None)
    told = (
        Problem(place, None, None, f"{number} problem(s) of its rows", "rows that say when they became known",
                "A run without --known-at lists them", Severity.WARNING)
        for place, number in sorted(rows.items())
    )
    return (*(one for one in problems if one.line is None), *told)


def _erased(entry: Entry) -> Problem:
    return Problem(
        str(entry.body["file"]), None, None, None, "evidence bytes that were not erased",
        "What rested on them is gone from every later run", Severity.WARNING,
    )


def _parsed(
    entry: Entry, ledger: LedgerStore, settings: CaseSettings, folder: Folder, shelf: Shelf
) -> Parsed | None:
    declaration, told = declaration_for(
        settings, str(entry.body["file"]), entry.body.get("source"), entry.body.get("declaration")
    )
    adapter = str(entry.body["adapter"])
    marks = shelf.marks(entry.entry_id) if adapter == ARTICLE else ()
    cached = folder.cache / "parsed" / f"{_fingerprint(entry, declaration, marks)}.json"
    raw = ledger.payload(entry.digest) if entry.digest else None
    if raw is None:
        return None  # also when the cache still has the rows: what was erased is gone
    found = _load(cached, folder.key())
    if found is not None:
        return found
    if adapter == ARTICLE:
        declaration = shelf.declared(declaration, entry.entry_id)
    try:
        parsed = read_evidence(raw, adapter, declaration)
    except BadInput as error:
        return Parsed((), (*told, *error.problems), 0)
    _store(cached, parsed, folder.key())
    return parsed


def _fingerprint(entry: Entry, declaration: Declaration, marks: Sequence[str]) -> str:
    """Name a parse by bytes, adapter, declaration, program version, and what else reading it depends on."""
    told = [
        entry.digest, entry.body["adapter"], VERSION, declaration.timezone, declaration.source,
        dict(declaration.sources or {}), entry.body.get("declaration"), entry.body["file"],
        *marks,
    ]
    return hashlib.sha256(canonical(told)).hexdigest()[:32]


def _store(file: Path, parsed: Parsed, key: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    document = {
        "rows": [[row.kind, row.locator, dict(row.values), dict(row.raw)] for row in parsed.rows],
        "problems": [
            [one.place, one.line, one.column, one.value, one.expected, one.advice, one.severity.value]
            for one in parsed.problems
        ],
        "rows_in": parsed.rows_in,
        "notes": list(parsed.notes),
    }
    partial = file.with_suffix(".partial")
    content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    partial.write_bytes(_seal(content, key) + b"\n" + content)
    partial.replace(file)


def _problem(
    place: str, line: int | None, column: str | None, value: str | None, expected: str, advice: str, severity: str
) -> Problem:
    return Problem(place, line, column, value, expected, advice, Severity(severity))


def _seal(content: bytes, key: bytes) -> bytes:
    return hmac.new(key, content, hashlib.sha256).hexdigest().encode()


def _load(file: Path, key: bytes) -> Parsed | None:
    """Return a cached parse; None if there is none, or if anybody but the case wrote it."""
    if not file.is_file():
        return None
    seal, _, content = file.read_bytes().partition(b"\n")
    if not hmac.compare_digest(seal, _seal(content, key)):
        return None
    try:
        document = json.loads(content)
        return Parsed(
            tuple(Written(*row) for row in document["rows"]),
            tuple(_problem(*told) for told in document["problems"]),
            document["rows_in"],
            tuple(document["notes"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
