"""The clauses of a sentence: what stands in one says nothing about what happens in another."""

from __future__ import annotations

import re
from itertools import pairwise

from trucewatch.reading.sentences import Sentence

__all__ = ["clause_around", "clauses_of"]

_CUT = re.compile(
    r";\s+|,\s+(?:while|whereas|but|although|though|as|after|before|hours after|days after|a day after|when)\s+"
    r"|\s+(?:while|whereas|although|hours after|a day after|days after)\s+(?=(?:the|a|an|its|their|rebels?|government|[A-Z])\b)"
    r"|,\s+and\s+(?=(?:the|a|an|rebels?|government|[A-Z])[\w’' -]{0,40}?\s+(?:said|had|was|were|killed|hit|struck|bombed|shelled|attacked)\b)"
)


def clauses_of(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    """Return the clauses of a sentence as half-open spans that cover it, cut outside quotations."""
    cuts = [
        one.end() for one in _CUT.finditer(text, sentence.start, sentence.end)
        if not any(quote.start < one.start() < quote.end for quote in sentence.quotes)
    ]
    bounds = [sentence.start, *cuts, sentence.end]
    return list(pairwise(bounds))


def clause_around(text: str, sentence: Sentence, place: int) -> tuple[int, int]:
    """Return the clause in which an offset lies."""
    return next(one for one in reversed(clauses_of(text, sentence)) if one[0] <= place)
