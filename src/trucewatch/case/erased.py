"""What an erasure is, and what it leaves in the ledger: which findings rested on what is gone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from trucewatch.findings import LostGround
from trucewatch.ledger import Entry, LedgerStore
from trucewatch.periods import iso

__all__ = ["Erasing", "lost_grounds", "packed", "unpacked"]

_INSTANTS = ("since", "at")


@dataclass(frozen=True, slots=True)
class Erasing:
    """What goes, and what it concerns."""

    targets: tuple[Entry, ...]
    """Evidence and publications that were named."""
    reports: tuple[str, ...]
    """Ids of the reports, claims and accounts of coverage in that evidence."""
    publications: tuple[Entry, ...]
    """Published issues that name one of these: their kept bytes go too."""
    recipients: tuple[str, ...]
    """Who holds such an issue, as far as it is recorded, and has to be told."""
    files: tuple[Path, ...]
    """Files of cache/ and out/ that hold any of it."""
    lost: tuple[LostGround, ...]
    """The findings that rested on it, now and as known in each published issue."""
    entry_id: str
    digests: tuple[str, ...]
    """Names of the bytes that are destroyed."""


def packed(plan: Erasing) -> bytes:
    """Return reports and findings as the payload of the erasure: they can be longer than an entry may be."""
    rows = [asdict(one) | {name: _written(getattr(one, name)) for name in _INSTANTS} for one in plan.lost]
    return json.dumps({"reports": plan.reports, "findings": rows}, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(entry: Entry, ledger: LedgerStore) -> tuple[tuple[str, ...], tuple[LostGround, ...]]:
    """Return the ids of what was erased and the findings that rested on it."""
    raw = ledger.payload(entry.digest) if entry.digest else None
    told = json.loads(raw) if raw is not None else {"reports": [], "findings": []}
    return tuple(told["reports"]), tuple(_ground(row) for row in told["findings"])


def lost_grounds(entries: Sequence[Entry], ledger: LedgerStore) -> tuple[LostGround, ...]:
    """Return every finding that lost evidence by an erasure in the ledger."""
    return tuple(one for entry in entries if entry.kind == "erasure" for one in unpacked(entry, ledger)[1])


def _ground(row: dict[str, Any]) -> LostGround:
    instants = {name: datetime.fromisoformat(row[name]) if row[name] else None for name in _INSTANTS}
    return LostGround(**row | instants | {"left": tuple(row["left"])})


def _written(instant: datetime | None) -> str | None:
    return None if instant is None else iso(instant)
