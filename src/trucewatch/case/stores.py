"""Where the ledger of a case is: in a file of its folder, or on a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from trucewatch.errors import BadCall, LedgerError
from trucewatch.ledger.entry import Signer
from trucewatch.ledger.keys import public_keys
from trucewatch.ledger.postgres import PostgresLedger, is_address
from trucewatch.ledger.sqlite import SQLiteLedger
from trucewatch.ledger.store import SQLStore
from trucewatch.ledger.verification import Verification, verified
from trucewatch.version import VERSION

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["back_up", "copy_case_ledger", "ledger_at"]


def ledger_at(where: str | Path, evidence: Path, case: str, signer: Signer | None) -> SQLStore:
    """Open the ledger at an address or in a file; it is made if it is not there."""
    if isinstance(where, str) and is_address(where):
        return PostgresLedger(where, evidence, case=case, program=VERSION, signer=signer)
    return SQLiteLedger(Path(where), evidence, program=VERSION, signer=signer)


def back_up(case: Case, file: Path) -> None:
    """Copy the ledger of a case, as it is at one instant, into a new SQLite file while others write."""
    from trucewatch.ledger.copying import copy_ledger

    if isinstance(case.ledger, SQLiteLedger):
        case.ledger.back_up(file)
        return
    target = SQLiteLedger(file, case.folder.evidence, program=VERSION)
    try:
        copy_ledger(case.ledger, target)
    finally:
        target.close()


def copy_case_ledger(case: Case, to: str) -> Verification:
    """Copy the ledger of a case to an address or a new file, and verify the copy; the case still uses the old one.

    Evidence stays where it is. BadCall if `to` exists as something else than an empty ledger, LedgerError
    if the case's own ledger does not verify: a copy would carry the fault on.
    """
    from trucewatch.ledger.copying import copy_ledger

    keys = public_keys(case.folder.public_keys)
    own = verified(case.ledger, case.ledger.payload, keys)
    if not own.ok:
        message = f"nothing was copied: {own.why}"
        raise LedgerError(message)
    if not is_address(to) and Path(to).exists():
        message = f"{to} exists already. Name a new file, so that nothing is overwritten"
        raise BadCall(message)
    target = ledger_at(to, case.folder.evidence, case.settings.key, None)
    try:
        root = copy_ledger(case.ledger, target).root()
        arrived = verified(target, target.payload, keys)
    finally:
        target.close()
    if not arrived.ok or arrived.root != root:
        message = f"the copy does not verify, do not use it: {arrived.why}"
        raise LedgerError(message)
    return arrived
