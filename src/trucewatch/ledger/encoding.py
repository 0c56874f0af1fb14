"""An entry as bytes and back: canonical JSON (RFC 8785) of at most 64 KiB, the leaf of the Merkle tree."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import rfc8785

from trucewatch.errors import LedgerError
from trucewatch.ledger.entry import ENTRY_KINDS, Draft, Entry, Origin
from trucewatch.ledger.merkle import leaf_hash
from trucewatch.periods import iso

__all__ = ["as_recorded_first", "decode", "encode", "numbered"]

_MAX_BODY = 64 * 1024
_FIELDS = ("sequence", "kind", "entry_id", "who", "body", "supersedes", "digest", "program")
_MAX_EXACT = 2**53 - 1
"""Largest integer that RFC 8785 lets through: beyond it a double cannot tell neighbours apart."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def numbered(
    drafts: Iterable[tuple[Draft, str | None]], *, after: int, stamp: datetime, program: str
) -> tuple[Entry, ...]:
    """Return drafts, each with the digest of its payload, as the entries that follow entry `after`.

    LedgerError for a kind that does not exist.
    """
    entries = []
    for number, (draft, digest) in enumerate(drafts, start=after + 1):
        if draft.kind not in ENTRY_KINDS:
            message = f"“{draft.kind}” is no kind of entry; known: {', '.join(ENTRY_KINDS)}"
            raise LedgerError(message)
        entries.append(Entry(
            number, draft.kind, draft.entry_id, stamp, draft.who, dict(draft.body), draft.supersedes, digest, program,
            draft.origin,
        ))
    return tuple(entries)


def encode(entry: Entry) -> bytes:
    """Return the canonical bytes; LedgerError for what JSON cannot hold or what is too long."""
    plain: dict[str, Any] = {name: getattr(entry, name) for name in _FIELDS}
    plain["recorded_at"] = iso(entry.recorded_at)
    if entry.origin is not None:
        plain["origin"] = asdict(entry.origin) | {"recorded_at": iso(entry.origin.recorded_at)}
    try:
        encoded = _canonical(plain)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        message = f"entry {entry.entry_id} cannot be written as JSON: {error}"
        raise LedgerError(message) from error
    if len(encoded) > _MAX_BODY:
        message = f"entry {entry.entry_id} has {len(encoded)} bytes; at most {_MAX_BODY}: give long text as payload"
        raise LedgerError(message)
    return encoded


def _canonical(plain: dict[str, Any]) -> bytes:
    """Return RFC 8785; the standard library writes the same bytes five times as fast where `_is_simple` says so."""
    if _is_simple(plain):
        try:
            return _ENCODER.encode(plain).encode()
        except UnicodeEncodeError:
            pass  # half a surrogate pair, which the other way refuses with its reason
    return rfc8785.dumps(plain)


def _is_simple(value: object) -> bool:
    """Does plain sorting and writing give RFC 8785? Floats and other than ASCII keys have rules of their own there."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if isinstance(value, int):
        return kind is int and abs(value) <= _MAX_EXACT
    if isinstance(value, dict):
        return kind is dict and all(type(key) is str and key.isascii() and _is_simple(one) for key, one in value.items())
    return isinstance(value, list | tuple) and all(map(_is_simple, value))


def as_recorded_first(entry: Entry) -> Entry:
    """Return an entry as it stood in the ledger from which it was merged; LedgerError if its hash says otherwise."""
    first = entry.origin
    if first is None:
        return entry
    whole = replace(
        entry, sequence=first.sequence, recorded_at=first.recorded_at, digest=first.digest, program=first.program, origin=None
    )
    if leaf_hash(encode(whole)).hex() != first.leaf:
        message = f"entry {entry.sequence} does not say what its origin recorded as entry {first.sequence}"
        raise LedgerError(message)
    return whole


_instant = lru_cache(maxsize=64)(datetime.fromisoformat)
"""Entries of one transaction have one stamp."""


def decode(sequence: int, body: bytes) -> Entry:
    """Read an entry; LedgerError if it is none, or says that it has another number."""
    try:
        plain = json.loads(body.decode())
        stamp = _instant(plain.pop("recorded_at"))
        entry = Entry(recorded_at=stamp, **plain)
        if entry.origin is not None:
            entry = replace(entry, origin=_origin(plain["origin"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"entry {sequence} cannot be read; the ledger was tampered with: {error}"
        raise LedgerError(message) from error
    if entry.sequence != sequence:
        message = f"entry {sequence} says that it is entry {entry.sequence}; the ledger was tampered with"
        raise LedgerError(message)
    return entry


def _origin(plain: dict[str, Any]) -> Origin:
    return Origin(**plain | {"recorded_at": _instant(plain["recorded_at"])})
