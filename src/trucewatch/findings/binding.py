"""Who belongs to a group of the agreement, and who is bound when: both three-valued.

Bound is whom the agreement lists, for the stretch it states. A party whose being bound is disputed
is neither bound nor free. Where a bloc is bound `by: acceptance` the bloc itself is bound; a member
only once its own acceptance is on record, until its own rejection. What others say of a member's
acceptance contradicts or not, and never decides; unless people have accepted that very claim.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta

from trucewatch.agreement import Bound, Group
from trucewatch.findings.acceptance import STANCES, acceptance, counts_from
from trucewatch.findings.answer import Answer
from trucewatch.findings.context import Context
from trucewatch.periods import Period, day_period
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of

__all__ = ["bound", "membership", "moment_of", "named_by", "turns"]

_TICK = timedelta(microseconds=1)


def membership(party: str, whole: str, period: Period | None, context: Context) -> Answer:
    """Whether `party` belongs to `whole` (key of a group or of a party) throughout `period`."""
    signature = context.signature("group", whole)
    key = ("membership", signature, whole, party, moment_of(period, context))
    return context.once(key, lambda: _membership(party, whole, period, context))


def named_by(party: str, whole: str, period: Period | None, context: Context) -> Answer:
    """Whether a term that names `whole` as its bearer speaks of `party`.

    A party that a term names outright must also be bound, if the agreement says when it is.
    """
    listed = None if whole in context.agreement.groups else context.agreement.bound.get(whole)
    if listed is None:
        return membership(party, whole, period, context)
    signature = context.signature("group", whole)
    key = ("named", signature, whole, party, moment_of(period, context))
    return context.once(
        key,
        lambda: _both(
            membership(party, whole, period, context), bound(party, listed, period, context)
        ),
    )


def moment_of(period: Period | None, context: Context) -> Hashable:
    """Return what binding and membership can see of a period: equal moments have equal answers.

    That is how many of the instants at which a name, a membership, a listing or somebody's being bound
    may change lie before its start and before its end.
    """
    if period is None:
        return None
    known: Hashable = context.memo.get(("moment", period))
    if known is None:
        known = context.memo["moment", period] = _moment(period, context)
    return known


def _moment(period: Period, context: Context) -> Hashable:
    edges = context.once(("turns",), lambda: turns(context))
    return (
        None if period.start is None else bisect_right(edges, period.start),
        None if period.end is None else bisect_right(edges, period.end - _TICK),
    )


def turns(context: Context) -> list[datetime]:
    """Return every instant at which an answer may change, in any reading."""
    agreement, actors = context.agreement, context.actors
    listed = [*agreement.bound.values()]
    listed += [one for reading in agreement.readings.values() for one in reading.bound.values()]
    found = {edge for one in listed for edge in (one.start, one.end) if edge is not None}
    found |= {counts_from(one) for one in context.claims if one.kind in STANCES}
    found |= {start for day in actors.turning_days() if (start := day_period(day, actors.zone).start)}
    return sorted(found)


def _membership(party: str, whole: str, period: Period | None, context: Context) -> Answer:
    group = context.agreement.groups.get(whole)
    if group is None:
        return _belongs(party, whole, period, context)
    if group.designated_as is not None:
        return _designated(party, group, period, context)
    if group.none_of:
        inside = [membership(party, part, period, context) for part in group.none_of]
        return _none(party, whole, inside, context)
    return _any(
        party, whole, [_part(party, one, group, period, context) for one in group.any_of], context
    )


def _part(party: str, part: str, group: Group, period: Period | None, context: Context) -> Answer:
    """One member of `any_of`, with its being bound if the group asks for it."""
    inside = membership(party, part, period, context)
    if not group.when_bound or part in context.agreement.groups or inside.truth is FALSE:
        return inside
    listed = context.agreement.bound.get(part)
    if listed is None:
        return Answer(FALSE, f"the agreement does not list {context.name(part)} as bound")
    return _both(inside, bound(party, listed, period, context))


def _both(inside: Answer, binding: Answer) -> Answer:
    """Belonging and being bound; the words are those of what decides."""
    truth = all_of((inside.truth, binding.truth))
    decisive = inside if inside.truth is FALSE or binding.truth is TRUE else binding
    claims = (*inside.claims, *binding.claims)
    return Answer(
        truth, decisive.words, decisive.question, decisive.about, claims, decisive.unsure_term
    )


def _any(party: str, whole: str, parts: Sequence[Answer], context: Context) -> Answer:
    truth = any_of(part.truth for part in parts)
    claims = tuple(dict.fromkeys(claim for part in parts for claim in part.claims))
    if truth is FALSE:
        return Answer(FALSE, f"{context.name(party)} is none of {whole}", claims=claims)
    decisive = next(part for part in parts if part.truth is truth)
    return Answer(
        truth, decisive.words, decisive.question, decisive.about, claims, decisive.unsure_term
    )


def _none(party: str, whole: str, inside: Sequence[Answer], context: Context) -> Answer:
    truth = ~any_of(part.truth for part in inside)
    claims = tuple(dict.fromkeys(claim for part in inside for claim in part.claims))
    if truth is TRUE:
        return Answer(TRUE, f"{context.name(party)} is in {whole}", claims=claims)
    decisive = next(part for part in inside if part.truth is ~truth)
    return Answer(
        truth, decisive.words, decisive.question, decisive.about, claims, decisive.unsure_term
    )


def _throughout(period: Period | None, ask: Callable[[datetime | None], Truth]) -> Truth:
    """The truth at both ends of the period if they agree, else UNKNOWN."""
    if period is None:
        return ask(None)
    instants = []
    if period.start is not None:
        instants.append(period.start)
    if period.end is not None:
        instants.append(period.end - _TICK)
    truths = {ask(instant) for instant in instants}
    return truths.pop() if len(truths) == 1 else UNKNOWN


def _belongs(party: str, whole: str, period: Period | None, context: Context) -> Answer:
    name = context.name(party)
    if party == whole:
        return Answer(TRUE, f"{name} is named")
    truth = _throughout(period, lambda on: context.actors.belongs(party, whole, on))
    other = context.name(whole)
    if truth is TRUE:
        return Answer(TRUE, f"{name} belongs to {other}")
    if truth is FALSE:
        return Answer(FALSE, f"{name} does not belong to {other}")
    words = f"whether {name} belongs to {other} is open"
    return Answer(UNKNOWN, words, f"Did {name} belong to {other} then? {words}", about=party)


def _designated(party: str, group: Group, period: Period | None, context: Context) -> Answer:
    as_ = group.designated_as or ""
    truth = _throughout(
        period,
        lambda on: context.actors.designated(
            party, as_, group.designated_by, on, follow_renames=group.follow_renames
        ),
    )
    name, by = context.name(party), " or ".join(group.designated_by)
    if truth is TRUE:
        return Answer(TRUE, f"{name} is {group.key}: listed as {as_} by {by}")
    if truth is FALSE:
        return Answer(FALSE, f"{name} is not {group.key}: not listed as {as_} by {by}")
    words = f"whether {name} is {group.key} is open: the list of {by} does not settle it"
    return Answer(UNKNOWN, words, f"Is {name} listed as {as_} by {by}? {words}", about=party)


def bound(party: str, listed: Bound, period: Period | None, context: Context) -> Answer:
    """Whether `party`, which belongs to the listed party, is bound throughout `period`."""
    name = context.name(party)
    time = _bound_then(listed, period)
    if time is FALSE:
        return Answer(FALSE, f"{name} is not listed as bound at that time")
    if listed.certainty == "disputed":
        words = f"whether {context.name(listed.party)} is bound is disputed"
        question = f"Is {context.name(listed.party)} bound? the agreement file calls it disputed"
        return Answer(UNKNOWN, words, question, about=listed.party)
    if time is UNKNOWN:
        words = f"whether {name} was bound at that time is open"
        return Answer(UNKNOWN, words, f"Was {name} bound at that time?", about=party)
    if listed.by == "acceptance" and party != listed.party:
        return acceptance(party, period, context)
    return Answer(TRUE, f"{name} is bound")


def _bound_then(listed: Bound, period: Period | None) -> Truth:
    if listed.start is None and listed.end is None:
        return TRUE
    if period is None:
        return UNKNOWN
    stretch = Period(listed.start, listed.end)
    if stretch.contains(period):
        return TRUE
    return UNKNOWN if stretch.overlaps(period) else FALSE
