"""The time line of what is said about the agreement of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from trucewatch.case.articles import ARTICLE
from trucewatch.case.lexicons import shipped_lexicon
from trucewatch.errors import Problem, Severity
from trucewatch.reports import claim_records
from trucewatch.reports.talks import InForce, Talk, contradictions, in_force, talks

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["Talks", "talks_of"]


@dataclass(frozen=True, slots=True)
class Talks:
    """Who said what about the agreement, what of it cannot both be so, and who says that it is in force."""

    known_at: datetime | None
    lines: tuple[Talk, ...]
    contradictions: tuple[tuple[str, str], ...]
    """Pairs of claim ids."""
    in_force: tuple[InForce, ...]
    unread: tuple[Problem, ...]
    """Articles that were not read, each with its reason."""
    files: Mapping[str, str]
    """Id of an evidence entry → the file as people know it."""

    def rows(self) -> list[dict[str, Any]]:
        """Return the lines as plain rows; `contradicts` holds claim ids."""
        against: dict[str, list[str]] = {}
        for one, other in self.contradictions:
            against.setdefault(one, []).append(other)
            against.setdefault(other, []).append(one)
        return [
            _row(one, against.get(one.claim.claim_id, []), self.files.get(one.claim.evidence or "")) for one in self.lines
        ]

    def days(self) -> list[dict[str, Any]]:
        """Return who says of which day that an agreement is in force."""
        return [
            {"day": one.day.isoformat(), "verdict": one.verdict, "yes": _who(one.yes), "no": _who(one.no), "none": _who(one.none)}
            for one in self.in_force
        ]


def talks_of(case: Case, known_at: str | datetime | None = None) -> Talks:
    """Return what is claimed about the agreement, as known at `known_at` (None: everything known)."""
    result = case.run(known_at)
    lines = talks(claim_records(result.claims), case.settings.zone)
    evidence = [one for one in case.record.entries() if one.kind == "evidence"]
    articles = {str(one.body["file"]) for one in evidence if one.body["adapter"] == ARTICLE}
    unread = tuple(
        one for one in result.problems
        if one.place in articles and one.line is None and one.severity in (Severity.UNRESOLVED, Severity.ERROR)
    )
    return Talks(result.known_at, lines, contradictions(lines, shipped_lexicon().opposed), in_force(lines), unread, {one.entry_id: str(one.body["file"]) for one in evidence})


def _row(one: Talk, against: list[str], file: str | None) -> dict[str, Any]:
    claim = one.claim
    return {
        "claim_id": claim.claim_id, "day": None if one.day is None else one.day.isoformat(), "who": one.who, "asserter": claim.asserter,
        "passed_on": list(one.passed_on), "about": claim.subject, "says": claim.value, "polarity": one.polarity,
        "contradicts": against, "source": claim.source, "evidence": claim.evidence, "file": file, "locator": claim.locator, "text": claim.text,
    }  # fmt: skip


def _who(said: tuple[Talk, ...]) -> list[dict[str, Any]]:
    return [{"who": one.who, "asserter": one.claim.asserter, "says": one.claim.value, "claim_id": one.claim.claim_id} for one in said]
