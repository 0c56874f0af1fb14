"""Who is who, when: parties, their dated names, memberships, designations, capabilities."""

from trucewatch.actors.document import VERSION, load_actors
from trucewatch.actors.party import (
    KINDS,
    Alias,
    Designation,
    GenericWords,
    Membership,
    Mention,
    Party,
    Resolution,
)
from trucewatch.actors.registry import Actors
from trucewatch.actors.validity import ALWAYS, DayBound, Validity, parse_day_bound

__all__ = [
    "ALWAYS", "KINDS", "VERSION", "Actors", "Alias", "DayBound", "Designation", "GenericWords",
    "Membership", "Mention", "Party", "Resolution", "Validity", "load_actors", "parse_day_bound",
]
