"""The names of a case, looked up once each: sources, parties, places, acts, times.

Collections repeat the same few names and dates, so every answer is kept for the length of one
resolution. Nothing is kept between resolutions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar, TypeVarTuple

from trucewatch.actors import Actors, Resolution
from trucewatch.acts import act_key, is_act, parse_act
from trucewatch.errors import BadPeriod
from trucewatch.periods import (
    Period,
    Precision,
    Zone,
    day_of,
    end_of,
    parse_hours,
    parse_instant,
    parse_period,
    precision,
)
from trucewatch.places import Gazetteer, Located
from trucewatch.reports.row import Remarks, Row
from trucewatch.reports.source import Source
from trucewatch.reports.unresolved import fold
from trucewatch.truth import TRUE

__all__ = ["CLOCK_TIMES", "Lookups"]

CLOCK_TIMES = (Precision.HOUR, Precision.MINUTE, Precision.SECOND)
"""Precisions that state an hour; anything coarser states days."""

Value = TypeVar("Value")
More = TypeVarTuple("More")
Read = tuple[Value | None, str | None]
"""What a text says, or why it cannot be read."""


class Lookups:
    """Answers about names and times; equal questions get equal answers."""

    def __init__(
        self, sources: Mapping[str, Source], actors: Actors, gazetteer: Gazetteer, zone: Zone
    ) -> None:
        self.sources = sources
        self.actors = actors
        self.zone = zone
        self._gazetteer = gazetteer
        self._source_keys = _source_names(sources)
        self._sources_named: dict[str, Source | None] = {}
        self._resolutions: dict[tuple[str, datetime | None], Resolution | None] = {}
        self._acts: dict[str, str | None] = {}
        self._turns = actors.naming_days()
        self._stretches: dict[datetime, int] = {}
        self._first_asked: dict[int, datetime] = {}
        self._readings: dict[tuple[object, ...], tuple[Any, Remarks | None]] = {}
        self._times: dict[tuple[str, str], tuple[object, str | None]] = {}

    def once(
        self,
        row: Row,
        columns: Sequence[str],
        read: Callable[[Row, *More], Value],
        *more: *More,
    ) -> Value:
        """Return `read(row, *more)`, read once for all rows that have the same cells there.

        `read` may look at nothing of the row but the cells of `columns`; all else is in `more`.
        """
        asked = (read, *more, *map(row.values.get, columns))
        known = self._readings.get(asked)
        if known is not None:
            if known[1] is not None:
                row.repeat(known[1])
            return known[0]  # type: ignore[no-any-return]  # a reader is part of what was asked
        before = row.remarked()
        value = read(row, *more)
        self._readings[asked] = (value, row.remarks_since(before))
        return value

    def alike(self, on: datetime | None) -> datetime | None:
        """Return the instant that stands for all at which names mean what they mean at `on`.

        It is the first one asked for between the same two days of `Actors.naming_days`.
        """
        if on is None:
            return None
        stretch = self._stretches.get(on)
        if stretch is None:
            day = day_of(on, self.actors.zone)
            stretch = self._stretches[on] = bisect_right(self._turns, day)
        return self._first_asked.setdefault(stretch, on)

    def source(self, name: str) -> Source | None:
        """Return the source with this key, name or alias."""
        if name not in self._sources_named:
            key = name if name in self.sources else self._source_keys.get(fold(name))
            self._sources_named[name] = None if key is None else self.sources[key]
        return self._sources_named[name]

    def resolution(self, name: str, on: datetime | None) -> Resolution | None:
        """Return which parties `name` means at `on`; None if the case does not know it."""
        asked = (name, on)
        if asked not in self._resolutions:
            self._resolutions[asked] = self.actors.resolve(name, on)
        return self._resolutions[asked]

    def party(self, name: str, on: datetime | None) -> str | None:
        """Return the one party that `name` means: the only candidate, or a bloc with members."""
        found = self.resolution(name, on)
        if found is None:
            return None
        if len(found.parties) == 1:
            return found.parties[0]
        wholes = [
            whole for whole in found.parties
            if all(self.actors.belongs(one, whole, on) is TRUE for one in found.parties)
        ]
        return wholes[0] if len(wholes) == 1 else None

    def places(self, text: str) -> tuple[Located, ...]:
        """Return the places that `text` may mean, and what it says of them; several: ambiguous."""
        return self._gazetteer.locate(text)

    def act(self, words: str) -> str | None:
        """Return the key of an act as written or in words."""
        if words not in self._acts:
            self._acts[words] = act_key(words) if is_act(words) else parse_act(words)
        return self._acts[words]

    def occurred(self, day: str, hours: str | None) -> Read[Period]:
        """Return when it happened: the period `day`, narrowed to `hours` if it states no hour."""
        return self._read("occurred", f"{day} {hours or ''}", lambda: self._period(day, hours))

    def published(self, text: str) -> Read[datetime]:
        """Return the last instant that `text` can mean: a day counts from its end."""
        return self._read("published", text, lambda: end_of(text, self.zone))

    def first(self, text: str) -> Read[datetime]:
        """Return the first instant that `text` can mean."""
        return self._read("first", text, lambda: self._bounds(text).start)

    def last(self, text: str) -> Read[datetime]:
        """Return the last instant that `text` can mean; a minute is its first instant."""
        return self._read("last", text, lambda: end_of(text, self.zone))

    def _period(self, day: str, hours: str | None) -> Period:
        period = parse_period(day, self.zone)
        if hours is None or precision(day) in CLOCK_TIMES:
            return period
        return parse_hours(period, hours, self.zone)

    def _bounds(self, text: str) -> Period:
        """A clock time starts where it says; of two readings of a clock, at the first."""
        if precision(text) in (Precision.MINUTE, Precision.SECOND):
            try:
                instant = parse_instant(text, self.zone)
            except BadPeriod:
                return parse_period(text, self.zone)
            return Period(instant, None)
        return parse_period(text, self.zone)

    def _read(self, kind: str, text: str, read: Callable[[], Value | None]) -> Read[Value]:
        asked = (kind, text)
        if asked not in self._times:
            try:
                self._times[asked] = (read(), None)
            except BadPeriod as error:
                self._times[asked] = (None, str(error))
        return self._times[asked]  # type: ignore[return-value]  # one kind, one type


def _source_names(sources: Mapping[str, Source]) -> dict[str, str]:
    """Folded name or alias → key; where two sources share a name, the first key in order has it."""
    names: dict[str, str] = {}
    for key in sorted(sources):
        for name in (key, sources[key].name, *sources[key].aliases):
            names.setdefault(fold(name), key)
    return names
