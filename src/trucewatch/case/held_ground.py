"""Who held the ground of a leg, as judging asked it, with the claims behind the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from trucewatch.agreement import Agreement
from trucewatch.control import Holders
from trucewatch.findings.exceptions import zones_of
from trucewatch.periods import Period

__all__ = ["asks_who_held", "ground_of"]


def asks_who_held(agreement: Agreement, clause: str) -> bool:
    """Whether a clause, or an exception to it, speaks of ground that somebody holds."""
    term = next(one for one in agreement.clauses if one.key == clause)
    named = [*([term.where] if term.where else []), *(zone for one in term.exceptions for zone in zones_of(one.condition))]
    return any(agreement.zones[one].kind == "control" for one in named if one in agreement.zones)


def ground_of(holders: Holders, leg: Mapping[str, Any], documents: Mapping[str, str | None]) -> dict[str, Any]:
    """Return `held` (holder → probability) for a row of LEG and `reasons`: the claims within reach.

    What the incident's own reports, origins and documents say is left out, as in judging.
    """
    start, end = leg["occurred_from"], leg["occurred_to"]
    asked = (leg["lat"], leg["lon"], leg["radius_m"], leg["place"], Period(start, end) if start and end else None)
    told = tuple(sorted({one for name in leg["reports"] if (one := documents.get(name))}))
    without = {"without_origins": leg["origins"], "without_documents": told}
    held = holders.holder_at(*asked, **without, without_reports=leg["reports"])
    return {"held": held, "reasons": [asdict(one) for one in holders.reasons_at(*asked, **without)]}
