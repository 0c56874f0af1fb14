"""Who may speak: the words before a cue that name somebody, and the record of what was said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from trucewatch.reading.mentions import Mention, Mentions
from trucewatch.reading.sentences import Sentence

__all__ = ["ChainLink", "Statement", "is_somebody", "statement_of", "subject_of"]

_NAME = r"[A-Z][\w.’'-]*"
_TOLD_MORE = r",\s(?:who|which|whose|the|a|an|quoted|cited|speaking|citing|himself|herself)\b[^,]{2,70},"
_ASIDE = re.compile(_TOLD_MORE, re.IGNORECASE)
_BREAKS = ",;“”\""
_SUBJECT = re.compile(
    rf"(?:^|[,;“”\"’]\s*|\b(?:but|and|while|as|although|that)\s+)"
    rf"(?P<who>(?:(?:the|a|an|one|some|two|several|many)\s+)?(?:[\w’'-]+\s+){{0,5}}?[\w.’'-]+(?:\s+(?:of|for|from|in)\s+(?:the\s+)?{_NAME}(?:\s+{_NAME}){{0,3}}(?:\s+group)?)?)"
    rf"(?:{_TOLD_MORE})?\s+(?:(?:has|have|had|also|later|then|earlier|repeatedly|always|again|since|now|still|once)\s+)*\Z",
    re.IGNORECASE,
)
_JOINED = (" and", " but", " or", " as", " then")  # what was said before them is not understood
_LEADING = re.compile(r"(?:(?:but|and|while|as|although|that|though|because|when|where|after|on\s+[a-z]+day)\s+)+", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|they|it|we|i|who|that|which|this)\Z", re.IGNORECASE)
_SOME_OF = re.compile(r"(?:one|some|many|several|another|others|both|most)(?:\s+of\s+(?:them|the\s+[\w’' -]+))?\Z", re.IGNORECASE)
_SERVES = re.compile(r"\b(?:advis[eo]r|aide|ambassador|envoy|assistant|deputy|secretary|representative|counsel|spokes\w+|close)s?\s+to\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One who passed the words on; without a span where the page itself is meant."""

    role: str
    text: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of somebody, half-open ``[start, end)``; `speaker` None has a `reason`."""

    start: int
    end: int
    kind: str
    """direct, mixed, indirect, or narrator: what the page itself says about the agreement."""
    speaker: str | None
    reason: str | None
    chain: tuple[ChainLink, ...]
    """From the first speaker to this page."""

    def as_row(self) -> dict[str, Any]:
        """Return it as a plain row."""
        links = [{"role": one.role, "text": one.text, "start": one.start, "end": one.end} for one in self.chain]
        return {
            "start": self.start, "end": self.end, "kind": self.kind, "speaker": self.speaker, "reason": self.reason,
            "chain": tuple(links),
        }  # fmt: skip


def subject_of(text: str, sentence: Sentence, cue: Mention, mentions: Mentions) -> tuple[int, int] | None:
    """Return the span of the words right before a cue that may be its subject."""
    first = max(sentence.start, cue.start - 140)
    first = _last_break(text, first, cue.start)
    found = _SUBJECT.search(text[first:cue.start])
    if found is None:
        return None
    leading = _LEADING.match(found["who"])
    start, end = first + found.start("who") + (leading.end() if leading else 0), first + found.end("who")
    names = mentions.within(start, end, "actor", "person")
    said = [  # “Kerry said Lavrov warned”: the second one speaks
        one for one in mentions.within(start, end, "speech") if not any(name.start <= one.start < name.end for name in names)
    ]
    start = text.index(text[said[-1].end:end].lstrip(), said[-1].end) if said else start
    return None if start >= end or text[start:end].endswith(_JOINED) else (start, end)


def _last_break(text: str, start: int, end: int) -> int:
    """Return where the last mark stands that no subject runs across, so that nothing is looked for before it.

    Only a subject that is told more of between commas runs across one.
    """
    if _ASIDE.search(text, start, end):
        return start
    return max(start, *(text.rfind(mark, start, end) for mark in _BREAKS))


def is_somebody(span: tuple[int, int], mentions: Mentions, text: str) -> bool:
    """Whether a person, an actor or a word for people stands in it: no noun or place speaks."""
    if _PRONOUN.match(text[slice(*span)]) or _SOME_OF.match(text[slice(*span)]):
        return True
    words = {one.lower() for one in re.findall(r"\w+", text[slice(*span)])}
    if "to" in words and not _SERVES.search(text, *span):
        return False
    if words & {"would", "could", "will", "should", "might", "not", "if", "be", "was", "were", "is", "are"}:
        return False
    return bool(mentions.within(*span, "person", "actor", "people"))


def statement_of(
    text: str, start: int, end: int, kind: str, who: tuple[int, int] | None, relay: tuple[ChainLink, ...] = ()
) -> Statement:
    """A statement; a pronoun is a link of the chain, and no speaker."""
    page = ChainLink("outlet", None, None, None)
    if who is None:
        return Statement(start, end, kind, None, "orphan_quote", (*relay, page))
    words = text[slice(*who)]
    named = not _PRONOUN.match(words)
    chain = (ChainLink("speaker", words, *who), *relay, page)
    reason = None if named else "pronoun_unresolved"
    return Statement(start, end, kind, words if named else None, reason, chain)
