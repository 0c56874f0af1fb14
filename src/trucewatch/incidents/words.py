"""The terms of a score in words, for one pair of reports at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.apart import combined_sigma, days_apart, metres_apart
from trucewatch.incidents.coded import Coded
from trucewatch.incidents.features import DAY, OPEN, Dyad, Features, Side
from trucewatch.incidents.weights import Bounds

__all__ = ["Compared", "compared", "word"]

_NO_BOUND = 1 << 40
_OPEN_DAYS = OPEN / DAY / 2


@dataclass(frozen=True, slots=True)
class Compared:
    """Two rows and how far they lie apart."""

    first: int
    second: int
    metres: float
    sigma_m: float
    days: float
    """Negative: the periods overlap."""
    span_days: float
    """Length of the longer of the two periods."""


def compared(
    rows: Features, first: npt.NDArray[np.int64], second: npt.NDArray[np.int64], weights: Bounds
) -> list[Compared]:
    """Return the measures of these pairs."""
    spans = (rows.end - rows.start) / DAY
    columns = (
        first,
        second,
        metres_apart(rows, first, second),
        combined_sigma(rows, first, second, weights),
        days_apart(rows, first, second),
        np.maximum(spans[first], spans[second]),
    )
    return [Compared(*row) for row in zip(*(each.tolist() for each in columns), strict=True)]


def word(rows: Features, pair: Compared, term: str) -> str:
    """Return what the term compared in these two rows, in words."""
    return _WORDS[term](rows, pair)


def _prior(_rows: Features, _pair: Compared) -> str:
    return "before anything is compared"


def _distance(rows: Features, pair: Compared) -> str:
    if not (rows.placed[pair.first] and rows.placed[pair.second]):
        return "no coordinates in one of them"
    return f"{pair.metres / 1000:.1f} km apart, combined sigma {pair.sigma_m / 1000:.1f} km"


def _place(rows: Features, pair: Compared) -> str:
    one, other = rows.place.of(pair.first), rows.place.of(pair.second)
    if one is not None and other is not None:
        return f"same place {one}" if one == other else f"{one} and {other}"
    same = rows.name.of(pair.first) == rows.name.of(pair.second)
    return "same place name as written" if same else "different place names as written"


def _time(_rows: Features, pair: Compared) -> str:
    coarse = f"the coarser one is {pair.span_days:.1f} days long"
    if pair.span_days > _OPEN_DAYS:
        coarse = "a bound of one of them is not known"
    if pair.days < 0:
        return f"periods overlap, {coarse}"
    return f"{pair.days:.1f} days between them, {coarse}"


def _busy(_rows: Features, _pair: Compared) -> str:
    return "other reports within reach at that time: coincidence is likelier"


def _published(rows: Features, pair: Compared) -> str:
    days = abs(int(rows.published[pair.first]) - int(rows.published[pair.second])) / DAY
    return f"published {days:.1f} days apart"


def _outlet(rows: Features, pair: Compared) -> str:
    return f"one outlet, two documents: {rows.outlet.of(pair.first)}"


def _rivals(_rows: Features, _pair: Compared) -> str:
    return "other reports of the same document fit as well"


def _injured(rows: Features, pair: Compared) -> str:
    return f"{int(rows.hurt[pair.first])} and {int(rows.hurt[pair.second])} injured"


def _act(rows: Features, pair: Compared) -> str:
    if -1 in (rows.act.codes[pair.first], rows.act.codes[pair.second]):
        return "what was done, in the words of the sources"
    return _values("act")(rows, pair)


def _values(column: str) -> Callable[[Features, Compared], str]:
    def both(rows: Features, pair: Compared) -> str:
        coded: Coded[str] = getattr(rows, column)
        one, other = coded.of(pair.first), coded.of(pair.second)
        return f"both {one}" if one == other else f"{one} and {other}"

    return both


def _parties(rows: Features, pair: Compared) -> str:
    return f"{_dyad(rows.dyad.of(pair.first))} and {_dyad(rows.dyad.of(pair.second))}"


def _rare(rows: Features, pair: Compared) -> str:
    return f"{_dyad(rows.dyad.of(pair.first))}: how seldom others around them name these two sides"


def _dyad(dyad: Dyad | None) -> str:
    return "nobody" if dyad is None else f"{_side(dyad.by)} against {_side(dyad.against)}"


def _side(side: Side | None) -> str:
    if side is None:
        return "unknown"
    names = ", ".join(sorted(name.removeprefix("~") for name in side.parties))
    return names if side.firm else f"({names})"


def _deaths(rows: Features, pair: Compared) -> str:
    return f"{_range(rows, pair.first)} and {_range(rows, pair.second)} killed"


def _range(rows: Features, row: int) -> str:
    low, high = int(rows.low[row]), int(rows.high[row])
    if high >= _NO_BOUND:
        return f"{low} or more"
    return str(low) if low == high else f"{low} to {high}"


def _origin(rows: Features, pair: Compared) -> str:
    return f"one origin speaks twice: {rows.origin.of(pair.first)}"


def _grouping(rows: Features, pair: Compared) -> str:
    one, other = rows.grouping.of(pair.first), rows.grouping.of(pair.second)
    return (
        f"the data set calls both {one}"
        if one == other
        else f"the data set keeps {one} and {other} apart"
    )


def _text(_rows: Features, _pair: Compared) -> str:
    return "words that both texts have; seldom ones tell more"


_WORDS: Mapping[str, Callable[[Features, Compared], str]] = {
    "prior": _prior,
    "distance": _distance,
    "place": _place,
    "time": _time,
    "published": _published,
    "busy": _busy,
    "act": _act,
    "target": _values("target"),
    "weapon": _values("weapon"),
    "parties": _parties,
    "dyad": _rare,
    "deaths": _deaths,
    "injured": _injured,
    "origin": _origin,
    "outlet": _outlet,
    "grouping": _grouping,
    "text": _text,
    "rivals": _rivals,
}
