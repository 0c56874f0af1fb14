"""Does a ledger agree with itself, with its signatures, and with what others hold of it?

The walk reads every entry once, in order, and stops at the first that does not agree: with its
number, its hash, its order in time, the tree, a signed checkpoint, or its bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from trucewatch.errors import LedgerError
from trucewatch.ledger.encoding import as_recorded_first, decode
from trucewatch.ledger.entry import Entry, Row, TreeStore
from trucewatch.ledger.merkle import KEPT_LEVELS, Peaks, leaf_hash
from trucewatch.ledger.notes import PublicKey, checkpoint_of, is_whole, signers

__all__ = ["Verification", "verified"]


_BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Verification:
    """What a ledger was found to be."""

    size: int
    """Entries up to the first bad one, or all."""
    root: bytes
    """Root of the tree over those."""
    first_bad: int | None
    """Number of the first entry that does not agree; None: all do."""
    why: str | None
    erased: int
    """Payloads that are gone and whose erasure is recorded."""

    @property
    def ok(self) -> bool:
        """Does everything agree?"""
        return self.first_bad is None


class _Bad(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, entry: int, why: str) -> None:
        super().__init__(why)
        self.entry = entry


@dataclass(slots=True)
class _Walk:
    """The state between two entries."""

    keys: Sequence[PublicKey]
    nodes: Mapping[tuple[int, int], bytes]
    heads: Mapping[int, Sequence[str]]
    """Size → the checkpoints of it."""
    peaks: Peaks = field(default_factory=Peaks)
    signed: int = 0
    """Size of the last checkpoint that agreed."""
    stamp: datetime = _BEGINNING
    erased: dict[str, int] = field(default_factory=dict)
    """Digest → number of the entry that records its erasure."""

    def take(self, row: Row) -> Entry:
        """Check one row against all that was before it."""
        number = self.peaks.size + 1
        if row.sequence != number:
            raise _Bad(number, f"entry {number} is missing; entry {row.sequence} is in its place")
        if leaf_hash(row.body) != row.leaf:
            raise _Bad(number, f"entry {number} is not what was recorded: its hash differs")
        entry = self._decoded(row)
        for level, place, hashed in self.peaks.push(row.leaf):
            if self.nodes.get((level, place)) != hashed:
                raise _Bad((place << level) + 1, f"entries up to {number} are not those that were recorded: their tree differs")
        for note in self.heads.get(number, ()):
            self._agree(number, note)
        return entry

    def _decoded(self, row: Row) -> Entry:
        try:
            entry = decode(row.sequence, row.body)
            as_recorded_first(entry)
        except LedgerError as error:
            raise _Bad(row.sequence, str(error)) from error
        if entry.recorded_at < self.stamp:
            raise _Bad(row.sequence, f"entry {row.sequence} is stamped before the entry before it")
        self.stamp = entry.recorded_at
        if entry.kind == "erasure":
            self._erase(entry)
        return entry

    def _erase(self, entry: Entry) -> None:
        try:
            self.erased.update(dict.fromkeys(entry.body["digests"], entry.sequence))
        except (KeyError, TypeError) as error:
            raise _Bad(entry.sequence, f"entry {entry.sequence} is an erasure that does not say of what") from error

    def _agree(self, size: int, note: str) -> None:
        head = checkpoint_of(note)
        if head is None or head.size != size or not is_whole(note):
            raise _Bad(size, f"the checkpoint after entry {size} is not what was signed")
        if head.root != self.peaks.root():
            raise _Bad(self.signed + 1, f"the signed checkpoint of {size} entries is that of others: from entry {self.signed + 1} on they differ")
        if not signers(note, self.keys) or head.origin != self.keys[0].name:
            raise _Bad(size, f"the checkpoint after entry {size} is not signed by a key of this case")
        self.signed = size

    def end(self, recorded: int) -> None:
        """Check that nothing is missing behind the last entry, or hangs on it unsigned.

        `recorded` is the number of entries now: of a ledger in use nodes may be read before their entries.
        """
        size = self.peaks.size
        if any(head > size for head in self.heads) or any(
            place + 1 << level > max(size, recorded) for level, place in self.nodes
        ):
            raise _Bad(size + 1, f"entry {size + 1} is missing: what was recorded went on")
        if self.keys and self.signed < size:
            raise _Bad(self.signed + 1, f"entry {self.signed + 1} is under no signed checkpoint")


def verified(
    store: TreeStore,
    payload: Callable[[str], bytes | None],
    keys: Sequence[PublicKey],
    *,
    outside: Sequence[str] = (),
) -> Verification:
    """Check a whole ledger; without `keys` it may have no signatures.

    `payload` is the store's own; `outside` are checkpoints that others kept: signed notes, which
    must be heads of this very log.
    """
    try:
        recorded = store.size()
        walk = _Walk(keys, dict(_nodes(store)), _heads(store, outside))
    except LedgerError as error:
        return Verification(0, Peaks().root(), 1, str(error), 0)
    gone: list[tuple[int, str]] = []
    bad: _Bad | None = None
    last = max((recorded, *walk.heads))  # what others record meanwhile is theirs to verify
    try:
        for row in store.rows():
            if row.sequence > last:
                break
            entry = walk.take(row)
            if entry.digest is not None and not _present(entry.sequence, entry.digest, payload):
                gone.append((entry.sequence, entry.digest))
        walk.end(store.size())
        _destroyed(walk.erased, payload)
    except _Bad as found:
        bad = found
    except LedgerError as error:
        bad = _Bad(walk.peaks.size + 1, str(error))
    lost = [number for number, digest in gone if digest not in walk.erased]
    if lost and (bad is None or lost[0] < bad.entry):
        bad = _Bad(lost[0], f"the bytes of entry {lost[0]} are gone, and nothing records that they were erased")
    return Verification(
        walk.peaks.size, walk.peaks.root(), None if bad is None else bad.entry,
        None if bad is None else str(bad), len(gone) - len(lost),
    )


def _destroyed(erased: Mapping[str, int], payload: Callable[[str], bytes | None]) -> None:
    """Check that what was erased is gone: a copy may have been put back, or the erasing was interrupted."""
    for digest, number in erased.items():
        if _present(number, digest, payload):
            raise _Bad(number, f"entry {number} records that bytes were erased, and they are there. Erase them once more")


def _present(number: int, digest: str, payload: Callable[[str], bytes | None]) -> bool:
    try:
        return payload(digest) is not None
    except LedgerError as error:
        raise _Bad(number, str(error)) from error


def _nodes(store: TreeStore) -> Iterator[tuple[tuple[int, int], bytes]]:
    for level in KEPT_LEVELS:
        last = (store.size() >> level) + 1
        for place, hashed in enumerate(store.hashes(level, 0, last)):
            yield (level, place), hashed


def _heads(store: TreeStore, outside: Sequence[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for size, note in store.notes():
        found.setdefault(size, []).append(note)
    for note in outside:
        head = checkpoint_of(note)
        if head is None:
            message = "the checkpoint given from outside is no signed note"
            raise LedgerError(message)
        found.setdefault(head.size, []).append(note)
    return found
