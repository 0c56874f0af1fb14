"""The life of a duty: where it stands, and what state and coverage together make of it.

Pure: truths about its times and the part performed go in, a state and a verdict come out. Every
completion of what is unknown is looked at. A state is said only if all completions share it; a
verdict is determined only if all of them agree on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth

__all__ = [
    "NOTHING", "OPEN", "WHOLE", "Outcome", "Part", "Progress", "least_of", "outcome_of",
    "states_of", "verdict_of",
]


@dataclass(frozen=True, slots=True)
class Part:
    """The part of what is asked that was performed in time, from 0 to 1; exact."""

    sure: Fraction = Fraction(0)
    possible: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        if not 0 <= self.sure <= self.possible <= 1:
            message = f"0 ≤ sure ≤ possible ≤ 1, got sure {self.sure}, possible {self.possible}"
            raise ValueError(message)

    @property
    def whole(self) -> Truth:
        """Whether all that is asked was performed."""
        if self.sure == 1:
            return TRUE
        return UNKNOWN if self.possible == 1 else FALSE


OPEN = Part()
"""Nothing is known of it."""
NOTHING = Part(Fraction(0), Fraction(0))
WHOLE = Part(Fraction(1), Fraction(1))


def least_of(*parts: Part) -> Part:
    """Return the part of a duty that is only as well performed as the least of these."""
    return Part(min(one.sure for one in parts), min(one.possible for one in parts))


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of a duty at one instant of knowledge."""

    part: Part = OPEN
    disputed: bool = False
    """Somebody says that it was done, and neither that nor the contrary is settled."""
    opened: Truth = TRUE
    """What it waits for has happened."""
    begun: Truth = UNKNOWN
    """The time in which it is to be performed has begun."""
    passed: Truth = UNKNOWN
    """Its deadline has passed."""
    lapsed: Truth = FALSE
    """It ceased to be asked, not later than its deadline."""
    suspended: Truth = FALSE
    """It was suspended at its deadline, or is suspended now if the deadline lies ahead."""


def states_of(progress: Progress) -> tuple[str, ...]:
    """Return every state that it can be in: one, unless something that decides is unknown."""
    return tuple(dict.fromkeys(_state(one) for one in _completions(progress)))


def _completions(progress: Progress) -> Iterator[Progress]:
    """Yield the duty with everything known that is unknown about its times, in every way."""
    truths = [getattr(progress, name) for name in _TIMES]
    for values in product(*((TRUE, FALSE) if one is UNKNOWN else (one,) for one in truths)):
        yield replace(progress, **dict(zip(_TIMES, values, strict=True)))


def _state(known: Progress) -> str:
    """Return the state where all is known; what was performed is so whatever the hour."""
    if known.opened is FALSE:
        return "not_yet_due"
    if known.part.whole is TRUE:
        return "performed"
    if known.suspended is TRUE:
        return "suspended"
    if known.lapsed is TRUE:
        return "lapsed"
    if known.passed is FALSE:
        return "due" if known.begun is TRUE else "not_yet_due"
    if known.part.sure > 0:
        return "partly"
    return "not_judged" if known.disputed else "overdue"


_TIMES = ("opened", "begun", "passed", "lapsed", "suspended")
_OUTSIDE = ("not_yet_due", "due", "suspended", "lapsed")
_MISSED = ("overdue", "partly")


def verdict_of(state: str, whole: Truth, *, covered: bool) -> tuple[str, tuple[str, ...]]:
    """Return verdict and reasons of a state: the published table.

    `whole`: whether all that is asked was performed; `covered`: whether enough could be seen.
    """
    if state in _OUTSIDE:
        return "not_covered", ("when",)
    if state == "performed" or (state == "partly" and whole is TRUE):
        return "compliant", ("performed",)
    if state in _MISSED and covered and whole is FALSE:
        return "violation", ("when", "performed", "coverage")
    asked = state != "overdue" and (state == "not_judged" or whole is UNKNOWN)
    reasons = ("performed",) if asked or covered else ()
    return "undetermined", reasons if covered else (*reasons, "coverage")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a duty stands and what follows."""

    state: str
    """`not_judged` unless every completion of what is unknown has the same state."""
    verdict: str
    reasons: tuple[str, ...]


def outcome_of(progress: Progress, *, covered: bool) -> Outcome:
    """Return the state and the verdict that every completion agrees on, else what is open."""
    states = states_of(progress)
    whole = progress.part.whole
    verdicts = [verdict_of(state, whole, covered=covered) for state in states]
    state = states[0] if len(states) == 1 else "not_judged"
    found = {verdict for verdict, _ in verdicts}
    if len(found) == 1:
        reasons = tuple(dict.fromkeys(one for _, listed in verdicts for one in listed))
        if len(states) > 1 and found == {"undetermined"}:
            reasons = tuple(dict.fromkeys(("when", *reasons)))
        return Outcome(state, found.pop(), reasons)
    missing = [
        one for verdict, listed in verdicts if verdict == "undetermined" for one in listed
    ]
    return Outcome(state, "undetermined", tuple(dict.fromkeys(("when", *missing))))
