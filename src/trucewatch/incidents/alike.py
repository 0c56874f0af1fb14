"""Who is involved in the incidents of one run: reports that are alike are worked out once.

Attribution asks four things of a report: its parties, its origin, its source and its standing. Two
incidents whose reports agree in these, one by one, have the same sides. A person's verification
concerns single reports; where there is one, nothing is remembered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from trucewatch.incidents.attribution import Attribution, attribute
from trucewatch.incidents.judgements import Verification
from trucewatch.incidents.leg import Candidates
from trucewatch.incidents.sharing import OfShared, Parties
from trucewatch.incidents.weighing import Weighing
from trucewatch.reports.report import Report

__all__ = ["Involvement", "Sides"]

_SWAP = {"by": "against", "against": "by"}

Mouth = tuple[int, str | None, str, str]
"""Identity of the parties, origin, source, standing."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who did it, what was attacked and who was hurt, as the reports of one leg leave it."""

    by: Candidates
    against: Candidates
    disputed: tuple[str, ...]
    """Which of `who` and `against` are disputed."""
    strength: Mapping[str, str]
    """Strength of `who` and `against`."""
    affected: tuple[str, ...]
    """Each party once, sorted."""
    admitting: tuple[bool, ...]
    """For each of the reports, whether in it a party owns up to it."""

    def turned(self) -> Sides:
        """Return the same the other way round: a clash seen from the other side."""
        other = {"who": "against", "against": "who"}
        return replace(
            self,
            by=self.against,
            against=self.by,
            disputed=tuple(other[one] for one in self.disputed),
            strength={other[element]: one for element, one in self.strength.items()},
        )


@dataclass(frozen=True, slots=True)
class Involvement:
    """Tells the sides of one incident after another."""

    weighing: Weighing
    _known: dict[tuple[Mouth, ...], tuple[Sequence[Report], Sides]] = field(default_factory=dict)
    """The reports are kept beside the answer, so that no other parties take over an identity."""
    _swapped: OfShared[Parties, Parties] = field(
        default_factory=lambda: OfShared(_with_roles_swapped)
    )

    def sides(self, reports: Sequence[Report], verifications: Sequence[Verification]) -> Sides:
        """Return the sides of the incident that these reports tell of."""
        if verifications:
            return _sides(reports, self.weighing, verifications)
        mouths = tuple([(id(r.parties), r.origin, r.source, r.standing) for r in reports])
        known = self._known.get(mouths)
        if known is None:
            known = self._known[mouths] = (reports, _sides(reports, self.weighing, ()))
        return known[1]

    def swapped(self, report: Report) -> Report:
        """Return the report with the roles of its two sides exchanged."""
        return replace(report, parties=self._swapped(report.parties))


def _with_roles_swapped(parties: Parties) -> Parties:
    return tuple(replace(one, role=_SWAP.get(one.role, one.role)) for one in parties)


def _sides(
    reports: Sequence[Report], weighing: Weighing, verifications: Sequence[Verification]
) -> Sides:
    by = attribute(reports, "by", weighing, verifications)
    against = attribute(reports, "against", weighing, verifications)
    sides = {"who": by, "against": against}
    hurt = {one.party for report in reports for one in report.role("affected") if one.party}
    return Sides(
        by.candidates,
        against.candidates,
        tuple(element for element, side in sides.items() if side.disputed),
        {
            element: _strength(element, side, by.admitting, weighing)
            for element, side in sides.items()
        },
        tuple(sorted(hurt)),
        tuple(report.report_id in by.admitting for report in reports),
    )


def _strength(
    element: str, side: Attribution, admitting: frozenset[str], weighing: Weighing
) -> str:
    """Return the strength of one side; an admission among its reports is one more origin."""
    admission = any(report.report_id in admitting for report in side.support)
    return weighing.strength(side.support, element, admission=admission, verified=side.verified)
