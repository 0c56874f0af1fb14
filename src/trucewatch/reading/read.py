"""An article becomes statements, happenings and claims: `read`, the stages in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from trucewatch.reading.antecedents import with_antecedents
from trucewatch.reading.happenings import happenings_in
from trucewatch.reading.lexicon import Lexicon, Pattern
from trucewatch.reading.lines import Line, lines_of
from trucewatch.reading.mentions import Mentions, find_mentions
from trucewatch.reading.sentences import Sentence, sentences_of
from trucewatch.reading.siblings import RESTORED, restored, shared_with, sibling_of
from trucewatch.reading.speakers import Statement
from trucewatch.reading.statements import narrated, statements_in

__all__ = ["Reading", "read"]


_BEFORE, _AFTER = 140, 180
"""Characters before and after the cue of a rule in which its words may stand."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article says; offsets are half-open code points of the text as given."""

    lines: tuple[dict[str, Any], ...]
    mosaic: dict[str, Any]
    statements: tuple[dict[str, Any], ...]
    happenings: tuple[dict[str, Any], ...]
    status: tuple[dict[str, Any], ...]
    contradictions: tuple[tuple[int, int], ...]
    terms: tuple[dict[str, Any], ...]
    control: tuple[dict[str, Any], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as the one JSON object that `trucewatch read --json` prints."""
        return asdict(self)


def read(
    text: str, lexicon: Lexicon, published: date | None = None, siblings: Sequence[str] = ()
) -> Reading:
    """Read an article. Any text will do; what is not understood is left out or has a reason.

    `published` anchors “today” and days of the week; in a mosaic nothing anchors them. `siblings`
    are other documents of the case: sentences that stand word for word in several of them show a
    mosaic, and they may name the speaker of a quotation that has none here.
    """
    lines, mentions = lines_of(text, lexicon), find_mentions(text, lexicon)
    live = [(number, one) for number, one in enumerate(lines) if one.role != "boilerplate"]
    sentences = [one for number, line in live for one in sentences_of(text, line.start, line.end, number)]
    scopes = {one: _scope(one, mentions) for one in sentences}
    others = [sibling_of(one, lexicon) for one in siblings]
    said = [
        restored(text, one, others) for sentence in sentences for one in statements_in(text, sentence, mentions)
    ]
    shared = shared_with(text, [(one.start, one.end) for one in sentences], others)
    mosaic = _mosaic(text, lines, said, shared)
    if not mosaic["verdict"]:
        said = with_antecedents(text, said, sentences, mentions)
    claims = [row for one in sentences if scopes[one] != "out" for row in _claims(text, one, lines, said, mentions, lexicon)]
    status = tuple(row for section, row in claims if section == "status")
    said = [*said, *_narrated(sentences, lines, said, claims)]
    anchor = None if mosaic["verdict"] else published
    return Reading(
        tuple({"start": one.start, "end": one.end, "role": one.role, "scope": _line_scope(number, scopes)}
              for number, one in enumerate(lines)),
        mosaic,
        tuple(one.as_row() | {"stance": _stance(one, mentions)} for one in sorted(said, key=lambda each: (each.start, each.end))),
        tuple(row for one in sentences for row in happenings_in(text, one, scopes[one], said, mentions, lexicon, anchor)),
        status,
        _contradictions(status, lexicon),
        tuple(row for section, row in claims if section == "term"),
        tuple(row for section, row in claims if section == "control"),
    )


def _narrated(
    sentences: Sequence[Sentence], lines: Sequence[Line], said: Sequence[Statement],
    claims: Sequence[tuple[str, dict[str, Any]]],
) -> list[Statement]:  # fmt: skip
    """Return the sentences in which the page itself speaks of the agreement, and nobody else does."""
    about = sorted(row["start"] for section, row in claims if section in ("status", "term"))
    return [
        narrated(one) for one in sentences
        if lines[one.line].role in ("body", "dateline") and not one.quotes
        and bisect_left(about, one.start) < bisect_left(about, one.end)
        and not any(other.start < one.end and one.start < other.end for other in said)
    ]


def _scope(sentence: Sentence, mentions: Mentions) -> str:
    kinds = {one.entry.kind for one in mentions.within(sentence.start, sentence.end)}
    if kinds & {"elsewhere", "topics"} and not kinds & {"theatre", "place"}:
        return "out"
    return "in" if kinds & {"theatre", "place", "actor", "about_deal"} else "partial"


def _line_scope(number: int, scopes: dict[Sentence, str]) -> str | None:
    found = {scope for one, scope in scopes.items() if one.line == number}
    return None if not found else found.pop() if len(found) == 1 else "partial"


def _claims(
    text: str, sentence: Sentence, lines: tuple[Line, ...], said: list[Statement], mentions: Mentions, lexicon: Lexicon
) -> list[tuple[str, dict[str, Any]]]:
    cues: dict[int, list[int]] = {}
    for one in mentions.within(sentence.start, sentence.end, "rule"):
        cues.setdefault(int(one.entry.value), []).append(one.start)
    found = []
    for number, starts in sorted(cues.items()):
        rule = lexicon.patterns[number]
        for start, end in _matches(text, sentence, rule, starts):
            holder = _holder(start, said, lines[sentence.line].role)
            row = {"start": start, "end": end, "holder": holder}
            named = {"status": "value", "term": "clause", "control": "kind"}[rule.section]
            row[named] = rule.value
            found.append((rule.section, row | ({"polarity": rule.polarity} if rule.section == "status" else {})))
    return sorted(found, key=lambda one: (one[1]["start"], one[1]["end"]))


def _matches(text: str, sentence: Sentence, rule: Pattern, cues: Sequence[int]) -> list[tuple[int, int]]:
    """Return the spans of a rule near its cues: looking through whole sentences takes most of the time of reading."""
    start = max(sentence.start, min(cues) - _BEFORE)
    end = _word_end(text, max(cues) + _AFTER, sentence.end)
    found = []
    for one in rule.found.finditer(text, start, end):
        if one.end() > one.start() and not (rule.unless and rule.unless.search(text[sentence.start:one.start()])):
            blanks = len(one.group()) - len(one.group().strip())
            lead = len(one.group()) - len(one.group().lstrip())
            found.append((one.start() + lead, one.end() - blanks + lead))
    return found


def _word_end(text: str, place: int, most: int) -> int:
    blank = text.find(" ", place, most)
    return most if blank < 0 else blank


def _holder(start: int, said: list[Statement], role: str) -> str | None:
    within = next((one for one in said if one.start <= start < one.end), None)
    if within is not None:
        return within.speaker
    return "headline" if role in ("headline", "related_headline") else "narrator"


def _contradictions(status: tuple[dict[str, Any], ...], lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    return tuple(
        (min(i, j), max(i, j)) for i, one in enumerate(status) for j, other in enumerate(status)
        if other["value"] in lexicon.opposed.get(one["value"], ())
    )


def _mosaic(
    text: str, lines: tuple[Line, ...], said: list[Statement], shared: tuple[int, bool]
) -> dict[str, Any]:
    bodies = [number for number, one in enumerate(lines) if one.role == "body"]
    inner = any(one.role == "boilerplate" and bodies and bodies[0] < number < bodies[-1]
                for number, one in enumerate(lines))
    orphans = sum(one.reason in ("orphan_quote", RESTORED) for one in said)
    dangling = sum(text[one.start:one.end].startswith(("But the ", "Another ", "It was a ")) for one in lines)
    found = {
        f"{orphans} quotation(s) without a speaker": orphans >= 2, "boilerplate within the text": inner,
        "a headline of another story": any(one.role == "related_headline" for one in lines),
        f"{dangling} line(s) that lean on what is not there": dangling > 0,
    }
    copied, stitched = shared
    found[f"{copied} sentence(s) stand word for word in other documents"] = copied > 0
    found["no one of these documents holds them all"] = stitched
    reasons = [why for why, holds in found.items() if holds]
    return {"verdict": len(reasons) >= 2, "reasons": reasons}


def _stance(said: Statement, mentions: Mentions) -> str:
    cues = mentions.within(said.start, said.end, "stance")
    order = ("conditional", "sceptical", "negative", "cautious", "hopeful", "supportive")
    if not cues and not mentions.within(said.start, said.end, "about_deal"):
        return "not_about_deal"
    return next((one for one in order if any(cue.entry.value == one for cue in cues)), "neutral")
