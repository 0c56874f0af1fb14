"""Verifying the ledger of a case, and proving what stands in it to a stranger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from trucewatch.case.publications import kept_of, publications
from trucewatch.errors import BadCall, LedgerError, UnknownName
from trucewatch.ledger.disclosure import disclosed
from trucewatch.ledger.entry import Entry
from trucewatch.ledger.keys import public_keys
from trucewatch.ledger.merkle import EMPTY_ROOT
from trucewatch.ledger.proofs import entry_proof
from trucewatch.ledger.verification import Verification, verified

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["SHOWN", "prove", "verify_case"]


def verify_case(case: Case, *, outside: Sequence[str] = ()) -> Verification:
    """Check the ledger, its signatures and its bytes; `outside` are checkpoints that others kept."""
    try:
        keys = public_keys(case.folder.public_keys)
        return verified(case.ledger, case.ledger.payload, keys, outside=outside)
    except LedgerError as error:  # not even opened: nothing of it agrees
        return Verification(0, EMPTY_ROOT, 1, str(error), 0)


SHOWN = ("clause", "reading", "verdict", "provisional", "reasons")
"""What a proof shows of a finding unless told otherwise."""


def prove(
    case: Case, wanted: str, *, note: str | None = None, shown: Sequence[str] = SHOWN, day: date | None = None
) -> dict[str, Any]:
    """Return the bundle that proves an entry; a report or claim is proven by the evidence that holds it.

    A finding is proven as it was last published (of `day`, if given), with only the fields in `shown`.
    UnknownName if nothing recorded has the id, BadCall for a finding that was never published.
    """
    if wanted.startswith("f-"):
        return _published(case, wanted, note, shown, day)
    entry = _entry(case, wanted)
    return entry_proof(case.ledger, entry.sequence, proves=wanted, note=note)


def _published(case: Case, wanted: str, note: str | None, shown: Sequence[str], day: date | None) -> dict[str, Any]:
    for one in reversed(publications(case.ledger.entries(), day)):
        kept = kept_of(one, case.ledger)
        if kept is not None and wanted in kept.findings:
            return entry_proof(
                case.ledger, one.entry.sequence, proves=wanted, note=note,
                disclosed=disclosed(kept.findings, kept.seed, wanted, shown, kept.leaves),
            )
    message = f"{wanted} stands in no published report that is kept. Publish one: trucewatch report DAY --publish"
    raise BadCall(message)


def _entry(case: Case, wanted: str) -> Entry:
    entries = {one.entry_id: one for one in reversed(case.ledger.entries())}
    if wanted in entries:
        return entries[wanted]
    if wanted.startswith(("r-", "c-")):
        for row in case.run().resolved.tables.report.rows():
            if row["report_id"] == wanted and row.get("evidence") in entries:
                return entries[row["evidence"]]
    raise UnknownName(wanted, place="what to prove", known=entries)
