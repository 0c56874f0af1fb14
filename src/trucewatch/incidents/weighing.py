"""How much a report's word weighs inside one incident: strength, allegation, admission, denial.

An allegation never narrows what a better source states: an hour that only one side gives does not
turn a day that monitors give into an hour. It can still contradict, and then the fact is disputed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from trucewatch.actors import Actors
from trucewatch.incidents.figures import Toll, toll_of
from trucewatch.incidents.sharing import OfShared
from trucewatch.reports.independence import origin_of, strength_of
from trucewatch.reports.report import Casualty, Report
from trucewatch.reports.source import Source
from trucewatch.truth import TRUE

__all__ = ["Weighing", "asserted"]


def asserted(reports: Iterable[Report]) -> list[Report]:
    """Return the reports that do not deny what they tell of."""
    return [report for report in reports if report.standing != "denied"]


@dataclass(frozen=True, slots=True)
class Weighing:
    """The actors and sources of the case, and what follows from them for single reports."""

    actors: Actors
    sources: Mapping[str, Source]
    _strength: dict[tuple[object, ...], str] = field(
        default_factory=dict, compare=False, repr=False
    )
    _firm: dict[tuple[str | None, str], bool] = field(
        default_factory=dict, compare=False, repr=False
    )
    toll: OfShared[tuple[Casualty, ...], Toll] = field(
        default_factory=lambda: OfShared(toll_of), compare=False, repr=False
    )
    """How many were killed and injured, from the casualties of a report."""

    def strength(
        self,
        reports: Sequence[Report],
        element: str,
        *,
        admission: bool = False,
        verified: bool = False,
    ) -> str:
        """Return how well these reports, which state a value, support it; one of STRENGTHS."""
        carried = tuple([(one.origin, one.source, one.standing == "denied") for one in reports])
        asked = (carried, element == "who", admission, verified)
        known = self._strength.get(asked)
        if known is None:
            known = self._strength[asked] = strength_of(
                reports,
                sources=self.sources,
                actors=self.actors,
                admission=admission,
                verified=verified,
                element=element,
            )
        return known

    def origin(self, report: Report) -> str | None:
        """Return whose observation it is, None if nobody knows."""
        return origin_of(report, self.sources)

    def party(self, report: Report) -> str | None:
        """Return the party whose word a report carries, None if it carries no party's."""
        if report.origin is None:
            return None
        source = self.sources.get(report.origin)
        if source is not None:
            return source.party
        return report.origin if report.origin in self.actors.parties else None

    def firm(self, reports: Sequence[Report]) -> list[Report]:
        """Return the reports that are more than an allegation; all of them if none is more."""
        better = [report for report in reports if self._is_firm(report)]
        return better or list(reports)

    def _is_firm(self, report: Report) -> bool:
        carried = (report.origin, report.source)
        if carried not in self._firm:
            self._firm[carried] = self.strength([report], "act") != "alleged"
        return self._firm[carried]

    def related(self, one: str, other: str) -> bool:
        """Whether one party is the other, surely belongs to it or surely contains it."""
        if one == other:
            return True
        parties = self.actors.parties
        if one not in parties or other not in parties:
            return False
        return self.actors.belongs(one, other) is TRUE or self.actors.belongs(other, one) is TRUE

    def contradict(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Whether two non-empty sets of parties have no related members at all."""
        one, other = tuple(some), tuple(others)
        if not one or not other:
            return False
        return not any(self.related(a, b) for a in one for b in other)
