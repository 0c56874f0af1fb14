"""The weights of linking as data: version `space-time-actor-0`, set by hand.

Nobody trained these numbers. They were written down from what the terms mean, then some were moved
by hand after single changes had been tried on the reports of Kenya in MAVERICK (so the figure in
docs/linking.md, measured on those same reports, is optimistic). A trained set will be another
version; a version never changes its numbers.

Every weight is a log-odds in millionths of a natural-log unit (micro), so that sums are exact
whatever their order. Lengths are metres, times hours or days. No weight depends on the whole
collection, so adding reports somewhere else changes nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = ["SIGMA_PER_RADIUS", "SPACE_TIME_ACTOR_0", "TERMS", "Bounds", "Weights"]

TERMS = (
    "prior",
    "distance",
    "place",
    "time",
    "published",
    "busy",
    "act",
    "target",
    "weapon",
    "parties",
    "dyad",
    "deaths",
    "injured",
    "origin",
    "outlet",
    "grouping",
    "text",
    "rivals",
)
"""The terms of a score in the order in which they are shown; a version need not use all."""

SIGMA_PER_RADIUS = 2.45
"""radius_m holds 95 % of a circular normal distribution: sqrt(-2 ln 0.05) = 2.448 sigma."""


def _table(**entries: int) -> Mapping[str, int]:
    return MappingProxyType(entries)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What bounds the search for pairs and the clusters, whatever the formula of a version."""

    version: str
    floor: int = -4_000_000
    """A pair below this is not kept; a pair that is not kept counts this much in every sum."""
    threshold: int = 0
    """Clusters are made of what a pair has above this."""
    sigma_floor_m: float = 400.0
    """Error of any map point beyond its own radius."""
    reach_sigma: float = 3.5
    """Pairs further apart than this many combined sigmas are never compared."""
    reach_days: float = 2.0
    """Pairs whose periods lie further apart than this are never compared."""
    partners: int = 512
    """At most this many partners of one report in one cell of the grid; the cut is reported."""
    giant: int = 2_000
    """A component of more reports than this is cut before it is clustered."""


@dataclass(frozen=True, slots=True)
class Weights(Bounds):
    """A versioned set of weights that was set by hand; the attribute names follow `TERMS`."""

    prior: int = -2_000_000
    """Two reports near each other, before anything is compared."""
    sigma_unit_m: float = 12_000.0
    """At this combined sigma being near is worth nothing; a finer place is worth more."""
    nearness_bounds: tuple[float, float] = (-2.5, 2.2)
    """Least and greatest worth of precision, natural-log units."""
    tail: float = 1.0
    """Distance costs tail · ln(1 + z²): heavier tails than normal, since stated radii are too
    small.
    """
    place: Mapping[str, int] = field(
        default_factory=lambda: _table(
            same_key=900_000, same_name=500_000, same_mapped=400_000, other_mapped=-300_000
        )
    )
    """Named place; `mapped` = both also have coordinates, so the name adds little."""
    overlap: tuple[int, ...] = (2_200_000, 1_900_000, 400_000, -400_000)
    """Periods overlap; by the coarser precision: hours, day, week, longer."""
    apart: tuple[int, ...] = (-1_000_000, -1_000_000, -600_000, -600_000)
    """Periods do not overlap; by the coarser precision."""
    apart_per_day: int = -1_300_000
    """For each further day between them."""
    apart_hours: int = -250_000
    """For each hour between two periods that are stated in hours, up to `apart_hours_most`."""
    apart_hours_most: int = 10
    busy: float = -0.5
    """Times ln(1 + n), n = other reports within reach on that day: in a hot town coincidence is
    cheap.
    """
    act: Mapping[str, int] = field(
        default_factory=lambda: _table(
            same=1_500_000,
            branch=1_000_000,
            sibling=500_000,
            family=-700_000,
            neighbour=-700_000,
            disputed=0,
            incompatible=-3_000_000,
        )
    )
    target: Mapping[str, int] = field(
        default_factory=lambda: _table(rare=1_500_000, same=300_000, other=-400_000)
    )
    rare_targets: tuple[str, ...] = (
        "aid_convoy",
        "aid_worker",
        "hospital",
        "medical_team",
        "school",
        "monitor",
        "market",
        "water",
        "power",
        "crossing",
    )
    """Two reports of one of these on one day seldom mean two happenings."""
    weapon: Mapping[str, int] = field(default_factory=lambda: _table(same=500_000, other=-500_000))
    parties: Mapping[str, int] = field(
        default_factory=lambda: _table(
            same=800_000,
            shared=600_000,
            loose=300_000,
            other=-500_000,
            loose_other=-300_000,
            swapped_clash=800_000,
            swapped=-1_500_000,
        )
    )
    """Per role (by, against); `loose` = a coded, generic or conflicting set is involved."""
    deaths: Mapping[str, int] = field(
        default_factory=lambda: _table(
            equal=600_000,
            per_log=350_000,
            most=2_000_000,
            overlap=400_000,
            ratio=-900_000,
            least=-3_000_000,
        )
    )
    origin: Mapping[str, int] = field(
        default_factory=lambda: _table(update=300_000, silent=-400_000, again=-1_000_000)
    )
    """Both from one origin: an update when figures and time agree, else rather another
    happening.
    """
    grouping: Mapping[str, int] = field(
        default_factory=lambda: _table(same=8_000_000, different=-8_000_000)
    )
    """What the data set itself says: its judgement, not a fact."""
    text_per_share: int = 9_000_000
    """Times (share of common words - `text_chance`)."""
    text_chance: float = 0.08
    text_least: int = -350_000
    text_most: int = 3_500_000
    """One round-up headline may stand over many happenings."""


SPACE_TIME_ACTOR_0 = Weights("space-time-actor-0")
