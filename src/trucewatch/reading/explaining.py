"""Why a sentence is read as it is: which entries of the lexicon fired, and why others did not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trucewatch.reading.lexicon import WORD, Entry, Lexicon, Pattern
from trucewatch.reading.mentions import GROUPS, Mention, find_mentions, joins

__all__ = ["Explained", "explain"]

_SHARE = 0.5
"""An entry of which less than this share of the words stands there is not worth a line."""


@dataclass(frozen=True, slots=True)
class Explained:
    """An entry or a rule at a place of the text, half-open code points."""

    start: int
    end: int
    written: str
    """The entry as the lexicon writes it, or the value of a rule."""
    kind: str
    value: str
    fired: bool
    why: str
    """Empty where an entry fired."""


def explain(text: str, lexicon: Lexicon) -> tuple[Explained, ...]:
    """Return, in order of place, every entry and rule that could have meant something in `text`.

    An entry that did not fire says what was missing: a word, a capital, or that a longer one hides it.
    """
    mentions = find_mentions(text, lexicon)
    words = [one.span() for one in WORD.finditer(text)]
    low = [text[start:end].lower() for start, end in words]
    found = [
        one for place, word in enumerate(low) for entry in lexicon.entries.get(word, ())
        if entry.kind != "rule" and (one := _entry(text, words, low, place, entry, mentions.all))
    ]
    rules = sorted({int(one.entry.value) for one in mentions.all if one.entry.kind == "rule"})
    found += [row for number in rules for row in _rule(text, lexicon.patterns[number])]
    return tuple(sorted(found, key=lambda one: (one.start, not one.fired, -one.end, one.kind)))


def _entry(
    text: str, words: Sequence[tuple[int, int]], low: Sequence[str], place: int, entry: Entry, mentions: Sequence[Mention]
) -> Explained | None:
    own = words[place:place + len(entry.words)]
    same = 0
    for there, wanted in zip(low[place:], entry.words, strict=False):
        if there != wanted:
            break
        same += 1
    start, end = words[place][0], words[place + same - 1][1]
    hit = next((one for one in mentions if one.start == start and one.entry is entry), None)
    if hit is not None:
        return Explained(start, hit.end, entry.written, entry.kind, entry.value, fired=True, why="")
    if same < len(entry.words):
        share = same / len(entry.words)
        why = f"“{' '.join(entry.words[same:])}” does not follow"
        return Explained(start, end, entry.written, entry.kind, entry.value, fired=False, why=why) if share >= _SHARE else None
    return Explained(start, end, entry.written, entry.kind, entry.value, fired=False, why=_why(text, own, entry, mentions))


def _why(text: str, own: Sequence[tuple[int, int]], entry: Entry, mentions: Sequence[Mention]) -> str:
    if any(not joins(text[end:start]) for (_, end), (start, _) in pairwise(own)):
        return "something else stands between its words"
    if entry.capitals and not all(text[start:end].isupper() for start, end in own):
        return "an abbreviation, only in capitals"
    if entry.proper and not any(text[start].isupper() for start, _ in own):
        return "a name, needs a capital"
    group = GROUPS.get(entry.kind, entry.kind)
    over = next((one for one in mentions if GROUPS.get(one.entry.kind, one.entry.kind) == group and one.start < own[-1][1] and own[0][0] < one.end), None)
    return f"hidden by “{over.entry.written}”" if over else "another entry of its kind begins before it"


def _rule(text: str, rule: Pattern) -> Iterator[Explained]:
    """A cue of the rule stands in the text: its matches, or that there are none."""
    hits: list[re.Match[str]] = [one for one in rule.found.finditer(text) if one.group().strip()]
    if not hits:
        yield Explained(0, 0, rule.value, rule.section, rule.value, fired=False, why="a cue stands there, the pattern does not match")
    for one in hits:
        before = rule.unless.search(text[:one.start()]) if rule.unless else None
        why = f"“{before.group().strip()}” stands before it" if before else ""
        yield Explained(*one.span(), rule.value, rule.section, rule.value, fired=before is None, why=why)
