"""Decisions: recorded human acts, written to the ledger and read back for the stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from trucewatch.case.conflicts import about_the_same, nobody_else_decided
from trucewatch.case.leases import free_of_others
from trucewatch.case.standoffs import Standoff, open_standoffs, settled
from trucewatch.errors import BadCall, UnknownName
from trucewatch.identifiers import derived_id
from trucewatch.incidents.decision import Decision, decision_table
from trucewatch.incidents.schema import DECISION_KINDS
from trucewatch.ledger import Draft, Entry, LedgerStore
from trucewatch.periods import iso
from trucewatch.tables import Table

__all__ = ["decision_entries", "decisions_at", "in_force", "read_decisions", "record_decision"]

_TOLD = ("clause", "reading", "question", "answer")


def record_decision(
    ledger: LedgerStore,
    *,
    kind: str,
    who: str,
    because: str,
    clock: datetime,
    reports: Sequence[str] = (),
    clause: str | None = None,
    reading: str | None = None,
    question: str | None = None,
    answer: str | None = None,
    effective: datetime | None = None,
    supersedes: str | None = None,
    seen: int | None = None,
    mine: frozenset[str] = frozenset(),
) -> str:
    """Record one decision and return its id; the same decision by the same person is recorded once.

    `seen` is the number of the last entry that the person had read (None: all), `mine` what was
    recorded by the same hand since. Conflict if somebody else decided otherwise or has a lease.
    """
    if kind not in DECISION_KINDS:
        raise UnknownName(kind, place="kind of decision", known=DECISION_KINDS)
    if kind == "erase":
        message = "evidence is erased by Case.erase or `trucewatch decide erase ID`, not as a decision about reports"
        raise BadCall(message)
    if not because.strip():
        message = "a decision needs a reason: give --because TEXT"
        raise BadCall(message)
    if kind == "opinion" and answer not in (None, "agree", "dissent"):
        raise UnknownName(str(answer), place="answer of an opinion", known=("agree", "dissent"))
    if kind in ("same", "different") and len(set(reports)) < 2:
        message = f"“{kind}” needs two or more different reports, got {len(set(reports))}"
        raise BadCall(message)
    body = {
        "kind": kind, "reports": sorted(set(reports)), "clause": clause, "reading": reading,
        "question": question, "answer": answer, "because": because,
        "effective": iso(effective) if effective else None,
    }
    known = ledger.entries()
    taken = [entry.entry_id for entry in known if entry.kind == "decision"]
    if supersedes is not None and supersedes not in taken:
        raise UnknownName(supersedes, place="decision to take back", known=taken)
    decision_id = derived_id("d", who, body, supersedes, _undone(known, body))
    if not any(entry.entry_id == decision_id for entry in known):

        def free(entries: Sequence[Entry]) -> None:
            free_of_others(entries, reports, who, clock)
            nobody_else_decided(entries, body, supersedes=supersedes, seen=len(known) if seen is None else seen, mine=mine)

        ledger.append((Draft("decision", decision_id, who, body, supersedes),), clock=clock, check=free)
    return decision_id


def _undone(entries: Sequence[Entry], body: Mapping[str, object]) -> int:
    """Count how often this very decision was taken back or contradicted, so that it can be taken again."""
    contrary = sum(
        1 for entry in entries
        if entry.kind == "decision" and about_the_same(entry.body, body)
        and (entry.body["kind"], entry.body["answer"]) != (body["kind"], body["answer"])
    )
    same = {entry.entry_id for entry in entries if entry.kind == "decision" and dict(entry.body) == body}
    return contrary + sum(1 for entry in entries if entry.kind == "decision" and entry.supersedes in same)


def read_decisions(entries: Sequence[Entry], signers: Mapping[int, str] | None = None) -> tuple[Decision, ...]:
    """Return every recorded decision, also those taken back, in order.

    `signers` tells the key of each entry, by number, where a case has a four-eyes rule: then one person
    cannot take back a hold, which takes the release of two.
    """
    keys = signers or {}
    holds = {one.entry_id for one in entries if one.kind == "decision" and one.body["kind"] == "hold" and signers is not None}
    return tuple(
        Decision(
            decision_id=entry.entry_id,
            kind=str(entry.body["kind"]),
            who=entry.who,
            because=str(entry.body["because"]),
            recorded_at=entry.recorded_at,
            effective=datetime.fromisoformat(entry.body["effective"]) if entry.body.get("effective") else None,
            supersedes=None if entry.supersedes in holds else entry.supersedes,
            signer=keys.get(entry.sequence),
            reports=tuple(entry.body["reports"]),
            **{name: entry.body.get(name) for name in _TOLD},
        )
        for entry in decision_entries(entries)
    )


def decision_entries(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of decisions in order; one that two offices recorded alike stands once."""
    first: dict[str, Entry] = {}
    for one in entries:
        if one.kind == "decision":
            first.setdefault(one.entry_id, one)
    return list(first.values())


def decisions_at(
    decisions: Sequence[Decision], known_at: datetime | None, mode: str, standoffs: Sequence[Standoff] = ()
) -> Table:
    """Return the decisions in force at `known_at`: by their recording in a live case, by `effective` in a
    replayed one (where one without it counts at every instant), less those taken back and those on which two
    offices disagree."""
    counted = in_force(decisions, known_at, mode)
    return decision_table(_in_order_of_the_log(settled(counted, open_standoffs(counted, standoffs))))


def in_force(decisions: Sequence[Decision], known_at: datetime | None, mode: str) -> list[Decision]:
    """Return the decisions that count at `known_at` and were not taken back, in the order of the log."""
    taken_back: set[str | None] = set()
    found: list[Decision] = []
    for one in reversed(decisions):  # the last word first: who takes back a taking back restores
        if _counts(one, known_at, mode) and one.decision_id not in taken_back:
            taken_back.add(one.supersedes)
            found.append(one)
    return found[::-1]


def _in_order_of_the_log(decisions: Sequence[Decision]) -> list[Decision]:
    """Return decisions with stamps that differ: those of one stamp (a merge, a clock set back) are microseconds apart.

    The stages let the last word count, and know it by its stamp.
    """
    ordered: list[Decision] = []
    for one in decisions:
        least = ordered[-1].recorded_at + timedelta(microseconds=1) if ordered else one.recorded_at
        ordered.append(one if one.recorded_at >= least else replace(one, recorded_at=least))
    return ordered


def _counts(decision: Decision, known_at: datetime | None, mode: str) -> bool:
    if known_at is None:
        return True
    if mode == "live":
        return decision.recorded_at <= known_at
    return decision.effective is None or decision.effective <= known_at
