"""The keys that sign a ledger: public ones in the case folder, private ones outside it.

`ledger.pub` lists one verifier key a line, the first one made with the case. Each account that
writes has a key of its own; a private key is a PEM file that its owner alone can read, named
after the log and lying in a folder for keys, never in the case.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from trucewatch.errors import BadCall, LedgerError
from trucewatch.ledger.notes import Checkpoint, PublicKey, key_for, signed

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = ["CaseSigner", "keys_folder", "load_private", "public_keys", "write_private"]


def keys_folder(chosen: Path | None, environment: Mapping[str, str]) -> Path:
    """Return where private keys lie: as chosen, `TRUCEWATCH_KEYS`, else trucewatch/keys of the user's settings.

    LedgerError if there is no home folder to put them in.
    """
    named = chosen or environment.get("TRUCEWATCH_KEYS")
    if named:
        return Path(named)
    settings = environment.get("XDG_CONFIG_HOME") or environment.get("APPDATA")
    if settings:
        return Path(settings) / "trucewatch" / "keys"
    try:
        return Path.home() / ".config" / "trucewatch" / "keys"
    except RuntimeError as error:
        message = "there is no home folder for the private key. Name one: --keys DIR or TRUCEWATCH_KEYS"
        raise LedgerError(message) from error


def public_keys(file: Path) -> tuple[PublicKey, ...]:
    """Return the keys of ledger.pub, the case's own first; none if there is no such file; LedgerError for another line."""
    if not file.is_file():
        return ()
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return tuple(PublicKey.of(line) for line in lines if line.strip())
    except (BadCall, UnicodeDecodeError) as error:
        message = f"{file} cannot be used: {error}"
        raise LedgerError(message) from error


class CaseSigner:
    """Signs checkpoints of one case for one account; makes both halves of its key at the first use."""

    def __init__(self, public: Path, private: Path, *, case: str) -> None:
        self._public = public
        self._private = private
        self._case = re.sub(r"[^A-Za-z0-9._-]+", "-", case) or "case"
        self._ready: tuple[str, Ed25519PrivateKey] | None = None

    def origin(self) -> str:
        """Return the name of the log."""
        return self._open()[0]

    def sign(self, size: int, root: bytes) -> str:
        """Return the signed checkpoint of a tree."""
        origin, private = self._open()
        return signed(Checkpoint(origin, size, root), private)

    def _open(self) -> tuple[str, Ed25519PrivateKey]:
        if self._ready is None:
            known = public_keys(self._public)
            self._ready = self._joined(known) if known else self._founded()
        return self._ready

    def _founded(self) -> tuple[str, Ed25519PrivateKey]:
        """Make the first key; of two programs at once the first one's stays."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        private = Ed25519PrivateKey.generate()
        origin = f"trucewatch/{self._case}/{secrets.token_hex(6)}"
        file = self._file(origin)
        write_private(file, private)
        if not _linked(self._public, f"{key_for(private, origin)}\n".encode(), 0o644):
            file.unlink()
            return self._joined(public_keys(self._public))
        return origin, private

    def _joined(self, known: tuple[PublicKey, ...]) -> tuple[str, Ed25519PrivateKey]:
        """Return this account's key for the case, made and listed if it has none yet."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        origin = known[0].name
        file = self._file(origin)
        if not file.is_file():
            write_private(file, Ed25519PrivateKey.generate())
        private = load_private(file)
        mine = key_for(private, origin)
        if mine not in known:
            with self._public.open("a", encoding="utf-8") as out:
                out.write(f"{mine}\n")
        return origin, private

    def _file(self, origin: str) -> Path:
        return self._private / f"{origin.replace('/', '.')}.pem"


def load_private(file: Path) -> Ed25519PrivateKey:
    """Read a private key; LedgerError if it is none."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        found = load_pem_private_key(file.read_bytes(), None)
    except (ValueError, TypeError, OSError) as error:
        message = f"{file} cannot be used as a private key: {error}"
        raise LedgerError(message) from error
    if not isinstance(found, Ed25519PrivateKey):
        message = f"{file} holds no Ed25519 key"
        raise LedgerError(message)
    return found


def write_private(file: Path, private: Ed25519PrivateKey) -> None:
    """Write a private key for its owner alone; an existing file stays as it is."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _linked(file, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
    except OSError as error:
        message = f"the private key cannot be kept at {file}: {error}. Name a folder: --keys DIR or TRUCEWATCH_KEYS"
        raise LedgerError(message) from error


def _linked(file: Path, content: bytes, mode: int) -> bool:
    """Write a new file whole or not at all; False if it was there already."""
    partial = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(partial, file)
            return True
        return False
    finally:
        partial.unlink()
