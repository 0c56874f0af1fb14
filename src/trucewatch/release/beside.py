"""What people said beside a finding: opinions, for the house alone, and that a party has replied."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from trucewatch.incidents import Decision, decision_records
from trucewatch.release.policy import Policy
from trucewatch.release.records import Saying
from trucewatch.tables import Table

__all__ = ["Beside"]


class Beside:
    """The opinions and replies in force, in order of recording."""

    def __init__(self, decisions: Table | None) -> None:
        known = decision_records(decisions) if decisions is not None else ()
        taken_back = {one.supersedes for one in known}
        said = [
            one
            for one in known
            if one.kind in ("opinion", "reply")
            and one.supersedes is None
            and one.decision_id not in taken_back
        ]
        self._said = sorted(said, key=lambda one: (one.recorded_at, one.decision_id))

    def finding(
        self, reports: Collection[str], clause: str, reading: str, policy: Policy, *, named: bool
    ) -> tuple[Saying, ...]:
        """Return what was said of a finding; `named`: its bearer may be named to this audience."""
        return tuple(
            _saying(one, policy, named=named)
            for one in self._about(reports, clause, reading)
            if policy.internal or one.kind == "reply"
        )

    def _about(self, reports: Collection[str], clause: str, reading: str) -> Iterator[Decision]:
        for one in self._said:
            if (
                any(report in reports for report in one.reports)
                and one.clause in (None, clause)
                and one.reading in (None, reading)
            ):
                yield one


def _saying(one: Decision, policy: Policy, *, named: bool) -> Saying:
    """Return an opinion or reply; its words and who wrote them down stay in the house."""
    return Saying(
        kind=one.kind,
        answer=one.answer if one.kind == "opinion" else None,
        party=one.question if one.kind == "reply" and named else None,
        who=one.who if policy.internal else None,
        because=one.because if policy.internal else None,
    )
