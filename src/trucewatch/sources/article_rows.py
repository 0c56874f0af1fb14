"""What was read in an article as rows: reports, claims, and what is put aside with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from trucewatch.acts import is_act
from trucewatch.errors import Problem, Severity
from trucewatch.reading import Reading
from trucewatch.reading.mentions import Mention, Mentions, find_mentions
from trucewatch.reading.sentences import Sentence, sentences_of
from trucewatch.reports.talks import AGREEMENT, NOBODY, STATUS, TERM
from trucewatch.reports.written import Written
from trucewatch.sources.article_control import control_values
from trucewatch.sources.declaration import Declaration
from trucewatch.sources.page_text import PageText

__all__ = ["Page", "aside", "rows_of"]

_REASONS = {
    "no_antecedent": "what “it” or “this” stands for",
    "no_place": "where it happened",
    "no_speaker": "who says so",
    "no_time": "when it happened, or the day of publication",
    "no_act": "what was done",
}


@dataclass(frozen=True)
class Page:
    """One article while its rows are made."""

    declaration: Declaration
    decoded: str
    words: PageText
    reading: Reading

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the page."""
        return tuple(
            one for number, line in enumerate(self.reading.lines)
            for one in sentences_of(self.words.text, line["start"], line["end"], number)
        )

    @cached_property
    def mentions(self) -> Mentions:
        """Every name in the page."""
        assert self.declaration.lexicon is not None
        return find_mentions(self.words.text, self.declaration.lexicon)

    def sentence(self, place: int) -> tuple[int, int]:
        """Return the sentence in which an offset lies."""
        return next(((one.start, one.end) for one in reversed(self.sentences) if one.start <= place), (0, len(self.words.text)))

    def quoted(self, start: int, end: int) -> str:
        """Return words of the page in one line."""
        return " ".join(self.words.text[start:end].split())

    def locator(self, what: str, start: int, end: int) -> str:
        """Return where words stand in the file as decoded: `statement, characters 57-120` (half-open)."""
        first, past = self.words.span(start, end)
        return f"{what}, characters {first}-{past}"


def rows_of(page: Page) -> tuple[Written, ...]:
    """Return the rows of a page in its order; each locator stands once."""
    found = [
        *(_report(page, one) for one in page.reading.happenings if why_aside(page, one) is None),
        *(_statement(page, one) for one in page.reading.statements),
        *(_status(page, one, "status", STATUS, one["value"]) for one in page.reading.status),
        *(_status(page, one, "term", TERM, one["clause"]) for one in page.reading.terms),
        *_control(page),
    ]
    once: dict[str, tuple[int, Written]] = {}
    for place, row in found:
        once.setdefault(row.locator, (place, row))
    return tuple(row for _, row in sorted(once.values(), key=lambda one: (one[0], one[1].kind, one[1].locator)))


def aside(page: Page) -> tuple[Problem, ...]:
    """Return what was understood in part only: happenings and claims of control that are no rows."""
    found = [
        _problem(page, one["start"], one["end"], _REASONS.get(why, why), "happening")
        for one in page.reading.happenings if (why := why_aside(page, one)) is not None and one["outcome"] != "dropped"
    ]
    found += [
        _problem(page, one["start"], one["end"], "one place, one party that holds it, and a day", "claim of control")
        for one in page.reading.control if _held(page, one) is None
    ]
    return tuple(found)


def why_aside(page: Page, one: Mapping[str, Any]) -> str | None:
    """Return why a happening is no report; None if it is one."""
    if one["outcome"] != "emitted":
        return str(one["reason"])
    if one["occurred_from"] is None and one["occurred_to"] is None and page.declaration.published is None:
        return "no_time"
    return None


def _problem(page: Page, start: int, end: int, expected: str, what: str) -> Problem:
    line = page.words.line(page.decoded, start)
    first, past = page.words.span(start, end)
    advice = f"A {what} at characters {first}-{past} that became no row: enter it in a table if you know more"
    return Problem(page.declaration.file, line, None, page.quoted(*page.sentence(start))[:300], expected, advice, Severity.UNRESOLVED)


def _common(page: Page, text: str) -> dict[str, str]:
    declared = page.declaration
    values = {"source": declared.source or "", "document": declared.file, "text": text, "language": "en"}
    if declared.published is not None:
        values["published_at"] = declared.published.isoformat()
    if declared.licence is not None:
        values["licence"] = declared.licence
    return values


def _raw(page: Page, text: str, **more: object) -> dict[str, str]:
    """What the id is made of, and what explaining shows: the file, the words, and how they were read."""
    return {"file": page.declaration.file, "words": text} | {name: str(value) for name, value in more.items() if value not in (None, "")}


def _report(page: Page, one: Mapping[str, Any]) -> tuple[int, Written]:
    span = page.sentence(one["start"])
    text = page.quoted(*span)
    values = _common(page, text) | {"occurred": _occurred(page, one), "by_basis": "stated", "against_basis": "stated"}
    if is_act(one["act"]):
        values["act"] = one["act"]
    for name in ("place", "lat", "lon", "radius_m"):
        if one[name] is not None:
            values[name] = str(one[name])
    for side in ("by", "against"):
        if one[side] and not (side == "against" and one[side] == one["by"]):
            values[side] = ";".join(_name(page, key, span) for key in one[side])
        else:
            del values[f"{side}_basis"]
    values |= _harm("killed", one["deaths_low"], one["deaths_high"])
    values |= _harm("injured", one["injured_low"], one["injured_high"])
    statement = _around(page.reading.statements, one["start"])
    values |= _told(page, one["start"], statement)
    if page.reading.mosaic["verdict"]:
        values["chain"] = _headed(values.get("chain", ""))
    speaker = None if statement is None else statement["speaker"] or statement["reason"]
    raw = _raw(page, text, trigger=page.quoted(one["start"], one["end"]), said_by=speaker)
    return one["start"], Written("report", page.locator("happening", one["start"], one["end"]), values, raw)


def _occurred(page: Page, one: Mapping[str, Any]) -> str:
    """What is told happened by the end of the day of publication at the latest, dated or not."""
    start, end = one["occurred_from"], one["occurred_to"]
    if start is None and end is None:
        published = page.declaration.published
        return f"../{published.isoformat() if published else ''}"
    return f"{start or '..'}/{end or '..'}"


def _harm(kind: str, low: int | None, high: int | None) -> dict[str, str]:
    if low is not None and low == high:
        return {kind: str(low)}
    return {f"{kind}_{end}": str(value) for end, value in (("low", low), ("high", high)) if value is not None}


def _name(page: Page, key: str, span: tuple[int, int]) -> str:
    """Return a party in the words of its sentence; an adjective (“rebel”) only where nothing else stands."""
    named = [one for one in page.mentions.within(*span, "actor", "side") if one.entry.value == key]
    named.sort(key=lambda one: one.entry.kind != "actor")
    return page.quoted(named[0].start, named[0].end) if named else key


def _around(statements: Sequence[Mapping[str, Any]], place: int) -> Mapping[str, Any] | None:
    """Return the narrowest statement that holds an offset."""
    inside = [one for one in statements if one["start"] <= place < one["end"] and one["kind"] != "narrator"]
    return min(inside, key=lambda one: one["end"] - one["start"], default=None)


def _headed(chain: str) -> str:
    """Return a chain whose head is nobody.

    A stitched page is never whose observation a happening is, and what it says of others' is not taken on
    its word either.
    """
    return chain if chain.startswith(NOBODY) else " > ".join(one for one in (NOBODY, chain) if one)


def _trail(statement: Mapping[str, Any]) -> dict[str, str]:
    """Return the chain of a statement: who spoke, then who passed it on."""
    passed_on = [one["text"] for one in statement["chain"] if one["text"] and one["role"] != "speaker"]
    links = [statement["speaker"] or NOBODY, *passed_on]
    return {"chain": " > ".join(" ".join(one.replace(">", " ").split()) for one in links)}


def _told(page: Page, place: int, statement: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the chain of what stands at a place: the page's own where nobody speaks, nobody's where its sentence has a speaker that was not understood.

    “Rebels accused the government of violating the truce” is not said by the page.
    """
    if statement is not None:
        return _trail(statement)
    return {"chain": NOBODY} if page.mentions.within(*page.sentence(place), "speech") else {}


def _statement(page: Page, one: Mapping[str, Any]) -> tuple[int, Written]:
    """A statement; one in indirect speech with its whole sentence, whose verb may deny it."""
    words = page.quoted(one["start"], one["end"])
    text = words if one["kind"] == "direct" else page.quoted(*page.sentence(one["start"]))
    about = one["stance"] != "not_about_deal"
    values = _common(page, text) | {"kind": "statement", "basis": "stated", "asserter": _asserter(page, one)}
    values |= {"subject": AGREEMENT, "value": one["stance"]} if about else {}
    narrated = one["kind"] == "narrator"
    values |= _told(page, one["start"], None if narrated else one)
    values |= _day(page)
    raw = _raw(page, words, how=one["kind"], said_by=one["speaker"], reason=None if narrated else one["reason"])
    return one["start"], Written("claim", page.locator("statement", one["start"], one["end"]), values, raw)


def _status(page: Page, one: Mapping[str, Any], what: str, subject: str, value: str) -> tuple[int, Written]:
    """A claim about the state or the terms of the agreement, with the chain of the statement that it stands in."""
    text, words = page.quoted(*page.sentence(one["start"])), page.quoted(one["start"], one["end"])
    statement = _around(page.reading.statements, one["start"])
    values = _common(page, text) | {"kind": "statement", "basis": "stated", "subject": subject, "value": value}
    values |= {"asserter": _asserter(page, statement)} | _told(page, one["start"], statement) | _day(page)
    if "polarity" in one:
        values |= {"low": str(one["polarity"]), "high": str(one["polarity"]), "unit": "polarity"}
    raw = _raw(page, words, held_by=one["holder"], sentence=text)
    return one["start"], Written("claim", page.locator(what, one["start"], one["end"]), values, raw)


def _asserter(page: Page, statement: Mapping[str, Any] | None) -> str:
    """Return the actor that the speaker is or speaks for, in the words of the page or the lexicon; else nobody.

    People without a name (“activists”) and the page itself are nobody here: the row's chain has their words.
    """
    speaker = None if statement is None else statement["speaker"]
    if speaker is None or page.declaration.lexicon is None:
        return NOBODY
    named = find_mentions(speaker, page.declaration.lexicon).within(0, len(speaker), "actor", "person", "side")
    return next((name for one in named if (name := _actor_name(page, speaker, one))), NOBODY)


def _actor_name(page: Page, speaker: str, one: Mention) -> str | None:
    if one.entry.kind == "person":
        key = one.entry.data.get("side")
        return None if key is None else _lexicon_name(page, key)
    if one.entry.kind == "side":
        return _lexicon_name(page, one.entry.value)
    return " ".join(speaker[one.start:one.end].split())


def _lexicon_name(page: Page, key: str) -> str | None:
    """Return the first name that the lexicon has for an actor."""
    assert page.declaration.lexicon is not None
    entries = (entry for some in page.declaration.lexicon.entries.values() for entry in some)
    return next((one.written for one in entries if one.kind == "actor" and one.value == key), None)


def _day(page: Page) -> dict[str, str]:
    """A statement is of the day on which it was published; in a stitched page nothing is dated."""
    published = page.declaration.published
    return {} if published is None or page.reading.mosaic["verdict"] else {"valid_from": published.isoformat()}


def _held(page: Page, one: Mapping[str, Any]) -> dict[str, str] | None:
    day = _day(page)
    found = control_values(page.words.text, one, page.mentions) if day else None
    return None if found is None else found | day


def _control(page: Page) -> Iterator[tuple[int, Written]]:
    for one in page.reading.control:
        held = _held(page, one)
        if held is not None:
            text = page.quoted(*page.sentence(one["start"]))
            statement = _around(page.reading.statements, one["start"])
            values = _common(page, text) | {"kind": "control", "basis": "stated", "asserter": _asserter(page, statement)}
            values |= _told(page, one["start"], statement) | held
            raw = _raw(page, text, held_by=one["holder"])
            yield one["start"], Written("claim", page.locator("control", one["start"], one["end"]), values, raw)
