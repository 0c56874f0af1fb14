"""Who is said to hold which place, only where the words say it of one party and one place.

“The rebel-held town of X”, “X, which is held by Y”, “X, a stronghold of Y”. What operates somewhere,
or holds “areas” of a place, holds no place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trucewatch.reading.mentions import Mention, Mentions

__all__ = ["control_values"]

_TO_PLACE = re.compile(r"[\s,]*(?:(?:neighbou?ring|nearby|besieged)\s+)?(?:(?:town|village|city)\s+)?(?:of\s+)?(?:the\s+)?\Z")
_TO_CLAIM = re.compile(r",?\s+(?:which\s+(?:is|was|remains)\s+|(?:is|was|remains)\s+|an?\s+|the\s+(?:last\s+|main\s+)?)?\Z")
_PARTLY = re.compile(
    r"\b(?:areas?|parts?|territor(?:y|ies)|positions|outskirts|countryside|most|half|some|near|outside|around|province|governorate|region|plain"
    r"|(?:district|suburb|neighbou?rhood|quarter|street|side|enclave|pocket|road|crossing)s?|(?:north|south|east|west)\w*|central|old)\b",
    re.IGNORECASE,
)
"""Of these a place is only the wider one: who holds a district of a city does not hold the city."""
_PART_AFTER = re.compile(r"(?:[’']s)?\s+(?:province|governorate|countryside|region|plain|(?:district|suburb|neighbou?rhood|quarter|outskirt|road)s?)\b")
_NEVER = re.compile(r"\b(?:not|no longer|never|formerly|once|until|had been|if|would|could|might)\b", re.IGNORECASE)
_BEFORE = 60


def control_values(text: str, one: Mapping[str, Any], mentions: Mentions) -> dict[str, str] | None:
    """Return the cells `subject` and `value` (`held:…`) of a claim of control; None where either is in doubt."""
    start, end = one["start"], one["end"]
    if one["kind"] not in ("holds", "stronghold") or _PARTLY.search(text, start, end) or _NEVER.search(text, max(0, start - _BEFORE), end):
        return None
    holders = {each.entry.value: each for each in mentions.within(start, end, "actor", "side")}
    place = _place(text, start, end, mentions)
    if len(holders) != 1 or place is None or _PART_AFTER.match(text, place.end):
        return None
    (holder,) = holders.values()
    return {"subject": " ".join(text[place.start:place.end].split()), "value": "held:" + " ".join(text[holder.start:holder.end].split())}


def _place(text: str, start: int, end: int, mentions: Mentions) -> Mention | None:
    """Return the one place within the words, or the one that they lean on right before or after."""
    inside = mentions.within(start, end, "place")
    if inside:
        return inside[0] if len(inside) == 1 else None
    after = mentions.within(end, end + _BEFORE, "place")
    if after and _TO_PLACE.fullmatch(text, end, after[0].start):
        return after[0]
    before = [each for each in mentions.within(max(0, start - _BEFORE), start, "place") if each.end <= start]
    return before[-1] if before and _TO_CLAIM.fullmatch(text, before[-1].end, start) else None
