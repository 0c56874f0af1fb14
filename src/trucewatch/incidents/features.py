"""Reports as columns that can be compared: the form in which pairs are found and scored.

Rows are in the order of report_id, so nothing depends on the order in which reports came. Texts
become small integers (`Coded`), -1 for unknown; the value behind an integer stays at hand for
words.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from trucewatch.actors import Actors
from trucewatch.incidents.figures import best_of, killed
from trucewatch.incidents.report_columns import OPEN, ReportColumns, columns_of_records
from trucewatch.incidents.sharing import OfShared, Parties
from trucewatch.reports.report import Casualty, Report
from trucewatch.reports.source import Source

__all__ = ["DAY", "OPEN", "UNKNOWN_RADIUS_M", "Coded", "Dyad", "Features", "Side", "features_of", "features_of_columns", "folded"]

DAY = 86_400_000_000
"""Microseconds of a day."""

UNKNOWN_RADIUS_M = 5_000.0
"""Assumed for a point that is given without a radius: about a town."""

_AS_THEY_ARE = ("place", "act", "target", "weapon", "origin", "document", "grouping")
_NO_UPPER_BOUND = 1 << 40
_WORD_BITS = 256
_WORDS = re.compile(r"[^\W_]{3,}")
_MARKS = re.compile(r"[\W_]+")
_FIRM = frozenset({"stated", "capability"})

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Side:
    """Candidates of one role as far as they can be compared: keys with their members, or folded
    names.
    """

    parties: frozenset[str]
    firm: bool
    """Stated or closed by capability; not merely coded, generic or in conflict."""


@dataclass(frozen=True, slots=True)
class Dyad:
    """Who against whom, and whether the act is a clash, in which the roles may be swapped."""

    by: Side | None
    against: Side | None
    clash: bool


@dataclass(frozen=True, slots=True, eq=False)
class Coded(Generic[T]):
    """A column of small integers and the values they stand for, in sorted order; -1 is unknown."""

    codes: Ints
    values: tuple[T, ...]

    def of(self, row: int) -> T | None:
        """Return the value of one row, None if unknown."""
        code = int(self.codes[row])
        return None if code < 0 else self.values[code]


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Columns of equal length, one row per report; times in microseconds, lengths in metres."""

    ids: tuple[str, ...]
    start: Ints
    end: Ints
    dated: npt.NDArray[np.bool_]
    lat: Floats
    lon: Floats
    radius: Floats
    placed: npt.NDArray[np.bool_]
    place: Coded[str]
    name: Coded[str]
    act: Coded[str]
    target: Coded[str]
    weapon: Coded[str]
    dyad: Coded[Dyad]
    by: Coded[frozenset[str]]
    """The candidates of one side of the dyad; `against` those of the other."""
    against: Coded[frozenset[str]]
    origin: Coded[str]
    document: Coded[str]
    grouping: Coded[str]
    dataset: Coded[str]
    low: Ints
    high: Ints
    words: npt.NDArray[np.uint64]
    """Bit signature of the words of the text, shape (n, 4)."""
    published: Ints
    """Instant of publication in microseconds, `OPEN` if unknown."""
    outlet: Coded[str]
    doings: Coded[frozenset[str]]
    """What was done in the source's own words, parted by semicolons."""
    best: Ints
    """Killed: the best figure, -1 if no figure is given; `hurt` the same of the injured."""
    hurt: Ints

    def __len__(self) -> int:
        return len(self.ids)


def features_of(
    reports: Sequence[Report], *, actors: Actors, sources: Mapping[str, Source]
) -> Features:
    """Return the columns of `reports`, which must be in the order of report_id without repeats."""
    return features_of_columns(columns_of_records(reports, sources), actors)


def features_of_columns(given: ReportColumns, actors: Actors) -> Features:
    """Return the columns that can be compared."""
    texts = given.texts
    dyads = OfShared(partial(_dyads, widen=_widener(actors)))
    sides = list(map(dyads, given.parties))
    plain = [one for one, _ in sides]
    deaths = list(map(OfShared(killed), given.casualties))
    lat, lon, radius = (given.numbers[name] for name in ("lat", "lon", "radius_m"))
    placed = ~(np.isnan(lat) | np.isnan(lon))
    coded = {name: _coded(texts[name]) for name in _AS_THEY_ARE}
    return Features(
        ids=given.ids, start=given.start, end=given.end, dated=given.dated,
        lat=np.where(placed, lat, 0.0), lon=np.where(placed, lon, 0.0),
        radius=np.where(np.isnan(radius), UNKNOWN_RADIUS_M, radius), placed=placed,
        name=_coded(_each(texts["place_written"], folded)),
        dyad=_coded([both[act == "armed_clash"] for both, act in zip(sides, texts["act"], strict=True)], _dyad_order),
        by=_coded([_names(one.by if one else None) for one in plain], sorted),
        against=_coded([_names(one.against if one else None) for one in plain], sorted),
        dataset=_coded(_each(texts["grouping"], _dataset)),
        low=np.array([-1 if low is None else low for low, _ in deaths], dtype=np.int64),
        high=np.array([_greatest(each) for each in deaths], dtype=np.int64),
        words=_signatures(texts["text"]), published=given.published, outlet=_coded(texts["source"]),
        doings=_coded(_each(texts["act_written"], _doings), sorted),
        best=_best(given.casualties, "killed"), hurt=_best(given.casualties, "injured"), **coded,
    )  # fmt: skip


def _names(side: Side | None) -> frozenset[str] | None:
    return None if side is None else side.parties


def _each(values: Sequence[str | None], read: Callable[[str | None], T | None]) -> list[T | None]:
    """Return `read` of every value, each distinct one read once."""
    known = {one: read(one) for one in set(values)}
    return [known[one] for one in values]


def _greatest(figures: tuple[int | None, int | None]) -> int:
    low, high = figures
    return -1 if low is None else _NO_UPPER_BOUND if high is None else high


def _doings(written: str | None) -> frozenset[str] | None:
    return frozenset(filter(None, map(folded, (written or "").split(";")))) or None


def _best(casualties: Sequence[tuple[Casualty, ...]], harm: str) -> Ints:
    found = list(map(OfShared(partial(best_of, harm=harm)), casualties))
    return np.array([-1 if one is None else one for one in found], dtype=np.int64)


def folded(text: str | None) -> str | None:
    """Return a name without case, accents, spaces and marks; None if nothing is left."""
    if text is None:
        return None
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _MARKS.sub("", plain) or None


def _coded(values: Sequence[T | None], key: Callable[[T], Any] | None = None) -> Coded[T]:
    known: list[T] = sorted({value for value in values if value is not None}, key=key)  # type: ignore[type-var,arg-type]
    code = {value: position for position, value in enumerate(known)}
    return Coded(
        np.array([-1 if value is None else code[value] for value in values], dtype=np.int64),
        tuple(known),
    )


def _dataset(grouping: str | None) -> str | None:
    return None if grouping is None else grouping.partition(":")[0]


def _widener(actors: Actors) -> Callable[[str], frozenset[str]]:
    """Return a function from a party to itself and its members, each looked up once."""
    known: dict[str, frozenset[str]] = {}

    def widen(party: str) -> frozenset[str]:
        if party not in known:
            members = actors.members(party) if party in actors.parties else ()
            known[party] = frozenset({party, *members})
        return known[party]

    return widen


def _dyads(parties: Parties, widen: Callable[[str], frozenset[str]]) -> tuple[Dyad | None, ...]:
    """Return who against whom, first for an act that is no clash, then for one that is."""
    by, against = _side(parties, "by", widen), _side(parties, "against", widen)
    if by is None and against is None:
        return None, None
    return Dyad(by, against, clash=False), Dyad(by, against, clash=True)


def _side(parties: Parties, role: str, widen: Callable[[str], frozenset[str]]) -> Side | None:
    rows = [row for row in parties if row.role == role]
    stated = [row for row in rows if row.basis in _FIRM]
    names: set[str] = set()
    for row in stated or rows:
        if row.party is not None:
            names |= widen(row.party)
        elif (name := folded(row.name_as_written)) is not None:
            names.add("~" + name)
    return Side(frozenset(names), bool(stated)) if names else None


def _dyad_order(dyad: Dyad) -> tuple[object, ...]:
    return (_side_order(dyad.by), _side_order(dyad.against), dyad.clash)


def _side_order(side: Side | None) -> tuple[list[str], bool]:
    return ([], False) if side is None else (sorted(side.parties), side.firm)


def _signatures(texts: Sequence[str | None]) -> npt.NDArray[np.uint64]:
    """Return for each text the set of its words as bits; words of one or two letters say nothing."""
    known: dict[str, int] = {}
    signatures: dict[str | None, bytes] = {}
    for text in texts:
        if text in signatures:
            continue
        value = 0
        for word in _WORDS.findall(text.casefold()) if text else ():
            if word not in known:
                known[word] = 1 << (zlib.crc32(word.encode()) % _WORD_BITS)
            value |= known[word]
        signatures[text] = value.to_bytes(_WORD_BITS // 8, "little")
    packed = b"".join([signatures[text] for text in texts])
    return np.frombuffer(packed, dtype="<u8").reshape(-1, _WORD_BITS // 64).astype(np.uint64)
