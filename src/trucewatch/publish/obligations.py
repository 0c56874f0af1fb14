"""Section 6: duties with every claim about them, and section 7: what stands beside each party."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from trucewatch.agreement import Clause
from trucewatch.publish.asked import asked
from trucewatch.publish.daily_lines import Figure, FindingEntry, PartyRow
from trucewatch.publish.frame import Frame
from trucewatch.publish.judgements import quote_of
from trucewatch.publish.statement_lines import DutyEntry
from trucewatch.publish.statements import statement
from trucewatch.release import ReleasedClaim, ReleasedDuty, ReleasedFinding

__all__ = ["duties", "party_rows"]

_REASONS = ("who", "when", "performed", "coverage")


def duties(frame: Frame) -> tuple[DutyEntry, ...]:
    """Return every duty with all that is claimed of it, whoever claims it, in the agreement's order."""
    claims = {one.claim_id: one for one in frame.now.claims}
    clauses = {one.key: one for one in frame.agreement.clauses}
    order = list(clauses)
    found = {
        (one.clause, one.subject_number): one
        for one in frame.now.findings
        if one.subject_kind == "duty" and one.reading == frame.reading
    }
    listed = sorted(frame.now.duties, key=lambda one: (order.index(one.clause), one.subject_number))
    return tuple(
        _duty(one, clauses[one.clause], found.get((one.clause, one.subject_number)), claims, frame)
        for one in listed
    )


def _duty(
    duty: ReleasedDuty,
    clause: Clause,
    finding: ReleasedFinding | None,
    claims: Mapping[str, ReleasedClaim],
    frame: Frame,
) -> DutyEntry:
    said = frame.said
    about = [claims[one] for one in duty.claims if one in claims]
    return DutyEntry(
        duty_id=duty.duty_id,
        clause=duty.clause,
        quote=quote_of(clause),
        words=duty.words or _words(duty, clause, frame),
        status=clause.status,
        state=duty.state,
        state_words=_state(duty, frame),
        finding_id=finding.finding_id if finding else None,
        verdict=finding.verdict if finding else None,
        verdict_words=said.verdict(finding.verdict) if finding else "",
        reason_words=_reasons(finding, frame),
        statements=tuple(
            statement(one, said.word("duty", one.value or ""), frame) for one in about
        ),
    )


def _state(duty: ReleasedDuty, frame: Frame) -> str:
    """Return where the duty stands; of one that was performed in part, also how much of it."""
    words = frame.said.word("duty_state", duty.state)
    if duty.state != "partly" or duty.sure is None or duty.possible is None:
        return words
    low, high = math.floor(duty.sure * 100), math.ceil(duty.possible * 100)
    if duty.sure == duty.possible:
        return frame.said.say("duty.share", words=words, percent=round(duty.sure * 100))
    return frame.said.say("duty.share_between", words=words, low=low, high=high)


def _reasons(finding: ReleasedFinding | None, frame: Frame) -> str:
    """Return what is open about the duty; a verdict that is none needs no reason beside its state."""
    if finding is None or finding.verdict != "undetermined":
        return ""
    said = frame.said
    known = {one: said.word("duty_reason", one) for one in _REASONS}
    return "; ".join(known.get(one) or said.reason(one) for one in finding.reasons)


def _words(row: ReleasedDuty, clause: Clause, frame: Frame) -> str:
    """Return what the duty asks for, without the party that it asks."""
    duty, said = clause.duty, frame.said
    if duty is None:
        return ""
    parts = [*asked(duty, said)]
    if row.due is not None:
        parts.append(said.say("duty.due", instant=frame.instant(row.due)))
    if duty.only_if_performed is not None:
        parts.append(said.say("duty.only_if", clause=duty.only_if_performed))
    if duty.only_if_claim is not None:
        parts.append(said.say("duty.only_if_claim", claim=duty.only_if_claim.claim))
    return "; ".join(parts)


def party_rows(
    findings: Sequence[ReleasedFinding], shown: Sequence[FindingEntry], frame: Frame
) -> tuple[PartyRow, ...] | None:
    """Return, beside each party, settled and open attributions and where it is an undetermined candidate.

    None unless candidates may be named: a count of what is settled, alone, would rank parties by what
    could be attributed and not by what happened.
    """
    if not frame.now.policy.names_candidates:
        return None
    here = {one.id for one in shown}
    columns: dict[str, dict[str, list[str]]] = {}
    for one in findings:
        column = _column(one)
        if one.finding_id in here and column is not None:
            for party in one.bearers:
                columns.setdefault(party, {}).setdefault(column, []).append(one.finding_id)
    return tuple(
        PartyRow(
            frame.party(party),
            *(_figure(party, column, found) for column in ("settled", "open", "undetermined")),
        )
        for party, found in sorted(columns.items(), key=lambda pair: frame.party(pair[0]))
    )


def _column(finding: ReleasedFinding) -> str | None:
    if finding.verdict == "violation":
        return finding.attribution if finding.attribution in ("settled", "open") else None
    return "undetermined" if finding.verdict == "undetermined" else None


def _figure(party: str, column: str, found: Mapping[str, Sequence[str]]) -> Figure:
    ids = tuple(sorted(found.get(column, ())))
    return Figure(len(ids), f"list-party-{party}-{column}", ids)
