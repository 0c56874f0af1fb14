"""A “detailed map” module of Wikipedia (Lua) → a claim for every mark on it.

Each mark is a table with `lat`, `long`, `mark` and mostly `label`. The picture of the mark says who holds the place, by its colour or
by a name of the module of marks (`m.gov`): two or three colours joined by + are stable mixed control, an animation of several
colours is contested ground, a ring or an arc around a place is a siege. What the colours mean is the caller's to say. The text
is read, never run.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from trucewatch.control.schema import CONTESTED
from trucewatch.control.words import Imported, Said, collected
from trucewatch.errors import Problem, Severity

__all__ = ["claims_on_detailed_map", "mark_said"]

_LEFT_OUT = re.compile(
    r"""--\[(?P<eq>=*)\[.*?\](?P=eq)\]|--[^\n]*|(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\[(?P<lv>=*)\[.*?\](?P=lv)\])""", re.DOTALL
)
"""Comments and strings."""
_ENTRY = re.compile(r"(\w+)\s*=\s*(\x00\d+\x00|[-\w.]+)")
_TABLE = re.compile(r"\{[^{}]*\}")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_PICTURE = re.compile(r"\.(?:svg|png|gif|jpg)$", re.IGNORECASE)
_ASIDE = "the mark is kept aside"
_SAME_PLACE_DEGREES = 0.01


def claims_on_detailed_map(text: str, words: Mapping[str, Said], day: date, source: str, name: str) -> Imported:
    """Return what the marks of a module say of `day`, the day of the revision.

    `words`: colour (`red`), name in the module of marks (`gov`) or whole name of a picture → holder. Pictures that no word explains are
    kept aside, one problem for each kind of them; so is a mark without usable coordinates. Places of one name at
    several spots have their coordinates added to it.
    """
    problems: list[Problem] = []
    strange: Counter[str] = Counter()
    first: dict[str, int] = {}
    found: list[tuple[int, dict[str, Any]]] = []
    for line, entry in _marks(text):
        spot = _spot(entry)
        if spot is None:
            problems.append(Problem(name, line, "lat, long", f"{entry.get('lat')}, {entry.get('long')}", "degrees WGS84, latitude within 90", _ASIDE, Severity.REJECTED))
            continue
        said = mark_said(entry["mark"], words)
        if said is None:
            strange[entry["mark"]] += 1
            first.setdefault(entry["mark"], line)
        elif said.holder is not None:
            claim = {"place": _label(entry), "lat": spot[0], "lon": spot[1], "holder": said.holder, "kind": said.kind}
            found.append((line, {**claim, "valid_from": day, "published_at": day, "source": source}))
    for mark, count in sorted(strange.items()):
        advice = f"{count} mark(s) are kept aside; give --holders a row for it, with an empty holder if it says nothing of control"
        problems.append(Problem(name, first[mark], "mark", mark, "a picture or colour that --holders names", advice, Severity.REJECTED))
    return collected(_told_apart(found), problems)


def mark_said(mark: str, words: Mapping[str, Said]) -> Said | None:
    """Return what the picture of a mark says; None if no word explains it."""
    plain = _PICTURE.sub("", mark.removeprefix("m.").removeprefix("File:").replace("_", " "))
    lowered = {word.replace("_", " ").casefold(): said for word, said in words.items()}
    for whole in (mark.replace("_", " "), plain):
        if whole.casefold() in lowered:
            return lowered[whole.casefold()]
    parts = [one for one in re.split(r"[ +\-.]", plain.casefold()) if one]
    named = list(dict.fromkeys(holder for one in parts if one in lowered and (holder := lowered[one].holder)))
    kinds = {lowered[one].kind for one in parts if one in lowered}
    if not named:
        return None
    if parts[0] == "stable" or any(re.fullmatch(r"ctl[23]", one) for one in parts):
        return Said("|".join(sorted(named)), "joint" if len(named) > 1 else "held")
    if parts[-1] == "anim" or CONTESTED in parts:
        return Said("|".join(sorted(named)), CONTESTED)
    if len(named) > 1:
        return None
    around = any(one == "circle" or one.startswith("arc") for one in parts)
    return Said(named[0], "besieged_by" if around else kinds.pop())


def _marks(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Return every innermost table with `lat`, `long` and `mark`, and its line."""
    strings: list[str] = []

    def aside(match: re.Match[str]) -> str:
        lines = "\n" * match[0].count("\n")
        if match["string"] is None:
            return lines
        strings.append(match[0])
        return f"\x00{len(strings) - 1}\x00{lines}"

    bare = _LEFT_OUT.sub(aside, text)
    breaks = [one.start() for one in re.finditer("\n", bare)]
    for table in _TABLE.finditer(bare):
        entry = {key: _value(value, strings) for key, value in _ENTRY.findall(table[0])}
        if {"lat", "long", "mark"} <= set(entry):
            yield bisect_left(breaks, table.start()) + 1, entry


def _value(written: str, strings: Sequence[str]) -> str:
    if not written.startswith("\x00"):
        return written
    text = strings[int(written.strip("\x00"))]
    return re.sub(r"^\[(=*)\[|\](=*)\]$", "", text) if text.startswith("[") else text[1:-1].replace("\\", "")


def _spot(entry: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        lat, lon = float(entry["lat"]), float(entry["long"])
    except ValueError:
        return None
    return (lat, lon) if math.isfinite(lat) and abs(lat) <= 90 and abs(lon) <= 180 else None


def _label(entry: Mapping[str, str]) -> str | None:
    shown = _LINK.sub(r"\1", entry.get("label", ""))
    plain = re.sub(r"<[^>]*>|'{2,}", " ", shown)
    return " ".join(plain.split()) or entry.get("link") or None


def _told_apart(found: Sequence[tuple[int, dict[str, Any]]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the claims; a name that stands at several spots gets its coordinates, or two villages would be one."""
    spots: dict[str, tuple[float, float]] = {}
    several = set()
    for _, one in found:
        lat, lon = spots.setdefault(one["place"], (one["lat"], one["lon"]))
        if max(abs(lat - one["lat"]), abs(lon - one["lon"])) > _SAME_PLACE_DEGREES:
            several.add(one["place"])
    for line, one in found:
        place = f"{one['place']} ({one['lat']:.3f}, {one['lon']:.3f})" if one["place"] in several and one["place"] else one["place"]
        yield line, {**one, "place": place}
