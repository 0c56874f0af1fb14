"""A second key under a checkpoint: somebody else saw this ledger, whole and grown from what he saw before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from trucewatch.case.proving import verify_case
from trucewatch.errors import BadCall, LedgerError
from trucewatch.ledger.keys import load_private, write_private
from trucewatch.ledger.notes import PublicKey, cosigned, key_for, times_seen
from trucewatch.ledger.proofs import latest_note

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["unwitnessed", "witness"]


def witness(case: Case, key: Path, name: str, *, seen: Sequence[str], clock: datetime) -> tuple[str, PublicKey]:
    """Return the latest checkpoint with the witness's signature and time, and the witness's public key.

    The private key in the file `key` is made if there is none. `seen` are checkpoints that the witness kept. LedgerError
    if the ledger does not verify or is not what has grown from those; BadCall for a key in the case folder.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not name or any(one.isspace() or one == "+" for one in name):
        message = f"“{name}” is no name for a key: expected a word without spaces and “+”, such as ombudsman.example"
        raise BadCall(message)
    if key.resolve().is_relative_to(case.root.resolve()):
        message = f"{key} lies in the case folder: whoever holds the case would sign as its witness. Name a file outside it"
        raise BadCall(message)
    result = verify_case(case, outside=seen)
    note = latest_note(case.ledger) if result.ok else None
    if note is None:
        message = f"nothing was signed: {result.why or 'there is no signed checkpoint yet'}"
        raise LedgerError(message)
    if not key.exists():
        write_private(key, Ed25519PrivateKey.generate())
    private = load_private(key)
    return cosigned(note, private, name, seconds=int(clock.timestamp())), key_for(private, name, witness=True)


def unwitnessed(notes: Sequence[str], witnesses: Sequence[PublicKey]) -> str | None:
    """Return the name of a witness who has signed none of the checkpoints; None if all have."""
    return next((one.name for one in witnesses if not any(times_seen(note, one) for note in notes)), None)
