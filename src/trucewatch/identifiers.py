"""Ids: twelve base-32 characters of SHA-256 over canonical JSON, with a letter that says of what.

``r-`` report, ``c-`` claim, ``i-`` incident, ``l-`` leg, ``d-`` decision, ``e-`` evidence, ``p-`` publication,
``f-`` finding. An id comes from raw source values and never from a verdict, a version or a clock.
Sixty bits: among a million ids a collision has a chance of about 4 in 10 million.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256

import numpy as np

from trucewatch.errors import BadCall, UnknownName

__all__ = [
    "KINDS",
    "canonical",
    "derived_id",
    "finding_id",
    "finding_ids",
    "incident_id",
    "keyed_id",
    "leg_id",
]

KINDS = {
    "r": "report",
    "c": "claim",
    "i": "incident",
    "l": "leg",
    "d": "decision",
    "e": "evidence",
    "p": "publication",
    "f": "finding",
    "u": "duty",
}


_ENCODER = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
)


def canonical(value: object) -> bytes:
    """Return `value` as JSON in UTF-8, keys sorted, no spaces: the same value, the same bytes.

    Characters are kept as given, half a surrogate pair too. BadCall for NaN, infinity and what
    JSON cannot hold.
    """
    try:
        written = _ENCODER.encode(value)
    except (TypeError, ValueError) as error:
        message = f"an id is made of JSON values only: {error}"
        raise BadCall(message) from None
    return written.encode("utf-8", "surrogatepass")


_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]


def _short(digest: bytes) -> str:
    """Return the first 60 bits in base 32 (RFC 4648, lower case), ten bits at a time."""
    bits = int.from_bytes(digest[:8], "big") >> 4
    return "".join([_PAIRS[bits >> shift & 1023] for shift in (50, 40, 30, 20, 10, 0)])


def _shorts(digests: Sequence[bytes]) -> list[str]:
    """Return `_short` of each digest."""
    bits = np.frombuffer(b"".join([one[:8] for one in digests]), dtype=">u8").astype(np.uint64)
    places = bits[:, None] >> np.arange(59, 0, -5, dtype=np.uint64) & np.uint64(31)
    letters = np.array(list(_ALPHABET))[places.astype(np.intp)]
    words: list[str] = letters.view(f"U{letters.shape[1]}").ravel().tolist()
    return words


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise UnknownName(kind, place="kind of id", known=KINDS)


def derived_id(kind: str, *values: object) -> str:
    """Return the id of kind `kind` (a key of KINDS) made from `values`, in their order."""
    _check_kind(kind)
    return f"{kind}-{_short(sha256(canonical([kind, *values])).digest())}"


def keyed_id(key: bytes, kind: str, *values: object) -> str:
    """Return an id that cannot be confirmed by guessing without the case's `key`.

    HMAC-SHA-256 (RFC 2104); BadCall for an empty key, which would protect nothing.
    """
    _check_kind(kind)
    if not key:
        message = "a keyed id needs a key that is not empty"
        raise BadCall(message)
    return f"{kind}-{_short(hmac.new(key, canonical([kind, *values]), sha256).digest())}"


def incident_id(founder_report_id: str) -> str:
    """Return the id of the incident that this report founded: the same twelve characters."""
    return "i-" + founder_report_id.removeprefix("r-")


def leg_id(
    founder_report_id: str, act_family: str, by: Sequence[str], against: Sequence[str]
) -> str:
    """Return the id of a leg: founder report, act family, by-set, against-set (order ignored)."""
    return derived_id("l", founder_report_id, act_family, sorted(set(by)), sorted(set(against)))


def finding_ids(agreement_id: str, about: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return the `finding_id` of each (clause, reading, subject id); hashes what they share once."""
    begun = cache(
        lambda clause, reading: sha256(canonical(["f", agreement_id, clause, reading])[:-1] + b",")
    )
    ending = cache(lambda subject: canonical(subject) + b"]")
    digests = []
    for clause, reading, subject in about:
        one = begun(clause, reading).copy()
        one.update(ending(subject))
        digests.append(one.digest())
    return [f"f-{short}" for short in _shorts(digests)]


def finding_id(agreement_id: str, clause: str, reading: str, subject_id: str) -> str:
    """Return the id of a finding: agreement, clause, reading and subject, never the verdict."""
    return derived_id("f", agreement_id, clause, reading, subject_id)
