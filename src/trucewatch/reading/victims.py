"""Persons told of in a run of words: “a contractor and two policemen” are three, a name beside its office is one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from trucewatch.reading.quantifiers import QUANTIFIERS, quantified

__all__ = ["counted_in", "object_in", "subject_in"]

Bounds = tuple[int | None, int | None]

_NAME = r"[A-Z][\w.’'-]*"
_BESIDE = re.compile(
    r"\([^()]*\)|,?\s*\b(?:including|identified\s+as|identified|belonging\s+to|comprising|consisting\s+of|who|whose|which|aged|alias|along\s+with\s+whom|namely|hailing\s+from|allegedly|suspected\s+to|reportedly|travelling|traveling|working|abducted|accompanying|escorting|serving|posted)\b"
    r"[^,]*(?:,\s*(?!(?:and\s+)?(?:an?|one|two|three|four|five|six|\d+)\s)[^,]*)*(?:,|\Z)|\s-\s.*?\s-\s"
)
_OF = re.compile(
    r"\b(?:of(?!\s+(?:them|these|those|whom)\b)|from|in|at(?!\s+least)|near|for|under|with|on|during|between|along|after|inside)\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?:[\w.’'‘“”\"/-]+\s*){1,7}?(?=,|\band\s+(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|another)\s|\Z)"
)
"""What stands beside the persons of a subject and counts nobody."""
_LEADING = re.compile(r"\s*(?:(?:in|at(?!\s+least)|on|during|according\s+to|near|within|with|following|after|meanwhile|separately|elsewhere|however|later|earlier|also|further|similarly|besides|subsequently)\b[^,]{0,200},\s*|(?:and|but|that|while|at\s+least\s+two\s+incidents)\s+)+", re.IGNORECASE)
_STOP = re.compile(
    r"\s*(?:,\s*)?\b(?:in|at(?!\s+least)|near|during|after|before|on|when|while|by|who|which|whose|including|identified|from|under|as|for|with|following|within|along|inside|outside|since|where|belonging|accusing|branding|suspecting|suspected\s+to|one\s+of|alleging|allegedly|out\s+of|to\s+death|"
    r"and\s+(?:then\s+|also\s+|critically\s+|seriously\s+|later\s+|subsequently\s+)?(?:[a-z]+(?:ed|ing)\b(?!\s+(?:polic|cadre|leader|sarpanch))|chop|release|loot|set|took|dump|left|fled|blew|burn|torch|throw|threw|hurt|injure|wound|abduct|escap\w*))\b|[;:(]|\s-\s|\s–\s|,\s+(?:and\s+)?(?:injur|wound|abduct|the\s)\w*|\d+\s*(?:th|st|nd|rd)\b",
)
_OTHERS = re.compile(r"\b(?:rounds?|bullets?|times?|hours?|days?|years?|weeks?|months?|minutes?|incidents?|encounters?|attacks?|blasts?|kilomet\w+|km|bombs?|landmines?|places?|villages|vehicles?|houses|weapons?|huts|explosions?|percent|grenades?|pistols?|rifles?|series|result|case|cases|injur\w+|wounded)\b", re.IGNORECASE)


_APPOSED = re.compile(rf",\s*(?:{_NAME}\s*){{1,5}}(?:\([^)]*\)\s*)?,\s*(?:aged\s+)?\Z|\A\s*(?:{_NAME}\s*){{1,5}}(?:alias\s+(?:{_NAME}\s*){{1,4}})?,\s*\Z")
"""Before “a” or “an”: what follows says who the one just named is."""
_NAME_AND = re.compile(rf"\s*{_NAME}(?:\s+(?:{_NAME}|alias))*\s*(?:\(\d+\)\s*)?,?\s+and\s+(?:his|her|an?|two|three|one)\s")
"""“X and his son”: the name counts beside what is counted."""
_SEVERAL = re.compile(r"\b(?:were|are|have\s+been)\b(?:\s+\w+){0,2}\s*\Z")
_PRONOUN = re.compile(r"\s*(?:him|her)(?!\s+[a-z])", re.IGNORECASE)


def object_in(text: str, start: int, end: int, numbers: Mapping[str, int]) -> Bounds | None:
    """Return (least, most) of the persons named right after a verb; None if nobody is counted there."""
    stop = _STOP.search(text, start, end)
    words = _OF.sub(lambda one: "," if "," in one.group() else " ", text[start:stop.start() if stop else end])
    if _PRONOUN.match(words):
        return 1, 1
    return _listed(words, numbers) or _named(words) or ((1, 1) if _one(words) else None)


def subject_in(text: str, start: int, end: int, numbers: Mapping[str, int]) -> Bounds | None:
    """Return (least, most) of the persons named right before a passive verb; None if nobody is counted there."""
    words = text[start:end]
    lead = _LEADING.match(words)
    words = words[lead.end() if lead else 0:]
    for rule in (_BESIDE, _OF):
        words = rule.sub(lambda one: "," if "," in one.group() else " ", words)
    single = (1, 1) if _one(words) else _named(words)
    several = _SEVERAL.search(text[start:end + 5]) is not None  # “Children were killed”: how many, nobody says
    return _listed(words, numbers) or (None if several and single == (1, 1) else single)


def counted_in(text: str, start: int, end: int, numbers: Mapping[str, int]) -> Bounds | None:
    """Return (least, most) of the persons that have a number or “a” before them in ``[start, end)``; names count nobody."""
    return _listed(_OF.sub(lambda one: "," if "," in one.group() else " ", text[start:end]), numbers)


def _one(words: str) -> bool:
    return re.match(r"\s*(?:he|she|the|his|her|their|its)\s*(?:[\w’'-]+\s*){0,6}", words, re.IGNORECASE) is not None and re.search(r"(?<!s)s\s*,?\s*\Z", words.rstrip(" ,")) is None


def _named(words: str) -> Bounds | None:
    """A name counts for one, two joined by “and” for two."""
    found = re.match(rf"\s*(?:(?:the|one|former|suspected|their|his|its)\s+)?(?:[a-z][\w-]*\s+){{0,3}}?{_NAME}(?:\s+(?:{_NAME}|alias))*", words)
    if found is None:
        return None
    two = re.match(rf"\s*(?:\(\d+\)\s*)?(?:,\s*{_NAME}(?:\s+{_NAME})*\s*)*,?\s*and\s+(?:[a-z]+\s+){{0,3}}{_NAME}", words[found.end():])
    number = 1 if two is None else 2 + two.group().count(",") - (1 if re.search(r",\s*and", two.group()) else 0)
    return number, number


def _listed(words: str, numbers: Mapping[str, int]) -> Bounds | None:
    low: int | None = 0
    high: int | None = 0
    found = False
    for one in _counted(tuple(sorted(numbers))).finditer(words):
        if _OTHERS.match(words, one.end()) or _OTHERS.match(words, one.start("next") if one["next"] else one.end()):
            continue
        before = words[:one.start()]
        if found and one["one"] and (_APPOSED.search(before) or (before.rstrip().endswith(",") and " and " not in words[one.start():])):
            continue
        found = True
        least, most = _worth(one, numbers)
        low = None if low is None or least is None else low + least
        high = None if high is None or most is None else high + most
    if found and not re.match(rf"\s*(?:{QUANTIFIERS}|{'|'.join(numbers)})\b", words, re.IGNORECASE) and _NAME_AND.match(words):
        low, high = None if low is None else low + 1, None if high is None else high + 1
    return (low, high) if found else None


def _worth(one: re.Match[str], numbers: Mapping[str, int]) -> Bounds:
    if one["one"]:
        return (2, 2) if re.match(r"(?:[\w’'-]+\s+){0,3}couple\b", one["next"] or "", re.IGNORECASE) else (1, 1)
    low, high = quantified(" ".join((one["how"] or "").lower().split()), _value(one["n"], numbers))
    return (low, _value(one["most"], numbers)) if one["most"] else (low, high)


def _value(written: str, numbers: Mapping[str, int]) -> int:
    words = written.lower()
    return int(words.replace(",", "")) if words[0].isdigit() else numbers[words]


@lru_cache(maxsize=8)
def _counted(words: tuple[str, ...]) -> re.Pattern[str]:
    number = rf"(?:\d{{1,3}}(?:,\d{{3}})*(?![\w.:/]|-(?!to)|,\d|\s*(?:km|kilomet|mm|th\b|st\b|nd\b|rd\b|years?|hours?|days?|percent|%))|{'|'.join(sorted(words, key=len, reverse=True))})"
    return re.compile(
        rf"(?<![-\w’'])(?:(?:(?P<how>{QUANTIFIERS})\s+)?(?P<n>(?!one\b){number})(?:\s*(?:to|-|or)\s*(?P<most>{number}))?|(?P<one>(?:an?|another|one|(?<=and\s)(?:his|her))))(?!\s+of\s+(?:them|these|those|the|whom)\b)(?:\s+|[.,;:]*\s*\Z)(?=(?P<next>(?!of\s+them\b)[\w‘’'“\"(-][^,]{{0,40}})?)",
        re.IGNORECASE,
    )
