"""What other documents of the case tell about a page: sentences in common, and who said an orphan quote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from trucewatch.reading.lexicon import Lexicon
from trucewatch.reading.lines import lines_of
from trucewatch.reading.mentions import find_mentions
from trucewatch.reading.sentences import sentences_of
from trucewatch.reading.speakers import Statement
from trucewatch.reading.statements import statements_in

__all__ = ["RESTORED", "Sibling", "restored", "shared_with", "sibling_of"]

RESTORED = "restored_from_sibling"
"""Reason of a statement whose speaker stands in another document only."""

_WORD = re.compile(r"\w+")
_LEAST = 6
"""A sentence of fewer words says nothing about who copied whom."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another document: its sentences, and who said what, both without case and marks."""

    sentences: frozenset[Words]
    speakers: dict[Words, frozenset[str]]


@lru_cache(maxsize=1024)
def sibling_of(text: str, lexicon: Lexicon) -> Sibling:
    """Read another document as far as it can help; read once, however many pages stand beside it."""
    mentions = find_mentions(text, lexicon)
    sentences = [
        one for number, line in enumerate(lines_of(text, lexicon)) if line.role != "boilerplate"
        for one in sentences_of(text, line.start, line.end, number)
    ]
    speakers: dict[Words, frozenset[str]] = {}
    for said in (one for sentence in sentences for one in statements_in(text, sentence, mentions)):
        words = _words(text, said.start, said.end)
        if said.speaker is not None and len(words) >= _LEAST:
            speakers[words] = speakers.get(words, frozenset()) | {said.speaker}
    found = (_words(text, one.start, one.end) for one in sentences)
    return Sibling(frozenset(one for one in found if len(one) >= _LEAST), speakers)


def shared_with(text: str, spans: Iterable[tuple[int, int]], siblings: Sequence[Sibling]) -> tuple[int, bool]:
    """Return how many of these sentences stand word for word in siblings, and whether they are
    stitched together: no one sibling holds them all.
    """
    if not siblings:
        return 0, False
    own = {_words(text, start, end) for start, end in spans}
    held = [own & one.sentences for one in siblings]
    union = frozenset[Words]().union(*held)
    return len(union), bool(union) and max(map(len, held)) < len(union)


def restored(text: str, said: Statement, siblings: Sequence[Sibling]) -> Statement:
    """Return a statement without speaker with the one that siblings give it, where they agree."""
    if said.speaker is not None:
        return said
    words = _words(text, said.start, said.end)
    named = frozenset[str]().union(*(one.speakers.get(words, frozenset()) for one in siblings))
    return replace(said, speaker=next(iter(named)), reason=RESTORED) if len(named) == 1 else said


def _words(text: str, start: int, end: int) -> Words:
    return tuple(_WORD.findall(text[start:end].casefold()))
