"""Salted digests of what is published, so that one thing can be shown to a stranger without the others.

Of each field of each finding the digest SHA-256(JSON [salt, name, value]) is taken; the digests of one
finding, as JSON, are a leaf of a Merkle tree (RFC 6962) whose root stands in the ledger. Those of the
fields that are seldom shown are one digest there, `more`: that keeps a proof short. Salts come from one
secret seed by HMAC: whoever has a leaf cannot guess a field that was not disclosed.
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

__all__ = ["disclosed", "finding_leaves", "findings_root"]

MAIN = ("finding", "clause", "reading", "verdict", "provisional", "reasons")
"""Fields whose digests stand in the leaf itself."""

Findings = Mapping[str, Mapping[str, Any]]
"""Finding id → field name → JSON value."""


def findings_root(findings: Findings, seed: bytes) -> str:
    """Return the root over all findings, in order of their ids, in base 64."""
    peaks = Peaks()
    for leaf in finding_leaves(findings, seed):
        list(peaks.push(leaf))
    return _written(peaks.root())


def disclosed(
    findings: Findings, seed: bytes, wanted: str, shown: Collection[str], leaves: Sequence[bytes] = ()
) -> dict[str, Any]:
    """Return what shows the fields `shown` of one finding and ties them to the root of all.

    `leaves` are those of all findings where they were kept: to make them anew is most of the work.
    UnknownName for a finding or a field that was not published; the finding's own id is always shown.
    """
    if wanted not in findings:
        raise UnknownName(wanted, place="published finding", known=findings)
    fields = findings[wanted]
    for name in shown:
        if name not in fields:
            raise UnknownName(name, place="--field", known=fields)
    index = list(findings).index(wanted)
    path = inclusion_path(index, len(findings), _reader(leaves or finding_leaves(findings, seed)))
    told = {"index": index, "path": [_written(one) for one in path]}
    main, more = _parted(fields)
    if not more.keys() & set(shown):
        hidden = {"more": _joined(seed, wanted, more)} if more else {}
        opened = _opened(seed, wanted, main, {"finding", *shown})
        return {**told, "fields": opened["fields"], "hidden": {**opened["hidden"], **hidden}}
    return {**told, **_opened(seed, wanted, main, {"finding", *shown}), "more": _opened(seed, wanted, more, shown)}


def _parted(fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    main = {name: fields[name] for name in MAIN if name in fields}
    return main, {name: value for name, value in fields.items() if name not in main}


def _opened(seed: bytes, finding: str, fields: Mapping[str, Any], shown: Collection[str]) -> dict[str, Any]:
    return {
        "fields": {name: [_salt(seed, finding, name), value] for name, value in fields.items() if name in shown},
        "hidden": {name: _digest(seed, finding, name, value) for name, value in fields.items() if name not in shown},
    }


def finding_leaves(findings: Findings, seed: bytes) -> list[bytes]:
    """Return the hash of each finding, in order."""
    return [leaf_hash(canonical(_digests(seed, finding, fields))) for finding, fields in findings.items()]


def _digests(seed: bytes, finding: str, fields: Mapping[str, Any]) -> dict[str, str]:
    main, more = _parted(fields)
    digests = {name: _digest(seed, finding, name, value) for name, value in main.items()}
    return digests | {"more": _joined(seed, finding, more)} if more else digests


def _joined(seed: bytes, finding: str, more: Mapping[str, Any]) -> str:
    digests = {name: _digest(seed, finding, name, value) for name, value in more.items()}
    return _written(sha256(canonical(digests)).digest())


def _digest(seed: bytes, finding: str, name: str, value: object) -> str:
    return _written(sha256(canonical([_salt(seed, finding, name), name, value])).digest())


def _salt(seed: bytes, finding: str, name: str) -> str:
    """Return 96 bits that nobody knows who was not shown them."""
    return _written(hmac.digest(seed, f"{finding} {name}".encode(), "sha256")[:12])


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
