"""Bytes that people gave, one file per digest, beside the ledger.

A file is sixteen random bytes, the salt, and then the bytes as given; its name is the SHA-256 of
both. The salt stands nowhere else: when the file is destroyed, nobody can confirm a guess of what
it held by the digest that stays in the ledger.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from trucewatch.errors import LedgerError

__all__ = ["EvidenceFolder"]

_SALT = 16


@dataclass(frozen=True, slots=True)
class EvidenceFolder:
    """The folder of evidence bytes."""

    path: Path

    def keep(self, raw: bytes) -> str:
        """Write bytes durably under a new salt; return their digest."""
        salted = secrets.token_bytes(_SALT) + raw
        digest = hashlib.sha256(salted).hexdigest()
        self.keep_salted(digest, salted)
        return digest

    def keep_salted(self, digest: str, salted: bytes) -> None:
        """Write salt and bytes under their digest, durably."""
        self.path.mkdir(parents=True, exist_ok=True)
        partial = self.path / f".{digest}.partial"
        try:
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(salted)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self.path / digest)
        except OSError:
            partial.unlink(missing_ok=True)
            raise
        self._settle()

    def salted(self, digest: str) -> bytes | None:
        """Return salt and bytes, checked; None when the file is gone, LedgerError when it was changed."""
        file = self.path / digest
        if not file.exists():
            return None
        kept = file.read_bytes()
        if hashlib.sha256(kept).hexdigest() != digest:
            message = f"{file}: the bytes do not match the digest in the ledger"
            raise LedgerError(message)
        return kept

    def payload(self, digest: str) -> bytes | None:
        """Return the bytes as given, checked; None when the file is gone, LedgerError when it was changed."""
        kept = self.salted(digest)
        return None if kept is None else kept[_SALT:]

    def remove(self, digest: str) -> bool:
        """Destroy bytes and salt: overwritten, then removed; False if they were gone already.

        What the disk, a snapshot or a backup keeps of them is out of reach.
        """
        file = self.path / digest
        if not file.exists():
            return False
        with file.open("r+b") as out:
            out.write(secrets.token_bytes(file.stat().st_size))
            out.flush()
            os.fsync(out.fileno())
        file.unlink()
        self._settle()
        return True

    def _settle(self) -> None:
        folder = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
