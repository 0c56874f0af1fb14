"""One piece of a duty: what the accounts make of it, and what was seen or determined beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from trucewatch.agreement import Clause
from trucewatch.findings.accounts import accounts_of
from trucewatch.findings.bearers import bearers_of
from trucewatch.findings.context import Context
from trucewatch.findings.deadlines import Times
from trucewatch.findings.lifecycle import NOTHING, OPEN, Part
from trucewatch.findings.testimony import Account, Weighed

__all__ = ["NOT_WHOLE", "Piece", "said_of", "silent", "weighed_piece"]

NOT_WHOLE = Fraction(99, 100)
"""Stands for a part that is surely not all, where nothing tells how much is missing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is known of one thing that a duty asks for."""

    part: Part
    disputed: bool = False
    strength: str | None = None
    shown: bool = False
    """That not all was performed was itself seen or verified: silence plays no part in it."""
    accounts: tuple[Account, ...] = ()
    notes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    def capped(self, most: Fraction) -> Piece:
        """Return the piece of which surely not more than `most` was performed."""
        part = Part(min(self.part.sure, most), min(self.part.possible, most))
        return replace(self, part=part, disputed=False)

    @property
    def unsure(self) -> bool:
        """Whether one who is no side cannot confirm it: he has not seen enough, whatever he saw."""
        return any(one.weight in ("neutral", "verified") and one.unsure for one in self.accounts)


def weighed_piece(weighed: Weighed) -> Piece:
    """Return the piece that accounts alone make."""
    evidence = tuple(claim for one in weighed.accounts for claim in one.claims)
    return Piece(
        weighed.part, weighed.disputed, weighed.strength, weighed.shown, weighed.accounts,
        evidence=evidence,
    )


def silent(piece: Piece, *, covered: bool) -> Piece:
    """Return the piece where enough could be seen: of what nobody says it was done, nothing was.
    """
    if covered and piece.part == OPEN and not piece.disputed and not piece.unsure:
        return replace(piece, part=NOTHING)
    return piece


def said_of(
    clause: Clause, part: str | None, bearer: str, times: Times, context: Context
) -> tuple[Account, ...]:
    """Return the account of each asserter of whether this part (None: the whole) was done."""
    joint = len(bearers_of(clause.who, context)) > 1
    return accounts_of(part, clause, bearer, times.deadline, context, joint=joint)
