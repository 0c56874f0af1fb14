"""Numbers as sources give them (“12”, “10+”, “about 50”) and the casualties made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from trucewatch.reports.report import Casualty
from trucewatch.reports.row import Row

__all__ = ["FIGURE_COLUMNS", "Figure", "casualties", "parse_figure"]

FIGURE_COLUMNS = (
    *(f"{harm}{bound}" for harm in ("killed", "injured", "missing", "displaced")
      for bound in ("", "_low", "_high")),
    *(f"killed_{group}" for group in ("civilian", "fighter", "unknown")),
)
"""The columns that `casualties` looks at."""

_N = r"(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.0+)?"
_EXACT = re.compile(_N)
_RANGE = re.compile(rf"(?:between |from )?{_N} ?(?:-|–|—|to|and|\.\.) ?{_N}")
_AT_LEAST = re.compile(rf"(?:>=|≥|at least|minimum|min\.?) ?{_N}|{_N} ?(?:\+|or more|and more)")
_MORE = re.compile(rf"(?:>|more than|over) ?{_N}")
_AT_MOST = re.compile(rf"(?:<=|≤|at most|up to|maximum|max\.?) ?{_N}|{_N} or (?:fewer|less)")
_FEWER = re.compile(rf"(?:<|fewer than|less than|under) ?{_N}")
_ABOUT = re.compile(
    rf"(?:~|about|around|some|approximately|approx\.?|circa|ca?\.?|roughly|nearly|almost) ?{_N}"
    rf"|{_N}[~?]"
)
_NONE = ("no", "none", "nil", "zero")
_EXPECTED = "a number such as 12, 10+, >=10, 12-15, about 50 or 0"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a source admits: least, its own figure, greatest; None where it states none."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    qualifier: str = "exact"
    """A word of COUNT_QUALIFIERS."""


@lru_cache(maxsize=4096)
def parse_figure(text: str) -> Figure | None:
    """Return what `text` says of a number; None if it says none.

    “about 50” has only a figure of its own: nobody said how far off it may be. “more than 10”
    has only a least number (11), “up to 20” only a greatest.
    """
    clean = " ".join(text.casefold().split())
    if clean in _NONE:
        return Figure(0, 0, 0)
    if match := _EXACT.fullmatch(clean):
        number = _number(match)
        return Figure(number, number, number)
    if match := _RANGE.fullmatch(clean):
        first, last = (_whole(one) for one in match.groups())
        return Figure(first, None, last, "about") if first <= last else None
    return _bounded(clean)


def _bounded(clean: str) -> Figure | None:
    if match := _AT_LEAST.fullmatch(clean):
        return Figure(_number(match), _number(match), None, "at_least")
    if match := _MORE.fullmatch(clean):
        return Figure(_number(match) + 1, None, None, "at_least")
    if match := _AT_MOST.fullmatch(clean):
        return Figure(None, None, _number(match), "about")
    if match := _FEWER.fullmatch(clean):
        return Figure(None, None, max(0, _number(match) - 1), "about")
    if match := _ABOUT.fullmatch(clean):
        return Figure(None, _number(match), None, "about")
    return None


def _number(match: re.Match[str]) -> int:
    return next(_whole(one) for one in match.groups() if one is not None)


def _whole(digits: str) -> int:
    return int(digits.replace(",", "").replace(" ", ""))


def casualties(row: Row, party: str | None, group: str) -> tuple[Casualty, ...]:
    """Return the people harmed that a row names; no row where it names no number.

    `party` and `group` are those of the people affected, where the row states them. Killed by
    group add up to the total: what no group names is `unknown`, and a total that is wider than
    its groups widens the least specific group first.
    """
    found = [("killed", whom, figure) for whom, figure in _killed(row, group)]
    for harm in ("injured", "missing", "displaced"):
        figure = _ranged(row, harm)
        if figure is not None:
            found.append((harm, group, figure))
    return tuple(
        Casualty(harm, whom, party, figure.low, figure.best, figure.high)
        for harm, whom, figure in found
    )


def _read(row: Row, name: str) -> Figure | None:
    text = row.values.get(name)
    if text is None or text.casefold() == "unknown":
        return None
    figure = parse_figure(text)
    if figure is None:
        row.complain(name, _EXPECTED)
    return figure


def _ranged(row: Row, name: str) -> Figure | None:
    """Return a figure with the bounds of its columns `…_low` and `…_high`."""
    figure, least, most = _read(row, name), _read(row, f"{name}_low"), _read(row, f"{name}_high")
    if least is None and most is None:
        return figure
    whole = figure or Figure()
    low = whole.low if least is None else least.low
    high = whole.high if most is None else most.high
    stated = [one for one in (low, whole.best, high) if one is not None]
    if stated != sorted(stated):
        row.complain(name, "low ≤ number ≤ high", "The widest reading is used.")
        low, high = (None if low is None else min(stated)), (None if high is None else max(stated))
    return replace(whole, low=low, high=high)


def _killed(row: Row, group: str) -> list[tuple[str, Figure]]:
    total = _ranged(row, "killed")
    parts = {
        one: figure
        for one in ("civilian", "fighter", "unknown")
        if (figure := _read(row, f"killed_{one}"))
    }
    if total is None or not parts:
        return list(parts.items()) if total is None else [(group, total)]
    shares = _shares(total, tuple(parts.items()))
    if shares is None:
        row.complain("killed", "a total that is not less than its groups", "The groups are kept.")
        return list(parts.items())
    return list(shares)


@lru_cache(maxsize=4096)
def _shares(
    total: Figure, named: tuple[tuple[str, Figure], ...]
) -> tuple[tuple[str, Figure], ...] | None:
    """Return the groups with what no group names; None if they are more than the total."""
    parts = dict(named)
    if total.high is not None and (_sum(one.low for one in parts.values()) or 0) > total.high:
        return None
    if "unknown" not in parts:
        parts["unknown"] = _remainder(total, parts.values())
    wide = _widened(total, parts)
    return tuple((group, one) for group, one in wide.items() if group != "unknown" or one.high != 0)


def _remainder(total: Figure, parts: Iterable[Figure]) -> Figure:
    """What the total leaves when the groups are taken from it."""
    listed = list(parts)
    least, figure, most = (
        _sum(getattr(one, name) for one in listed) for name in ("low", "best", "high")
    )
    low = 0 if total.low is None or most is None else max(0, total.low - most)
    high = None if total.high is None else max(low, total.high - (least or 0))
    best = None if total.best is None or figure is None else max(low, total.best - figure)
    return Figure(low, best if high is None or best is None else min(best, high), high)


def _widened(total: Figure, parts: Mapping[str, Figure]) -> dict[str, Figure]:
    """Give the groups the width of the total: their bounds add up to its bounds."""
    wide = dict(parts)
    over = (_sum(one.low for one in wide.values()) or 0) - (total.low or 0)
    for group in ("unknown", "fighter", "civilian"):
        if total.low is not None and over > 0 and group in wide:
            taken = min(over, wide[group].low or 0)
            wide[group] = replace(wide[group], low=(wide[group].low or 0) - taken)
            over -= taken
    most = _sum(one.high for one in wide.values())
    if total.high is None:
        wide["unknown"] = replace(wide["unknown"], high=None)
    elif most is not None and most < total.high:
        high = (wide["unknown"].high or 0) + total.high - most
        wide["unknown"] = replace(wide["unknown"], high=high)
    return wide


def _sum(numbers: Iterable[int | None]) -> int | None:
    listed = list(numbers)
    known = [one for one in listed if one is not None]
    return sum(known) if len(known) == len(listed) else None
