"""The ledger measured: recording in bulk and one by one, verifying, proving.

    python bench/ledger.py [--entries 100000] [--address postgresql://…]

The baseline in the same run is SQLite alone: the same bodies inserted without tree, hashes and signatures, under the
same journal and durability.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from trucewatch.ledger.disclosure import disclosed, finding_leaves, findings_root
from trucewatch.ledger.encoding import encode, numbered
from trucewatch.ledger.entry import Draft
from trucewatch.ledger.keys import CaseSigner, public_keys
from trucewatch.ledger.merkle import inclusion_path, leaf_hash, root_by_inclusion
from trucewatch.ledger.notes import checkpoint_of, signers
from trucewatch.ledger.postgres import PostgresLedger
from trucewatch.ledger.proofs import bundle_text, entry_proof, latest_note
from trucewatch.ledger.sqlite import SQLiteLedger, journal_mode
from trucewatch.ledger.store import SQLStore
from trucewatch.ledger.verification import verified

NOON = datetime(2016, 9, 12, 12, tzinfo=UTC)
BATCH, SINGLES, PROOFS = 1_000, 300, 200


def draft(number: int) -> Draft:
    because = "the crater and the fragments seen on the spot agree with the report"
    return Draft("decision", f"d-{number:012d}", "tester", {"kind": "verify", "reports": [f"r-{number:012d}"], "because": because})


def bare(folder: Path, count: int) -> tuple[float, float]:
    """Return seconds for the same bodies in one plain table, in bulk, and for `SINGLES` of them one by one."""
    bodies = [encode(one) for one in numbered([(draft(number), None) for number in range(count)], after=0, stamp=NOON, program="bench")]
    file = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    file.execute(f"PRAGMA journal_mode={journal_mode()}")
    file.execute("PRAGMA synchronous=EXTRA")
    file.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)")
    started = time.perf_counter()
    for begin in range(0, count, BATCH):
        file.execute("BEGIN IMMEDIATE")
        file.executemany("INSERT INTO entry VALUES (?, ?)", enumerate(bodies[begin : begin + BATCH], start=begin + 1))
        file.execute("COMMIT")
    bulk = time.perf_counter() - started
    started = time.perf_counter()
    for number in range(SINGLES):
        file.execute("BEGIN IMMEDIATE")
        file.execute("INSERT INTO entry VALUES (?, ?)", (count + number + 1, bodies[number]))
        file.execute("COMMIT")
    singles = time.perf_counter() - started
    file.close()
    return bulk, singles


def published(ledger: SQLiteLedger) -> dict[str, object]:
    """Publish forty findings of twelve fields and prove each with six fields shown, as `ledger prove f-…` does."""
    seed, fields = bytes(16), ("clause", "reading", "verdict", "provisional", "reasons", "subject", "attribution", "elements", "missing", "evidence", "state")
    findings = {f"f-{n:012d}": {"finding": f"f-{n:012d}", **{name: f"{name} in a word or two" for name in fields}} for n in range(40)}
    hashed = "0" * 64
    body = {
        "day": "2016-09-19", "form": "html", "audience": "public", "known_at": "2016-09-20T04:00:00Z", "serial": 8, "revision": 0,
        "size": ledger.size(), "lock": hashed, "sha256": hashed, "findings": 40, "findings_root": findings_root(findings, seed),
    }
    (entry,) = ledger.append((Draft("publication", "p-000000000000", "tester", body, payload=b"report"),), clock=NOON)
    leaves = finding_leaves(findings, seed)  # kept with the publication
    started = time.perf_counter()
    bundles = [
        entry_proof(ledger, entry.sequence, proves=one, disclosed=disclosed(findings, seed, one, fields[:5], leaves))
        for one in findings
    ]
    made = (time.perf_counter() - started) / len(findings)
    return {"finding made ms": round(made * 1e3, 2), "finding bytes": max(len(bundle_text(one).encode()) for one in bundles)}


def measure(folder: Path, count: int, address: str | None) -> dict[str, object]:
    signer, evidence = CaseSigner(folder / "ledger.pub", folder / "keys", case="bench"), folder / "evidence"
    ledger: SQLStore = (
        PostgresLedger(address, evidence, case=f"bench-{folder.name}", program="bench", signer=signer) if address
        else SQLiteLedger(folder / "ledger.sqlite", evidence, program="bench", signer=signer)
    )
    drafts = [draft(number) for number in range(count)]
    started = time.perf_counter()
    for begin in range(0, count, BATCH):
        ledger.append(tuple(drafts[begin : begin + BATCH]), clock=NOON)
    bulk = time.perf_counter() - started
    started = time.perf_counter()
    for number in range(SINGLES):
        ledger.append((draft(count + number),), clock=NOON)
    singles = time.perf_counter() - started
    started = time.perf_counter()
    result = verified(ledger, ledger.payload, public_keys(folder / "ledger.pub"))
    verify = time.perf_counter() - started
    size = ledger.size()
    wanted = [1 + number * (size - 1) // PROOFS for number in range(PROOFS)]
    started = time.perf_counter()
    bundles = [entry_proof(ledger, one, proves="bench") for one in wanted]
    prove = (time.perf_counter() - started) / PROOFS
    head = checkpoint_of(latest_note(ledger) or "")
    assert head is not None
    paths = [(one - 1, inclusion_path(one - 1, size, ledger.hashes)) for one in wanted]
    leaves = [leaf_hash(bundle["entry"].encode()) for bundle in bundles]
    started = time.perf_counter()
    roots = {root_by_inclusion(one, size, leaf, path) for (one, path), leaf in zip(paths, leaves, strict=True)}
    check = (time.perf_counter() - started) / PROOFS
    keys = public_keys(folder / "ledger.pub")
    notes = [note for _, note in ledger.notes()[-SINGLES:]]
    started = time.perf_counter()
    assert all(signers(note, keys) for note in notes)
    signature = (time.perf_counter() - started) / len(notes)
    assert roots == {head.root}
    assert result.ok
    told = published(ledger)
    plain, plain_singles = bare(folder, count)
    return {
        "entries": size, "bulk per second": round(count / bulk), "bare SQLite per second": round(count / plain),
        "times bare": round(bulk / plain, 1), "single per second": round(SINGLES / singles),
        "bare singles per second": round(SINGLES / plain_singles), "signature checked ms": round(signature * 1e3, 3), "verify s": round(verify, 2),
        "proof bytes": max(len(bundle["proof"].encode()) for bundle in bundles),
        "bundle bytes": max(len(bundle_text(bundle).encode()) for bundle in bundles),
        **told, "proof made ms": round(prove * 1e3, 2), "Merkle part checked ms": round(check * 1e3, 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--address", help="measure a ledger on this PostgreSQL server instead of a SQLite file")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder), asked.entries, asked.address)))


if __name__ == "__main__":
    main()
