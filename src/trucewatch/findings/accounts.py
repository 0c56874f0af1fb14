"""One account for each asserter: done, not done, in part, so many of so many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from trucewatch.agreement import Clause
from trucewatch.findings.agreeing import agreed
from trucewatch.findings.amounts import (
    Amount,
    Figure,
    Stretch,
    amount_within,
    figures_of,
    part_of,
    stated_amount,
)
from trucewatch.findings.answer import plain, spoken
from trucewatch.findings.context import Context
from trucewatch.findings.lifecycle import NOTHING, OPEN, WHOLE, Part
from trucewatch.findings.testimony import (
    Account,
    Deadline,
    about,
    done_in_time,
    latest_of_each,
    range_of,
    said_at,
    suffices,
    weight_needed,
    weight_of,
)
from trucewatch.reports.claim import Claim
from trucewatch.reports.independence import owner_of

__all__ = ["accounts_of", "counted_accounts", "counts_of", "percent", "settled_amount"]

_SAYS = {
    "done": "done", "not_done": "not done", "partly": "partly done", "unconfirmed": "cannot confirm"
}
_OPEN = "public"
_PERCENT = ("%", "percent", "per cent")


def accounts_of(
    part: str | None, clause: Clause, bearer: str, deadline: Deadline, context: Context,
    *, joint: bool,
) -> tuple[Account, ...]:
    """Return the account that each asserter gave last of whether the part (None: all) was done.

    `joint`: several bear the duty. A claim that names none of them says with “done” that all did,
    and with “not done” no more than that not all did; unless a bearer says it, who means himself.
    """
    claims = about(clause.key, part, bearer, context)
    stated = [one for one in claims if (one.value or "").casefold() in _SAYS]
    found = (
        _account(one, clause, bearer, deadline, context, joint=joint)
        for one in latest_of_each(stated)
    )
    if part is None:
        return tuple(found)
    return tuple(replace(one, says=f"{one.says} ({plain(part)})") for one in found)


def _account(
    claim: Claim, clause: Clause, bearer: str, deadline: Deadline, context: Context, *, joint: bool
) -> Account:
    weight = weight_of(claim, clause, bearer, context)
    part = _part(claim, deadline, context)
    if joint and weight != "own" and part != WHOLE and ":" not in (claim.subject or ""):
        part = None
    says = _SAYS[(claim.value or "").casefold()]
    if says == "done" and part == NOTHING and claim.valid_from is not None:
        says = f"done late, on {spoken(claim.valid_from, context.agreement.timezone)}"
    owner = owner_of(claim.asserter, context.sources or {})
    unsure = claim.value == "unconfirmed" and (
        deadline.latest is None or _reaches(claim, deadline)
    )
    return _bounded(
        Account(
            claim.asserter, owner, weight, part, says, (claim.claim_id,), unsure,
            claim.sensitivity == _OPEN,
        )
    )


def _bounded(account: Account) -> Account:
    """Return the account; what its bearer says against itself is an admission, and no more."""
    if account.weight != "own" or account.part is None:
        return account
    part = Part(Fraction(0), account.part.possible)
    return replace(account, part=part, weight="own" if part.possible == 1 else "admitted")


def _part(claim: Claim, deadline: Deadline, context: Context) -> Part | None:
    """Return the part that was performed in time if what is claimed is so."""
    value = (claim.value or "").casefold()
    if value == "done":
        in_time = done_in_time(claim, deadline, context.agreement.timezone)
        return OPEN if in_time is None else WHOLE if in_time else NOTHING
    if value == "unconfirmed":
        return None
    as_of, reaches = said_at(claim), _reaches(claim, deadline)
    if value == "not_done":
        return NOTHING if reaches else None
    share = _share(claim)
    first = deadline.earliest
    early = deadline.ever or (first is not None and as_of is not None and as_of <= first)
    return Part(share.sure if early else Fraction(0), share.possible if reaches else Fraction(1))


def _reaches(claim: Claim, deadline: Deadline) -> bool:
    """Whether what is said speaks of the deadline or of a time after it."""
    as_of = said_at(claim)
    return deadline.latest is not None and as_of is not None and as_of >= deadline.latest


def _share(claim: Claim) -> Part:
    """Return the stated share; a number that can be no share says nothing."""
    amount = stated_amount(claim)
    if amount is None:
        return OPEN
    hundred = 100 if (claim.unit or "").casefold() in _PERCENT else 1
    low, high = amount.low / hundred, None if amount.high is None else amount.high / hundred
    high = Fraction(1) if high is None else high
    return Part(low, high) if low <= high <= 1 else OPEN


def counts_of(
    part: str | None, stretch: Stretch, unit: str | None, clause: Clause, bearer: str,
    context: Context,
) -> tuple[tuple[Account, Amount], ...]:
    """Return how much of the part (None: the whole) each asserter counts in the stretch.

    The accounts say no part yet: that hangs on what is asked.
    """
    key = ("counting", context.agreement.reading, clause.key, part, unit, bearer)
    counting = context.once(key, lambda: _counting(part, unit, clause, bearer, context))
    found = []
    for account, figures in counting:
        amount = amount_within(figures, stretch)
        if amount is not None:
            found.append((replace(account, says=_counted(amount, unit, part)), amount))
    return tuple(found)


def _counting(
    part: str | None, unit: str | None, clause: Clause, bearer: str, context: Context
) -> list[tuple[Account, tuple[Figure, ...]]]:
    by_asserter: dict[str, list[Claim]] = defaultdict(list)
    for claim in about(clause.key, part, bearer, context):
        if unit is None or claim.unit in (None, unit):
            by_asserter[claim.asserter].append(claim)
    found = []
    for asserter, claims in sorted(by_asserter.items()):
        weight = _least([weight_of(one, clause, bearer, context) for one in claims])
        owner = owner_of(asserter, context.sources or {})
        ids = tuple(claim.claim_id for claim in claims)
        told = all(claim.sensitivity == _OPEN for claim in claims)
        account = Account(asserter, owner, weight, OPEN, "", ids, open_source=told)
        found.append((account, figures_of(claims)))
    return found


def counted_accounts(
    counts: Iterable[tuple[Account, Amount]], asked: Amount
) -> tuple[Account, ...]:
    """Return the accounts with the part that each amount is of what is asked."""
    return tuple(_bounded(replace(one, part=part_of(amount, asked))) for one, amount in counts)


def settled_amount(
    counts: Iterable[tuple[Account, Amount]], clause: Clause, context: Context
) -> Amount | None:
    """Return the range in which an amount surely lies, if those who count it are enough."""
    pairs = [(one, range_of(one, amount.low, amount.high)) for one, amount in counts]
    ranges = [one for _, one in pairs if one is not None]
    if not suffices([account for account, one in pairs if one is not None], clause, context):
        return None
    return Amount(*agreed(ranges, weight_needed(clause, context)))


def _least(weights: list[str]) -> str:
    """Return the weight of an account made of several claims: that of the weakest of them."""
    order = ("own", "alleged", "neutral", "verified")
    return min(weights, key=order.index)


def _counted(amount: Amount, unit: str | None, part: str | None) -> str:
    low, high = _number(amount.low), None if amount.high is None else _number(amount.high)
    many = f"at least {low}" if high is None else low if low == high else f"{low} to {high}"
    if high is None and amount.low == 0:
        many = "no sure figure"
    elif unit:
        many = f"{many} {unit}"
    return f"{many} ({plain(part)})" if part else many


def _number(value: Fraction) -> str:
    return f"{float(value):g}" if value.denominator != 1 else str(value.numerator)


def percent(part: Part) -> str:
    """Return the part in words: “24 %”, “between 24 % and 40 %”; only all is 100 %, only none 0 %."""
    if part.sure == part.possible:
        return f"{_clipped(part.sure, round(part.sure * 100))} %"
    low, high = part.sure * 100 // 1, -(-part.possible * 100 // 1)
    return f"between {low} % and {high} %"


def _clipped(value: Fraction, rounded: int) -> int:
    return rounded if value in (0, 1) else min(99, max(1, rounded))
