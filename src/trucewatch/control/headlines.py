"""Control claims in headlines of the form “X advances over Y in Z”, found by rule.

Words are found, not understood: a headline that names an attempt, a question, two places of change or no side in
front of its verb gives nothing. The sides and their words are the caller's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

__all__ = ["Headline", "claims_in_headlines", "control_said"]

_TOOK = r"(?:re)?captur(?:es?|ed)|seiz(?:es?|ed)|(?:re)?tak(?:es?|en) (?:over|the control|control|back)|retakes?|retook|took (?:over|control)"
_TOOK += r"|regain(?:s|ed)? control|controls?|controlled|liberat(?:es?|ed)"
_ADVANCED = r"advanc(?:es?|ed)|achieve(?:s|d)? (?:further |new )?advancements?|progress(?:es|ed)?"
_VERB = re.compile(rf"\b(?:(?P<took>{_TOOK})|(?P<advanced>{_ADVANCED}))\b", re.IGNORECASE)
_NOT_SO = re.compile(
    r"\b(?:attempt|tr(?:y|ies|ied|ying)|seek|aim|fail|plan|want|order to|break|prevent|obstruct|repel|thwart|lose|lost|may|will|about to"
    r"|controlled (?:by|area)|-controlled|under (?:the )?control|despite|withdraw|\?)",
    re.IGNORECASE,
)
_OVER = re.compile(r"\b(?:over|against|from|at the expense of)\b(.*)", re.IGNORECASE)
_PART = re.compile(r"[;…]|\.\s| amid | while | after | and (?=(?:shell|bomb|casualt|warplane|raid|air|more|kill|clash))", re.IGNORECASE)
_VAGUE_M = 15_000.0


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline that was given for a located event."""

    text: str
    published: date
    source: str
    place: str
    lat: float
    lon: float
    radius_m: float


def control_said(text: str, sides: Mapping[str, str]) -> tuple[str, str, str | None] | None:
    """Return (`took` or `advanced`, holder, from whom) of a headline; None if it does not say one thing.

    `sides`: word → holder; a word in capitals (IS) is found in capitals alone. A longer word hides the
    shorter ones inside it.
    """
    said = {found for part in _PART.split(text) if (found := _part_said(part, sides)) is not None}
    return said.pop() if len(said) == 1 else None


def _part_said(part: str, sides: Mapping[str, str]) -> tuple[str, str, str | None] | None:
    verb = _VERB.search(part)
    if verb is None or _NOT_SO.search(part):
        return None
    subject = set(_named(part[: verb.start()], sides))
    if len(subject) != 1:
        return None
    over = _OVER.search(part[verb.end() :])
    against = set(_named(over[1], sides)) if over else set()
    what = "took" if verb["took"] else "advanced"
    return what, subject.pop(), against.pop() if len(against) == 1 else None


def _named(text: str, sides: Mapping[str, str]) -> list[str]:
    """Return the holders named, a longer name hiding the shorter ones inside it."""
    left, found = text, []
    for word in sorted(sides, key=lambda one: (-len(one), one)):
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", 0 if word.isupper() else re.IGNORECASE)
        if pattern.search(left):
            found.append(sides[word])
            left = pattern.sub(" ", left)
    return found


def claims_in_headlines(headlines: Sequence[Headline], sides: Mapping[str, str]) -> dict[str, list[Any]]:
    """Return the columns of `tw.estimate_control`.

    Taking a place is a capture where the event lies; an advance says that the country around, at
    least 15 km, is held. One headline about one spot gives one claim.
    """
    rows = dict.fromkeys(row for one in headlines if (row := _row(one, sides)) is not None)
    names = ("place", "lat", "lon", "radius_m", "holder", "kind", "valid_from", "published_at", "source")
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def _row(one: Headline, sides: Mapping[str, str]) -> tuple[Any, ...] | None:
    said = control_said(one.text, sides)
    if said is None or said[1] == said[2]:
        return None
    took = said[0] == "took"
    radius = one.radius_m if took else max(one.radius_m, _VAGUE_M)
    return one.place, one.lat, one.lon, radius, said[1], "captured" if took else "held", one.published, one.published, one.source
