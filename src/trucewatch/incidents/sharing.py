"""Work on a part of a report that is done once for all reports that share it.

Most reports of a data set name one of a few lists of parties and give one of a few lists of
casualties. Records that come from one table share equal lists (`ReportTables.records`), so a list
is recognised by identity: cheaper than comparing dozens of entries, and a list that is equal but
not the same only costs the work again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from trucewatch.reports.report import ReportParty

__all__ = ["OfShared", "Parties"]

P = TypeVar("P")
T = TypeVar("T")
Parties = tuple[ReportParty, ...]


@dataclass(frozen=True, slots=True)
class OfShared(Generic[P, T]):
    """A pure function of a part of a report, remembered by the identity of that part."""

    work: Callable[[P], T]
    _known: dict[int, tuple[P, T]] = field(default_factory=dict)
    """The part is kept beside the answer, so that no other object takes over its identity."""

    def __call__(self, part: P) -> T:
        """Return the answer for this part, made once."""
        known = self._known.get(id(part))
        if known is None:
            known = self._known[id(part)] = (part, self.work(part))
        return known[1]
