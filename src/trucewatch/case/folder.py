"""The files of a case folder: where they are, how large they may be, and their recorded versions."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from trucewatch.errors import BadCaseFile, CaseNotFound, LedgerError, Problem, Severity
from trucewatch.identifiers import keyed_id
from trucewatch.ledger import Draft, Entry, LedgerStore

__all__ = ["CASE_FILES", "Folder", "find_case", "own_versions", "place_rows", "record_versions", "recorded_files", "text_at"]

CASE_FILES = ("case.toml", "agreement.yaml", "actors.yaml", "places.csv")
"""The four files that people write; each version used is kept in the ledger."""

MAX_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Folder:
    """Paths of one case."""

    root: Path

    @property
    def ledger(self) -> Path:
        """The ledger file."""
        return self.root / "ledger.sqlite"

    @property
    def public_keys(self) -> Path:
        """The public keys of those who sign the ledger; the private ones are never in the case."""
        return self.root / "ledger.pub"

    @property
    def evidence(self) -> Path:
        """Where evidence bytes lie, one file per digest."""
        return self.root / "evidence"

    @property
    def cache(self) -> Path:
        """What may be deleted at any time."""
        return self.root / "cache"

    @property
    def out(self) -> Path:
        """What was published."""
        return self.root / "out"

    def read(self, name: str) -> str:
        """Return a case file as text; BadCaseFile if it is missing, too large or not UTF-8."""
        file = self.root / name
        if not file.is_file():
            message = f"{file} is missing"
            raise BadCaseFile(message, [_problem(name, None, "a file in the case folder")])
        if file.stat().st_size > MAX_BYTES:
            message = f"{file} is too large"
            raise BadCaseFile(message, [_problem(name, str(file.stat().st_size), f"at most {MAX_BYTES} bytes")])
        try:
            return file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            message = f"{file} is not UTF-8"
            raise BadCaseFile(message, [_problem(name, str(error), "UTF-8 text")]) from error

    def key(self) -> bytes:
        """Return the case's secret key, made at the first use; readable by its owner only."""
        file = self.root / "secret.key"
        if not file.exists():
            _make_key(file)
        return file.read_bytes()


def _make_key(file: Path) -> None:
    """Write a new key whole or not at all: of two programs at once the first one's key stays."""
    partial = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(secrets.token_bytes(32))
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(partial, file)
    finally:
        partial.unlink()


def _problem(name: str, value: str | None, expected: str) -> Problem:
    return Problem(name, None, None, value, expected, severity=Severity.ERROR)


def find_case(start: Path) -> Path:
    """Return `start` or the nearest folder above it that holds case.toml; CaseNotFound if none does."""
    for folder in (start, *start.parents):
        if (folder / "case.toml").is_file():
            return folder
    message = (
        f"no case.toml in {start} or above it. Go into a case folder, name one with --case DIR, "
        "or make one: trucewatch demo, trucewatch new DIR --agreement FILE"
    )
    raise CaseNotFound(
        message
    )


def place_rows(text: str) -> list[dict[str, str]]:
    """Return the rows of places.csv as dicts of text."""
    return [
        {key: value for key, value in row.items() if key is not None and isinstance(value, str)}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def own_versions(entries: Sequence[Entry]) -> list[Entry]:
    """Return the recorded versions of case files; those of another office, known by a merge, are not in force here."""
    return [one for one in entries if one.kind == "case_file" and one.origin is None]


def record_versions(folder: Folder, ledger: LedgerStore, *, who: str, clock: datetime) -> None:
    """Record every case file whose text differs from its last recorded version.

    A version is recognised by its HMAC under the case's key: nobody else can confirm a guess of the text.
    """
    latest = {entry.body["file"]: entry.body.get("seen") for entry in own_versions(ledger.entries())}
    key, drafts = folder.key(), []
    for name in CASE_FILES:
        text = folder.read(name)
        seen = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        if latest.get(name) != seen:
            drafts.append(Draft("case_file", keyed_id(key, "e", name, seen), who, {"file": name, "seen": seen}, payload=text.encode()))
    ledger.append(tuple(drafts), clock=clock)


def recorded_files(entries: Sequence[Entry], ledger: LedgerStore) -> dict[str, bytes]:
    """Return file name → its last recorded version; LedgerError if one of the four has none."""
    latest = {str(one.body["file"]): one for one in own_versions(entries)}
    found = {}
    for name in CASE_FILES:
        entry = latest.get(name)
        kept = ledger.payload(entry.digest) if entry is not None and entry.digest else None
        if kept is None:
            message = f"no version of {name} is in the ledger. Run the case once: trucewatch run"
            raise LedgerError(message)
        found[name] = kept
    return found


def text_at(entries: Sequence[Entry], ledger: LedgerStore, name: str, known_at: datetime | None) -> str | None:
    """Return the version of a case file recorded by `known_at` (None: the latest).

    Before the first recorded version it is that one: no case can be judged without its files.
    None if no version was ever recorded, or its bytes were erased.
    """
    recorded = [entry for entry in own_versions(entries) if entry.body["file"] == name]
    versions = [entry for entry in recorded if known_at is None or entry.recorded_at <= known_at] or recorded[:1]
    if not versions or versions[-1].digest is None:
        return None
    kept = ledger.payload(versions[-1].digest)
    return None if kept is None else kept.decode()
