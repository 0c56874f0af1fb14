"""For whom an output is made, and what this mission's mandate lets it say of who did what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Attribution", "Audience", "FourEyes", "Policy"]


class Audience(StrEnum):
    """Who will see an output."""

    PUBLIC = "public"
    """Whoever opens a published document or a page without a login."""
    INTERNAL = "internal"
    """Analysts of the case."""


class Attribution(StrEnum):
    """What may be said in public of the party behind a happening."""

    NONE = "none"
    """Nothing: no bearer, no candidate, no words from which one could be read."""
    CANDIDATES = "candidates"
    """Every candidate, always marked as one."""
    SETTLED = "settled"
    """Only the bearer of a finding whose attribution is settled."""


class FourEyes(StrEnum):
    """What only two people together may make public."""

    NONE = "none"
    HOLDS = "holds"
    """What was held: a second person must agree to its release."""
    VIOLATIONS = "violations"
    """That, and every violation: two people release it before anybody outside sees it."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What one audience may see; the mandate binds public output only."""

    audience: Audience = Audience.PUBLIC
    attribution: Attribution = Attribution.NONE
    public_radius_m: float = 0.0
    """Metres: public places are no finer than this; 0 leaves them as recorded."""
    four_eyes: FourEyes = FourEyes.NONE

    @property
    def internal(self) -> bool:
        """Whether nothing is left out."""
        return self.audience is Audience.INTERNAL

    @property
    def names_candidates(self) -> bool:
        """Whether parties may be named before their part is settled."""
        return self.internal or self.attribution is Attribution.CANDIDATES

    def names_bearer(self, attribution: str) -> bool:
        """Whether the bearers of a finding with this `attribution` may be named."""
        if self.names_candidates:
            return True
        return self.attribution is Attribution.SETTLED and attribution == "settled"

    @property
    def finest_m(self) -> float:
        """Metres: the smallest radius in which a place may be shown."""
        return 0.0 if self.internal else self.public_radius_m
