"""What is counted in bulletins: the words of each unit."""

from __future__ import annotations

import re

__all__ = ["UNIT", "unit_of"]

_UNITS = {
    "violation": r"(?:cease-?\s?fire\s+|truce\s+|cessation\s+)?(?:violations?|breach(?:es)?|infringements?)(?:\s+of\s+the\s+(?:cease-?\s?fire|truce|cessation\s+of\s+hostilities|agreement))?",
    "explosion": r"(?:undetermined\s+)?(?:explosions?|detonations?)",
    "airburst": r"air-?\s?bursts?",
    "burst": r"bursts?",
    "muzzle_flash": r"muzzle\s+flash(?:es)?",
    "projectile": r"(?:undetermined\s+)?projectiles?|(?:tracer|illumination)\s+rounds?|flares?",
    "shelling": r"cases?\s+of\s+(?:shelling|firing|fire)|shellings?|bombardments?",
    "air_strike": r"air\s?-?strikes?|air\s+raids?|sorties",
    "drone_flight": r"(?:spy\s+)?drone\s+flights?|overflights?",
    "shot": r"shots?|rounds?",
    "attack": r"attacks?|assaults?|raids?|incursions?",
    "incident": r"incidents?",
    "injured": r"(?:[\w’-]+\s+){0,2}?(?:(?:was|were|have\s+been|had\s+been)\s+)?(?:wounded|injured)",
    "dead": r"(?:[\w’-]+\s+){0,2}?(?:(?:was|were|have\s+been|had\s+been)\s+)?(?:killed|dead)|deaths?|fatalities",
    "detention": r"detentions?|arrests?|abductions?",
    "demolition": r"demolitions?",
    "settlement": r"(?:[\w’-]+\s+){0,1}?settlements?",
    "truck": r"(?:aid\s+)?trucks?|lorries",
}
UNIT = "(?:" + "|".join(f"(?:{one})" for one in _UNITS.values()) + ")"
"""A pattern without groups."""
_EACH = tuple((key, re.compile(one, re.IGNORECASE)) for key, one in _UNITS.items())


def unit_of(written: str) -> str:
    """Return the unit of words, “other” for none that is known."""
    return next((key for key, one in _EACH if one.fullmatch(written.strip())), "other")
