"""Releases: how many, how many for each of the other side, and in which order.

The number that a ratio asks for hangs on how many the other side gave up, which is itself a range.
Of the order only a breach can be told from claims: that a later kind was set free while an earlier
one was still held. That it was kept is for people to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise

from trucewatch.agreement import Clause, Release
from trucewatch.findings.accounts import counted_accounts, counts_of, settled_amount
from trucewatch.findings.amounts import Amount, Stretch, exact
from trucewatch.findings.answer import plain
from trucewatch.findings.bearers import bearers_of
from trucewatch.findings.context import Context
from trucewatch.findings.deadlines import Times
from trucewatch.findings.determined import determined
from trucewatch.findings.lifecycle import OPEN, WHOLE, Part
from trucewatch.findings.pieces import NOT_WHOLE, Piece, said_of, silent, weighed_piece
from trucewatch.findings.testimony import (
    Account,
    about,
    latest_of_each,
    said_at,
    suffices,
    weigh,
    weight_of,
)
from trucewatch.reports.claim import Claim
from trucewatch.reports.independence import owner_of
from trucewatch.truth import FALSE, TRUE

__all__ = ["release_piece"]

_NOTHING_ASKED = Amount(Fraction(0), None)
_COUNTING = ("neutral", "verified")
_Read = Callable[[Claim], datetime | None]


def release_piece(
    release: Release, clause: Clause, bearer: str, times: Times, context: Context,
    *, covered: bool,
) -> Piece:
    """Return what is known of the release, its number, its ratio and its order."""
    said = said_of(clause, None, bearer, times, context)
    asked = _asked(release, times, context)
    counted = _counted(said, asked or _NOTHING_ASKED, clause, bearer, times, context)
    piece = weighed_piece(weigh((*said, *counted), clause, context))
    stated = piece.part == WHOLE and any(one.part == WHOLE for one in said if _counts(one))
    if asked is None:
        piece = _without_number(piece, release, clause, bearer, context, stated=stated)
    else:
        piece = silent(piece, covered=covered)
    return piece if not release.order else _in_order(
        piece, release, clause, bearer, context, stated=stated
    )


def _counts(account: Account) -> bool:
    return account.weight in _COUNTING


def _asked(release: Release, times: Times, context: Context) -> Amount | None:
    """Return how many are asked; None if that cannot be told, or may be none at all."""
    count = exact(release.count or 0)
    if release.ratio is None:
        return Amount(count, count)
    other = _given_up(release.ratio.per, times, context)
    if other is None:
        return None
    each = exact(release.ratio.at_least)
    low = max(count, each * other.low)
    high = None if other.high is None else max(count, each * other.high)
    return Amount(low, high) if low > 0 or high == 0 else None


def _given_up(per: str, times: Times, context: Context) -> Amount | None:
    """Return how many the bearer of the other clause gave up by this duty's deadline."""
    other = context.agreement.clause(per)
    bearers = bearers_of(other.who, context)
    stretch = _stretch(times, context)
    if len(bearers) != 1 or stretch is None:
        return None
    counts = counts_of(None, replace(stretch, start=None), None, other, bearers[0], context)
    return settled_amount(counts, other, context)


def _stretch(times: Times, context: Context) -> Stretch | None:
    """Return the time in which is counted; None where its end cannot be told."""
    if times.deadline.ever:
        return Stretch(times.start, context.known_at or datetime.max.replace(tzinfo=UTC))
    end = times.deadline.at
    return None if end is None else Stretch(times.start, end)


def _counted(
    said: Sequence[Account], asked: Amount, clause: Clause, bearer: str, times: Times,
    context: Context,
) -> tuple[Account, ...]:
    """Return the counts of those who did not say outright whether it was done."""
    stretch = _stretch(times, context)
    if stretch is None:
        return ()
    spoken_for = {one.asserter for one in said if one.part is not None}
    counts = counts_of(None, stretch, None, clause, bearer, context)
    return counted_accounts([one for one in counts if one[0].asserter not in spoken_for], asked)


def _without_number(
    piece: Piece, release: Release, clause: Clause, bearer: str, context: Context, *, stated: bool
) -> Piece:
    """How many are asked cannot be told: only who says “done”, or people, settle it."""
    if stated or release.ratio is None:
        return piece
    answer = determined("ratio", clause.key, bearer, context)
    if answer is not None:
        settled = replace(piece, evidence=(*piece.evidence, answer.decision))
        kept = replace(settled, part=WHOLE, disputed=False)
        return kept if answer.truth is TRUE else replace(settled.capped(NOT_WHOLE), shown=True)
    question = f"How many did {release.ratio.per} give up, for each of whom some were to be released?"
    return replace(piece, part=OPEN, disputed=True, questions=(*piece.questions, question))


def _in_order(
    piece: Piece, release: Release, clause: Clause, bearer: str, context: Context, *, stated: bool
) -> Piece:
    listed = ", ".join(plain(one) for one in release.order)
    broken = _broken(release, clause, bearer, context)
    if broken is not None:
        note = f"the order ({listed}) was not kept: {broken}"
        return replace(piece.capped(NOT_WHOLE), shown=True, notes=(*piece.notes, note))
    answer = determined("order", clause.key, bearer, context)
    if answer is not None and answer.truth is FALSE:
        evidence = (*piece.evidence, answer.decision)
        return replace(piece.capped(NOT_WHOLE), shown=True, evidence=evidence)
    if answer is not None or stated or piece.part.sure < 1:
        return piece
    question = f"Was the order kept: {listed}? Claims with amounts do not tell"
    return replace(
        piece, part=Part(NOT_WHOLE, Fraction(1)), disputed=True, questions=(*piece.questions, question)
    )


def _broken(release: Release, clause: Clause, bearer: str, context: Context) -> str | None:
    """Return in words where a later kind was surely set free while an earlier one was held."""
    for earlier, later in pairwise(release.order):
        first = latest_of_each(about(clause.key, earlier, bearer, context))
        then = about(clause.key, later, bearer, context)
        held = _settled_times(first, clause, bearer, context, _held_until)
        freed = _settled_times(then, clause, bearer, context, _freed_by)
        if held and freed and max(freed) < min(held):
            return f"{plain(later)} were released before {plain(earlier)}"
    return None


def _settled_times(
    claims: Sequence[Claim], clause: Clause, bearer: str, context: Context, read: _Read
) -> list[datetime]:
    """Return the instant that each counting asserter gives; none unless these are enough."""
    found: dict[str, datetime] = {}
    accounts = []
    for claim in claims:
        at, weight = read(claim), weight_of(claim, clause, bearer, context)
        if at is not None and weight in _COUNTING:
            found[claim.asserter] = min(at, found.get(claim.asserter, at))
            owner = owner_of(claim.asserter, context.sources or {})
            accounts.append(Account(claim.asserter, owner, weight, OPEN, ""))
    return list(found.values()) if suffices(accounts, clause, context) else []


def _held_until(claim: Claim) -> datetime | None:
    """Return until when somebody of the kind was surely held, as the claim has it."""
    value = (claim.value or "").casefold()
    if value == "done":
        return claim.valid_from
    return said_at(claim) if value in ("not_done", "partly") else None


def _freed_by(claim: Claim) -> datetime | None:
    """Return by when somebody of the kind was surely free, as the claim has it."""
    some = (claim.low or 0) > 0 or (claim.value or "").casefold() == "done"
    return (claim.valid_to_latest or claim.valid_from or claim.published_at) if some else None

