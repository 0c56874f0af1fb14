"""Whom a pronoun means, where only one person can be meant; in a page of pieces nobody can."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from trucewatch.reading.mentions import Mention, Mentions
from trucewatch.reading.sentences import Sentence
from trucewatch.reading.speakers import Statement

__all__ = ["CONTINUED", "RESOLVED", "with_antecedents"]

RESOLVED = "pronoun_resolved"
CONTINUED = "quotation_continued"
_PERSONAL = re.compile(r"(?:he|she|they)\Z", re.IGNORECASE)
_PLURAL = re.compile(r"(?:\w+[^s\W]s|police|people|women|men|policemen|spokesmen|children|media)", re.IGNORECASE)
_HEAD_END = re.compile(r"\s+(?:of|for|from|in|to|at|who|which)\b")
_TITLE = re.compile(r"(?:Mrs?|Ms|Dr|President|Prime Minister|Secretary|Minister|General|Ambassador|Senator)\.?\s\Z")
_ATTRIBUTION = 120
_BACK = 2
"""Sentences before that are looked at."""


def with_antecedents(
    text: str, said: Sequence[Statement], sentences: Sequence[Sentence], mentions: Mentions
) -> list[Statement]:
    """Return the statements, “he”, “she” and “they” replaced by who last spoke, or the one person named before.

    Where two could be meant nobody is; the pronoun stays the link of the chain. A quotation that goes on
    after its attribution has the same speaker.
    """
    found: list[Statement] = []
    for one in said:
        link = one.chain[0]
        if one.reason == "pronoun_unresolved" and link.text and link.start is not None and _PERSONAL.match(link.text):
            name = _antecedent(text, one, link.start, found, sentences, mentions, link.text.lower())
            found.append(replace(one, speaker=name, reason=RESOLVED) if name else one)
        elif one.reason == "orphan_quote" and found and _goes_on(text, found[-1], one):
            found.append(replace(one, speaker=found[-1].speaker, reason=CONTINUED))
        else:
            found.append(one)
    return found


def _goes_on(text: str, before: Statement, one: Statement) -> bool:
    """“…,” X said. “…”: in one paragraph, with nothing but the attribution between, X goes on speaking."""
    between = text[before.end:one.start]
    return (
        before.kind == "direct" and before.speaker is not None and before.chain[0].start is not None
        and before.end <= before.chain[0].start < one.start and "\n" not in between
        and between.rstrip().endswith((".", "?", "!")) and len(between) <= _ATTRIBUTION
    )


def _antecedent(
    text: str, said: Statement, place: int, before: Sequence[Statement], sentences: Sequence[Sentence],
    mentions: Mentions, pronoun: str,
) -> str | None:  # fmt: skip
    number = next((row for row, one in enumerate(sentences) if one.start <= said.start <= one.end), None)
    if number is None:
        return None
    spans = [(one.start, one.end) for one in sentences[max(0, number - _BACK):number]]
    if pronoun == "they":
        return _several(text, spans, before, mentions)
    for start, end in reversed([*spans, (sentences[number].start, min(place, said.start))]):
        people = [one for one in mentions.within(start, end, "person") if _fits(one, pronoun)]
        named = {one.entry.value: _titled(text, start, one) for one in people}
        speakers = {one.speaker for one in before if start <= one.start < end and one.speaker}
        known = {name for name in named if any(name.split()[-1] in speaker for speaker in speakers)}
        if len(named) + len(speakers) - len(known) > 1:
            return None
        if named or speakers:
            return next(iter(speakers or named.values()))
    return None


def _several(
    text: str, spans: Sequence[tuple[int, int]], before: Sequence[Statement], mentions: Mentions
) -> str | None:
    """“They” are the group that spoke last, or else the one group named; nobody where two are named."""
    for start, end in reversed(spans):
        speakers = {one.speaker for one in before if start <= one.start < end and one.speaker and _is_several(one.speaker)}
        if speakers:
            return next(iter(speakers)) if len(speakers) == 1 else None
        groups = {text[one.start:one.end] for one in mentions.within(start, end, "people") if _is_several(text[one.start:one.end])}
        if groups:
            return next(iter(groups)) if len(groups) == 1 else None
    return None


def _is_several(words: str) -> bool:
    head = _HEAD_END.split(words, maxsplit=1)[0].strip().split(" ")[-1]
    return _PLURAL.fullmatch(head) is not None


def _titled(text: str, start: int, one: Mention) -> str:
    title = _TITLE.search(text, start, one.start)
    return text[title.start() if title else one.start:one.end]


def _fits(one: Mention, pronoun: str) -> bool:
    sex = one.entry.data.get("sex")
    return sex is None or (str(sex)[0] == "f") == (pronoun == "she")
