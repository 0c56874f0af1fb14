"""Erasing to protect a source: bytes, salts, caches and outputs destroyed, the log left whole.

First the erasure is recorded, then the bytes are destroyed: if that is interrupted, `ledger verify`
names the entry, and erasing the same once more ends it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from trucewatch.case.clock import now
from trucewatch.case.erased import Erasing, packed, unpacked
from trucewatch.case.publications import Publication, kept_of, publications
from trucewatch.case.result import CaseResult
from trucewatch.case.revisions import chain_of
from trucewatch.errors import BadCall, UnknownName
from trucewatch.findings import LostGround
from trucewatch.identifiers import derived_id
from trucewatch.ledger import Draft, Entry

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["erase", "planned"]

_KINDS = ("evidence", "publication")


def planned(case: Case, ids: Sequence[str]) -> Erasing:
    """Return what erasing these entries destroys and concerns; destroys nothing."""
    result = case.run()
    named = (_target(case, result, one) for one in dict.fromkeys(ids))
    targets = tuple({version.entry_id: version for one in named for version in _versions(case, one)}.values())
    if not targets:
        message = "say what is to be erased: the id of an evidence entry (e-) or of a publication (p-), from `trucewatch ledger log`"
        raise BadCall(message)
    entry_id = derived_id("d", "erase", sorted(one.entry_id for one in targets))
    entries = case.ledger.entries()
    before = next((one for one in entries if one.entry_id == entry_id), None)
    if before is not None:
        told, lost = unpacked(before, case.ledger)
    else:
        told = _told(result, {one.entry_id for one in targets})
        lost = tuple(_lost(case, frozenset(told), entry_id)) if told else ()
    holders = tuple(one for one in entries if one.kind == "publication" and (one in targets or _holds(case, one, told)))
    digests = {one.digest for one in (*targets, *holders) if one.digest} | set(before.body["digests"] if before else ())
    return Erasing(
        targets, told, holders, tuple(sorted({name for one in holders for name in _recipients(case, one)})),
        tuple(_files(case, told, {one.body["sha256"] for one in holders})), lost, entry_id, tuple(sorted(digests)),
    )


def erase(case: Case, ids: Sequence[str], *, because: str, who: str) -> Erasing:
    """Record an erasure and carry it out; of what was erased before, destroy what is there again."""
    if not because.strip():
        message = "an erasure needs a reason, without what is to be protected: give --because TEXT"
        raise BadCall(message)
    plan = planned(case, ids)
    if not any(one.entry_id == plan.entry_id for one in case.ledger.entries()):
        body = {"entries": [one.entry_id for one in plan.targets], "digests": list(plan.digests), "because": because}
        case.ledger.append((Draft("erasure", plan.entry_id, who, body, payload=packed(plan)),), clock=now())
    for digest in plan.digests:
        case.ledger.evidence.remove(digest)
    for file in plan.files:
        _destroy(file)
    return plan


def _target(case: Case, result: CaseResult, wanted: str) -> Entry:
    entries = {one.entry_id: one for one in reversed(case.ledger.entries())}  # of what was merged as a duplicate the first
    found = entries.get(wanted)
    if found is not None and found.kind in _KINDS:
        return found
    home = _homes(result).get(wanted)
    if home in entries:
        others = sum(one == home for one in _homes(result).values()) - 1
        message = (
            f"{wanted} stands in {entries[home].body['file']}, and only whole files can be erased: with it go {others} other "
            f"reports or claims. Erase {home}; then add the file again without the row, if it may stay"
        )
        raise BadCall(message)
    raise UnknownName(wanted, place="what to erase", known=[one.entry_id for one in entries.values() if one.kind in _KINDS])


def _versions(case: Case, target: Entry) -> tuple[Entry, ...]:
    """Return an entry with every other version of it: what is in one is in the others."""
    return chain_of(case.ledger.entries(), target.entry_id) if target.kind == "evidence" else (target,)


def _homes(result: CaseResult) -> dict[str, str]:
    """Return report, claim or coverage id → the evidence entry in which it stands."""
    resolved = result.resolved
    tables = ((resolved.tables.report, "report_id"), (resolved.claims, "claim_id"), (resolved.coverage, "coverage_id"))
    return {
        row[key]: row.get("evidence") or "" for table, key in tables for row in table.rows()
    }


def _told(result: CaseResult, evidence: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(one for one, home in _homes(result).items() if home in evidence))


def _holds(case: Case, entry: Entry, told: Collection[str]) -> bool:
    raw = case.ledger.payload(entry.digest) if entry.digest else None
    return raw is not None and _names(raw, told)


def _names(raw: bytes, told: Collection[str]) -> bool:
    return any(one.encode() in raw for one in told)


def _recipients(case: Case, entry: Entry) -> Sequence[str]:
    kept = kept_of(Publication(entry), case.ledger) if "revision" in entry.body else None
    return () if kept is None else kept.recipients


def _files(case: Case, told: Collection[str], issues: Collection[str]) -> Iterator[Path]:
    """Yield all of the cache, which may always go, and the outputs that name what is erased or are such an issue."""
    yield from (file for file in sorted(case.folder.cache.rglob("*")) if file.is_file())
    for file in sorted(case.folder.out.rglob("*")):
        raw = file.read_bytes() if file.is_file() else b""
        if raw and (_names(raw, told) or hashlib.sha256(raw).hexdigest() in issues):
            yield file


def _destroy(file: Path) -> None:
    """Overwrite a file and remove it; what the disk, a snapshot or a copy keeps is out of reach."""
    with file.open("r+b") as out:
        out.write(secrets.token_bytes(file.stat().st_size))
        out.flush()
        os.fsync(out.fileno())
    file.unlink()


def _lost(case: Case, told: Collection[str], entry: str) -> Iterator[LostGround]:
    """Yield the findings that rest on it: of all that is known, and as known in each published issue."""
    yield from _lost_at(case, None, told, entry)
    for known_at in sorted({one.known_at for one in publications(case.ledger.entries())}):
        yield from _lost_at(case, known_at, told, entry)


def _lost_at(case: Case, known_at: datetime | None, told: Collection[str], entry: str) -> Iterator[LostGround]:
    result = case.run(known_at)
    since = _known(result)
    for row in result.findings.finding.rows():
        evidence = json.loads(row["evidence"])
        gone = [one for one in evidence if one in told]
        if gone:
            instants = [since.get(one) for one in gone]
            yield LostGround(
                row["finding_id"], row["subject_kind"], row["subject_id"], row["incident_id"], row["clause"],
                row["reading"], row["verdict"], None if None in instants else min(filter(None, instants)),
                tuple(one for one in evidence if one.startswith("r-") and one not in told), entry, known_at,
            )


def _known(result: CaseResult) -> dict[str, datetime | None]:
    """Return report or claim id → from when it is known."""
    reports, claims = result.resolved.tables.report.rows(), result.resolved.claims.rows()
    return {row.get("report_id") or row["claim_id"]: row["known_at"] for row in (*reports, *claims)}
