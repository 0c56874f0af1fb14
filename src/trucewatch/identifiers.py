"""Ids: twelve base-32 characters of SHA-256 over canonical JSON, with a letter that says of what.

``r-`` report, ``c-`` claim, ``i-`` incident, ``l-`` leg, ``d-`` decision, ``e-`` evidence,
``f-`` finding. An id comes from raw source values and never from a verdict, a version or a clock.
Sixty bits: among a million ids a collision has a chance of about 4 in 10 million.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence

__all__ = ["KINDS", "canonical", "derived_id", "finding_id", "incident_id", "keyed_id", "leg_id"]

KINDS = {
    "r": "report",
    "c": "claim",
    "i": "incident",
    "l": "leg",
    "d": "decision",
    "e": "evidence",
    "f": "finding",
    "u": "duty",
}


def canonical(value: object) -> bytes:
    """Return `value` as JSON bytes with sorted keys and no spaces; the same value, the same bytes."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def _short(digest: bytes) -> str:
    return base64.b32encode(digest).decode().lower()[:12]


def derived_id(kind: str, *values: object) -> str:
    """Return the id of kind `kind` (a key of KINDS) made from `values`, in their order."""
    if kind not in KINDS:
        message = f"“{kind}” is no kind of id; known: {', '.join(KINDS)}"
        raise ValueError(message)
    return f"{kind}-{_short(hashlib.sha256(canonical([kind, *values])).digest())}"


def keyed_id(key: bytes, kind: str, *values: object) -> str:
    """Return an id that cannot be confirmed by guessing without the case's `key` (HMAC-SHA-256)."""
    return f"{kind}-{_short(hmac.new(key, canonical([kind, *values]), hashlib.sha256).digest())}"


def incident_id(founder_report_id: str) -> str:
    """Return the id of the incident that this report founded; both share their twelve characters."""
    return "i-" + founder_report_id.removeprefix("r-")


def leg_id(founder_report_id: str, act_family: str, by: Sequence[str], against: Sequence[str]) -> str:
    """Return the id of a leg: founder report, act family, by-set and against-set (order ignored)."""
    return derived_id("l", founder_report_id, act_family, sorted(by), sorted(against))


def finding_id(agreement_id: str, clause: str, reading: str, subject_id: str) -> str:
    """Return the id of a finding: agreement, clause, reading and subject, never the verdict."""
    return derived_id("f", agreement_id, clause, reading, subject_id)
