"""Reports as columns that can be compared: the form in which pairs are found and scored.

Rows are in the order of report_id, so nothing depends on the order in which reports came. Texts
become small integers (`Coded`), -1 for unknown; the value behind an integer stays at hand for
words.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from trucewatch.actors import Actors
from trucewatch.incidents.figures import best_of, killed
from trucewatch.incidents.sharing import OfShared, Parties
from trucewatch.reports.independence import origin_of
from trucewatch.reports.report import Report
from trucewatch.reports.source import Source
from trucewatch.tables import to_micros

__all__ = ["DAY", "OPEN", "UNKNOWN_RADIUS_M", "Coded", "Dyad", "Features", "Side", "features_of", "folded"]

DAY = 86_400_000_000
"""Microseconds of a day."""

UNKNOWN_RADIUS_M = 5_000.0
"""Assumed for a point that is given without a radius: about a town."""

OPEN = 1 << 60
"""Microseconds beyond every date: stands for a bound of a period that is not known."""

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
    dyads = OfShared(partial(_dyads, widen=_widener(actors)))
    deaths = [killed(report) for report in reports]
    bounds = [_bounds(report) for report in reports]
    placed = np.array([r.lat is not None and r.lon is not None for r in reports], dtype=bool)
    return Features(
        ids=tuple(report.report_id for report in reports),
        start=np.array([first for first, _ in bounds], dtype=np.int64),
        end=np.array([last for _, last in bounds], dtype=np.int64),
        dated=np.array([report.occurred is not None for report in reports], dtype=bool),
        lat=_numbers((report.lat for report in reports), 0.0),
        lon=_numbers((report.lon for report in reports), 0.0),
        radius=_numbers((report.radius_m for report in reports), UNKNOWN_RADIUS_M),
        placed=placed,
        place=_coded([report.place for report in reports]),
        name=_coded(list(map(cache(folded), [report.place_written for report in reports]))),
        act=_coded([report.act for report in reports]),
        target=_coded([report.target for report in reports]),
        weapon=_coded([report.weapon for report in reports]),
        dyad=_coded(
            [dyads(report.parties)[report.act == "armed_clash"] for report in reports], _dyad_order
        ),
        origin=_coded([origin_of(report, sources) for report in reports]),
        document=_coded([report.document for report in reports]),
        grouping=_coded([report.grouping for report in reports]),
        dataset=_coded([_dataset(report.grouping) for report in reports]),
        low=np.array([-1 if low is None else low for low, _ in deaths], dtype=np.int64),
        high=np.array(
            [
                -1 if low is None else _NO_UPPER_BOUND if high is None else high
                for low, high in deaths
            ],
            dtype=np.int64,
        ),
        words=_signatures([report.text for report in reports]),
        published=np.array(
            [OPEN if one.published_at is None else to_micros(one.published_at) for one in reports],
            dtype=np.int64,
        ),
        outlet=_coded([report.source or None for report in reports]),
        doings=_coded(list(map(cache(_doings), [one.act_written for one in reports])), sorted),
        best=_best(reports, "killed"),
        hurt=_best(reports, "injured"),
    )


def _doings(written: str | None) -> frozenset[str] | None:
    return frozenset(filter(None, map(folded, (written or "").split(";")))) or None


def _best(reports: Sequence[Report], harm: str) -> Ints:
    best = OfShared(partial(best_of, harm=harm))
    found = [best(report.casualties) for report in reports]
    return np.array([-1 if one is None else one for one in found], dtype=np.int64)


def folded(text: str | None) -> str | None:
    """Return a name without case, accents, spaces and marks; None if nothing is left."""
    if text is None:
        return None
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _MARKS.sub("", plain) or None


def _numbers(values: Iterable[float | None], unknown: float) -> Floats:
    return np.array([unknown if value is None else value for value in values], dtype=np.float64)


def _coded(values: Sequence[T | None], key: Callable[[T], Any] | None = None) -> Coded[T]:
    known: list[T] = sorted({value for value in values if value is not None}, key=key)  # type: ignore[type-var,arg-type]
    code = {value: position for position, value in enumerate(known)}
    return Coded(
        np.array([-1 if value is None else code[value] for value in values], dtype=np.int64),
        tuple(known),
    )


def _bounds(report: Report) -> tuple[int, int]:
    """Return start and end in microseconds, `OPEN` for a bound that is not known."""
    if report.occurred is None:
        return 0, 1
    start, end = report.occurred.start, report.occurred.end
    return (
        -OPEN if start is None else to_micros(start),
        OPEN if end is None else to_micros(end),
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
