"""Quotations and sentences of a line. A full stop inside a quotation ends no sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Quote", "Sentence", "quotes_of", "sentences_of"]

_MARKS = re.compile(r"[“”\"‘’«»„']")
_END = re.compile(r"[.!?…]+[”’\"')\]»]*\s+(?=[“‘\"'(\[«]?[A-Z0-9])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|St|Sr|Jr|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|i\.e|e\.g)|\b(?:[A-Z]\.)*[A-Z])\.\Z"
)
_OPENERS = re.compile(r"(?:The|He|She|It|They|In|But|A|An|And|On|This|That|These|At|We|There|Its|His|Her)\b")
_SAID_AFTER = re.compile(
    r"(?:[A-Z][\w’.-]*\s+|the\s+|of\s+|a\s+){0,6}(?:said|says|asked|asks|added|told|wrote|warned|replied|answered|insisted|declared|tweeted)\b"
)
_CLOSE = {"“": "”", "«": "»", "„": "“"}


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, its marks included; `closed` is False where no closing mark follows in the line."""

    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a line, half-open, with the quotations that begin in it."""

    start: int
    end: int
    line: int
    quotes: tuple[Quote, ...]


def quotes_of(text: str, start: int, end: int) -> list[Quote]:
    """Return the outermost quotations in ``[start, end)``, in order."""
    found: list[Quote] = []
    opened: tuple[int, str] | None = None
    for one in _MARKS.finditer(text, start, end):
        mark, place = one.group(), one.start()
        if opened is None:
            closing = _opens(text, place, start, end, mark)
            opened = (place, closing) if closing else None
        elif mark == opened[1] and _closes(text, place, end, mark):
            found.append(Quote(opened[0], place + 1, closed=True))
            opened = None
        elif opened[1] in "’'" and mark in "“\"":
            opened = (place, "”" if mark == "“" else '"')
    if opened is not None and opened[1] not in "’'":
        found.append(Quote(opened[0], end, closed=False))
    return found


def _opens(text: str, place: int, start: int, end: int, mark: str) -> str:
    """Return the mark that closes what opens here, empty if nothing opens."""
    if mark in _CLOSE:
        return _CLOSE[mark]
    before = text[place - 1] if place > start else " "
    after = text[place + 1] if place + 1 < end else " "
    if mark == "‘" and not before.isalnum() and not after.isspace():
        return "’"
    if mark in "\"'" and not before.isalnum() and (after.isalnum() or after in "[…($"):
        return mark
    return ""


def _closes(text: str, place: int, end: int, mark: str) -> bool:
    if mark not in "’'":
        return True
    after = text[place + 1] if place + 1 < end else " "
    return not after.isalnum()


def sentences_of(text: str, start: int, end: int, line: int) -> list[Sentence]:
    """Return the sentences of the line ``[start, end)``; together they cover it but for blanks."""
    quotes = quotes_of(text, start, end)
    cuts = [one.end() for one in _END.finditer(text, start, end) if _ends(text, one, quotes)]
    found = []
    for first, past in zip([start, *cuts], [*cuts, end], strict=True):
        bare = len(text[first:past].rstrip())
        inside = tuple(one for one in quotes if first <= one.start < first + bare)
        found.append(Sentence(first, first + bare, line, inside))
    return found


def _ends(text: str, one: re.Match[str], quotes: list[Quote]) -> bool:
    mark = one.start()
    for quote in quotes:
        if quote.start < mark < quote.end - 1 and one.end() < quote.end:
            return False
        if quote.end - 1 > mark and quote.end <= one.end() and quote.start < mark:
            return not _SAID_AFTER.match(text, one.end())
    shortened = _SHORT.search(text[max(0, mark - 12):mark + 1])
    if shortened and text[mark] == ".":
        dotted = "." in shortened.group()[:-1]
        return dotted and bool(_OPENERS.match(text, one.end()))
    return True
