"""Counts of a bulletin with their period, their author and the total that they are part of; and whether parts add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from trucewatch.reading.bulletins.amounts import bounds
from trucewatch.reading.bulletins.numbered import Numbered, numbers_in
from trucewatch.reading.bulletins.records import Count, Quoted, Sum

__all__ = ["counts_in", "sums_of"]

_INCLUDING = re.compile(r"\b(?:includ(?:ing|es?|ed)|of\s+which|of\s+these|of\s+them|among\s+(?:them|these|which)|with)\s+(?:the\s+)?\Z", re.IGNORECASE)
_PERIODS = (
    ("previous", re.compile(r"\bprevious\s+(?:reporting\s+)?(?:period|day|report|week|24\s+hours)|\bthe\s+day\s+before\b|\ba\s+day\s+earlier\b", re.IGNORECASE)),
    ("cumulative", re.compile(r"\b(?:since|to\s+date|so\s+far|cumulative(?:ly)?|from\s+the\s+(?:beginning|start|outset)|throughout\s+the\s+(?:truce|cease-?\s?fire))\b", re.IGNORECASE)),
    ("current", re.compile(r"\b(?:(?:past|last)\s+(?:24\s+hours|twenty-four\s+hours|day|night)|(?:current|this)\s+(?:reporting\s+)?period|during\s+the\s+(?:day|night|reporting\s+period)|between\s+the\s+evenings?|in\s+24\s+hours|today|overnight)\b", re.IGNORECASE)),
)  # fmt: skip
_COMPARED = re.compile(r"\b(?:than|compared\s+(?:with|to)|against|versus|from|after|up\s+on|down\s+on)\s+(?:in\s+|on\s+|during\s+)?(?:the\s+)?\Z")
"""“38, eleven fewer than the day before”: the day before is not the day of the 38."""
_BY = re.compile(r"(?P<by>\b(?:[Tt]he\s+[\w’'-]+|[A-Z][\w’'-]*)(?:\s+[\w’'-]+){0,6}?)\s+(?:(?:has|have|had|also)\s+){0,2}(?:registered|recorded|counted|documented|observed|detected|noted|reported)\s+(?:a\s+total\s+of\s+|some\s+|another\s+)?\Z")
_STOP = re.compile(r"[.;]\s|[()\n]")
_BULLET = re.compile(r"[ \t]*(?:[-–—*•·|]|\d{1,2}[.)])?[ \t]*")


def counts_in(text: str, observed: Sequence[tuple[int, int]] = ()) -> tuple[Count, ...]:
    """Return the counts in order of place; what lies in one of the spans `observed` is an observation and no count.

    Bare numbers in places belong to the last total of their paragraph or list; a list that stands alone to the
    violations counted last before it.
    """
    numbers = [one for one in numbers_in(text) if not any(start <= one.start < end for start, end in observed)]
    found: list[Count] = []
    for row, one in enumerate(numbers):
        before = numbers[row - 1].end if row else 0
        after = numbers[row + 1].start if row + 1 < len(numbers) else len(text)
        count = _count(text, one, before, after, found)
        if count is not None:
            found.append(count)
    return tuple(_closed(found))


def _count(text: str, one: Numbered, before: int, after: int, found: Sequence[Count]) -> Count | None:
    low, high = bounds(text[slice(*one.number)]) if one.number else (None, None)
    quote, place = _quoted(text, (one.start, one.end)), _quoted(text, one.place) if one.place else None
    total = _open_total(text, one, found)
    included = one.number is not None and _INCLUDING.search(text, max(0, one.number[0] - 20), one.number[0]) is not None
    if one.kind == "unit" and not included:
        part = total is not None and place is not None and found[total].unit == one.unit and found[total].place is None
        return Count(quote, one.unit or "other", low, high, "part" if part else "alone",
                     found[total].period if part and total is not None else _period(text, one, before, after),
                     place, _by(text, one), total if part else None)  # fmt: skip
    if included and one.unit is not None:
        parent = len(found) - 1 if found and _same_sentence(text, found[-1], one) else None
        period = found[parent].period if parent is not None else _period(text, one, before, after)
        return Count(quote, one.unit, low, high, "including" if parent is not None else "alone", period, place, None, parent)
    if one.kind == "total":
        pending = [row for row, count in enumerate(found) if count.role == "part" and count.part_of is None]
        return Count(quote, "other", low, high, "total", _period(text, one, before, after)) if pending else None
    if one.kind == "previous":
        last = next((count for count in reversed(found) if count.unit != "other" and count.role != "including"), None)
        return Count(quote, last.unit, low, high, "alone", "previous") if last else None
    if total is None:
        listed = one.place is not None and _alone_on_its_line(text, one)
        return Count(quote, "other", low, high, "part", None, place) if listed else None
    return Count(quote, (one.unit or "other") if one.kind == "kind" else found[total].unit, low, high, "part", found[total].period, place, None, total)


def _open_total(text: str, one: Numbered, found: Sequence[Count]) -> int | None:
    """Return the index of the count that a number of a list may be part of: the last one that is no part itself."""
    for row in range(len(found) - 1, -1, -1):
        count = found[row]
        if count.role == "alone" and count.period != "previous" and count.place is None:
            return row if _reaches(text, count.quote.end, one) else None
        if count.role == "alone" and count.place is not None:
            return None
    return None


def _reaches(text: str, start: int, one: Numbered) -> bool:
    """In one paragraph, or with nothing but lines of a list between."""
    lines = text[start:one.start].split("\n")
    return len(lines) == 1 or (all(_is_item(line) for line in lines[1:-1]) and not lines[-1].strip(" \t-–—*•·|") and _alone_on_its_line(text, one))


def _is_item(line: str) -> bool:
    return len(line) <= 80 and (not line.strip() or re.search(r"\d|\||[-–—:]\s*$", line) is not None)


def _alone_on_its_line(text: str, one: Numbered) -> bool:
    first = text.rfind("\n", 0, one.start) + 1
    last = text.find("\n", one.end)
    rest = text[one.end:len(text) if last < 0 else last]
    bullet = _BULLET.match(text, first)
    return bullet is not None and bullet.end() >= one.start and len(rest.strip(" \t.;,|)")) <= 40


def _same_sentence(text: str, count: Count, one: Numbered) -> bool:
    return re.search(r"[.;]\s|\n", text[count.quote.end:one.start]) is None


def _period(text: str, one: Numbered, before: int, after: int) -> str | None:
    """Return what the nearest words about time between the numbers on both sides say."""
    stops = [match.end() for match in _STOP.finditer(text, before, one.start)]
    start = stops[-1] if stops else before
    stop = _STOP.search(text, one.end, after)
    end = stop.start() if stop else after
    near = [
        (min(abs(match.start() - one.end), abs(one.start - match.end())) if not (match.start() < one.end and one.start < match.end()) else 0, name)
        for name, rule in _PERIODS for match in rule.finditer(text, start, end)
        if not (name == "previous" and match.start() > one.end and _COMPARED.search(text, one.end, match.start()))
    ]
    return min(near)[1] if near else None


def _by(text: str, one: Numbered) -> Quoted | None:
    if one.number is None:
        return None
    start = max(text.rfind("\n", 0, one.number[0]) + 1, one.number[0] - 120)
    found = _BY.search(text, start, one.number[0])
    return _quoted(text, found.span("by")) if found else None


def _closed(found: Sequence[Count]) -> list[Count]:
    """Name the totals: parts before a “total” become its own, those of a list that stands alone belong to the violations before it."""
    counts = list(found)
    for row, count in enumerate(counts):
        if count.role == "total":
            parts = [number for number in range(row) if counts[number].role == "part" and counts[number].part_of is None]
            for number in parts:
                counts[number] = replace(counts[number], part_of=row)
    for row, count in enumerate(counts):
        if count.role == "part" and count.part_of is None:
            head = next((number for number in range(row - 1, -1, -1) if _heads(counts[number])), None)
            if head is not None:
                counts[row] = replace(count, part_of=head, unit=counts[head].unit, period=counts[head].period)
    heads = {count.part_of for count in counts if count.role == "part"}
    return [replace(count, role="total") if row in heads else count for row, count in enumerate(counts)]


def _heads(count: Count) -> bool:
    return count.unit == "violation" and count.role == "alone" and count.place is None and count.period in (None, "current")


def sums_of(counts: Sequence[Count]) -> tuple[Sum, ...]:
    """Return, for every total with at least two parts, whether they add up to it."""
    found = []
    for total, count in enumerate(counts):
        parts = tuple(row for row, one in enumerate(counts) if one.part_of == total and one.role == "part")
        if count.role == "total" and len(parts) > 1 and count.low is not None:
            found.append(_sum(total, count, parts, counts))
    return tuple(found)


def _sum(total: int, count: Count, parts: tuple[int, ...], counts: Sequence[Count]) -> Sum:
    stated = count.low or 0
    added = sum(counts[row].low or 0 for row in parts)
    written = " + ".join(f"{counts[row].low if counts[row].low is not None else '?'}" for row in parts)
    if any(counts[row].low != counts[row].high or counts[row].low is None for row in parts) or count.low != count.high:
        return Sum(total, parts, stated, added, None, f"{written}: not every number is there and exact, so nothing can be said of {stated}")
    if added == stated:
        return Sum(total, parts, stated, added, True, f"{written} = {stated}")  # noqa: FBT003
    more = f"{stated - added} in no part" if added < stated else f"the parts hold {added - stated} too many"
    return Sum(total, parts, stated, added, False, f"{written} = {added}, not {stated}: {more}")  # noqa: FBT003


def _quoted(text: str, span: tuple[int, int]) -> Quoted:
    return Quoted(*span, text[slice(*span)])
