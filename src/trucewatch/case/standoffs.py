"""Two offices that decided otherwise about the same thing before they knew of each other.

A merge finds and records such pairs. Until somebody settles one, by taking a decision back or by
deciding anew in knowledge of both, neither counts, nor does what was decided about it before: no
office wins by the order in which ledgers were merged. Only a hold stays, because to let something
out cannot be undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.case.conflicts import about_the_same
from trucewatch.errors import Problem, Severity
from trucewatch.incidents import Decision
from trucewatch.ledger import Entry

__all__ = ["Standoff", "clashing", "disagreements", "open_standoffs", "settled", "standoffs"]

_ABOUT = ("kind", "reports", "clause", "reading", "question", "answer")


@dataclass(frozen=True, slots=True)
class Standoff:
    """Two decisions that say otherwise about the same, each made without knowing the other."""

    ids: tuple[str, str]
    known: frozenset[str]
    """Ids of the decisions that were in the ledger once both were: a later one was made knowing them."""


def standoffs(entries: Sequence[Entry]) -> tuple[Standoff, ...]:
    """Return every pair that a merge recorded, settled or not."""
    found: dict[tuple[str, str], Standoff] = {}
    known: set[str] = set()
    for one in entries:
        if one.kind == "decision":
            known.add(one.entry_id)
        elif one.kind == "merge":
            for pair in one.body["conflicts"]:
                ids = (min(pair), max(pair))
                found.setdefault(ids, Standoff(ids, frozenset(known)))
    return tuple(found.values())


def open_standoffs(decisions: Sequence[Decision], found: Sequence[Standoff]) -> list[Standoff]:
    """Return those of which both decisions are in force and about which nobody has decided since.

    `decisions` are those in force, in the order of the log.
    """
    if not found:
        return []
    by_id = {one.decision_id: one for one in decisions}
    return [
        one for one in found
        if all(each in by_id for each in one.ids)
        and not any(
            later.decision_id not in one.known and _about(later, [by_id[each] for each in one.ids]) for later in decisions
        )
    ]


def settled(decisions: Sequence[Decision], disputed: Sequence[Standoff]) -> list[Decision]:
    """Return the decisions without what is in dispute; of hold and release the hold stays."""
    by_id = {one.decision_id: one for one in decisions}
    out = {
        one.decision_id
        for each in disputed
        for one in decisions
        if one.decision_id in each.known and one.kind != "hold" and _about(one, [by_id[known] for known in each.ids])
    } | {one for each in disputed for one in each.ids if by_id[one].kind != "hold"}
    return [one for one in decisions if one.decision_id not in out]


def disagreements(decisions: Sequence[Decision], found: Sequence[Standoff]) -> tuple[Problem, ...]:
    """Return a warning for each pair that nobody has settled."""
    by_id = {one.decision_id: one for one in decisions}
    return tuple(_told(by_id[one.ids[0]], by_id[one.ids[1]]) for one in open_standoffs(decisions, found))


def _told(one: Decision, other: Decision) -> Problem:
    said = "; ".join(
        f"{each.who}: {' '.join(filter(None, (each.kind, each.question, each.answer)))} ({each.decision_id}), because {each.because}"
        for each in (one, other)
    )
    return Problem(
        "decisions", None, one.kind, f"{one.decision_id}, {other.decision_id}", "one answer about the same thing",
        f"Two offices disagree: {said}. Neither counts (a hold stays) until one is taken back (--undo) or somebody decides anew",
        Severity.WARNING,
    )


def clashing(own: Iterable[Entry], others: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield each pair of an own decision and another's that say otherwise about the same, or take back the same."""
    index: dict[str, list[Entry]] = defaultdict(list)
    for entry in own:
        for key in _keys(entry):
            index[key].append(entry)
    for other in others:
        near = {one.sequence: one for key in _keys(other) for one in index.get(key, ())}
        for _, mine in sorted(near.items()):
            if mine.entry_id != other.entry_id and _otherwise(mine, other):
                yield mine, other


def _keys(entry: Entry) -> Iterator[str]:
    """Yield under what a decision is found: its reports, or its question, and what it takes back."""
    yield from entry.body["reports"] or (f"? {entry.body['question']}",)
    if entry.supersedes is not None:
        yield entry.supersedes


def _otherwise(one: Entry, other: Entry) -> bool:
    alike = (one.body["kind"], one.body["answer"]) == (other.body["kind"], other.body["answer"])
    if one.supersedes is not None and one.supersedes == other.supersedes:
        return not alike
    return not alike and about_the_same(one.body, other.body)


def _about(one: Decision, disputed: Iterable[Decision]) -> bool:
    return any(about_the_same(_body(one), _body(other)) for other in disputed)


def _body(one: Decision) -> Mapping[str, Any]:
    return {name: getattr(one, name) for name in _ABOUT}
