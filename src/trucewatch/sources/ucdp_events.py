"""One row of UCDP GED read strictly: a code that the codebook does not define refuses the row."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from trucewatch.errors import Problem, Severity
from trucewatch.sources.ucdp_articles import Article, cleaned, split_articles
from trucewatch.sources.ucdp_words import ged_words

__all__ = ["Event", "read_event"]

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_ORIGINALS = re.compile(r"\s*(?:[,;/>]|\band\b)\s*")
_LAST_YEAR = 2999
_DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "low", "best", "high")


@dataclass(frozen=True, slots=True)
class Event:
    """One event as coded."""

    row: int
    event_id: str
    kind: str
    """type_of_violence: 1 state-based, 2 non-state, 3 one-sided."""
    dyad: str
    side_a: tuple[str, ...]
    """Names; a side of several groups has several, any of which may have acted."""
    side_b: tuple[str, ...]
    originals: tuple[str, ...]
    """Who said it first, as written; several if the coders name several."""
    articles: tuple[Article, ...]
    where_prec: str
    place: str
    lat: float
    lon: float
    clarity: str
    date_prec: str
    first_day: date
    last_day: date
    deaths: Mapping[str, int]
    """The four groups, low, best and high, in persons."""
    raw: Mapping[str, str]

    @property
    def one_sided(self) -> bool:
        """Whether side b is civilians by definition."""
        return self.kind == "3"

    @property
    def long(self) -> bool:
        """Whether it is a total over a period instead of a happening."""
        return (self.last_day - self.first_day).days + 1 > ged_words().longest_days

    @property
    def area(self) -> bool:
        """Whether it is placed in an administrative or fuzzy area instead of at a place."""
        return int(self.where_prec) >= ged_words().area_from

    @property
    def candidates(self) -> tuple[str, ...]:
        """The names of the dyad that could have acted, each once."""
        return tuple(dict.fromkeys(self.side_a if self.one_sided else (*self.side_a, *self.side_b)))

    @property
    def days(self) -> tuple[date, date]:
        """First and last day (included) that surely hold it; a lone estimated day is widened."""
        if self.date_prec == "1" or self.first_day != self.last_day:
            return self.first_day, self.last_day
        spread = timedelta(days=ged_words().spreads[self.date_prec])
        return self.first_day - spread, self.last_day + spread

    @property
    def span(self) -> tuple[int, int]:
        """Least and greatest number of dead over the three estimates."""
        estimates = [self.deaths[name] for name in ("low", "best", "high")]
        return min(estimates), max(estimates)

    @property
    def radius_m(self) -> int:
        """Metres that hold the true place; an exact place has the size of what it is."""
        words = ged_words()
        if self.where_prec != "1":
            return words.radii_m[self.where_prec]
        name = self.place.casefold()
        parts = name.split() or [""]
        sizes = [words.sizes_m[part] for part in (parts[0], parts[-1]) if part in words.sizes_m]
        return words.places_m.get(name, max(sizes, default=words.radii_m["1"]))


@dataclass(slots=True)
class _Cells:
    """The cells of one row, and what is wrong with them."""

    file: str
    row: int
    raw: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def note(
        self, column: str, expected: str, severity: Severity = Severity.REJECTED, advice: str = ""
    ) -> None:
        """Note a problem with a cell."""
        value = self.raw.get(column) or None
        shown = value if value is None or len(value) < 200 else value[:200] + "…"
        self.problems.append(
            Problem(self.file, self.row, column, shown, expected, advice, severity)
        )

    def text(self, column: str) -> str:
        """Read a text that must not be empty."""
        value = cleaned(self.raw[column])
        if not value:
            self.note(column, "a text")
        return value

    def code(self, column: str, codes: Mapping[str, object]) -> str:
        """Read a code; an unknown one rejects the row."""
        value = self.raw[column].removesuffix(".0")
        if value not in codes:
            self.note(column, f"one of {', '.join(codes)}")
        return value

    def degrees(self, column: str, limit: float) -> float:
        """Read degrees within ±limit."""
        try:
            value = float(self.raw[column])
        except ValueError:
            value = math.nan
        if math.isnan(value) or abs(value) > limit:
            self.note(
                column,
                f"degrees from -{limit:g} to {limit:g}",
                advice="Are the coordinates swapped?" if limit < abs(value) <= 180 else "",
            )
        return value

    def day(self, column: str) -> date:
        """Read a calendar day."""
        match = _DAY.fullmatch(self.raw[column])
        try:
            day = date.fromisoformat(match[1] if match else "")
        except ValueError:
            self.note(column, "a day such as 2016-09-17")
            return date.min
        if not ged_words().first_year <= day.year <= _LAST_YEAR:
            self.note(column, f"a day from {ged_words().first_year} on")
            return date.min
        return day

    def whole(self, column: str) -> int:
        """Read a number of persons."""
        text = self.raw[column].removesuffix(".0")
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
        self.note(column, "a whole number of persons from 0")
        return 0


def read_event(
    raw: Mapping[str, str], row: int, file: str
) -> tuple[Event | None, tuple[Problem, ...]]:
    """Read one row; None with problems of severity REJECTED when it cannot be used."""
    cells = _Cells(file, row, raw)
    first, last = cells.day("date_start"), cells.day("date_end")
    if date.min < last < first:
        cells.note("date_end", "a day that is not before date_start")
    articles = split_articles(raw["source_article"], last)
    if articles is None:
        advice = "The event is recorded without its articles"
        cells.note("source_article", '"OFFICE,date,headline";"…"', Severity.WARNING, advice)
    words = ged_words()
    event = Event(
        row=row,
        event_id=cells.text("id"),
        kind=cells.code("type_of_violence", words.types),
        dyad=cells.text("dyad_name"),
        side_a=_names(cells.text("side_a")),
        side_b=_names(cells.text("side_b")),
        originals=tuple(one for one in _ORIGINALS.split(cleaned(raw["source_original"])) if one),
        articles=articles or (),
        where_prec=cells.code("where_prec", words.radii_m),
        place=cleaned(raw["where_coordinates"]),
        lat=cells.degrees("latitude", 90),
        lon=cells.degrees("longitude", 180),
        clarity=cells.code("event_clarity", words.clarities),
        date_prec=cells.code("date_prec", words.spreads),
        first_day=first,
        last_day=last,
        deaths={name: cells.whole(name) for name in _DEATHS},
        raw={name: value for name, value in raw.items() if value},
    )
    _check_deaths(cells, event)
    rejected = any(one.severity is Severity.REJECTED for one in cells.problems)
    return (None if rejected else event), tuple(cells.problems)


@lru_cache(maxsize=4_096)
def _names(side: str) -> tuple[str, ...]:
    """A side of several groups lists them with commas."""
    return tuple(one.replace(";", ",") for one in side.split(", ") if one)


def _check_deaths(cells: _Cells, event: Event) -> None:
    deaths = event.deaths
    if deaths["low"] > deaths["best"]:
        cells.note(
            "low",
            f"at most best ({deaths['best']})",
            Severity.WARNING,
            "The widest range is recorded",
        )
    if deaths["high"] < deaths["best"]:
        cells.note(
            "high",
            f"at least best ({deaths['best']})",
            Severity.WARNING,
            "The widest range is recorded",
        )
    groups = sum(deaths[name] for name in _DEATHS[:4])
    if groups != deaths["best"]:
        cells.note(
            "best",
            f"the sum of the four groups ({groups})",
            Severity.WARNING,
            "Both are recorded as they are",
        )
