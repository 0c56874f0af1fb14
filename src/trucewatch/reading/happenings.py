"""What happened: trigger, realis, frame and gate. Only what is told as having happened, here, is emitted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trucewatch.periods import iso
from trucewatch.reading.casualties import injured_in, killed_in
from trucewatch.reading.clauses import clause_around
from trucewatch.reading.lexicon import Lexicon
from trucewatch.reading.mentions import Mention, Mentions
from trucewatch.reading.parties import parties_of
from trucewatch.reading.sentences import Sentence
from trucewatch.reading.speakers import Statement
from trucewatch.reading.times import when
from trucewatch.reading.whereabouts import Whereabouts, whereabouts

__all__ = ["happenings_in"]

_DEATHS = frozenset({"killed", "killing", "killings", "shot dead", "kill", "injured", "wounded"})
"""Beside another trigger of the sentence they are what it did, and no happening of their own."""


_EFFECTS = frozenset({"hit", "struck", "targeted", "exploded", "detonated", "pounded", "blew up"})


_UNDONE = re.compile(
    r"[^,;.]{0,40}?\b(?:(?:was|were|is|are|been|being)\s+(?:\w+ly\s+)?(?:(?P<negating>averted|prevented|thwarted|foiled|avoided|denied|ruled\s+out|reported\s+not)"
    r"|(?P<halting>halted|suspended|called\s+off|cancelled|canceled|banned)|(?P<hypothetical>feared|suspected|threatened|possible)|(?P<planned>planned|expected|prepared|imminent)))\b"
)
"""What follows a trigger may take it back: “an attack was averted”."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around a trigger."""

    trigger: Mention
    clause: tuple[int, int]
    where: Whereabouts | None
    inside: Statement | None
    near: frozenset[str]
    fresh: bool


def happenings_in(
    text: str, sentence: Sentence, scope: str, said: Sequence[Statement], mentions: Mentions, lexicon: Lexicon,
    anchor: date | None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Return the happenings of one sentence as the contract lays them out."""
    triggers = _triggers(text, sentence, mentions)
    return [_happening(text, one, triggers, sentence, scope, said, mentions, lexicon, anchor) for one in triggers]


def _triggers(text: str, sentence: Sentence, mentions: Mentions) -> list[Mention]:
    """What may have happened; a blow to somebody only where “it” tells of something else."""
    leaning = text.startswith(("It was ", "This was ", "That was "), sentence.start)
    hit = mentions.within(sentence.start, sentence.end, "blow") if leaning else []
    events = mentions.within(sentence.start, sentence.end, "event")
    nouns = [one.end for one in events if one.entry.data["form"] != "verbs"]
    nouns += [one.end for one in mentions.within(sentence.start, sentence.end, "not_event")]  # “a heart attack killed”
    events = [
        one for number, one in enumerate(events) if number == 0 or one.start != events[number - 1].start
        # “a car bomb exploded” is one happening
        if one.entry.data["form"] != "verbs" or not any(0 <= one.start - end <= 5 for end in nouns)
    ]
    others = [one for one in events if one.entry.written not in _DEATHS]
    return hit[:1] + [one for one in others or events if not _effect(text, one, others, sentence)]


def _effect(text: str, verb: Mention, events: Sequence[Mention], sentence: Sentence) -> bool:
    """Whether a verb only says what the blast, strike or shelling named before it in its clause did."""
    if verb.entry.written not in _EFFECTS or verb.entry.data["form"] != "verbs":
        return False
    start, _ = clause_around(text, sentence, verb.start)
    return any(start <= one.start < verb.start and one.entry.data["form"] != "verbs" for one in events)


def _happening(
    text: str, trigger: Mention, triggers: Sequence[Mention], sentence: Sentence, scope: str,
    said: Sequence[Statement], mentions: Mentions, lexicon: Lexicon, anchor: date | None,
) -> dict[str, Any]:  # fmt: skip
    frame = _frame(text, trigger, triggers, sentence, said, mentions)
    outcome, reason = _gate(frame, scope)
    emitted = outcome == "emitted"
    found = frame.where
    point = (found.point if found else lexicon.country) if emitted or found else None
    by, against = parties_of(text, trigger, frame.clause, mentions) if trigger.entry.kind == "event" else (None, None)
    told = _of_its_own(frame, triggers, sentence)
    killed, hurt = killed_in(text, *told, lexicon.numbers), injured_in(text, *told, lexicon.numbers)
    period = when(text, sentence.start, sentence.end, anchor, lexicon.zone)
    return {
        "start": trigger.start, "end": trigger.end, "trigger": trigger.entry.written, "act": trigger.entry.value,
        "outcome": outcome, "reason": reason, "by": by, "against": against,
        "place": found.written if found else None, "lat": (point or {}).get("lat"), "lon": (point or {}).get("lon"),
        "radius_m": (point or {}).get("radius_m"),
        "deaths_low": killed.low if killed else None, "deaths_high": killed.high if killed else None,
        "injured_low": hurt.low if hurt else None, "injured_high": hurt.high if hurt else None,
        "standing": "claimed" if frame.inside else "asserted",
        "occurred_from": iso(period.start) if period and period.start else None,
        "occurred_to": iso(period.end) if period and period.end else None,
    }  # fmt: skip


def _frame(
    text: str, trigger: Mention, triggers: Sequence[Mention], sentence: Sentence, said: Sequence[Statement],
    mentions: Mentions,
) -> _Frame:  # fmt: skip
    clause = clause_around(text, sentence, trigger.start)
    alone = len(triggers) == 1
    where = whereabouts(text, trigger, triggers, clause, mentions)
    if where is None and alone:
        where = whereabouts(text, trigger, triggers, (sentence.start, sentence.end), mentions)
    near = {
        one.entry.value for one in mentions.within(max(sentence.start, trigger.start - 60), trigger.start, "realis")
        if not _of_somebody(text, one, mentions)
    }
    if (comma := text.rfind(", ", max(sentence.start, trigger.start - 60), trigger.start)) > 0:
        # “before the truce was due to start, jets …”: a plan before the comma is not the plan of what follows
        near -= {"planned", "past"} - {one.entry.value for one in mentions.within(comma, trigger.start, "realis")}
    if trigger.entry.data.get("form") != "verbs":
        near -= {"metaphor"}
    undone = _UNDONE.match(text, trigger.end, sentence.end) if trigger.entry.data.get("form") != "verbs" else None
    near |= {undone.lastgroup} if undone and undone.lastgroup else set()
    fresh = any(one.entry.value == "recent" for one in mentions.within(sentence.start, trigger.end, "realis"))
    inside = next((one for one in said if one.start <= trigger.start < one.end), None)
    return _Frame(trigger, clause, where, inside, frozenset(near), fresh)


def _of_somebody(text: str, cue: Mention, mentions: Mentions) -> bool:
    """“Suspected rebels shelled”: who it was is in doubt, not that it happened."""
    if cue.entry.written not in ("suspected", "alleged"):
        return False
    next_word = re.compile(r"\s+(?:[\w-]+\s+)?").match(text, cue.end)
    starts = (cue.end + 1, next_word.end() if next_word else cue.end)
    return any(one.start in starts for one in mentions.within(cue.end, cue.end + 30, "actor", "people", "person", "side"))


def _of_its_own(frame: _Frame, triggers: Sequence[Mention], sentence: Sentence) -> tuple[int, int]:
    """Return where the dead of this happening are told: the sentence, or its clause if there are others."""
    if len(triggers) == 1:
        return sentence.start, sentence.end
    first = next(one for one in triggers if one.start >= frame.clause[0])
    return frame.clause if first is frame.trigger else (frame.trigger.start, frame.clause[1])


def _gate(frame: _Frame, scope: str) -> tuple[str, str | None]:
    trigger, placed = frame.trigger, frame.where is not None
    if trigger.entry.kind == "blow":
        return "unresolved", "no_antecedent"
    if scope == "out":
        return "dropped", "out_of_theatre"
    for word in ("negating", "halting", "hypothetical", "planned", "past", "generic", "metaphor"):
        if word in frame.near:
            return "dropped", word
    plural = trigger.entry.data["form"] == "plurals" and not re.search(r"\bof\b", trigger.entry.written)
    if not placed and (plural or not (frame.fresh and scope == "in")):
        return ("dropped", "generic") if plural else ("unresolved", "no_place")
    if frame.inside is not None and frame.inside.speaker is None:
        return "unresolved", "no_speaker"
    return "emitted", None
