"""The words of a map, a table or a headline → holders: how what others call a side becomes a party of ours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trucewatch.control.given import KINDS, OVERLAYS
from trucewatch.control.schema import CONTESTED
from trucewatch.errors import BadInput, Problem, Severity, nearest

__all__ = ["Imported", "Said", "collected", "read_words", "strangers_aside"]

_NAMES = ("place", "lat", "lon", "radius_m", "holder", "kind", "valid_from", "published_at", "source", "origin")


@dataclass(frozen=True, slots=True)
class Said:
    """What a word says of a place."""

    holder: str | None
    """A party; several parted by bars; None where it says nothing of the ground."""
    kind: str = "held"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an importer made of a file."""

    columns: Mapping[str, list[Any]]
    """Those of `tw.estimate_control`."""
    stands: Sequence[int] = ()
    """Line of the file, or number of the area, that each claim was made from, counted from 1."""
    problems: tuple[Problem, ...] = field(default=())
    """What was kept aside."""


def collected(rows: Iterable[tuple[int, Mapping[str, Any]]], problems: Iterable[Problem] = ()) -> Imported:
    """Return claims (line, columns by name) as columns; what a claim does not give is None."""
    kept = list(rows)
    columns = {name: [one.get(name) for _, one in kept] for name in _NAMES}
    return Imported(columns, tuple(line for line, _ in kept), tuple(problems))


def read_words(table: Mapping[str, Sequence[Any]], place: str) -> dict[str, Said]:
    """Return word → what it says, from the columns `word`, `holder` and, if there, `kind`.

    An empty holder: the word says nothing of the ground (a well, a pass), but `contested` without saying who.
    BadInput, all faults at once: missing columns, words given twice, unknown kinds.
    """
    problems = [Problem(place, 1, name, None, f"a column {name}") for name in ("word", "holder") if name not in table]
    found: dict[str, Said] = {}
    if not problems:
        for number, word in enumerate(table["word"]):
            holder, kind = table["holder"][number], (table.get("kind") or {number: None})[number] or "held"
            if not word or str(word) in found:
                problems.append(Problem(place, number + 1, "word", word, "a word, once"))
            elif kind not in (*KINDS, *OVERLAYS):
                problems.append(Problem(place, number + 1, "kind", str(kind), f"one of {', '.join((*KINDS, *OVERLAYS))}"))
            else:
                kind = CONTESTED if holder == CONTESTED else str(kind)
                found[str(word)] = Said(str(holder) if holder else None, kind)
    if problems:
        message = f"{place} does not say what its words mean: {len(problems)} problem(s)"
        raise BadInput(message, sorted(problems))
    return found


def strangers_aside(given: Imported, parties: Collection[str], place: str) -> Imported:
    """Return the claims whose holders are all among the parties, and a problem for each of the others."""
    kept, problems = [], list(given.problems)
    for at, holder in enumerate(given.columns["holder"]):
        named = {one.strip() for one in str(holder or "").removeprefix(f"{CONTESTED}:").split("|")} - {"", CONTESTED}
        strange = sorted(named - set(parties))
        if not strange:
            kept.append(at)
            continue
        near = nearest(strange[0], sorted(parties))
        advice = f"Did you mean “{near}”? The claim is kept aside" if near else "Add it to actors.yaml; the claim is kept aside"
        problems.append(Problem(place, given.stands[at], "holder", ", ".join(strange), "a party of actors.yaml", advice, Severity.REJECTED))
    columns = {name: [values[at] for at in kept] for name, values in given.columns.items()}
    return Imported(columns, tuple(given.stands[at] for at in kept), tuple(problems))
