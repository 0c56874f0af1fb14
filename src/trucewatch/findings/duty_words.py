"""Duties in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from trucewatch.agreement import Clause, Delivery, Duty, Notice, Release, Withdrawal
from trucewatch.findings.answer import choice, plain
from trucewatch.findings.context import Context
from trucewatch.findings.deadlines import Times

__all__ = ["state_words", "words_of"]

_STATES = {
    "not_yet_due": "not yet due",
    "due": "due now, its deadline ahead",
    "performed": "performed",
    "partly": "partly performed",
    "overdue": "overdue",
    "lapsed": "lapsed before it was due",
    "suspended": "suspended",
    "not_judged": "where it stands is open",
}


def state_words(state: str) -> str:
    """Return a state of a duty in words."""
    return _STATES[state]


def words_of(clause: Clause, bearer: str, times: Times, context: Context) -> str:
    """Return the duty of a bearer in plain words, with its deadline and its conditions."""
    parts = list(_asked(clause.duty or Duty()))
    words = f"{context.name(bearer)}: {'; '.join(parts)}" if parts else context.name(bearer)
    return "; ".join((words, *_terms(clause.duty or Duty(), times, context)))


def _asked(duty: Duty) -> Iterator[str]:
    yield from map(_withdrawal, duty.withdraw)
    if duty.perform is not None:
        yield plain(duty.perform)
    if duty.deliver is not None:
        yield _delivery(duty.deliver)
    if duty.release is not None:
        yield _release(duty.release)
    if duty.notify is not None:
        yield _notice(duty.notify)
    if duty.tasks:
        yield f"do all of these: {', '.join(map(plain, duty.tasks))}"


def _withdrawal(line: Withdrawal) -> str:
    what = [plain(one) for one in line.weapons]
    if line.personnel:
        what.append("personnel")
    if line.anything:
        what.append("everything")
    if line.calibre_at_least_mm is not None:
        size = f"of {line.calibre_at_least_mm:g} mm or more"
        what = [f"{', '.join(what) or 'weapons'} {size}"]
    allowed = f", except {choice([plain(one) for one in line.allow])}" if line.allow else ""
    return f"withdraw {', '.join(what)} beyond {line.beyond}{allowed}"


def _delivery(asked: Delivery) -> str:
    words = f"deliver at least {asked.at_least:g} {asked.unit} in each {_length(asked.per)}"
    if asked.averaged_over != asked.per:
        words += f", on average over {_length(asked.averaged_over)}"
    parts = [
        f"{one.at_least:g} "
        + " ".join(part for part in (one.what and f"of {one.what}", one.to and f"to {one.to}") if part)
        for one in asked.of_which
    ]
    return f"{words}, of which {' and '.join(parts)}" if parts else words


def _length(length: timedelta) -> str:
    if length == timedelta(days=1):
        return "day"
    days, rest = divmod(length, timedelta(days=1))
    return f"{days} days" if days and not rest else f"{length // timedelta(hours=1)} h"


def _release(asked: Release) -> str:
    words = f"release {asked.of}"
    if asked.count is not None:
        words = f"release {asked.count:g} {asked.of}"
    if asked.ratio is not None:
        words += f", {asked.ratio.at_least:g} for each one under {asked.ratio.per}"
    if asked.order:
        words += f", in this order: {', '.join(map(plain, asked.order))}"
    return words


def _notice(asked: Notice) -> str:
    words = f"tell {' and '.join(asked.whom)} of {asked.of}"
    if asked.within is not None:
        words += f", at the latest {_length(asked.within)} after it"
    if asked.before is not None:
        words += f", at least {_length(asked.before)} before it"
    return words


def _terms(duty: Duty, times: Times, context: Context) -> Iterator[str]:
    if times.words:
        yield times.words
    if duty.only_if_performed is not None:
        yield f"only once {duty.only_if_performed} is performed"
    if duty.only_if_claim is not None:
        names = choice([context.name(one) for one in duty.only_if_claim.of])
        yield f"only once {names} declares {duty.only_if_claim.claim}"
