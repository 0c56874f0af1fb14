"""Lexicons: what words mean to the reader, as data. A language and a theatre make one lexicon.

A lexicon is a TOML text (`lexicon = "reading/0.1"`); whoever calls reads the file. The lists of the
language (`english.toml`) and the names and places of a theatre (`syria.toml`) end in one table that
is looked up word by word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from trucewatch.errors import BadCall

__all__ = ["Case", "Entry", "Lexicon", "Pattern", "load_lexicon"]

WORD = re.compile(r"[^\W_]+")
FORMAT = "reading/0.1"


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a run of words."""

    words: tuple[str, ...]
    """In lower case, without the marks between them."""
    kind: str
    """What it is: actor, person, place, speech, event, realis, status, …"""
    value: str
    """The key within the kind: an actor's key, an act, a class of cue."""
    written: str
    """As the lexicon writes it."""
    proper: bool = False
    """A name: its first letter, or that of a later word, must be a capital."""
    capitals: bool = False
    """An abbreviation: only in capitals."""
    data: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What the entry says beside: side, sex, lat, lon, radius_m, form."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule tried in sentences that hold one of its cues."""

    section: str
    """status, term or control."""
    value: str
    polarity: int
    found: re.Pattern[str]
    unless: re.Pattern[str] | None
    """What must not stand right before the match, within the sentence."""


@dataclass(frozen=True, slots=True)
class Case:
    """A text beside an entry, and what it must give; nothing where `gives` is empty."""

    section: str
    """The section of the entry: events, status, actor, …"""
    value: str
    """The entry itself; empty where the case speaks of a whole section."""
    text: str
    gives: frozenset[str]
    lexicon: str
    """The name of the text that it stands in."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Entries by their first word, longest first; and the rules of the language."""

    name: str
    entries: Mapping[str, tuple[Entry, ...]]
    patterns: tuple[Pattern, ...]
    cases: tuple[Case, ...]
    opposed: Mapping[str, frozenset[str]]
    boilerplate: frozenset[str]
    boilerplate_starts: tuple[str, ...]
    caption_starts: tuple[str, ...]
    numbers: Mapping[str, int]
    country: Mapping[str, Any] | None
    """The theatre as a whole: name, lat, lon, radius_m; None without a theatre."""
    zone: str
    """IANA name of the zone in which the theatre counts its days."""


def load_lexicon(*texts: str) -> Lexicon:
    """Return the lexicon that these TOML texts make together; the language comes first.

    BadCall for a text that is no TOML, has another format, or a pattern that is none.
    """
    documents = [_document(text) for text in texts]
    merged: dict[str, Any] = {}
    for one in documents:
        merged.update({key: value for key, value in one.items() if key not in merged})
    table: dict[str, list[Entry]] = {}
    for document in documents:
        for entry in _entries(document):
            table.setdefault(entry.words[0], []).append(entry)
    numbered = [(number, cue) for number, cues, _ in _rules(merged) for cue in cues]
    for number, cue in numbered:
        words = _words(cue)
        table.setdefault(words[0], []).append(Entry(words, "rule", str(number), cue))
    longest = {key: tuple(sorted(one, key=lambda e: -len(e.words))) for key, one in table.items()}
    lines = merged.get("lines", {})
    return Lexicon(
        "+".join(str(one.get("name")) for one in documents),
        longest,
        tuple(rule[2] for rule in _rules(merged)),
        tuple(case for document in documents for case in _cases(document)),
        {key: frozenset(value) for key, value in merged.get("opposed", {}).items()},
        frozenset(lines.get("boilerplate", ())),
        tuple(lines.get("boilerplate_starts", ())),
        tuple(lines.get("caption_starts", ())),
        merged.get("numbers", {}).get("words", {}),
        merged.get("country"),
        str(merged.get("zone", "UTC")),
    )


def _document(text: str) -> dict[str, Any]:
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"the lexicon is no TOML: {error}"
        raise BadCall(message) from error
    if found.get("lexicon") != FORMAT:
        message = f"lexicon = {found.get('lexicon')!r}, expected “{FORMAT}” in the first line"
        raise BadCall(message)
    return found


def _words(written: str) -> tuple[str, ...]:
    words = tuple(one.lower() for one in WORD.findall(written))
    if not words:
        message = f"the entry “{written}” holds no word"
        raise BadCall(message)
    return words


def _rules(merged: Mapping[str, Any]) -> list[tuple[int, tuple[str, ...], Pattern]]:
    """Number, cues and pattern of every rule of status, term and control."""
    found: list[tuple[int, tuple[str, ...], Pattern]] = []
    for section, key in (("status", "value"), ("term", "clause"), ("control", "kind")):
        for one in merged.get(section, ()):
            try:
                pattern = re.compile(one["pattern"], re.IGNORECASE)
                unless = re.compile(one["unless"], re.IGNORECASE) if "unless" in one else None
            except re.error as error:
                message = f"[[{section}]] {one[key]}: the pattern is no regular expression: {error}"
                raise BadCall(message) from error
            rule = Pattern(section, one[key], int(one.get("polarity", 0)), pattern, unless)
            found.append((len(found), tuple(one["cues"]), rule))
    return found


def _cases(document: Mapping[str, Any]) -> Iterator[Case]:
    """Every `cases` of the document: beside an entry of a list, beside an act, or of a whole section."""
    for section, content in document.items():
        if isinstance(content, Mapping):
            beside = [(key, one) for key, one in content.items() if isinstance(one, Mapping)] if section == "events" else []
            beside.append(("", content))
        elif isinstance(content, list):
            beside = [(_named(one), one) for one in content if isinstance(one, Mapping)]
        else:
            continue
        for value, one in beside:
            for case in one.get("cases", ()):
                yield Case(section, value, case["text"], frozenset(case["gives"]), str(document.get("name")))


def _named(entry: Mapping[str, Any]) -> str:
    keys = ("value", "clause", "key", "kind")
    return str(next((entry[key] for key in keys if key in entry), next(iter(entry.get("names", ())), "")))


def _entries(document: Mapping[str, Any]) -> Iterator[Entry]:
    yield from _language(document)
    for word in document.get("words", ()):
        yield _name(word, "theatre", "theatre", {})
    for one in document.get("actor", ()):
        yield from _names(one["names"], "actor", one["key"], {"side": one["kind"]})
        yield from _names(one.get("adjectives", ()), "side", one["key"], {})
    for one in document.get("person", ()):
        data = {"side": one.get("side"), "sex": one.get("sex")}
        yield from _names(one["names"], "person", one["names"][0], data)
    for one in document.get("place", ()):
        data = {key: float(one[key]) for key in ("lat", "lon", "radius_m")}
        yield from _names(one["names"], "place", one["names"][0], data)


def _language(document: Mapping[str, Any]) -> Iterator[Entry]:
    for section in ("speech", "people", "realis", "narrator", "stance"):
        for group, written in document.get(section, {}).items():
            for one in written if group != "cases" else ():
                yield Entry(_words(one), section, group, one)
    for act, forms in document.get("events", {}).items():
        for form, written in forms.items() if act != "cases" else ():
            for one in written if form != "cases" else ():
                yield Entry(_words(one), "event", act, one, data={"form": form})
    for one in document.get("blows", {}).get("nouns", ()):
        yield Entry(_words(one), "blow", "blow", one)
    for one in document.get("not_events", {}).get("phrases", ()):
        yield Entry(_words(one), "not_event", "not_event", one)
    elsewhere = document.get("elsewhere", {})
    for one in elsewhere.get("names", ()):
        yield _name(one, "elsewhere", one, {})
    for group in ("topics", "about_deal"):
        for one in elsewhere.get(group, ()):
            yield Entry(_words(one), group, one, one)


def _names(written: Iterable[str], kind: str, value: str, data: Mapping[str, Any]) -> Iterator[Entry]:
    return (_name(one, kind, value, data) for one in written)


def _name(written: str, kind: str, value: str, data: Mapping[str, Any]) -> Entry:
    words = _words(written)
    letters = "".join(WORD.findall(written))
    small = written == written.lower()
    return Entry(words, kind, value, written, not small, letters.isupper() and len(letters) <= 5, data)
