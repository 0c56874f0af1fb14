"""Checkpoints as signed notes: what a tree was at one size, in three lines and a signature.

Formats: C2SP signed-note v1, tlog-checkpoint v1 and tlog-cosignature v1 (c2sp.org), with Ed25519.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from trucewatch.errors import BadCall
from trucewatch.ledger.entry import Entry, TreeStore

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = ["Checkpoint", "PublicKey", "checkpoint_of", "cosigned", "entry_signers", "is_whole", "key_for", "signed", "signers", "times_seen"]

_LOG, _WITNESS = 1, 4
"""Types of signature: the log's own, and a witness's with its time."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head."""

    origin: str
    """Name of the log, the same for its whole life."""
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Who may sign: `str()` is the verifier key `NAME+ID+KEY` of signed-note."""

    name: str
    raw: bytes
    """Ed25519 public key, 32 bytes."""
    kind: int = _LOG

    @property
    def key_id(self) -> bytes:
        """Four bytes that a signature line begins with."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.raw).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(bytes([self.kind]) + self.raw).decode()}"

    @classmethod
    def of(cls, written: str) -> PublicKey:
        """Read a verifier key; BadCall if it is none."""
        form = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", written.strip())
        raw = (_decoded(form[3]) if form else None) or b""
        if form is None or len(raw) != 33 or raw[0] not in (_LOG, _WITNESS):
            raise _no_key(written)
        found = cls(form[1], raw[1:], raw[0])
        if found.key_id.hex() != form[2]:
            raise _no_key(written)
        return found

    def has_signed(self, note: str) -> bool:
        """Is there a signature of this key under the note, and does it hold?"""
        return any(self._holds(note, blob) for name, blob in _lines(note) if name == self.name)

    def _holds(self, note: str, blob: bytes) -> bool:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        if blob[:4] != self.key_id:
            return False
        text = _text(note)
        signature, message = blob[4:], text.encode()
        if self.kind == _WITNESS:
            signature, message = blob[12:], _witnessed(int.from_bytes(blob[4:12]), text)
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def _no_key(written: str) -> BadCall:
    return BadCall(f"“{written.strip()[:80]}” is no public key; expected one line NAME+ID+KEY, as in ledger.pub")


def key_for(private: Ed25519PrivateKey, name: str, *, witness: bool = False) -> PublicKey:
    """Return the public half of a private key under a name."""
    return PublicKey(name, private.public_key().public_bytes_raw(), _WITNESS if witness else _LOG)


def signed(checkpoint: Checkpoint, private: Ed25519PrivateKey) -> str:
    """Return the checkpoint as a note signed under the log's own name."""
    key = key_for(private, checkpoint.origin)
    blob = key.key_id + private.sign(checkpoint.text.encode())
    return f"{checkpoint.text}\n{_line(key.name, blob)}"


def cosigned(note: str, private: Ed25519PrivateKey, name: str, *, seconds: int) -> str:
    """Return the note with a witness's line: it saw this tree head `seconds` after the epoch."""
    key = key_for(private, name, witness=True)
    stamp = seconds.to_bytes(8)
    return note + _line(name, key.key_id + stamp + private.sign(_witnessed(seconds, _text(note))))


def checkpoint_of(note: str) -> Checkpoint | None:
    """Read the tree head of a note, its signatures unchecked; None if it is none."""
    lines = _text(note).split("\n")
    if len(lines) < 4 or not lines[0] or not re.fullmatch(r"0|[1-9]\d{0,17}", lines[1]):
        return None
    root = _decoded(lines[2])
    if root is None or len(root) != 32 or len(lines) != 4:
        return None
    return Checkpoint(lines[0], int(lines[1]), root)


def is_whole(note: str) -> bool:
    """Is the note a tree head and signature lines, and nothing else?"""
    lines = note.partition("\n\n")[2].split("\n")
    return checkpoint_of(note) is not None and lines[-1] == "" and len(list(_lines(note))) == len(lines) - 1


def signers(note: str, keys: Iterable[PublicKey]) -> tuple[PublicKey, ...]:
    """Return which of the keys have signed."""
    return tuple(key for key in keys if key.has_signed(note))


def entry_signers(store: TreeStore, entries: Iterable[Entry], keys: Sequence[PublicKey]) -> dict[int, str]:
    """Return the number of each entry → the id of the key that signed the first checkpoint over it.

    Every transaction ends with a checkpoint signed by whoever recorded it. Left out are entries
    whose checkpoint none of the keys has signed, or several have: then nobody can say who it was.
    """
    found: dict[int, str] = {}
    notes = iter(store.notes())
    size, hand = 0, None
    for entry in entries:
        while size < entry.sequence and (head := next(notes, None)):
            size, note = head
            signed_by = {key.key_id.hex() for key in keys if key.kind == _LOG and key.has_signed(note)}
            hand = signed_by.pop() if len(signed_by) == 1 else None
        if hand is not None and size >= entry.sequence:
            found[entry.sequence] = hand
    return found


def times_seen(note: str, key: PublicKey) -> tuple[int, ...]:
    """Return when a witness says that it saw the note, in seconds after the epoch."""
    return tuple(
        int.from_bytes(blob[4:12])
        for name, blob in _lines(note)
        if name == key.name and key.kind == _WITNESS and key._holds(note, blob)
    )


def _witnessed(seconds: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _text(note: str) -> str:
    return note.partition("\n\n")[0] + "\n"


def _line(name: str, blob: bytes) -> str:
    return f"— {name} {base64.b64encode(blob).decode()}\n"


def _lines(note: str) -> Iterable[tuple[str, bytes]]:
    for line in note.partition("\n\n")[2].split("\n"):
        form = re.fullmatch(r"— (\S+) ([A-Za-z0-9+/=]+)", line)
        if form:
            blob = _decoded(form[2])
            if blob is not None:
                yield form[1], blob


def _decoded(written: str) -> bytes | None:
    """Return base64 that is written in its one right way: a flipped bit of the padding is no other spelling."""
    try:
        blob = base64.b64decode(written, validate=True)
    except ValueError:
        return None
    return blob if base64.b64encode(blob).decode() == written else None
