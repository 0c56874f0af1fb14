"""Work on the parties of a report that is done once for all reports that share them.

Most reports of a data set name one of a few lists of parties. Records that come from one table
share equal lists (`ReportTables.records`), so a list is recognised by identity: cheaper than
comparing dozens of parties, and a list that is equal but not the same only costs the work again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from trucewatch.reports.report import ReportParty

__all__ = ["OfParties", "Parties"]

T = TypeVar("T")
Parties = tuple[ReportParty, ...]


@dataclass(frozen=True, slots=True)
class OfParties(Generic[T]):
    """A pure function of the parties of a report, remembered by their identity."""

    work: Callable[[Parties], T]
    _known: dict[int, tuple[Parties, T]] = field(default_factory=dict)
    """The parties are kept beside the answer, so that no other object takes over their identity."""

    def __call__(self, parties: Parties) -> T:
        known = self._known.get(id(parties))
        if known is None:
            known = self._known[id(parties)] = (parties, self.work(parties))
        return known[1]
