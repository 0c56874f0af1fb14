"""A daily report of monitors or of a party, as plain text.

What `trucewatch.reading.bulletins` finds becomes rows: a claim of kind `aggregate` for each count, a
report for each observation. Nothing says who fired, and nothing is guessed about it. Without a day of
issue no row is dated; what was assessed as training, sums that do not add up and observations without
a place are problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trucewatch.errors import BadInput, Problem, Severity
from trucewatch.reading import load_lexicon
from trucewatch.reading.bulletins import Bulletin, Count, Observation, Quoted, read_bulletin
from trucewatch.reading.bulletins.header import day_in
from trucewatch.reports.written import Written
from trucewatch.sources.adapter import Parsed, count_problems
from trucewatch.sources.declaration import Declaration
from trucewatch.sources.decoding import decode, unpacked

__all__ = ["ADAPTER", "BulletinAdapter"]

_NO_PLACES = load_lexicon('lexicon = "reading/0.1"\nname = "none"')
"""Observers are located by the gazetteer of the case, not by a lexicon."""
_METHODS = {"heard": "heard", "seen": "seen", "camera": "camera", "drone": "sensor", "told": "told"}
_PERSONS = ("dead", "injured")
_SELF = re.compile(r"(?:the\s+)?(?:mission|centre|center|teams?|monitors|observers|committee|commission|office)", re.IGNORECASE)
"""Who issues the bulletin speaks of itself so: the source is meant."""
_NAME = r"[A-Z][\w’'-]*(?:[ -][A-Z][\w’'-]*){0,3}"
_OFFSET = re.compile(rf"(?P<own>[^()]+?)\s*\((?P<far>\d[^()]*?)\s+of\s+(?:(?P<centre>(?:the\s+)?(?:(?:city|town|village)\s+)?cent(?:re|er))|(?:the\s+)?(?P<other>{_NAME}))\)")
_WEAPON = re.compile(r"(?:(?P<mm>\d{1,3}(?:\.\d+)?)\s?mm\s+)?(?P<kind>.+?)(?:\s+(?:rounds?|fire|shells?))?(?:\s*\(?(?P<mm2>\d{2,3})\s?mm\)?)?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class BulletinAdapter:
    """Reads bulletins; see the module."""

    name: str = "bulletin"

    def read(self, raw: bytes, declaration: Declaration) -> Parsed:
        """Read one bulletin. BadInput: no text, or no source was named."""
        decoded = decode(unpacked(raw, declaration.file), declaration.file, declaration.encoding)
        text = decoded.text
        if not text.strip() or declaration.source is None:
            expected = "words" if not text.strip() else "who issued the bulletin: --source KEY"
            message = f"{declaration.file} cannot be read as a bulletin"
            raise BadInput(message, (Problem(declaration.file, None, None, None, expected, severity=Severity.ERROR),))
        found = read_bulletin(text, _NO_PLACES)
        problems = [*decoded.problems, *_aside(text, found, declaration)]
        rows = tuple(_rows(text, found, declaration))
        notes = (f"{len(found.counts)} count(s), {len(found.sums)} sum(s) tried, {len(found.observations)} observation(s)",
                 *sorted({f"the bulletin speaks of: {one.kind.replace('_', ' ')}" for one in found.notes}))
        parsed = Parsed(rows, tuple(problems), len(rows), notes)
        return Parsed(rows, (*problems, *count_problems(parsed, declaration)), len(rows), notes)


ADAPTER = BulletinAdapter()


def _rows(text: str, found: Bulletin, declaration: Declaration) -> Iterator[Written]:
    issued, last = found.header.issued, _last_day(found)
    for one in found.counts:
        if one.low is not None or one.high is not None:
            common = _common(text, one.quote, declaration, issued.isoformat() if issued else None)
            yield Written("claim", _locator("count", one.quote), common | _claim(one, last), _raw(one.quote, declaration))
    for seen in found.observations:
        if _observer(seen) is not None and last is not None and not seen.exercise:
            common = _common(text, seen.quote, declaration, issued.isoformat() if issued else None)
            yield Written("report", _locator("observation", seen.quote), common | _report(seen, last), _raw(seen.quote, declaration))


def _last_day(found: Bulletin) -> str | None:
    """Return the day of the cut-off, else that of the issue: what is told happened by its end."""
    cut_off = found.header.cut_off
    day = day_in(cut_off.text, 0, len(cut_off.text)) if cut_off else None
    day = day or found.header.issued
    return day.isoformat() if day else None


def _common(text: str, quote: Quoted, declaration: Declaration, published: str | None) -> dict[str, str]:
    start = text.rfind("\n", 0, quote.start) + 1
    end = text.find("\n", quote.end)
    values = {"source": declaration.source or "", "document": declaration.file, "language": "en",
              "text": " ".join(text[start:len(text) if end < 0 else end].split())}
    values |= {"published_at": published} if published else {}
    return values | ({"licence": declaration.licence} if declaration.licence else {})


def _claim(one: Count, last: str | None) -> dict[str, str]:
    """A figure of the period told is of no stated day; only that it was reached by the last day is known."""
    where = f" in {one.place.text}" if one.place else ""
    when = f" ({one.period} period)" if one.period in ("previous", "current") else " (since the start)" if one.period == "cumulative" else ""
    values = {"kind": "aggregate", "basis": "stated", "subject": f"{one.unit.replace('_', ' ')}{where}{when}",
              "unit": "person" if one.unit in _PERSONS else one.unit, "qualifier": _qualifier(one.low, one.high)}
    values |= {"asserter": one.by.text} if one.by and not _SELF.fullmatch(one.by.text) else {}
    values |= {name: str(value) for name, value in (("low", one.low), ("high", one.high)) if value is not None}
    return values | ({"valid_to_latest": last} if last and one.period != "previous" else {})


def _report(one: Observation, last: str) -> dict[str, str]:
    values = {"occurred": f"../{last}", "observer_place": _observer(one) or "", "unit": one.what,
              "count_qualifier": _qualifier(one.low, one.high), "weapon_assessed": "yes" if one.weapon else ""}
    exact = one.low if one.low is not None else one.high
    states = dict(one.states)
    state = "airburst" if one.what == "airburst" else next(iter(states)) if len(states) == 1 and next(iter(states.values())) == exact else ""
    numbers = (("count", exact), ("bearing_from", one.bearing_from), ("bearing_to", one.bearing_to),
               ("distance_from_m", one.distance_from_m), ("distance_to_m", one.distance_to_m))
    words = (("method", _METHODS.get(one.method or "", "")), ("explosion_state", state), *_weapon(one.weapon))
    values |= {name: f"{value:g}" for name, value in numbers if value is not None}
    return {name: value for name, value in (*values.items(), *words) if value}


def _observer(one: Observation) -> str | None:
    """Return the observer's position as the gazetteer reads it; None for none, or an offset from what is not named."""
    if one.position is None:
        return None
    words = " ".join(one.position.text.split())
    if "(" not in words:
        return words
    offset = _OFFSET.fullmatch(words)
    if offset is None:
        return None
    named = offset["other"] or (offset["own"] if re.fullmatch(_NAME, offset["own"]) else None)
    return f"{offset['far']} of {named}" if named else None


def _weapon(words: Quoted | None) -> tuple[tuple[str, str], ...]:
    found = _WEAPON.fullmatch(words.text) if words else None
    if found is None:
        return ()
    calibre = found["mm"] or found["mm2"] or ""
    return (("weapon", found["kind"].replace("-", " ")), ("calibre_mm", calibre))


def _qualifier(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "uncountable"
    return "exact" if low == high else "at_least" if high is None else "about"


def _raw(quote: Quoted, declaration: Declaration) -> dict[str, str]:
    return {"file": declaration.file, "words": quote.text}


def _locator(what: str, quote: Quoted) -> str:
    return f"{what}, characters {quote.start}-{quote.end}"


def _aside(text: str, found: Bulletin, declaration: Declaration) -> Iterator[Problem]:
    def problem(quote: Quoted, expected: str, advice: str, severity: Severity) -> Problem:
        return Problem(declaration.file, text.count("\n", 0, quote.start) + 1, None, " ".join(quote.text.split())[:300], expected, advice, severity)

    for each in found.sums:
        if each.agrees is not True:
            yield problem(found.counts[each.total].quote, "parts that add up to it", each.says, Severity.WARNING)
    for one in found.counts:
        if one.low is None and one.high is None:
            yield problem(one.quote, "a number", "It is not taken as nought", Severity.UNRESOLVED)
    dated = _last_day(found) is not None
    for seen in found.observations:
        if seen.exercise:
            yield problem(seen.quote, "an observation that was not assessed as training", "Enter it in a table if it counts", Severity.UNRESOLVED)
        elif _observer(seen) is None or not dated:
            wanted = "the position of the observer" if _observer(seen) is None else "a day of issue or a cut-off with its day"
            yield problem(seen.quote, wanted, "Enter it in a table if you know more", Severity.UNRESOLVED)
