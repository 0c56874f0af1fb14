"""What one question about a leg came out as, with the plain words that the findings are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from trucewatch.periods import zone_of
from trucewatch.truth import Truth

__all__ = ["Answer", "choice", "distinct", "plain", "spoken", "together"]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A truth with its reason in words; the words start in lower case and end without a stop."""

    truth: Truth
    words: str
    question: str = ""
    """What evidence or decision would settle it; empty when nothing is open."""
    about: str | None = None
    """Key of the party, phase, zone or clause that the question is about; None: about this leg
    alone."""
    claims: tuple[str, ...] = ()
    """Ids of the claims that it rests on."""
    unsure_term: bool = False
    """It rests on a term that is a placeholder, unpublished or from memory."""
    cause: str | None = None
    """What leaves it open, where that is not what the element is named after: `control`."""


def spoken(instant: datetime, zone: str) -> str:
    """Return an instant as “16 September 2016 19:00” in `zone` (an IANA name)."""
    local = instant.astimezone(zone_of(zone))
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year} {local:%H:%M}"


def choice(names: Sequence[str]) -> str:
    """Return names as alternatives: “A”, “A or B”, “A, B or C”."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} or {names[-1]}"


def together(names: Sequence[str]) -> str:
    """Return names as companions: “A”, “A and B”, “A, B and C”."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def plain(key: str) -> str:
    """Return a vocabulary key as words: `air_strike` → “air strike”."""
    return key.rpartition(".")[2].replace("_", " ")


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values without repeats, in the order of their first appearance."""
    return tuple(dict.fromkeys(values))
