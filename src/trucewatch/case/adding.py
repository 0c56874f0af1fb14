"""A file given to the case: read, shown or recorded, once."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from trucewatch.actors import Actors
from trucewatch.case.articles import ARTICLE, Shelf
from trucewatch.case.folder import MAX_BYTES, Folder
from trucewatch.case.lexicons import case_lexicon
from trucewatch.case.parsing import declaration_for, in_case_terms, read_evidence
from trucewatch.case.settings import CaseSettings
from trucewatch.errors import BadCall, BadInput, Problem, Severity, UnknownName
from trucewatch.identifiers import keyed_id
from trucewatch.ledger import Draft, LedgerStore
from trucewatch.places import Gazetteer
from trucewatch.sources.adapter import Parsed

__all__ = ["Added", "add_file", "read_file"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file."""

    file: str
    parsed: Parsed
    evidence_id: str
    already: bool
    """The same bytes were recorded before under the same adapter and source: nothing changed."""


def read_file(
    path: Path, *, adapter: str, source: str | None, settings: CaseSettings, gazetteer: Gazetteer, actors: Actors,
    shelf: Shelf, published: date | None = None,
) -> tuple[bytes, str | None, Parsed]:  # fmt: skip
    """Return the bytes of a file, its declaration text and what an adapter reads from it.

    `published` is the day on which an article appeared and becomes part of the declaration; `shelf` has
    the other articles. BadCall: no such file, a day of publication for what is no article or beside
    another one in the declaration. UnknownName: no such adapter or source. BadInput: not of that format.
    """
    if not path.is_file():
        message = f"{path} is no file. Give the path of a file to add"
        raise BadCall(message)
    if path.stat().st_size > MAX_BYTES:
        message = f"{path.name} has {path.stat().st_size} bytes, expected at most {MAX_BYTES}: split it"
        raise BadInput(message)
    if source is not None and source not in settings.sources:
        raise UnknownName(source, place="--source", known=settings.sources)
    beside = path.with_name(path.name + ".yml")
    text = _declared(beside) if beside.is_file() else None
    declaration, told = declaration_for(settings, path.name, source, text)
    if published is not None:
        text = _dated(text, published, declaration.published, adapter, path.name)
        declaration, told = declaration_for(settings, path.name, source, text)
    errors = [one for one in told if one.severity is Severity.ERROR]
    if errors:
        message = f"{beside.name} cannot be used"
        raise BadInput(message, errors)
    raw = path.read_bytes()
    if adapter == ARTICLE:
        declaration = shelf.declared(declaration, None)
    parsed = read_evidence(raw, adapter, declaration)
    return raw, text, in_case_terms(parsed, adapter, settings, actors, gazetteer, shelf.lexicon.lexicon, path.name)


def _dated(text: str | None, published: date, stated: date | None, adapter: str, file: str) -> str:
    """Return the declaration with the day of publication."""
    if adapter != ARTICLE:
        message = f"{file}: --published is for articles; give it with --as {ARTICLE}, or as `release:` in the declaration"
        raise BadCall(message)
    if stated is not None and stated != published:
        message = f"{file}: --published {published} beside `published: {stated}` in its declaration. Which one is right?"
        raise BadCall(message)
    if stated is not None:
        return text or ""
    return f"{(text or '').rstrip()}\npublished: {published.isoformat()}\n".lstrip()


def _declared(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        problem = Problem(file.name, None, None, str(error), "UTF-8 text", severity=Severity.ERROR)
        message = f"{file.name} cannot be used"
        raise BadInput(message, [problem]) from error


def add_file(
    path: Path,
    *,
    adapter: str,
    source: str | None,
    who: str,
    settings: CaseSettings,
    gazetteer: Gazetteer,
    actors: Actors,
    folder: Folder,
    ledger: LedgerStore,
    clock: datetime,
    published: date | None = None,
) -> Added:
    """Record a file as evidence unless its bytes are known under the same adapter and source."""
    shelf = Shelf(ledger.entries(), ledger.payload, settings, case_lexicon(folder.root, settings.timezone))
    raw, text, parsed = read_file(
        path, adapter=adapter, source=source, settings=settings, gazetteer=gazetteer, actors=actors, shelf=shelf,
        published=published,
    )
    key = folder.key()
    seen = hmac.new(key, raw, hashlib.sha256).hexdigest()
    evidence_id = keyed_id(key, "e", seen, adapter, source, text)
    if any(entry.entry_id == evidence_id for entry in ledger.entries() if entry.kind == "evidence"):
        return Added(path.name, parsed, evidence_id, already=True)
    body = {
        "file": path.name, "adapter": adapter, "source": source, "declaration": text,
        "rows_in": parsed.rows_in, "rejected": parsed.rejected,
    }
    ledger.append((Draft("evidence", evidence_id, who, body, payload=raw),), clock=clock)
    return Added(path.name, parsed, evidence_id, already=False)

