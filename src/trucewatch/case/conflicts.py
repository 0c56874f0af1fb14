"""Two people who decide about the same thing: the second one is told, and decides again knowing the first.

What a person had read is the number of the ledger's last entry then. A decision is refused if one
recorded later says otherwise about the same reports, clause, reading and question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from trucewatch.errors import Conflict
from trucewatch.ledger import Entry

__all__ = ["about_the_same", "nobody_else_decided"]

_GROUPS = (("same", "different"), ("determine",), ("verify",), ("accept",), ("hold", "release"))
"""Kinds that answer one question; opinions and replies stand beside each other."""


def nobody_else_decided(
    entries: Sequence[Entry], body: Mapping[str, Any], *, supersedes: str | None, seen: int, mine: frozenset[str]
) -> None:
    """Conflict if an entry after number `seen`, not among `mine`, says otherwise than `body` or takes back the same."""
    for one in entries[seen:]:
        if one.kind != "decision" or one.entry_id in mine:
            continue
        if supersedes is not None and one.supersedes == supersedes:
            raise _conflict(one, f"has taken back {supersedes} already")
        if about_the_same(one.body, body) and (one.body["kind"], one.body["answer"]) != (body["kind"], body["answer"]):
            answer = f" ({one.body['answer']})" if one.body["answer"] else ""
            raise _conflict(one, f"has decided “{one.body['kind']}”{answer} about it: {one.body['because']}")


def about_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether the bodies of two decisions answer one question about one subject."""
    alike = any({one["kind"], other["kind"]} <= set(group) for group in _GROUPS)
    if not alike or not _share_reports(one, other):
        return False
    return one["question"] == other["question"] and all(
        None in (one[name], other[name]) or one[name] == other[name] for name in ("clause", "reading")
    )


def _share_reports(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Do both cite a report (for same and different: two), or none at all, as about a duty?"""
    shared = set(one["reports"]) & set(other["reports"])
    least = 2 if one["kind"] in ("same", "different") else 1
    return len(shared) >= least or (not one["reports"] and not other["reports"])


def _conflict(one: Entry, what: str) -> Conflict:
    message = f"nothing was recorded: meanwhile {one.who} {what} (entry {one.sequence}, {one.entry_id}). Look again, then decide"
    return Conflict(message)
