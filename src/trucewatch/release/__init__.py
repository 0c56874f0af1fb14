"""What an audience may see: sensitivity, coarser places, hold and release, attribution."""

from trucewatch.release.policy import Attribution, Audience, Policy
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
    Withheld,
)
from trucewatch.release.released import Stages, released

__all__ = [
    "Attribution",
    "Audience",
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
    "Stages",
    "Withheld",
    "released",
]
