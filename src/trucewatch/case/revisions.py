"""A data set that is edited and cut week by week: which rows count after a revision, and what it changed.

A revision is an evidence entry that supersedes another one, with a reason. A row that both versions
have keeps the entry, the place and the moment from which it was known; a row that the later version
lacks counts no more from then on; both versions and what differs stay to be seen. Nothing here
reads a file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.errors import Problem, Severity
from trucewatch.ledger import Entry
from trucewatch.reports import EvidenceRef, Written

__all__ = ["Difference", "Row", "chain_of", "differences", "heads", "revised", "row_of", "summary"]

Row = tuple[EvidenceRef, Written]
_KEYS = ("id", "event_id_cnty", "data_id", "event_id", "relid")
"""Columns by which a source names its rows, the first that a row has."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that a revision edited, took out or put in."""

    what: str
    """`edited`, `deleted` or `added`."""
    key: str | None
    """How the source names the row; None if it does not: then an edit shows as deleted and added."""
    old: str | None
    """Locator in the version before."""
    new: str | None
    """Locator in the revision."""
    cells: Mapping[str, tuple[str, str]]
    """Column → was, is; of an edited row those that differ."""


def revised(before: Sequence[Row], after: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows that count after a revision: those that stayed, as they were known, and the new ones."""
    wanted = Counter(_identity(row) for _, row in after)
    there = Counter(_identity(row) for _, row in before)
    stayed = list(_taken(before, wanted.copy()))
    return (*stayed, *_left(after, there & wanted))


def _taken(rows: Sequence[Row], wanted: Counter[object]) -> Iterator[Row]:
    for ref, row in rows:
        if wanted[_identity(row)] > 0:
            wanted[_identity(row)] -= 1
            yield ref, row


def _left(rows: Sequence[Row], taken: Counter[object]) -> Iterator[Row]:
    for ref, row in rows:
        if taken[_identity(row)] > 0:
            taken[_identity(row)] -= 1
        else:
            yield ref, row


def heads(content: Mapping[str, Sequence[Row]], superseded: set[str]) -> tuple[Row, ...]:
    """Return the rows of all evidence that no revision replaces; where two revise the same, those of both, each once."""
    found = {
        (ref.evidence_id, row.locator, row.kind): (ref, row)
        for key, rows in content.items() if key not in superseded for ref, row in rows
    }
    return tuple(found.values())


def differences(before: Sequence[Row], after: Sequence[Row]) -> tuple[Difference, ...]:
    """Return what a revision changed, in the order of the version before, then what it added."""
    wanted = Counter(_identity(row) for _, row in after)
    there = Counter(_identity(row) for _, row in before)
    gone = [row for _, row in _left(before, there & wanted)]
    fresh = [row for _, row in _left(after, there & wanted)]
    named: dict[str, list[Written]] = defaultdict(list)
    for row in reversed(fresh):
        named[_key(row) or ""].append(row)
    found, used = [], set()
    for row in gone:
        key = _key(row)
        other = named[key].pop() if key and named[key] else None
        if other is not None:
            used.add(id(other))
        found.append(_difference(row, other))
    return (*found, *(_difference(None, row) for row in fresh if id(row) not in used))


def _difference(old: Written | None, new: Written | None) -> Difference:
    was, now = (dict(one.raw or one.values) if one else {} for one in (old, new))
    cells = {
        name: (was.get(name, ""), now.get(name, "")) for name in {**was, **now} if was.get(name, "") != now.get(name, "")
    }
    what = "edited" if old and new else "deleted" if old else "added"
    row = old or new
    return Difference(
        what, _key(row) if row else None, old.locator if old else None, new.locator if new else None, cells
    )


def _key(row: Written) -> str | None:
    return next((row.raw[name] for name in _KEYS if row.raw.get(name)), None)


def _identity(row: Written) -> object:
    return row.kind, tuple(sorted(row.values.items())), tuple(sorted(row.raw.items()))


def summary(entry: Entry, before: Sequence[Row], after: Sequence[Row]) -> Problem:
    """Return a warning that says how much a revision changed, and why."""
    count = Counter(one.what for one in differences(before, after))
    told = ", ".join(f"{count[what]} {what}" for what in ("edited", "deleted", "added") if count[what]) or "nothing"
    return Problem(
        str(entry.body["file"]), None, None, f"{told}", "the rows of the version before",
        f"Revised by {entry.who} ({entry.entry_id}): {entry.body.get('because')}. `trucewatch revisions` lists each row",
        Severity.WARNING,
    )


def chain_of(entries: Sequence[Entry], wanted: str) -> tuple[Entry, ...]:
    """Return every version of the evidence to which an entry belongs, in order: they share their rows."""
    evidence = [one for one in entries if one.kind == "evidence"]
    known, size = {wanted}, 0
    while size < len(known):
        size = len(known)
        for one in evidence:
            if one.entry_id in known or one.supersedes in known:
                known |= {one.entry_id, *({one.supersedes} if one.supersedes else ())}
    return tuple(one for one in evidence if one.entry_id in known)


def row_of(entry: Entry, one: Difference) -> dict[str, Any]:
    """Return a difference as a row to print."""
    return {
        "evidence_id": entry.entry_id, "revises": entry.supersedes, "file": entry.body["file"], "what": one.what, "key": one.key,
        "old": one.old, "new": one.new, "cells": {name: list(pair) for name, pair in one.cells.items()},
        "who": entry.who, "because": entry.body.get("because"), "recorded_at": entry.recorded_at,
    }
