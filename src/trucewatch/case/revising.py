"""Taking in the next version of a data set that was given before, and listing what each version changed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trucewatch.case.adding import Added, read_file
from trucewatch.case.articles import ARTICLE, Shelf
from trucewatch.case.clock import now
from trucewatch.case.lexicons import case_lexicon
from trucewatch.case.parsing import evidence_rows
from trucewatch.case.revisions import Row, differences, revised, row_of
from trucewatch.errors import BadCall, Conflict, UnknownName
from trucewatch.identifiers import keyed_id
from trucewatch.ledger import Draft, Entry
from trucewatch.periods import iso

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["revise", "revision_rows"]


def revise(case: Case, path: Path, old: str, *, because: str, who: str, effective: datetime | None = None) -> Added:
    """Record a file as the next version of evidence `old`, read as that was.

    In a live case it counts from its recording on; in a replayed one from `effective` on, or without it at every
    instant. BadCall without a reason, for an article, or without the declaration that the old one had; UnknownName
    if `old` is no evidence; Conflict if it was revised already: the last version is the one to revise.
    """
    entries = case.ledger.entries()
    before = next((one for one in entries if one.kind == "evidence" and one.entry_id == old), None)
    if before is None:
        raise UnknownName(old, place="evidence to revise", known=[one.entry_id for one in entries if one.kind == "evidence"])
    if not because.strip() or before.body["adapter"] == ARTICLE:
        message = "a revision needs a reason (--because TEXT), and is of a data set: add another version of an article as an article"
        raise BadCall(message)
    files = case.files()
    adapter, source = str(before.body["adapter"]), before.body.get("source")
    raw, text, parsed = read_file(
        path, adapter=adapter, source=source, settings=case.settings, gazetteer=files.gazetteer, actors=files.actors,
        shelf=Shelf(entries, case.ledger.payload, case.settings, case_lexicon(case.root, case.settings.timezone)),
    )
    if before.body.get("declaration") and not text:
        message = f"{old} was read with a declaration: put it beside the file, as {path.name}.yml"
        raise BadCall(message)
    key = case.folder.key()
    seen = hmac.new(key, raw, hashlib.sha256).hexdigest()
    evidence_id = keyed_id(key, "e", seen, adapter, source, text, old)
    if any(one.entry_id == evidence_id for one in entries):
        return Added(path.name, parsed, evidence_id, already=True)
    body = {
        "file": path.name, "adapter": adapter, "source": source, "declaration": text, "rows_in": parsed.rows_in,
        "rejected": parsed.rejected, "because": because, "effective": iso(effective) if effective else None,
    }

    def not_revised(known: Sequence[Entry]) -> None:
        other = next((one for one in known if one.kind == "evidence" and one.supersedes == old), None)
        if other is not None:
            message = f"{old} was revised by {other.who} already: revise {other.entry_id}"
            raise Conflict(message)

    case.ledger.append((Draft("evidence", evidence_id, who, body, old, payload=raw),), clock=now(), check=not_revised)
    return Added(path.name, parsed, evidence_id, already=False)


def revision_rows(case: Case) -> list[dict[str, Any]]:
    """Return each row that a revision edited, took out or put in, in the order of the log."""
    files = case.files()
    content: dict[str, tuple[Row, ...]] = {}
    told: list[dict[str, Any]] = []
    each = evidence_rows(case.ledger.entries(), case.ledger, files.settings, case.folder, files.gazetteer, files.actors)
    for entry, rows, _ in each:
        before = content.get(entry.supersedes or "")
        content[entry.entry_id] = rows if before is None else revised(before, rows)
        if before is not None:
            told += [row_of(entry, one) for one in differences(before, rows)]
    return told
