"""Dated bullets that end with their outlets in brackets, and numbered rows of lists of violations."""

from __future__ import annotations

import re

from trucewatch.reading.bulletins.header import day_in
from trucewatch.reading.bulletins.records import Item, Quoted

__all__ = ["items_in"]

_BULLET = re.compile(r"^[ \t]*(?:[-–—*•·][ \t]+)?(?P<day>(?:\d{1,2}(?:st|nd|rd|th)?[ \t]+)?[A-Z0-9][^\n:–—]{3,24}?)[ \t]*[:–—][ \t]*(?P<words>[^\n]{10,}?)[ \t]*[(\[](?P<outlets>[^()\[\]\n]{2,120})[)\]][ \t]*\.?[ \t]*$", re.MULTILINE)
_ROW = re.compile(r"^[ \t|]*(?P<reference>[A-Z]{0,4}[- ]?\d{2,4})[ \t]*[|\t][ \t]*(?P<cells>[^\n]+?)[ \t|]*$", re.MULTILINE)
_OUTLET = re.compile(r"[^,;/]+")


def items_in(text: str) -> tuple[Item, ...]:
    """Return the bullets and rows in order; a row is reference | date | place | nature | responsible party."""
    found = [item for one in _BULLET.finditer(text) if (item := _bullet(text, one))]
    found += [item for one in _ROW.finditer(text) if (item := _row(text, one))]
    return tuple(sorted(found, key=lambda one: one.quote.start))


def _bullet(text: str, one: re.Match[str]) -> Item | None:
    day = day_in(text, *one.span("day"))
    if day is None:
        return None
    outlets = tuple(_stripped(text, part.span()) for part in _OUTLET.finditer(text, *one.span("outlets")) if part.group().strip())
    return Item(_stripped(text, one.span()), None, day, None, _stripped(text, one.span("words")), None, outlets)


def _row(text: str, one: re.Match[str]) -> Item | None:
    cells = _cells(text, *one.span("cells"))
    if len(cells) < 3 or day_in(text, cells[0].start, cells[0].end) is None:
        return None
    party = cells[3] if len(cells) > 3 else None
    return Item(_stripped(text, one.span()), one["reference"].strip(), day_in(text, cells[0].start, cells[0].end), cells[1], cells[2], party, ())


def _cells(text: str, start: int, end: int) -> list[Quoted]:
    return [_stripped(text, one.span()) for one in re.compile(r"[^|\t]+").finditer(text, start, end) if one.group().strip()]


def _stripped(text: str, span: tuple[int, int]) -> Quoted:
    words = text[slice(*span)]
    start = span[0] + len(words) - len(words.lstrip())
    end = max(start, span[0] + len(words.rstrip()))
    return Quoted(start, end, text[start:end])
