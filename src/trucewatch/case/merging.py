"""Two ledgers of one case that went on apart: what the other holds is appended here, with where it stood there.

Both have grown from a common beginning. An entry of the other that is not known here is recorded
again with its origin; it is recognised by the hash that it had where it was recorded first, so that
merging once more, or back, changes nothing. Content that both were given lies here once.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trucewatch.case.clock import now
from trucewatch.case.folder import record_versions
from trucewatch.case.merging_files import take_case_files
from trucewatch.case.proving import verify_case
from trucewatch.case.standoffs import clashing, standoffs
from trucewatch.errors import BadCall, Conflict, LedgerError
from trucewatch.identifiers import derived_id
from trucewatch.ledger import Draft, Entry, Origin
from trucewatch.ledger.proofs import latest_note
from trucewatch.ledger.store import SQLStore

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["Merged", "merge"]

_PAIRS = 500
"""Conflicts in one entry: an entry has a largest length."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did, or would have done again."""

    common: int
    """Entries with which both ledgers begin."""
    taken: tuple[Entry, ...] = ()
    """Entries of the other that were recorded here, as they stood there."""
    duplicates: tuple[str, ...] = ()
    """Ids of those among them that were known here too: the same content, or the same decision."""
    conflicts: tuple[tuple[Entry, Entry], ...] = ()
    """Decisions here and there that say otherwise about the same."""
    issues: tuple[tuple[Entry, Entry], ...] = ()
    """Reports of one day that both have published."""
    files: tuple[str, ...] = ()
    """Case files that only the other had changed: they were taken over."""
    differing: tuple[str, ...] = ()
    """Case files that both have changed: each office keeps its own until people make them alike."""
    erased: tuple[str, ...] = ()
    """Digests of bytes here that the other had erased, and that are gone here now."""


@dataclass(slots=True)
class _Log:
    """A ledger read whole."""

    store: SQLStore
    entries: tuple[Entry, ...] = ()
    leaves: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    """Hash of each entry where it was recorded first."""
    erased: frozenset[str] = field(default_factory=frozenset)
    """Digests."""

    def __post_init__(self) -> None:
        self.entries = self.store.entries()
        self.leaves = tuple(row.leaf.hex() for row in self.store.rows())[: len(self.entries)]
        self.first = tuple(
            one.origin.leaf if one.origin else leaf for one, leaf in zip(self.entries, self.leaves, strict=True)
        )
        self.erased = frozenset(digest for one in self.entries if one.kind == "erasure" for digest in one.body["digests"])


def merge(case: Case, other: Case) -> Merged:
    """Record here what the other ledger holds and this one does not; the other is not changed.

    BadCall for a ledger of another case, or one without a common beginning; LedgerError if one of them does
    not verify; Conflict if somebody recorded something here meanwhile. Then nothing is recorded.
    """
    record_versions(case.folder, case.ledger, who=case.who, clock=now())
    mine, theirs = _Log(case.ledger), _Log(other.ledger)
    common = _common(case, other, mine, theirs)
    plan = _plan(mine, theirs, common)
    drafts = tuple(_drafts(case, other, mine, theirs, plan))
    if drafts:
        _record(case, other, drafts, len(mine.entries))
    erased = tuple(one for one in sorted(_Log(case.ledger).erased) if case.ledger.evidence.remove(one))
    if erased and case.folder.cache.is_dir():
        shutil.rmtree(case.folder.cache)
    files, differing = take_case_files(case, other, mine.entries, theirs.entries)
    return Merged(common, plan.taken, plan.duplicates, plan.conflicts, plan.issues, files, differing, erased)


def _common(case: Case, other: Case, mine: _Log, theirs: _Log) -> int:
    """Return with how many entries both begin; nothing is merged unless it is the same case, and both verify."""
    common = next(
        (number for number, (one, two) in enumerate(zip(mine.leaves, theirs.leaves, strict=False)) if one != two),
        min(len(mine.leaves), len(theirs.leaves)),
    )
    if common == 0 or case.folder.key() != other.folder.key():
        message = (
            f"{other.root} and {case.root} have no common beginning: merge cases of which one was made from the other, "
            "by `trucewatch case pack` and `unpack` or as a copy of the folder. Nothing was recorded"
        )
        raise BadCall(message)
    for one in (case, other):
        told = verify_case(one)
        if not told.ok:
            message = f"nothing was recorded: {one.root} does not verify: {told.why}"
            raise LedgerError(message)
    return common


def _plan(mine: _Log, theirs: _Log, common: int) -> Merged:
    known = set(mine.first)
    fresh = [one for one, first in zip(theirs.entries, theirs.first, strict=True) if first not in known]
    if not any(one.kind not in ("merge", "lease") for one in fresh):
        return Merged(common)  # that the other has merged, too, is no news
    here = {one.entry_id for one in mine.entries if one.kind in ("evidence", "decision")}
    return Merged(
        common, tuple(fresh), tuple(one.entry_id for one in fresh if one.entry_id in here),
        tuple(_conflicts(mine, theirs, common, known)), tuple(_issues(mine, fresh, common, set(theirs.first))),
    )


def _conflicts(mine: _Log, theirs: _Log, common: int, known: set[str]) -> Iterator[tuple[Entry, Entry]]:
    """Yield what clashes among the last words of both; of what one had merged from the other its own merge tells."""
    strange = set(theirs.first)
    own = [
        one for one in _last_words(mine.entries) if one.sequence > common and mine.first[one.sequence - 1] not in strange
    ]
    last = {one.sequence for one in _last_words(theirs.entries)}
    yield from clashing(own, [
        one for one in theirs.entries if one.sequence in last and theirs.first[one.sequence - 1] not in known
    ])


def _last_words(entries: Sequence[Entry]) -> list[Entry]:
    """Return the decisions that nobody took back, and no later one says otherwise about, unless that is in dispute."""
    gone: set[str | None] = set()
    found: list[Entry] = []
    for one in reversed(entries):
        if one.kind == "decision" and one.entry_id not in gone:
            gone.add(one.supersedes)
            found.append(one)
    disputed = {one.ids for one in standoffs(entries)}
    overruled = {
        min(one.sequence, two.sequence)
        for one, two in clashing(found, found)
        if (min(one.entry_id, two.entry_id), max(one.entry_id, two.entry_id)) not in disputed
    }
    return [one for one in reversed(found) if one.sequence not in overruled]


def _issues(mine: _Log, fresh: Sequence[Entry], common: int, strange: set[str]) -> Iterator[tuple[Entry, Entry]]:
    own = {
        (one.body.get("day"), one.body.get("audience")): one for one in mine.entries[common:]
        if one.kind == "publication" and mine.first[one.sequence - 1] not in strange
    }
    for one in fresh:
        about = (one.body.get("day"), one.body.get("audience"))
        if one.kind == "publication" and about in own:
            yield own[about], one


def _drafts(case: Case, other: Case, mine: _Log, theirs: _Log, plan: Merged) -> Iterator[Draft]:
    """Yield what is recorded: the other's entries, what their erasures destroy here, and the merge itself."""
    if not plan.taken:
        return
    here = {one.entry_id for one in mine.entries if one.kind in ("evidence", "decision")}
    for one in plan.taken:
        yield _again(one, theirs.leaves[one.sequence - 1], copied=one.entry_id in here)
    yield from _erasures(case.who, mine, theirs, plan)
    body = {
        "common": plan.common, "other": len(theirs.entries), "checkpoint": latest_note(other.ledger),
        "taken": len(plan.taken), "duplicates": len(plan.duplicates),
        "issues": [[one.entry_id, two.entry_id] for one, two in plan.issues][:_PAIRS],
    }
    pairs = [[one.entry_id, two.entry_id] for one, two in plan.conflicts]
    for first in range(0, max(len(pairs), 1), _PAIRS):
        part = body | {"conflicts": pairs[first : first + _PAIRS]}
        yield Draft("merge", derived_id("d", "merge", case.who, part, mine.first[-1]), case.who, part)


def _again(entry: Entry, leaf: str, *, copied: bool) -> Draft:
    """Return an entry of the other as it is recorded here; content that is here already is not kept twice."""
    first = entry.origin or Origin(entry.sequence, entry.recorded_at, leaf, entry.program, entry.digest)
    digest = None if copied else entry.digest
    return Draft(entry.kind, entry.entry_id, entry.who, entry.body, entry.supersedes, digest=digest, origin=first)


def _erasures(who: str, mine: _Log, theirs: _Log, plan: Merged) -> Iterator[Draft]:
    """Yield an erasure of what is kept here of evidence that one office erased and the other holds under another salt."""
    named = {one for entry in (*mine.entries, *plan.taken) if entry.kind == "erasure" for one in entry.body["entries"]}
    digests = sorted(
        one.digest for one in mine.entries
        if one.digest and one.entry_id in named and one.digest not in mine.erased | theirs.erased
    )
    if digests:
        body = {
            "entries": sorted(one.entry_id for one in mine.entries if one.digest in digests), "digests": digests,
            "because": "the other office had erased the same, and it was taken over by a merge",
        }
        yield Draft("erasure", derived_id("d", "erase", "merge", digests), who, body)


def _record(case: Case, other: Case, drafts: tuple[Draft, ...], size: int) -> None:
    """Carry the bytes over and record all, or nothing."""

    def unchanged(entries: Sequence[Entry]) -> None:
        if len(entries) != size:
            message = f"nothing was merged: somebody recorded entry {len(entries)} meanwhile. Merge again"
            raise Conflict(message)

    carried: list[str] = []
    try:
        for digest in dict.fromkeys(one.digest for one in drafts if one.digest):
            salted = None if (case.folder.evidence / digest).exists() else other.ledger.evidence.salted(digest)
            if salted is not None:
                carried.append(digest)
                case.ledger.evidence.keep_salted(digest, salted)
        case.ledger.append(drafts, clock=now(), check=unchanged)
    except BaseException:
        named = {one.digest for one in case.ledger.entries()}
        for digest in carried:
            if digest not in named:
                case.ledger.evidence.remove(digest)
        raise
