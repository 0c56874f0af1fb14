"""Sentences that change how the numbers of a bulletin are to be taken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.reading.bulletins.records import Note, Quoted
from trucewatch.reading.sentences import Sentence

__all__ = ["EXERCISE", "ZONE", "notes_in"]

EXERCISE = re.compile(r"\b(?:(?:live-?\s?fire\s+)?(?:training|exercises?)\b(?:\s+(?:area|exercises?|grounds?|range|site|session))?|firing\s+range|practice\s+range)", re.IGNORECASE)
ZONE = re.compile(r"\b(?P<where>inside|outside|within|beyond)\s+(?:of\s+)?(?:the\s+|a\s+|an\s+)?(?:[\w’'-]+\s+){0,3}?(?:zone|area|withdrawal\s+lines?|disengagement\s+area|line)\b", re.IGNORECASE)
_KINDS = (
    ("training", EXERCISE),
    ("access_denied", re.compile(r"\b(?:den(?:ied|ial|ying)|refus(?:ed|al)|prevent(?:ed|ing)|stopped)\b[^.;]{0,60}?\b(?:passage|access|entry|through|from\s+(?:passing|entering|proceeding))\b|\bturned\s+back\b|\bfreedom\s+of\s+movement\s+(?:was|were|continued\s+to\s+be)\s+(?:restricted|impeded|hampered)", re.IGNORECASE)),
    ("jamming", re.compile(r"\b(?:signal\s+interference|jamm(?:ing|ed)|loss\s+of\s+(?:its\s+)?(?:gps|signal))\b", re.IGNORECASE)),
    ("not_comparable", re.compile(r"\b(?:not\s+(?:be\s+)?(?:directly\s+)?compar(?:ed|able)|cannot\s+be\s+compared|no\s+comparison)\b", re.IGNORECASE)),
    ("not_verified", re.compile(r"\b(?:could|can|has|have)\s?(?:not|n[’']t)\s+(?:yet\s+|been\s+|be\s+|immediately\s+){0,3}(?:verif(?:y|ied)|corroborated?|confirm(?:ed)?)\b|\bunverified\b", re.IGNORECASE)),
    ("no_violations", re.compile(r"\b(?:no\s+(?:cease-?\s?fire\s+|truce\s+)?(?:violations?|breaches)\s+(?:were|was|have\s+been|has\s+been)\s+(?:recorded|registered|observed|reported|noted)|(?:recorded|registered|observed|reported)\s+no\s+(?:cease-?\s?fire\s+|truce\s+)?(?:violations?|breaches))\b", re.IGNORECASE)),
)  # fmt: skip


def notes_in(text: str, sentences: Sequence[Sentence]) -> tuple[Note, ...]:
    """Return one note for every kind that a sentence holds; it quotes the sentence."""
    return tuple(
        Note(Quoted(one.start, one.end, text[one.start:one.end]), kind)
        for one in sentences if one.end > one.start
        for kind, rule in _KINDS if rule.search(text, one.start, one.end)
    )
