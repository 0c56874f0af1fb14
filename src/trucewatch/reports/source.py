"""What case.toml says of a source: names, what it relays, whom it belongs to, when it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["Knowledge", "Source"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """When a row of a source without a publication time counts as known in a replayed case."""

    rule: str = "none"
    """`published`, `day_end` (end of the day of the happening, assumed and said so), `release`, or `none`."""
    release: datetime | None = None
    """Release instant for the rule `release`: nothing of the source is known before it, even a row that
    states an earlier publication."""


@dataclass(frozen=True, slots=True)
class Source:
    """One publisher of reports."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    party: str | None = None
    """Key in actors.yaml of the party that the source belongs to; None if it belongs to none."""
    relays: str | None = None
    """Key of the source whose observations it usually passes on, when a row names no origin."""
    reliability: str = "F"
    """Admiralty letter A-F; F means no basis to judge and is not the bottom of a scale."""
    knowledge: Knowledge = Knowledge()
    sensitivity: str = "public"
    licence: str | None = None
    observes: bool = True
    """False for a compiler such as an encyclopedia: an origin that is only the compiler is unknown."""
