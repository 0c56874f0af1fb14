"""Every number of things in a bulletin, in order: of what, where, and whether it is one of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trucewatch.reading.bulletins.amounts import AMOUNT
from trucewatch.reading.bulletins.units import UNIT, unit_of

__all__ = ["NAME", "Numbered", "numbers_in"]

_PROVINCE = r"(?:provinces?|governorates?|regions?|oblasts?|sectors?|districts?|countryside|city|state)"
NAME = rf"(?:(?:{_PROVINCE})\s+of\s+)?[A-Z][\w’'-]*(?:[ ](?:(?:al|el|ez|as|ash|ar|de|du|and)[- ])?[A-Z][\w’'-]*){{0,3}}(?:\s+{_PROVINCE})?"
"""A pattern without groups."""
_NOT_PLACES = re.compile(
    r"(?:(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Total|Overall|Sum|All|Day|Page|Number|No|Report|Bulletin|Table|Annex|"
    r"Of|In|On|The|At|Since|During|By|And|Including|Previous|Reference|Item|Article|Chapter|Section|Tel|Phone|Fax|Update|UTC|GMT)\b"
)
_WITH_UNIT = re.compile(rf"(?P<n>{AMOUNT})\s+(?:[a-z][a-z-]*\s+){{0,2}}?(?P<unit>{UNIT})\b(?:\s+in\s+(?:the\s+)?(?P<place>(?-i:{NAME})))?", re.IGNORECASE)
_IN_PLACE = re.compile(rf"(?P<n>{AMOUNT})\s+(?:were\s+|was\s+|each\s+)?in\s+(?:the\s+)?(?P<place>(?-i:{NAME}))", re.IGNORECASE)
_PLACE_FIRST = re.compile(rf"(?-i:\b(?P<place>{NAME}))[ \t]*(?:[-–—:|(=\t][ \t]*)+(?P<n>{AMOUNT})(?!\s*(?:km|m\b|%|am\b|pm\b|hrs))", re.IGNORECASE)
_KIND = re.compile(rf"(?P<n>{AMOUNT})\s+(?:cases?\s+of\s+)?(?P<unit>[a-z][a-z -]{{1,40}}?)(?=\s*(?:[,;+)=.\n]|\band\b|\Z))", re.IGNORECASE)
_EMPTY_CELL = re.compile(rf"^[ \t]*[-–—*•|]?[ \t]*(?P<place>{NAME})[ \t]*(?:\|[ \t]*[-–—]?[ \t]*\|?|\t[ \t]*[-–—]?|[:–—][ \t]*[-–—]?)[ \t]*$", re.MULTILINE)
_BARE = re.compile(rf"(?P<n>{AMOUNT})\s+(?:were\s+|was\s+)?(?:in|during|for|over)\s+the\s+previous\b|\b(?:previous\s+(?:reporting\s+)?(?:period|day|report|week|24\s+hours)|the\s+day\s+before)\b[^.;\d\n]{{0,30}}?(?P<n2>{AMOUNT})(?!\s*(?:[.:]\d|hours|hrs))", re.IGNORECASE)
_TOTAL = re.compile(rf"\b(?:total|overall|altogether|in\s+all|sum)\b[ \t]*(?:number[ \t]+)?[-–—:|=\t]*[ \t]*(?P<n>{AMOUNT})(?=[ \t]*(?:[.;,|)\n]|\Z))", re.IGNORECASE)
_KINDS_FOLLOW = re.compile(r"[^.;:\n(]{0,60}(?::|\s[–—-]\s)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number and what stands with it; half-open spans."""

    start: int
    end: int
    number: tuple[int, int] | None
    """None: a list names the place and leaves the number out."""
    unit: str | None
    """None: a bare number of a list, or of the previous period."""
    place: tuple[int, int] | None
    kind: str
    """unit, place, kind (of a list by kind), total, previous, empty."""


def numbers_in(text: str) -> list[Numbered]:
    """Return the numbers in order; where two rules find the same number, the one that says more."""
    found: dict[int, Numbered] = {}
    for one in _all(text):
        key = one.number[0] if one.number else one.start
        if not any(other.number and one.number and other.number[0] < one.number[1] and one.number[0] < other.number[1] for other in (found.get(key),) if other):
            found.setdefault(key, one)
    return sorted(found.values(), key=lambda one: one.number[0] if one.number else one.start)


def _all(text: str) -> Iterator[Numbered]:
    units = [one for one in _WITH_UNIT.finditer(text)]
    for one in units:
        yield from _by_kind(text, one.end())
    for one in units:
        yield Numbered(one.start(), one.end(), one.span("n"), unit_of(one["unit"]), _place(one), "unit")
    for rule in (_IN_PLACE, _PLACE_FIRST):
        for one in rule.finditer(text):
            place = _place(one)
            if place is not None:
                yield Numbered(one.start(), one.end(), one.span("n"), None, place, "place")
    for one in _BARE.finditer(text):
        number = one.span("n") if one["n"] else one.span("n2")
        yield Numbered(one.start(), one.end(), number, None, None, "previous")
    for one in _TOTAL.finditer(text):
        yield Numbered(one.start(), one.end(), one.span("n"), None, None, "total")
    for one in _EMPTY_CELL.finditer(text):
        if (place := _place(one)) is not None:
            yield Numbered(one.start("place"), one.end("place"), None, None, place, "empty")


def _by_kind(text: str, start: int) -> list[Numbered]:
    """“497 violations: 142 of direct fire, 21 incursions …”: at least two, one after the other."""
    lead = _KINDS_FOLLOW.match(text, start)
    if lead is None:
        return []
    found, place = [], lead.end()
    while one := _KIND.match(text, place):
        found.append(Numbered(one.start(), one.end(), one.span("n"), unit_of(one["unit"]), None, "kind"))
        gap = re.compile(r"\s*(?:[,;+]\s*)?(?:and\s+)?").match(text, one.end())
        place = gap.end() if gap and gap.end() > one.end() else len(text)
    return found if len(found) > 1 else []


def _place(one: re.Match[str]) -> tuple[int, int] | None:
    if not one["place"] or _NOT_PLACES.match(one["place"]):
        return None
    return one.span("place")
