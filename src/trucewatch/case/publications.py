"""Published issues of daily reports, read back from the ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from trucewatch.errors import LedgerError, UnknownName
from trucewatch.ledger import Entry, LedgerStore
from trucewatch.publish.issue import Correction, Issue, LogHead

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["Kept", "Publication", "as_published", "issue_rows", "kept_of", "publications"]

SCHEMA = "trucewatch/publication/1"


@dataclass(frozen=True, slots=True)
class Publication:
    """One entry: an issue in one format, given to some recipients."""

    entry: Entry

    @property
    def revision(self) -> int:
        """0 for the first issue of a day."""
        return int(self.entry.body["revision"])

    @property
    def form(self) -> str:
        """Format."""
        return str(self.entry.body["form"])

    @property
    def known_at(self) -> datetime:
        """Instant of knowledge."""
        return datetime.fromisoformat(self.entry.body["known_at"])


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of a publication beside its entry, erasable with the source that it tells of."""

    seed: bytes
    """From which the salts of the digests come."""
    content: str
    """Digest of what the issue says, whatever its format."""
    issue: Issue
    recipients: tuple[str, ...]
    findings: dict[str, dict[str, Any]]
    report: bytes
    leaves: tuple[bytes, ...] = ()
    """Hash of each finding, from which proofs are made; none in what an earlier version kept."""

    def pack(self) -> bytes:
        """Return a line of JSON and then the report."""
        head = {
            "schema": SCHEMA, "seed": self.seed.hex(), "content": self.content, "issue": asdict(self.issue),
            "recipients": self.recipients, "findings": self.findings,
            "leaves": [one.hex() for one in self.leaves],
        }
        return json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" + self.report


def kept_of(publication: Publication, ledger: LedgerStore) -> Kept | None:
    """Read what was kept; None when it was erased, or when the entry is of a version that kept the report alone."""
    digest = publication.entry.digest
    raw = ledger.payload(digest) if digest else None
    head, _, report = (raw or b"").partition(b"\n")
    if raw is None or SCHEMA.encode() not in head[:60]:
        return None
    told = json.loads(head)
    return Kept(
        bytes.fromhex(told["seed"]), told["content"], _issue(told["issue"]), tuple(told["recipients"]),
        told["findings"], report, tuple(bytes.fromhex(one) for one in told.get("leaves", ())),
    )


def _issue(told: dict[str, Any]) -> Issue:
    corrections = tuple(
        Correction(**one | {name: tuple(one[name]) for name in ("findings", "readings", "why", "entries")})
        for one in told["corrections"]
    )
    log = LogHead(**told["log"]) if told["log"] else None
    return Issue(told["revision"], log, told["replaces"], corrections, told["compared"])


def publications(entries: Sequence[Entry], day: date | None = None, audience: str | None = None) -> list[Publication]:
    """Return what was published, of one day and for one audience if these are given, in order.

    Issues of another office, known by a merge, come before this one's: the last is this office's, if it has any.
    """
    return [
        Publication(one)
        for one in sorted(entries, key=lambda one: one.origin is None)
        if one.kind == "publication" and "revision" in one.body
        and (day is None or one.body["day"] == day.isoformat())
        and (audience is None or one.body["audience"] == audience)
    ]


def as_published(
    case: Case, day: date, *, form: str = "html", audience: str = "public", revision: int | None = None
) -> tuple[Publication, bytes]:
    """Return the last issue of a day, or the one of that revision, and its bytes as they went out.

    UnknownName if it was not published so; LedgerError if its bytes were erased.
    """
    every = publications(case.ledger.entries(), day, audience)
    chosen = [one for one in every if revision in (None, one.revision) and one.form == form]
    if not chosen:
        known = [f"{one.form} revision {one.revision}" for one in every]
        wanted = form if revision is None else f"{form} revision {revision}"
        raise UnknownName(wanted, place=f"publications of {day.isoformat()} ({audience})", known=known)
    kept = kept_of(chosen[-1], case.ledger)
    if kept is None:
        message = f"the bytes of publication {chosen[-1].entry.entry_id} were erased; its entry stays in the ledger"
        raise LedgerError(message)
    return chosen[-1], kept.report


def issue_rows(case: Case, day: date | None = None) -> list[dict[str, Any]]:
    """Return one row for each publication: what it was, who got it, and what has replaced it since."""
    entries = case.ledger.entries()
    every = publications(entries, day)
    last = {(one.entry.body["day"], one.entry.body["audience"]): one for one in every}
    rows = []
    for one in every:
        body, kept = one.entry.body, kept_of(one, case.ledger)
        newest = last[body["day"], body["audience"]]
        replaced = newest.revision > one.revision
        rows.append({
            "day": body["day"], "serial": body["serial"], "revision": one.revision, "form": one.form,
            "audience": body["audience"], "known_at": one.known_at, "published_at": one.entry.recorded_at,
            "entry": one.entry.entry_id, "recipients": None if kept is None else list(kept.recipients),
            "superseded_by": f"{newest.entry.entry_id} (Rev.{newest.revision})" if replaced else None,
        })
    return rows
