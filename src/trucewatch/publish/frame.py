"""What a daily report is made from, with the names and the day that all of its parts share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from trucewatch.actors import Actors
from trucewatch.agreement import Agreement
from trucewatch.periods import Period, day_period
from trucewatch.places import Gazetteer
from trucewatch.publish.daily_lines import Cited
from trucewatch.publish.issue import DRAFT, Issue
from trucewatch.publish.phrases import Phrases, phrases
from trucewatch.publish.spoken import (
    day_words,
    instant_words,
    period_words,
    position_words,
)
from trucewatch.release import Released, ReleasedClaim, ReleasedIncident, ReleasedReport
from trucewatch.reports import Source

__all__ = ["Frame", "Mandated"]

_TICK = timedelta(microseconds=1)
"""A publication of which only the day is stated is kept as the end of that day."""


@dataclass(frozen=True, slots=True)
class Mandated:
    """What the case's settings say of its reports."""

    title: str
    language: str
    mode: str
    unit: str
    sides: str
    training_fire: str
    attribution: str
    first_day: date | None


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything that the sections of one report share."""

    day: date
    zone: ZoneInfo
    cut_off: datetime
    settings: Mandated
    agreement: Agreement
    actors: Actors
    gazetteer: Gazetteer
    sources: Mapping[str, Source]
    files: Mapping[str, str]
    """Id of an evidence entry → the file as people know it."""
    now: Released
    """As known at this report's cut-off."""
    then: Released | None
    """As known at the cut-off of the day before; None: there is no report before this one."""
    decisions: int
    """How many decisions are in force."""
    issue: Issue = DRAFT
    opposed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Status of the agreement → those that cannot be so together with it; the lexicon's."""

    @property
    def said(self) -> Phrases:
        """The phrases of the report's language."""
        return phrases(self.settings.language)

    @property
    def period(self) -> Period:
        """The local day."""
        return day_period(self.day, self.zone)

    @property
    def reading(self) -> str:
        """The reading in which findings are counted: the agreement's own where it was run."""
        readings = self.now.readings
        return "default" if "default" in readings or not readings else readings[0]

    def party(self, key: str) -> str:
        """Return the name of a party; of a source if it is one; else the key."""
        if key in self.actors.parties:
            return self.actors.parties[key].name
        return self.source(key)

    def parties(self, keys: Iterable[str]) -> str:
        """Return names of parties as alternatives."""
        return self.said.say("or").join(self.party(one) for one in keys)

    def source(self, key: str) -> str:
        """Return the name of a source; the words after “name:” of an origin that is no source."""
        known = self.sources.get(key)
        if known is not None:
            return known.name
        if key in self.actors.parties:
            return self.actors.parties[key].name
        return key.removeprefix("name:")

    def place(self, key: str | None) -> str | None:
        """Return the name of a place; None if it is not known."""
        known = self.gazetteer.places.get(key or "")
        return known.name if known else None

    def place_of(self, incident: ReleasedIncident) -> str:
        """Return how the place of an incident is called in this document."""
        said, named, written = self.said, self.place(incident.place), incident.place_written
        if named is not None and written not in (None, named):
            return said.say("place.written", place=named, written=written)
        if named or written:
            return named or written or ""
        if incident.lat is not None and incident.lon is not None:
            return position_words(incident.lat, incident.lon)
        return said.say("place.withheld" if incident.coarsened else "place.unknown")

    def cited(self, row: ReleasedReport | ReleasedClaim) -> Cited:
        """Return where a report or claim stands; ids of ledger entries are no part of a document."""
        key = row.report_id if isinstance(row, ReleasedReport) else row.claim_id
        published = None if row.published_at is None else row.published_at - _TICK
        return Cited(
            id=key,
            source=self.source(row.source),
            published=None
            if published is None
            else day_words(published.astimezone(self.zone).date(), self.said),
            file=self.files.get(row.evidence or ""),
            locator=row.locator,
        )

    def time(self, period: Period | None) -> str:
        """Return a period in local time."""
        return period_words(period, self.zone, self.said)

    def instant(self, instant: datetime) -> str:
        """Return an instant in local time."""
        return instant_words(instant, self.zone, self.said)
