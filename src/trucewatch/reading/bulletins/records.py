"""What a bulletin says, as frozen records; every one quotes the words that it rests on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

__all__ = ["Bulletin", "Count", "Header", "Item", "Note", "Observation", "Quoted", "Sum"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of the text: half-open ``[start, end)`` in code points, and the words themselves."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Header:
    """What the bulletin says about itself; None where it does not."""

    number: Quoted | None = None
    """Serial number as written, with its year if one stands there: 283/2021."""
    issued: date | None = None
    cut_off: Quoted | None = None
    """Instant up to which it knows, as written, in the zone of `zone`."""
    zone: Quoted | None = None
    """The zone of its times as written; what it stands for is not guessed."""
    truce_day: int | None = None
    """Number of the day of the truce, counted by the author."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things that somebody counted: a claim about an aggregate, never added to those of others."""

    quote: Quoted
    unit: str
    """violation, explosion, shelling, air_strike, burst, shot, projectile, attack, dead, injured …; one word of UNITS."""
    low: int | None
    high: int | None
    """Both included; None: no such bound is stated."""
    role: str
    """total, part (by place or kind), including (a subset of the total before it) or alone."""
    period: str | None
    """current, previous, cumulative; None where the bulletin does not say."""
    place: Quoted | None = None
    by: Quoted | None = None
    """Who counted, where the bulletin names somebody."""
    part_of: int | None = None
    """Index of the total it belongs to."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Whether the parts of a total add up to it."""

    total: int
    """Index into `counts`."""
    parts: tuple[int, ...]
    stated: int
    added: int
    agrees: bool | None
    """None where a number is no exact one."""
    says: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that an observer heard or saw. Distances in metres, bearings in degrees clockwise from true north."""

    quote: Quoted
    method: str | None
    """heard, seen, camera, drone, told, damage; None where the bulletin does not say."""
    low: int | None
    high: int | None
    """How many, both included; both None: uncountable or not said."""
    what: str
    """explosion, burst, shot, projectile, muzzle_flash, airburst, exchange."""
    states: tuple[tuple[str, int], ...]
    """outgoing, impact or undetermined, with how many where that is said."""
    weapon: Quoted | None
    position: Quoted | None
    """Where the observer stood, with its own offset if one is stated."""
    interval: tuple[str, str] | None
    """Local time, HH:MM, as stated."""
    direction: Quoted | None
    bearing_from: float | None
    bearing_to: float | None
    distance: Quoted | None
    distance_from_m: float | None
    distance_to_m: float | None
    lat: float | None
    lon: float | None
    radius_m: float | None
    """The observer's position and how far the observer may have stood from it; None where no lexicon knows the place."""
    sector: str | None
    """Where the thing lay: annular sector widened by `radius_m` (reports/sightings), WKT, longitude first; None where direction or
    distance is missing, or the position is too vague for any direction."""
    exercise: bool
    """Assessed by the observer as training."""
    zone: str | None
    """inside or outside an area, as the observer assessed; not what the geometry says."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that changes how the numbers are to be taken."""

    quote: Quoted
    kind: str
    """training, access_denied, jamming, not_comparable, not_verified, no_violations."""


@dataclass(frozen=True, slots=True)
class Item:
    """A dated bullet with its outlets in brackets, or a numbered row of a list of violations."""

    quote: Quoted
    reference: str | None
    day: date | None
    place: Quoted | None
    words: Quoted
    party: Quoted | None
    """Responsible party of a row."""
    outlets: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """Everything that was understood; what was not is left out."""

    header: Header
    counts: tuple[Count, ...]
    sums: tuple[Sum, ...]
    observations: tuple[Observation, ...]
    items: tuple[Item, ...]
    notes: tuple[Note, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as the one JSON object that `trucewatch read --as bulletin --json` prints; days as ISO 8601."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
