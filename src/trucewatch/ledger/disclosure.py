"""Salted digests of what is published, so that one thing can be shown to a stranger without the others.

Of each field of each finding the digest SHA-256(JSON [salt, name, value]) is taken; the digests of one
finding, as JSON, are a leaf of a Merkle tree (RFC 6962) whose root stands in the ledger. Salts come
from one secret seed by HMAC: whoever has a leaf cannot guess a field that was not disclosed.
`scripts/verify_proof.py` takes the same way back.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

from trucewatch.errors import UnknownName
from trucewatch.identifiers import canonical
from trucewatch.ledger.merkle import KEPT_LEVELS, Peaks, ReadHashes, inclusion_path, leaf_hash

__all__ = ["disclosed", "findings_root"]

Findings = Mapping[str, Mapping[str, Any]]
"""Finding id → field name → JSON value."""


def findings_root(findings: Findings, seed: bytes) -> str:
    """Return the root over all findings, in order of their ids, in base 64."""
    peaks = Peaks()
    for leaf in _leaves(findings, seed):
        list(peaks.push(leaf))
    return _written(peaks.root())


def disclosed(findings: Findings, seed: bytes, wanted: str, shown: Collection[str]) -> dict[str, Any]:
    """Return what shows the fields `shown` of one finding and ties them to the root of all.

    UnknownName for a finding or a field that was not published; the finding's own id is always shown.
    """
    if wanted not in findings:
        raise UnknownName(wanted, place="published finding", known=findings)
    fields = findings[wanted]
    for name in shown:
        if name not in fields:
            raise UnknownName(name, place="--field", known=fields)
    names = {"finding", *shown}
    index = list(findings).index(wanted)
    path = inclusion_path(index, len(findings), _reader(_leaves(findings, seed)))
    return {
        "fields": {name: [_salt(seed, wanted, name), fields[name]] for name in fields if name in names},
        "hidden": {name: _digest(seed, wanted, name, fields[name]) for name in fields if name not in names},
        "index": index,
        "path": [_written(one) for one in path],
    }


def _leaves(findings: Findings, seed: bytes) -> list[bytes]:
    return [
        leaf_hash(canonical({name: _digest(seed, finding, name, value) for name, value in fields.items()}))
        for finding, fields in findings.items()
    ]


def _digest(seed: bytes, finding: str, name: str, value: object) -> str:
    return _written(sha256(canonical([_salt(seed, finding, name), name, value])).digest())


def _salt(seed: bytes, finding: str, name: str) -> str:
    """Return 96 bits that nobody knows who was not shown them."""
    return _written(hmac.new(seed, canonical([finding, name]), sha256).digest()[:12])


def _written(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _reader(leaves: Sequence[bytes]) -> ReadHashes:
    """Return how a tree in memory is read, like that of a store."""
    kept: dict[int, list[bytes]] = {0: list(leaves), **{level: [] for level in KEPT_LEVELS}}
    peaks = Peaks()
    for leaf in leaves:
        for level, _, hashed in peaks.push(leaf):
            kept[level].append(hashed)
    return lambda level, first, end: kept[level][first:end]
