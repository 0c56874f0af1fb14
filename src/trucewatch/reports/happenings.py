"""One written report row becomes a report: times, position, act, sides, casualties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from trucewatch.acts import is_target, is_weapon, parse_target, parse_weapon, weapon_key
from trucewatch.errors import Severity
from trucewatch.periods import Period
from trucewatch.reports.figures import FIGURE_COLUMNS, casualties, parse_figure
from trucewatch.reports.knowing import known_from
from trucewatch.reports.lookups import Lookups
from trucewatch.reports.positions import PLACE_COLUMNS, Position, locate
from trucewatch.reports.provenance import TRAIL_COLUMNS, provenance_of
from trucewatch.reports.report import Circumstance, Report, ReportParty
from trucewatch.reports.row import Row
from trucewatch.reports.schema import COUNT_QUALIFIERS, EXPLOSION_STATES, METHODS, STANDINGS
from trucewatch.reports.sides import SIDE_COLUMNS, sides
from trucewatch.reports.sightings import SIGHTING_COLUMNS, Sighting, sighting_of
from trucewatch.reports.source import Knowledge, Source

__all__ = ["read_report"]

_SAID = {"yes": True, "true": True, "no": False, "false": False, "unknown": None}


@dataclass(frozen=True, slots=True)
class _Times:
    """When it happened, and from when the row may be used."""

    occurred: Period | None
    published_at: datetime | None
    known_at: datetime | None
    assumed: bool

    @property
    def on(self) -> datetime | None:
        """The instant at which names are read."""
        return None if self.occurred is None else self.occurred.start or self.occurred.end


@dataclass(frozen=True, slots=True)
class _Deed:
    """What was done, with what, and how surely it is said."""

    act: str | None
    target: str | None
    weapon: str | None
    weapon_assessed: bool | None
    calibre_mm: float | None
    method: str | None
    explosion_state: str | None
    count: int | None
    count_qualifier: str | None
    standing: str


_TIME_COLUMNS = ("occurred", "time", "published_at")
_WHERE_COLUMNS = (*SIGHTING_COLUMNS, *PLACE_COLUMNS)
_DEED_COLUMNS = (
    "act", "target", "weapon", "weapon_assessed", "calibre_mm", "method", "explosion_state",
    "count", "count_qualifier", "standing",
)


def read_report(row: Row, report_id: str, source: Source, lookups: Lookups, mode: str) -> Report:
    """Return the report of a row; what cannot be read is unknown and a problem of the row."""
    once, cell = lookups.once, row.values.get
    received = row.ref.recorded_at
    times = once(row, _TIME_COLUMNS, _times, source.knowledge, received, lookups, mode)
    on = lookups.alike(times.on)
    come = once(row, TRAIL_COLUMNS, provenance_of, source, lookups, on)
    sighting, position = once(row, _WHERE_COLUMNS, _where, lookups)
    parties = once(row, SIDE_COLUMNS, sides, lookups, on)
    deed = once(row, _DEED_COLUMNS, _deed, lookups)
    return Report(
        report_id=report_id, source=source.key, locator=row.written.locator, origin=come.origin,
        chain=come.chain, document=cell("document"), evidence=row.ref.evidence_id,
        published_at=times.published_at, recorded_at=received, known_at=times.known_at,
        known_assumed=times.assumed, occurred=times.occurred, place_written=cell("place"),
        place=position.place, lat=position.lat, lon=position.lon, radius_m=position.radius_m,
        area_wkt=position.area_wkt, act_written=cell("act"), act=deed.act, target=deed.target,
        weapon=deed.weapon, weapon_assessed=deed.weapon_assessed, calibre_mm=deed.calibre_mm,
        method=deed.method, observer_lat=sighting.lat, observer_lon=sighting.lon,
        bearing_from=sighting.bearing_from, bearing_to=sighting.bearing_to,
        distance_from_m=sighting.distance_from_m, distance_to_m=sighting.distance_to_m,
        explosion_state=deed.explosion_state, count=deed.count,
        count_qualifier=deed.count_qualifier, unit=cell("unit"), standing=deed.standing,
        grouping=cell("grouping"), text=cell("text"), language=cell("language"),
        licence=come.licence, sensitivity=come.sensitivity, parties=parties,
        casualties=once(row, FIGURE_COLUMNS, casualties, *_affected(parties, lookups)),
        circumstances=_circumstances(row, come.speaker),
    )


def _times(
    row: Row, knowledge: Knowledge, received: datetime, lookups: Lookups, mode: str
) -> _Times:
    occurred = _occurred(row, lookups)
    published = row.instant("published_at", lookups.published)
    known_at, assumed = known_from(
        knowledge, mode=mode, published_at=published, recorded_at=received,
        occurred_to=None if occurred is None else occurred.end, zone=lookups.zone,
    )
    return _Times(occurred, published, known_at, assumed)


def _where(row: Row, lookups: Lookups) -> tuple[Sighting, Position]:
    sighting = sighting_of(row, lookups)
    return sighting, locate(row, lookups, sighting)


def _occurred(row: Row, lookups: Lookups) -> Period | None:
    """Return when it happened; hours that cannot be read leave the day."""
    day, hours = row.text("occurred"), row.text("time")
    if day is None:
        if hours is not None:
            row.complain("time", "a date in `occurred` beside it")
        return None
    period, why = lookups.occurred(day, hours)
    if why is not None and hours is not None:
        alone, why_not = lookups.occurred(day, None)
        if alone is not None:
            row.complain("time", "an hour or hours of that day", f"{why}. The whole day is used.")
            return alone
        why = why_not
    if why is not None:
        row.complain("occurred", "a date, an instant or an interval", why, Severity.UNRESOLVED)
    return period


def _deed(row: Row, lookups: Lookups) -> _Deed:
    count, qualifier = _count(row)
    return _Deed(
        act=_act(row, lookups), target=_target(row), weapon=_weapon(row),
        weapon_assessed=row.flag("weapon_assessed"), calibre_mm=row.number("calibre_mm", 0),
        method=row.choice("method", METHODS),
        explosion_state=row.choice("explosion_state", EXPLOSION_STATES), count=count,
        count_qualifier=qualifier, standing=row.choice("standing", STANDINGS) or "asserted",
    )


def _act(row: Row, lookups: Lookups) -> str | None:
    words = row.text("act")
    if words is None:
        return None
    act = lookups.act(words)
    if act is None:
        row.mention("act", words)
    return act


def _target(row: Row) -> str | None:
    words = row.text("target")
    if words is None or is_target(words):
        return words
    return _known(row, "target", words, parse_target)


def _weapon(row: Row) -> str | None:
    words = row.text("weapon")
    if words is None:
        return None
    return weapon_key(words) if is_weapon(words) else _known(row, "weapon", words, parse_weapon)


def _known(row: Row, name: str, words: str, read: Callable[[str], str | None]) -> str | None:
    found = read(words)
    if found is None:
        row.complain(name, f"a {name} of the vocabulary", severity=Severity.UNRESOLVED)
    return found


def _count(row: Row) -> tuple[int | None, str | None]:
    """Return (count, how exact it is); of a range the least number, of “up to 20” none."""
    qualifier = row.choice("count_qualifier", COUNT_QUALIFIERS)
    text = row.text("count")
    if text is None or text.casefold() in COUNT_QUALIFIERS:
        return None, qualifier or (text and text.casefold())
    figure = parse_figure(text)
    if figure is None:
        row.complain("count", "a whole number such as 12, 10+, 12-15 or about 50")
        return None, qualifier
    if figure.best is None:
        return figure.low, qualifier or (None if figure.low is None else "at_least")
    return figure.best, qualifier or figure.qualifier


def _affected(parties: tuple[ReportParty, ...], lookups: Lookups) -> tuple[str | None, str]:
    """Return the one party that was hurt, if one is named, and what group its people are."""
    hurt = [one for one in parties if one.role == "affected"]
    if len(hurt) != 1 or hurt[0].party is None or hurt[0].basis != "stated":
        return None, "unknown"
    party = lookups.actors.parties.get(hurt[0].party)
    return hurt[0].party, "civilian" if party and party.kind == "protected" else "unknown"


def _circumstances(row: Row, speaker: str) -> tuple[Circumstance, ...]:
    """Return what is said of the circumstances, each flag once: the first statement counts."""
    text = row.text("circumstances")
    if text is None:
        return ()
    said: dict[str, Circumstance] = {}
    for part in text.split(";"):
        flag, _, value = (one.strip().casefold() for one in part.partition("="))
        if not flag:
            continue
        if value in _SAID:
            said.setdefault(flag, Circumstance(flag, _SAID[value], speaker))
        else:
            row.complain("circumstances", "flag=yes|no|unknown, separated by ;", value=part)
    return tuple(said.values())
