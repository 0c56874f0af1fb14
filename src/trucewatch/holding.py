"""Who held what, for notebooks: any table of control claims in, a distribution per place and day out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from trucewatch.control.estimator import Holdings, Mode, estimate_holdings
from trucewatch.control.weights import ControlWeights
from trucewatch.engines.arrow import ArrowTable, columns_of

__all__ = ["estimate_control"]


def estimate_control(
    claims: Mapping[str, Any] | ArrowTable,
    places: object,
    days: Sequence[object],
    mode: Mode = "filter",
    weights: ControlWeights | Sequence[ControlWeights] | None = None,
) -> Holdings:
    """Estimate who held each place on each day, from claims that may be wrong, late or copied.

    `claims` maps column names to arrays or lists, or has `__arrow_c_stream__`: place, lat, lon
    (degrees WGS84), holder, valid_from, source; and, where there are any, radius_m (beyond 10 km the
    claim is about the country around), kind (`trucewatch.control.KINDS`; none: held), valid_to
    (excluded), published_at, origin (none: the source). `places` is a table with place, lat, lon, or
    a list of places that claims locate; `days` are dates.

    `filter`: only claims published on or before each day, weights fitted on what was published before its
    month. `smooth`: every claim counts for every day. `weights` None: fitted on the claims, or those
    that trucewatch ships for fewer than 300 of them.

    The result iterates as (place, day, holder, probability) and has `why(place, day)`, `reliability`
    and `calibration`; `problems` lists the claims kept aside. BadInput: missing columns, places that
    nobody locates; BadCall: a mode or a day that is none.
    """
    asked = columns_of(places) if hasattr(places, "__arrow_c_stream__") else places
    return estimate_holdings(columns_of(claims), asked, days, mode, weights)
