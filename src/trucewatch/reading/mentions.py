"""One pass over the words of a text: every entry of the lexicon that stands in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from trucewatch.reading.lexicon import WORD, Entry, Lexicon

__all__ = ["GROUPS", "Mention", "Mentions", "find_mentions", "joins"]

_BETWEEN = re.compile(r"[-–‑’'`. ]{1,2}\Z")


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry in the text, half-open ``[start, end)`` in code points."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Mentions:
    """What was found, in order of position; entries of one run of words stand beside each other."""

    all: tuple[Mention, ...]
    starts: tuple[int, ...]

    def within(self, start: int, end: int, *kinds: str) -> list[Mention]:
        """Return the mentions of these kinds that begin in ``[start, end)``; all kinds if none is named."""
        part = self.all[bisect_left(self.starts, start):bisect_left(self.starts, end)]
        return [one for one in part if one.entry.kind in kinds] if kinds else list(part)


def find_mentions(text: str, lexicon: Lexicon) -> Mentions:
    """Return the entries in `text`: at each word the longest ones of every kind that fit.

    A longer entry hides what lies inside it, except where they are of unlike use: a name does not
    hide a cue that begins in it, but `not_event` hides every event that it covers.
    """
    words = [one.span() for one in WORD.finditer(text)]
    low = [text[start:end].lower() for start, end in words]
    table = lexicon.entries
    found: list[Mention] = []
    hidden: dict[str, tuple[int, int]] = {}
    for place, word in enumerate(low):
        if word not in table:
            continue
        start = words[place][0]
        following = low[place + 1] if place + 1 < len(low) else None
        for entry in table[word]:
            length = len(entry.words)
            if length > 1 and (following != entry.words[1] or tuple(low[place:place + length]) != entry.words):
                continue
            end = words[place + length - 1][1]
            group = GROUPS.get(entry.kind, entry.kind)
            before = hidden.get(group)
            if before and start < before[1] and (start, end) != before and group != "rule":
                continue
            if _fits(text, words, place, length, entry):
                hidden[group] = start, end
                found.append(Mention(start, _with_stop(text, start, end, entry), entry))
    return Mentions(tuple(found), tuple([one.start for one in found]))


GROUPS = {"not_event": "event", "event": "event", "blow": "blow", "place": "name", "person": "name", "actor": "name",
          "theatre": "theatre", "elsewhere": "name"}
"""Kinds of one group hide each other; a kind that is not here hides only itself."""


def joins(between: str) -> bool:
    """Whether the words of an entry may have this between them: a blank, a hyphen, an apostrophe, a full stop."""
    return between == " " or _BETWEEN.match(between) is not None


def _fits(text: str, words: list[tuple[int, int]], place: int, length: int, entry: Entry) -> bool:
    if length == 1 and not entry.capitals:
        return not entry.proper or text[words[place][0]].isupper()
    own = words[place:place + length]
    for (_, end), (start, _) in pairwise(own):
        if not joins(text[end:start]):
            return False
    if entry.capitals:
        return all(text[start:end].isupper() for start, end in own)
    return not entry.proper or any(text[start].isupper() for start, _ in own)


def _with_stop(text: str, start: int, end: int, entry: Entry) -> int:
    """An abbreviation with full stops takes its last one: “U.S.”."""
    dotted = entry.capitals and len(entry.words) > 1 and text[end:end + 1] == "."
    return end + 1 if dotted and text[start + 1:start + 2] == "." else end
