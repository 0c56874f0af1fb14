"""How many were killed, as a range, from the words of one clause. What is not said is None, never 0."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from trucewatch.reading.quantifiers import QUANTIFIERS, quantified
from trucewatch.reading.victims import counted_in, object_in, subject_in

__all__ = ["Killed", "injured_in", "killed_in"]

_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "several": 2, "many": 2, "a number of": 2}
"""The least that such a word can mean; none of them has a most."""
PEOPLE = (
    r"people|persons?|civilians?|child(?:ren)?|kids|m[ae]n|wom[ae]n|boys?|girls?|famil(?:y|ies)|soldiers?|troops|fighters?|rebels?|militants?|insurgents?|members?"
    r"|commanders?|leaders?|officers?|police(?:men|man)?|guards?|workers?|doctors?|nurses?|medics?|patients?|drivers?|journalists?|residents?|villagers?|farmers?|students?"
    r"|teachers?|pilots?|gunm[ae]n|jihadists?|recruits?|volunteers?|refugees?|others?|victims?|terrorists?|mourners?|worshippers?|passengers?|combatants?|servicemen|conscripts?|bab(?:y|ies)|infants?"
)
_DEAD = r"(?:were|was|have been|has been|had been|are|being|been)\s+(?:also\s+|reportedly\s+|confirmed\s+)*(?:killed|slain|shot dead|murdered|executed)|died|(?:were|was|lay|are|left)\s+dead|dead\b|lost their lives|perished"
_SPEAKS = re.compile(r"kill|dead|die[ds]|death|toll|lives|executed|murdered|slain|perish|casualt|fatal|hurt|harm|left |leaving ", re.IGNORECASE)
"""Cue first: most clauses speak of nobody's death."""
_NONE = re.compile(r"\b(?:no(?:body| one)(?: was| had been| were)? (?:killed|hurt|harmed)|no (?:deaths|casualties|fatalities|one died)|without (?:casualties|deaths|causing casualties)|caused no (?:deaths|casualties))\b(?! (?:were |was |have been |has been )?(?:immediately )?(?:reported|known|confirmed))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Killed:
    """Persons killed or hurt, both bounds included; None: no such bound is stated. Half-open span of the words."""

    low: int | None
    high: int | None
    start: int
    end: int


_HURT = re.compile(r"\b(?:wound(?:ed|ing|s)?|injur(?:ed|ing|es)|hurt(?:ing)?)\b", re.IGNORECASE)
_IS_HURT = re.compile(r"(?:\b(?:was|were|is|are|been|being)\s+(?:also\s+)?(?:\w+ly\s+)?|\bothers\s+)\Z", re.IGNORECASE)
_IS_KILLED = re.compile(r"\b(?:was|were|is|are|been|being)\s+(?:also\s+)?(?:\w+ly\s+)?(?:killed|shot\s+dead|slain|murdered|executed|gunned\s+down)\b", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.,;]|\Z|(?:in|when|by|on|near|at(?!\s+least)|as|during|after)\b)")
_NONE_HURT = re.compile(r"\b(?:no(?:body| one)(?: was| had been| were)? (?:wounded|injured|hurt)|no (?:injuries|casualties)|without injur\w+)\b(?! (?:were |was |have been |has been )?(?:immediately )?(?:reported|known|confirmed))", re.IGNORECASE)
_SUBJECT_CUT = re.compile(r"[;:,]\s|\b(?:and|while|but|killing|leaving|dead)\s+(?=(?:at\s+least\s+|about\s+)?(?:\w+\s+){1,3}?(?:others\s+)?(?:(?:was|were)\s+)?(?:wounded|injured|hurt)\b)", re.IGNORECASE)


def injured_in(text: str, start: int, end: int, numbers: Mapping[str, int]) -> Killed | None:
    """Return how many the clause ``[start, end)`` says were hurt; None if it does not speak of it, or gives no number."""
    none = _NONE_HURT.search(text, start, end)
    if none:
        return Killed(0, 0, *none.span())
    for verb in _HURT.finditer(text, start, end):
        found = _hurt_by(text, start, verb, end, numbers)
        if found is not None:
            return found
    return None


def _hurt_by(text: str, start: int, verb: re.Match[str], end: int, numbers: Mapping[str, int]) -> Killed | None:
    """Return the object of an active verb, the subject of a passive one, or who is counted before a participle."""
    passive = _IS_HURT.search(text, start, verb.start()) is not None
    ends = _ENDS.match(text, verb.end(), end) is not None
    if not passive and not ends:
        counted = object_in(text, verb.end(), end, numbers)
        return Killed(*counted, *verb.span()) if counted else None
    if not passive and verb.group().lower() not in ("wounded", "injured", "hurt"):
        return None
    cuts = [one.end() for one in _SUBJECT_CUT.finditer(text, start, verb.end())]
    first = cuts[-1] if cuts else start
    counted = (subject_in if passive else counted_in)(text, first, verb.start(), numbers)
    return Killed(*counted, first, verb.end()) if counted else None


def killed_in(text: str, start: int, end: int, numbers: Mapping[str, int]) -> Killed | None:
    """Return how many the clause ``[start, end)`` says were killed; None if it does not speak of it."""
    if not _SPEAKS.search(text, start, end):
        return None
    none = _NONE.search(text, start, end)
    if none:
        return Killed(0, 0, *none.span())
    for rule in _rules(tuple(sorted(numbers))):
        for found in rule.finditer(text, start, end):
            low, high = _range(found, numbers)
            if low is not None or high is not None:
                listed = object_in(text, found.start("one"), end, numbers) if found.groupdict().get("one") else None
                return Killed(*(listed or (low, high)), *found.span())
    verb = _IS_KILLED.search(text, start, end)
    subject = subject_in(text, start, verb.start(), numbers) if verb else None
    return Killed(*subject, start, verb.end()) if verb and subject else None


@lru_cache(maxsize=8)
def _rules(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    number = rf"(?:\d[\d,]*|{'|'.join(sorted(words, key=len, reverse=True))}|a dozen|{'|'.join(_VAGUE)})"
    amount = (
        rf"(?:between\s+(?P<from>{number})\s+and\s+(?P<to>{number})|(?:(?P<how>{QUANTIFIERS})\s+)?(?P<n>{number})(?:\s*(?:to|-|–|or)\s*(?P<most>{number}))?)"
    )
    one = rf"(?P<one>an?|the|his|her|its)\s+(?:[\w’'-]+\s+){{0,3}}?(?:{PEOPLE})\b(?!s)"
    of = r"(?:an?|the)\s+famil(?:y|ies)\s+of\s+"
    near = r"(?:\s+(?!and\b|or\b|wound|injur)[\w’'-]+){0,5}?"
    return tuple(
        re.compile(rule, re.IGNORECASE) for rule in (
            rf"\b(?:kill(?:ed|ing|s)?|claim(?:ed|ing|s)? the lives of|left|leaving|execut(?:ed|ing)|shot dead|murdered)\s+(?:{of})?{amount}\b(?!\s*(?:wounded|injured|hurt|homeless|%|per\s?cent|days?|hours?|years?))",
            rf"\b(?:death toll|toll|number of (?:the )?dead|number killed)\b[^.;]{{0,30}}?\b(?:to|at|of|was|is|reached)\s+{amount}\b",
            rf"\b{amount}\s+(?:deaths|fatalities|dead)\b",
            rf"\b{amount}(?:\s+of\s+(?:them|the\s+\w+))?{near}\s+(?:{PEOPLE})(?:,[^,]{{2,60}},)?(?:\s+and\s+[\w’'-]+)?\s+(?:{_DEAD})",
            rf"\bkill(?:ed|ing|s)\s+{one}",
        )
    )  # fmt: skip


def _range(found: re.Match[str], numbers: Mapping[str, int]) -> tuple[int | None, int | None]:
    named = found.groupdict()
    if named.get("one"):
        return 1, 1
    if named.get("from"):
        return _ordered(_value(named["from"], numbers), _value(named["to"], numbers))
    value = _value(named["n"], numbers)
    if named.get("most"):
        return _ordered(value, _value(named["most"], numbers))
    if str(named["n"]).lower() in _VAGUE:
        return value, None
    return quantified(" ".join((named.get("how") or "").lower().split()), value)


def _ordered(low: int, high: int) -> tuple[int | None, int | None]:
    """A range that runs downwards is none."""
    return (low, high) if low <= high else (None, None)


def _value(written: str, numbers: Mapping[str, int]) -> int:
    low = " ".join(written.lower().split())
    if low[0].isdigit():
        return int(low.replace(",", ""))
    return 12 if low == "a dozen" else _VAGUE.get(low, 0) or numbers[low]
