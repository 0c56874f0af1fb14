"""Who says what about the agreement: a time line, contradictions in pairs, and whether it is in force.

Claims stand beside each other. Nothing is counted, weighed or averaged, and an earlier statement of
somebody is not replaced by a later one: both were made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Protocol

from trucewatch.periods import Zone, day_of

__all__ = ["AGREEMENT", "IN_FORCE", "NOBODY", "STATUS", "TERM", "InForce", "Said", "Talk", "contradictions", "in_force", "talks"]

AGREEMENT = "agreement"
"""Subject of a statement about the agreement; its value is the stance."""
STATUS = "agreement.status"
"""Subject of a claim about the state of the agreement; its value is a status, low and high its polarity."""
TERM = "agreement.term"
"""Subject of a claim about what the agreement says; its value is a kind of clause."""
NOBODY = "unknown"
"""Head of a chain where nobody is named."""
IN_FORCE: Mapping[str, str] = {"in_force": "yes", "extended": "yes", "ended": "no", "not_reached": "none", "no_deal": "none"}
"""Status → whether an agreement is said to be in force, to be over, or not to have been reached; the others say nothing of it.

“No deal” may mean another one than the one in force (on aid, say), so it denies nothing by itself.
"""

_NUMBER = re.compile(r"\d+")


class Said(Protocol):
    """What is asked of a claim."""

    @property
    def claim_id(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def asserter(self) -> str: ...  # noqa: D102
    @property
    def subject(self) -> str | None: ...  # noqa: D102
    @property
    def value(self) -> str | None: ...  # noqa: D102
    @property
    def low(self) -> float | None: ...  # noqa: D102
    @property
    def valid_from(self) -> datetime | None: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def chain(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def published_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def text(self) -> str | None: ...  # noqa: D102
    @property
    def evidence(self) -> str | None: ...  # noqa: D102
    @property
    def locator(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Talk:
    """One claim about the agreement."""

    day: date | None
    """Local day of its publication; None where a stitched page or an undated one says it."""
    who: str | None
    """In the words of the page; None: nobody is named. The page itself is its source's key."""
    passed_on: tuple[str, ...]
    """Who stands between the speaker and the page."""
    polarity: int | None
    """1 toward an agreement or for it, 0 neither, -1 away from it; None for a stance or a term."""
    claim: Said


@dataclass(frozen=True, slots=True)
class InForce:
    """Who says of one day that an agreement is in force, who that it is over, and who that none was reached."""

    day: date
    verdict: str
    """`said`: somebody says so, nobody that it is over; `denied`: over, and nobody says otherwise; `disputed`:
    both are said; `none`: only that no agreement was reached. Never a finding."""
    yes: tuple[Talk, ...]
    no: tuple[Talk, ...]
    none: tuple[Talk, ...]


def talks(claims: Iterable[Said], zone: Zone) -> tuple[Talk, ...]:
    """Return what is claimed about the agreement, by day, document and place in it; what has no day comes last.

    A statement whose state of the agreement is claimed separately (both lead to the same words) is left
    out: the claim of its state tells more.
    """
    about = [one for one in claims if one.kind == "statement" and one.subject in (AGREEMENT, STATUS, TERM)]
    spans = [(one.evidence, *span) for one in about if one.subject == STATUS and (span := _span(one))]
    found = [_talk(one, zone) for one in about if one.subject != AGREEMENT or not _holds_one(one, spans)]
    return tuple(sorted(found, key=_order))


def _talk(claim: Said, zone: Zone) -> Talk:
    day = None if claim.valid_from is None else day_of(claim.valid_from, zone)
    head = claim.chain[0] if claim.chain else claim.source
    polarity = None if claim.subject != STATUS or claim.low is None else int(claim.low)
    return Talk(day, None if head == NOBODY else head, claim.chain[1:], polarity, claim)


def _order(one: Talk) -> tuple[object, ...]:
    span = _span(one.claim) or (0, 0)
    return (one.day is None, one.day or date.min, one.claim.source, one.claim.evidence or "", span, one.claim.claim_id)


def _span(claim: Said) -> tuple[int, int] | None:
    numbers = [int(one) for one in _NUMBER.findall(claim.locator)]
    return (numbers[-2], numbers[-1]) if len(numbers) > 1 else None


def _holds_one(statement: Said, spans: Sequence[tuple[str | None, int, int]]) -> bool:
    own = _span(statement)
    return own is not None and any(
        where == statement.evidence and own[0] <= start < own[1] for where, start, _ in spans
    )


def contradictions(said: Sequence[Talk], opposed: Mapping[str, frozenset[str]]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of claim ids that cannot both be so: opposed states, in one document or of one day.

    `opposed` is the lexicon's. What is said of different days is a change, and no contradiction.
    """
    states = [one for one in said if one.claim.subject == STATUS]
    return tuple(
        (one.claim.claim_id, other.claim.claim_id) for one, other in combinations(states, 2)
        if _together(one, other) and _opposed(one.claim.value or "", other.claim.value or "", opposed)
    )


def _together(one: Talk, other: Talk) -> bool:
    same_page = one.claim.evidence is not None and one.claim.evidence == other.claim.evidence
    return same_page or (one.day is not None and one.day == other.day)


def _opposed(one: str, other: str, opposed: Mapping[str, frozenset[str]]) -> bool:
    return other in opposed.get(one, ()) or one in opposed.get(other, ())


def in_force(said: Sequence[Talk]) -> tuple[InForce, ...]:
    """Return, for each day on which anybody says so, whether an agreement is said to be in force, and by whom."""
    days = sorted({one.day for one in said if one.day is not None})
    return tuple(found for day in days if (found := _on(day, said)) is not None)


def _on(day: date, said: Sequence[Talk]) -> InForce | None:
    states = [one for one in said if one.day == day and one.claim.subject == STATUS]
    yes, no, none = (tuple(one for one in states if IN_FORCE.get(one.claim.value or "") == side) for side in ("yes", "no", "none"))
    if not (yes or no or none):
        return None
    verdict = "disputed" if yes and no else "said" if yes else "denied" if no else "none"
    return InForce(day, verdict, yes, no, none)
