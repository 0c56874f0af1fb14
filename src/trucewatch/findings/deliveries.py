"""Deliveries: every whole window against its quota, and against the quota of each part.

A quota is met as well as in its worst window. Who could look need not have counted, so silence says
nothing here: without a figure it stays open how much was delivered.
"""

from __future__ import annotations

from collections.abc import Iterator

from trucewatch.agreement import Clause, Delivery
from trucewatch.findings.accounts import counted_accounts, counts_of, percent
from trucewatch.findings.amounts import Amount, Stretch, exact
from trucewatch.findings.answer import distinct, spoken
from trucewatch.findings.context import Context
from trucewatch.findings.deadlines import Times
from trucewatch.findings.lifecycle import least_of
from trucewatch.findings.pieces import Piece, said_of, weighed_piece
from trucewatch.findings.testimony import weigh
from trucewatch.periods import Period

__all__ = ["delivery_piece"]


def delivery_piece(
    deliver: Delivery, clause: Clause, bearer: str, times: Times, context: Context
) -> Piece:
    """Return what is known of the deliveries in all windows that have passed."""
    found = [
        (window, key, _window(deliver, key, least, window, clause, bearer, context))
        for window in times.windows
        for key, least in _quotas(deliver)
    ]
    if not found:
        return weighed_piece(weigh(said_of(clause, None, bearer, times, context), clause, context))
    part = least_of(*(piece.part for _, _, piece in found))
    pieces = [piece for _, _, piece in found]
    return Piece(
        part,
        disputed=part.possible == 1 and part.sure < 1,
        strength=next((one.strength for one in pieces if one.part == part), pieces[0].strength),
        shown=any(one.shown for one in pieces),
        accounts=tuple(dict.fromkeys(account for one in pieces for account in one.accounts)),
        notes=_worst(found, deliver, context),
        evidence=distinct(one for piece in pieces for one in piece.evidence),
    )


def _quotas(deliver: Delivery) -> Iterator[tuple[str | None, float]]:
    yield None, deliver.at_least
    for one in deliver.of_which:
        yield one.key, one.at_least


def _window(
    deliver: Delivery, key: str | None, least: float, window: Period, clause: Clause, bearer: str,
    context: Context,
) -> Piece:
    asked = exact(least) * (deliver.averaged_over // deliver.per)
    if window.end is None:
        return weighed_piece(weigh((), clause, context))
    stretch = Stretch(window.start, window.end)
    counts = counts_of(key, stretch, deliver.unit, clause, bearer, context)
    return weighed_piece(weigh(counted_accounts(counts, Amount(asked, asked)), clause, context))


def _worst(
    found: list[tuple[Period, str | None, Piece]], deliver: Delivery, context: Context
) -> tuple[str, ...]:
    """Return in words the window and the part of the quota of which least is possible."""
    window, key, piece = min(found, key=lambda one: (one[2].part.possible, one[2].part.sure))
    if piece.part.sure == 1 or window.start is None:
        return ()
    what = deliver.unit if key is None else f"{deliver.unit} ({key})"
    since = spoken(window.start, context.agreement.timezone)
    return (f"{what} in the window from {since}: {percent(piece.part)} of the quota",)
