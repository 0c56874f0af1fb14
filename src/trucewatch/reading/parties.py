"""Who did it and to whom, from the words next to a trigger; what stands farther away says nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from trucewatch.reading.mentions import Mention, Mentions

__all__ = ["parties_of"]

Sides = tuple[list[str] | None, list[str] | None]

_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|be)\s+(?:[\w’-]+ly\s+|also\s+)?\Z")
_GAP = re.compile(r"(?:\s+(?:aircraft|warplanes?|jets?|planes?|helicopters?|artillery|forces?|troops|fighters?|units?|positions?|soldiers?|tanks?|guns?|gunners?|drones?|howitzers?|gunboats?|snipers?|militiamen|men|army|navy|police|and\s+its\s+allies|have|has|had|also|reportedly|then|again|later|allegedly|twice|repeatedly)){0,4}\s*\Z")
_LAUNCHED = re.compile(r"(?:\s+(?:have|has|had|also|reportedly|aircraft|warplanes?|jets?|planes?|helicopters?|forces?|troops|fighters?)){0,3}\s+(?:fired|launched|dropped|carried\s+out|conducted|staged|lobbed|mounted|unleashed|began|opened|resumed|set\s+off|detonated)\b[^,;]{0,50}?\Z")
_BY = re.compile(r"(?:[^,;]{0,60}?\s)?(?:by|blamed\s+on|carried\s+out\s+by|from)\s+(?:the\s+|a\s+|an\s+)?\Z")
_AT = re.compile(r"\s+(?:(?:on|against|at|of|near|into)\s+)?(?:an?\s+|the\s+|several\s+|some\s+|two\s+|three\s+|\d+\s+)?(?:(?:joint|key|senior|main|local)\s+)?(?:(?:positions?|bases?|targets?|fighters|members|troops|soldiers|vehicles|villages?|districts?|areas?|strongholds?)\s+(?:of|held\s+by|belonging\s+to)\s+(?:the\s+)?(?:[A-Z][\w’-]+\s+)?)?\Z")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?\Z")
_ACCUSED = re.compile(r"\b(?:accus(?:ed|es|ing)|blam(?:ed|es|ing))\s+(?:[\w’-]+\s+){0,3}?\Z")
_HELPER = re.compile(r"[-‑](?:backed|supported|allied|made|trained|funded|armed|sponsored)\b")
_FOR = re.compile(r"[^,;]{0,40}?\s(?:of|for)\s+(?:[\w’-]+\s+){0,3}\Z")
_VICTIM = re.compile(r"(?:\s+(?:soldiers?|troops|officers?|policemen|positions?|forces?|fighters?|civilians)){0,2}\s+(?:were|was|had been|have been)\s+(?:\w+\s+){0,3}(?:killed|wounded|hit|attacked)\b")


def parties_of(text: str, trigger: Mention, clause: tuple[int, int], mentions: Mentions) -> Sides:
    """Return (by, against) as keys of actors, None where nothing is said."""
    sides = [
        one for one in mentions.within(*clause, "actor", "side")
        if not one.start <= trigger.start < one.end and not _HELPER.match(text, one.end)
    ]
    sides = _longest(sides)
    if trigger.entry.value == "armed_clash":
        return _clash(text, trigger, clause, sides)
    before = [one for one in sides if one.end <= trigger.start]
    after = [one for one in sides if one.start >= trigger.end]
    accused = _accused(text, trigger, clause, before)
    if trigger.entry.data["form"] == "verbs":
        by, against = _of_verb(text, trigger, before, after)
    else:
        by, against = _of_noun(text, trigger, before, after)
    by = accused or by
    if against is None:
        against = _victim(text, before)
        against = None if against == by else against
    return by, against


def _longest(sides: Sequence[Mention]) -> list[Mention]:
    """A name hides the adjective that is part of it."""
    return [
        one for one in sides
        if not any(other is not one and other.start <= one.start and one.end <= other.end
                   and (other.end - other.start > one.end - one.start or (other.entry.kind == "actor" and one.entry.kind == "side"))
                   for other in sides)
    ]


def _of_verb(text: str, trigger: Mention, before: Sequence[Mention], after: Sequence[Mention]) -> Sides:
    subject = next((one for one in reversed(before) if _near(text, one.end, trigger.start)), None)
    if _PASSIVE.search(text, max(0, trigger.start - 30), trigger.start):
        agent = next((one for one in after if _BY.fullmatch(text, trigger.end, one.start)), None)
        return _key(agent), _key(subject or _passive_subject(text, before, trigger))
    target = next((one for one in after if _AT.fullmatch(text, trigger.end, one.start)), None)
    return _key(subject), _key(target)


def _passive_subject(text: str, before: Sequence[Mention], trigger: Mention) -> Mention | None:
    return next((one for one in reversed(before) if re.fullmatch(r"[^,;.]{0,40}\s(?:was|were|been)\s+(?:\w+\s+)?", text[one.end:trigger.start])), None)


def _of_noun(text: str, trigger: Mention, before: Sequence[Mention], after: Sequence[Mention]) -> Sides:
    doer = next((one for one in reversed(before) if not text[one.end:trigger.start].strip(" -") or _LAUNCHED.fullmatch(text, one.end, trigger.start)), None)
    doer = doer or next((one for one in after if _BY.fullmatch(text, trigger.end, one.start)), None)
    target = next((one for one in after if one is not doer and _AT.fullmatch(text, trigger.end, one.start)
                   and (text[trigger.end:one.start].strip() or text[trigger.start:trigger.end].endswith("ing"))), None)
    return _key(doer), _key(target)


def _near(text: str, start: int, end: int) -> bool:
    return _GAP.fullmatch(text, start, end) is not None


def _accused(text: str, trigger: Mention, clause: tuple[int, int], before: Sequence[Mention]) -> list[str] | None:
    for one in reversed(before):
        if _ACCUSED.search(text, clause[0], one.start) and _FOR.fullmatch(text, one.end, trigger.start):
            return _key(one)
    return None


def _victim(text: str, before: Sequence[Mention]) -> list[str] | None:
    return next((_key(one) for one in before if _VICTIM.match(text, one.end)), None)


def _clash(text: str, trigger: Mention, clause: tuple[int, int], sides: Sequence[Mention]) -> Sides:
    """Of two sides who clash the one named first stands as `by`."""
    for one, other in pairwise(sides):
        joined = re.fullmatch(r"[^.;]{0,40}?\s(?:and|with|against)\s+(?:the\s+)?", text[one.end:other.start])
        if joined and (_BETWEEN.search(text, clause[0], one.start) or one.end <= trigger.start <= other.start or "with" in joined.group()):
            return _key(one), _key(other)
    subject = next((one for one in reversed(sides) if one.end <= trigger.start and _near(text, one.end, trigger.start)), None)
    return _key(subject), None


def _key(one: Mention | None) -> list[str] | None:
    return None if one is None else [one.entry.value]
