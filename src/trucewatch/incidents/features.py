"""Reports as columns that can be compared: the form in which pairs are found and scored.

Rows are in the order of report_id, so nothing depends on the order in which reports came. Texts
become small integers (`Coded`), -1 for unknown; the value behind an integer stays at hand for
words.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from trucewatch.actors import Actors
from trucewatch.incidents.coded import Coded, recoded, together
from trucewatch.incidents.figures import best_of, killed
from trucewatch.incidents.report_columns import OPEN, ReportColumns, columns_of_records
from trucewatch.incidents.sharing import Parties
from trucewatch.incidents.spoken import spoken_of
from trucewatch.reports.report import Report
from trucewatch.reports.source import Source

__all__ = ["DAY", "OPEN", "UNKNOWN_RADIUS_M", "Dyad", "Features", "Side", "dyad_order", "features_of", "features_of_columns", "folded"]

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
    spoken: npt.NDArray[np.uint32]
    """The words themselves as codes, see `spoken`."""
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
    texts, figures = given.texts, given.casualties
    widen = _widener(actors)
    plain = Coded(given.parties.codes, tuple([_sides(parties, widen) for parties in given.parties.values]))
    deaths = [killed(one) for one in figures.values]
    lat, lon, radius = (given.numbers[name] for name in ("lat", "lon", "radius_m"))
    placed = ~(np.isnan(lat) | np.isnan(lon))
    return Features(
        ids=given.ids, start=given.start, end=given.end, dated=given.dated,
        lat=np.where(placed, lat, 0.0), lon=np.where(placed, lon, 0.0),
        radius=np.where(np.isnan(radius), UNKNOWN_RADIUS_M, radius), placed=placed,
        name=recoded(texts["place_written"], folded), dyad=_dyads(plain, texts["act"]),
        by=recoded(plain, lambda one: _names(one[0]), sorted),
        against=recoded(plain, lambda one: _names(one[1]), sorted),
        dataset=recoded(texts["grouping"], _dataset),
        low=_numbers(figures, [low for low, _ in deaths]), high=_numbers(figures, list(map(_greatest, deaths))),
        words=_signatures(texts["text"]), spoken=spoken_of(texts["text"]), published=given.published, outlet=texts["source"],
        doings=recoded(texts["act_written"], _doings, sorted),
        best=_numbers(figures, [best_of(one, harm="killed") for one in figures.values]),
        hurt=_numbers(figures, [best_of(one, harm="injured") for one in figures.values]),
        **{name: texts[name] for name in _AS_THEY_ARE},
    )  # fmt: skip


def _numbers(column: Coded[Any], values: Sequence[int | None]) -> Ints:
    """Return a number for each row from one for each value; -1 where there is none."""
    table = np.array([-1 if one is None else one for one in [*values, None]], dtype=np.int64)
    return table[column.codes]


def _names(side: Side | None) -> frozenset[str] | None:
    return None if side is None else side.parties


def _greatest(figures: tuple[int | None, int | None]) -> int:
    low, high = figures
    return -1 if low is None else _NO_UPPER_BOUND if high is None else high


def _doings(written: str) -> frozenset[str] | None:
    return frozenset(filter(None, map(folded, written.split(";")))) or None


def folded(text: str | None) -> str | None:
    """Return a name without case, accents, spaces and marks; None if nothing is left."""
    if text is None:
        return None
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _MARKS.sub("", plain) or None


def _dataset(grouping: str) -> str:
    return grouping.partition(":")[0]


def _widener(actors: Actors) -> Callable[[str], frozenset[str]]:
    """Return a function from a party to itself and its members, each looked up once."""
    known: dict[str, frozenset[str]] = {}

    def widen(party: str) -> frozenset[str]:
        if party not in known:
            members = actors.members(party) if party in actors.parties else ()
            known[party] = frozenset({party, *members})
        return known[party]

    return widen


def _sides(parties: Parties, widen: Callable[[str], frozenset[str]]) -> tuple[Side | None, Side | None]:
    return _side(parties, "by", widen), _side(parties, "against", widen)


def _dyads(sides: Coded[tuple[Side | None, Side | None]], acts: Coded[str]) -> Coded[Dyad]:
    """Return who against whom, each combination of sides and act once."""
    first, place = together((sides, acts), len(acts))
    made = [_dyad(*(sides.of(row) or (None, None)), acts.of(row)) for row in first.tolist()]
    return recoded(Coded(place, tuple(made)), lambda one: one, dyad_order)


def _dyad(by: Side | None, against: Side | None, act: str | None) -> Dyad | None:
    return Dyad(by, against, clash=act == "armed_clash") if by or against else None


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


def dyad_order(dyad: Dyad) -> tuple[object, ...]:
    """Return what dyads are sorted by."""
    return (_side_order(dyad.by), _side_order(dyad.against), dyad.clash)


def _side_order(side: Side | None) -> tuple[list[str], bool]:
    return ([], False) if side is None else (sorted(side.parties), side.firm)


def _signatures(texts: Coded[str]) -> npt.NDArray[np.uint64]:
    """Return for each text the set of its words as bits; words of one or two letters say nothing."""
    known: dict[str, int] = {}
    packed = b"".join([_signature(text, known) for text in [*texts.values, ""]])
    table = np.frombuffer(packed, dtype="<u8").reshape(-1, _WORD_BITS // 64).astype(np.uint64)
    return table[texts.codes]


def _signature(text: str, known: dict[str, int]) -> bytes:
    value = 0
    for word in _WORDS.findall(text.casefold()):
        if word not in known:
            known[word] = 1 << (zlib.crc32(word.encode()) % _WORD_BITS)
        value |= known[word]
    return value.to_bytes(_WORD_BITS // 8, "little")
