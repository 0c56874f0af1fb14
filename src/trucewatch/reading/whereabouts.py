"""Where: the place that stands with a trigger, known to the theatre's lexicon or only named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.reading.lines import DATELINE
from trucewatch.reading.mentions import Mention, Mentions

__all__ = ["Whereabouts", "whereabouts"]

_SPOKEN = re.compile(
    r"\b(?:told|speaking|said|says|reporters|journalists|conference|briefing|meeting|talks|summit|arrived|statement|assembly|council|negotiators|met|based)\b[^.;“”]{0,30}?\b(?:in|at|from)\s+(?:the\s+)?\Z"
)
"""A place where somebody spoke is not where it happened."""
_NAMED = re.compile(
    r"\b(?:in|at|near|outside|on|around|of|into|over)\s+(?:the\s+)?(?:[a-z][\w-]+\s+){0,3}?(?:(?:town|village|city|district|quarter|neighbou?rhood|suburb|area|hamlet|outskirts|countryside)\s+of\s+)?"
    r"(?P<name>[A-Z][\w’'-]+(?:[ -](?:al-|ez-|el-|as-|ash-)?[A-Z][\w’'-]+){0,2})"
)
_NO_PLACE = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|The|Mr|Mrs|UN|EU|Security|General|International|Eid|Ramadan|Islam|Syria"
)


_PART_OF = re.compile(r"(?:\s+[a-z]+)?\s+(?:of|in)\s+(?:the\s+)?(?:[a-z]+\s+)?|,\s+(?:in\s+)?")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place, half-open span of its words; `point` None where no lexicon knows it."""

    written: str
    start: int
    end: int
    point: Mapping[str, Any] | None


def whereabouts(
    text: str, trigger: Mention, triggers: Sequence[Mention], span: tuple[int, int], mentions: Mentions
) -> Whereabouts | None:
    """Return the place that goes with a trigger within `span`: the first after it, else the last before."""
    start, end = span[0] + _dateline(text, *span), span[1]
    known = [one for one in mentions.within(start, end, "place") if not _SPOKEN.search(text, max(start, one.start - 90), one.start)]
    after = next((one for one in known if one.start >= trigger.end), None)
    if after is not None and any(trigger.end <= one.start < after.start for one in triggers):
        after = None  # it belongs to what is told in between
    named = _unknown(text, trigger.end, after.start if after else end, mentions)
    if named is not None and not (after and after.start - named.end() < 40):
        return Whereabouts(named["name"], *named.span("name"), None)
    if after is not None:
        return _known(after)
    before = [one for one in known if one.start < trigger.start]
    before = [one for one in before if not any(one.start < other.start < trigger.start for other in triggers)] or before
    if before:
        return _known(_finest(text, before))
    dateline = mentions.within(span[0], start, "place")
    return _known(dateline[0]) if dateline else None


def _finest(text: str, places: Sequence[Mention]) -> Mention:
    """Of “the quarter X of Y” return X: the last place, or that of which it is only the wider one."""
    found = places[-1]
    for one in reversed(places[:-1]):
        if not _PART_OF.fullmatch(text, one.end, found.start):
            return found
        found = one
    return found


def _known(one: Mention) -> Whereabouts:
    return Whereabouts(one.entry.written, one.start, one.end, one.entry.data)


def _dateline(text: str, start: int, end: int) -> int:
    """Return how long the dateline at the start is: “ALEPPO, Syria —”."""
    found = DATELINE.match(text, start, end)
    return found.end() - start if found else 0


def _unknown(text: str, start: int, end: int, mentions: Mentions) -> re.Match[str] | None:
    """Return a name after a preposition that is no name of anybody or anything known."""
    for found in _NAMED.finditer(text, start, end):
        if not _NO_PLACE.match(found["name"]) and not mentions.within(found.start("name"), found.end("name")):
            return found
    return None
