"""What an audience may see: sensitivity, coarser places, hold and release, attribution."""

from trucewatch.release.policy import Attribution, Audience, FourEyes, Policy
from trucewatch.release.records import (
    Released,
    ReleasedClaim,
    ReleasedCoverage,
    ReleasedDuty,
    ReleasedElement,
    ReleasedFinding,
    ReleasedIncident,
    ReleasedQuestion,
    ReleasedReport,
    Saying,
    Withheld,
)
from trucewatch.release.released import Stages, released

__all__ = [
    "Attribution",
    "Audience",
    "FourEyes",
    "Policy",
    "Released",
    "ReleasedClaim",
    "ReleasedCoverage",
    "ReleasedDuty",
    "ReleasedElement",
    "ReleasedFinding",
    "ReleasedIncident",
    "ReleasedQuestion",
    "ReleasedReport",
    "Saying",
    "Stages",
    "Withheld",
    "released",
]
