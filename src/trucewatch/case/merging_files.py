"""The case files of two offices: taken over where one of them is behind, told where both went on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trucewatch.case.clock import now
from trucewatch.case.folder import CASE_FILES, own_versions, record_versions
from trucewatch.ledger import Entry

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["take_case_files"]


def take_case_files(
    case: Case, other: Case, mine: Sequence[Entry], theirs: Sequence[Entry]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take over the case files that the other alone has changed; return those, and those that both have changed.

    `mine` and `theirs` are the entries of both ledgers. A version is recognised by its HMAC under the case's key.
    """
    taken, differing = [], []
    for name in CASE_FILES:
        ours, told = _versions(mine, name), _versions(theirs, name)
        if not told or ours[-1]["seen"] == told[-1]["seen"]:
            continue
        behind = ours[-1]["seen"] in [one["seen"] for one in told]
        ahead = told[-1]["seen"] in [one["seen"] for one in ours]
        text = other.ledger.payload(told[-1]["digest"]) if behind and not ahead else None
        if text is not None:
            _written(case.root / name, text)
            taken.append(name)
        elif not ahead or behind:
            differing.append(name)
    if taken:
        record_versions(case.folder, case.ledger, who=case.who, clock=now())
    return tuple(taken), tuple(differing)


def _written(file: Path, text: bytes) -> None:
    partial = file.with_name(f".{file.name}.partial")
    partial.write_bytes(text)
    partial.replace(file)


def _versions(entries: Sequence[Entry], name: str) -> list[dict[str, Any]]:
    return [
        {"seen": one.body.get("seen"), "digest": one.digest} for one in own_versions(entries) if one.body["file"] == name
    ]
