"""Proofs that leave the house: files that a stranger checks with a public key and nothing else.

The Merkle part is a `.tlog-proof` (C2SP tlog-proof v1); the entry's own bytes stand beside it.
`scripts/verify_proof.py` is the independent checker.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from trucewatch.errors import BadCall, LedgerError
from trucewatch.ledger.entry import TreeStore
from trucewatch.ledger.merkle import consistency_path, inclusion_path
from trucewatch.ledger.notes import checkpoint_of

__all__ = ["bundle_text", "consistency_proof", "entry_proof", "latest_note", "proof_text"]


def latest_note(store: TreeStore) -> str | None:
    """Return the signed checkpoint of everything recorded; None for an empty or an unsigned ledger."""
    notes = store.notes(least=max(store.size(), 1))
    return notes[-1][1] if notes else None


def proof_text(index: int, path: Sequence[bytes], note: str) -> str:
    """Return a proof of inclusion as tlog-proof writes it; `index` counts from 0."""
    lines = ["c2sp.org/tlog-proof@v1", f"index {index}", *(base64.b64encode(one).decode() for one in path)]
    return "\n".join(lines) + f"\n\n{note}"


def entry_proof(
    store: TreeStore, sequence: int, *, proves: str, note: str | None = None, disclosed: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the bundle that proves one entry under the latest checkpoint, or under `note`.

    `disclosed` is what the checker may see beyond the entry, with what ties it to the entry.
    LedgerError if nothing is signed yet, BadCall for a `note` that is older than the entry.
    """
    note = note or latest_note(store)
    head = checkpoint_of(note) if note else None
    if note is None or head is None:
        message = "there is no signed checkpoint to prove anything against"
        raise LedgerError(message)
    if not sequence <= head.size <= store.size():
        message = f"the checkpoint covers {head.size} entries, entry {sequence} is not among them. Give a later checkpoint"
        raise BadCall(message)
    row = next(iter(store.rows(after=sequence - 1)))
    path = inclusion_path(sequence - 1, head.size, store.hashes)
    return {
        "schema": "trucewatch/proof/1", "proves": proves, "entry": row.body.decode(),
        "proof": proof_text(sequence - 1, path, note), "disclosed": disclosed,
    }


def consistency_proof(store: TreeStore, old: str, new: str | None = None) -> dict[str, Any]:
    """Return the bundle that proves that checkpoint `old` is the beginning of the latest one, or of `new`.

    BadCall if one is no checkpoint of this ledger's size or less.
    """
    new = new or latest_note(store) or ""
    first, last = checkpoint_of(old), checkpoint_of(new)
    if first is None or last is None or not 0 < first.size <= last.size <= store.size():
        message = "these are no two checkpoints of this ledger, the older one first"
        raise BadCall(message)
    path = consistency_path(first.size, last.size, store.hashes)
    return {
        "schema": "trucewatch/consistency/1", "old": old, "new": new,
        "path": [base64.b64encode(one).decode() for one in path],
    }


def bundle_text(bundle: Mapping[str, Any]) -> str:
    """Return a bundle as the text of its file, one line."""
    return json.dumps(bundle, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
