"""Hold and release: people keep findings back from the public, and let them go, one alone or two together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from trucewatch.incidents import Decision, decision_records
from trucewatch.release.policy import FourEyes
from trucewatch.tables import Table

__all__ = ["Holds"]


class Holds:
    """The hold and release decisions in force, the last of them first."""

    def __init__(self, decisions: Table, four_eyes: FourEyes = FourEyes.NONE) -> None:
        said = [one for one in decision_records(decisions) if one.kind in ("hold", "release")]
        self._latest_first = sorted(
            said, key=lambda one: (one.recorded_at, one.decision_id), reverse=True
        )
        self._four_eyes = four_eyes

    def finding(self, reports: Collection[str], clause: str, reading: str, verdict: str) -> bool:
        """Whether a finding that rests on these reports is held: by a person, or until two have released it."""
        about = [
            one
            for one in self._latest_first
            if _touches(one, reports)
            and one.clause in (None, clause)
            and one.reading in (None, reading)
        ]
        return self._judged(about, reports, verdict)

    def duty(self, duty: str, evidence: Collection[str], reading: str, verdict: str) -> bool:
        """Whether the finding about a duty (u-) is held; a release cites the evidence (claims, coverage) on which it rests.

        Evidence that is a decision is left out: who releases a finding does not answer for it.
        """
        about = [
            one
            for one in self._latest_first
            if one.question == duty and one.reading in (None, reading)
        ]
        return self._judged(about, [one for one in evidence if not one.startswith("d-")], verdict)

    def _judged(self, about: Sequence[Decision], whole: Collection[str], verdict: str) -> bool:
        if self._four_eyes is FourEyes.VIOLATIONS and verdict == "violation":
            return not _two(_since_held(about, whole))
        return self._held(about)

    def incident(self, reports: Collection[str]) -> bool:
        """Whether a happening is held whole: by a decision that names no clause and no reading."""
        about = [
            one
            for one in self._latest_first
            if _touches(one, reports) and one.clause is None and one.reading is None
        ]
        return self._held(about)

    def _held(self, latest_first: Sequence[Decision]) -> bool:
        if self._four_eyes is FourEyes.NONE:
            last = next(iter(latest_first), None)
            return last is not None and last.kind == "hold"
        return any(one.kind == "hold" for one in latest_first) and not _two(_since_held(latest_first))


def _touches(decision: Decision, reports: Collection[str]) -> bool:
    return any(one in reports for one in decision.reports)


def _since_held(latest_first: Iterable[Decision], whole: Collection[str] = ()) -> list[Decision]:
    """Return the releases after the last hold; with `whole` only those that cite all of these reports."""
    found = []
    for one in latest_first:
        if one.kind == "hold":
            break
        if set(whole) <= set(one.reports):
            found.append(one)
    return found


def _two(releases: Collection[Decision]) -> bool:
    """Whether two people have agreed: other names under other keys; one of whom no key is known is nobody."""
    known = [one for one in releases if one.signer is not None]
    return any(one.who != other.who and one.signer != other.signer for one in known for other in known)
