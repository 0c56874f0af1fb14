"""What a ledger keeps when it is killed, when the disk is full, when its file is damaged, and when many decide at once.

    python bench/ledger_crashes.py [--kills 200] [--people 20] [--decisions 100] [--damages 300] [--seed 1]

Every part stops with an AssertionError at the first promise that does not hold. tests/ledger/test_crashes.py runs it small.
"""

from __future__ import annotations

import argparse
import json
import os
import random  # noqa: TID251 - no part of the core
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from trucewatch.errors import Conflict, LedgerError
from trucewatch.ledger.entry import Draft, Entry
from trucewatch.ledger.keys import CaseSigner, public_keys
from trucewatch.ledger.sqlite import SQLiteLedger
from trucewatch.ledger.verification import Verification, verified

NOON = datetime(2016, 9, 12, 12, tzinfo=UTC)
BATCH = 3


def opened(root: Path) -> SQLiteLedger:
    signer = CaseSigner(root / "ledger.pub", root / "keys", case="bench")
    return SQLiteLedger(root / "ledger.sqlite", root / "evidence", program="bench", signer=signer)


def checked(root: Path, ledger: SQLiteLedger) -> Verification:
    return verified(ledger, ledger.payload, public_keys(root / "ledger.pub"))


def work(root: Path, seed: int) -> None:
    """Add batches with bytes and decide in turn, by a clock that jumps; say what was acknowledged; never end."""
    ledger, dice, number = opened(root), random.Random(seed), 0
    while True:
        clock = NOON + timedelta(days=dice.choice((-1, 0, 0, 0, 365)))
        name = f"{seed}-{number}"
        batch = tuple(Draft("evidence", f"e-{name}-{one}", "adder", {"batch": name}, payload=name.encode()) for one in range(BATCH))
        told(ledger.append(batch, clock=clock))
        told(ledger.append((Draft("decision", f"d-{name}", "decider", {"kind": "verify"}),), clock=clock))
        number += 1


def told(entries: tuple[Entry, ...]) -> None:
    print("".join(f"{one.sequence} {one.entry_id} {one.digest}\n" for one in entries), end="", flush=True)


def killed(root: Path, kills: int, seed: int) -> dict[str, int]:
    """Kill a program that records, at random instants; after each, look whether all promises hold."""
    dice, acknowledged = random.Random(seed), 0
    for one in range(kills):
        with subprocess.Popen(
            [sys.executable, __file__, "--work", str(root), str(seed * 1_000_000 + one)], stdout=subprocess.PIPE, text=True
        ) as running:
            assert running.stdout is not None
            said = [running.stdout.readline()]
            time.sleep(dice.uniform(0, 0.06))
            os.kill(running.pid, signal.SIGKILL)
            said += running.stdout.read().splitlines(keepends=True)
        acknowledged += kept(root, [line for line in said if line.endswith("\n")])
    with closing(opened(root)) as ledger:
        return {"kills": kills, "acknowledged": acknowledged, "entries": ledger.size()}


def kept(root: Path, lines: list[str]) -> int:
    with closing(opened(root)) as ledger:
        entries = ledger.entries()
        there = {f"{one.sequence} {one.entry_id} {one.digest}\n" for one in entries}
        assert set(lines) <= there, f"acknowledged and gone: {set(lines) - there}"
        batches = Counter(one.body["batch"] for one in entries if one.kind == "evidence")
        assert set(batches.values()) <= {BATCH}, "a batch is not whole"
        stamps = [one.recorded_at for one in entries]
        assert stamps == sorted(stamps), "the clock took the order with it"
        result = checked(root, ledger)
        assert result.ok, result.why
    return len(lines)


@contextmanager
def full_after(size: int) -> Iterator[None]:
    """Nothing is written beyond `size` bytes of any file: harsher than a full disk, where what is there can be written over."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def filled(root: Path, step: int) -> dict[str, int]:
    """Let the disk be full at every `step` bytes up to and beyond the size of the ledger."""
    refused = unreadable = 0
    with closing(opened(root)) as ledger:
        recorded = list(ledger.append(tuple(Draft("decision", f"d-{one}", "x", {"n": one}) for one in range(300)), clock=NOON))
        for size in range(0, (root / "ledger.sqlite").stat().st_size + 40_000, step):
            batch = tuple(Draft("evidence", f"e-{size}-{one}", "x", {"text": "x" * 1500}, payload=b"p" * 900) for one in range(8))
            with full_after(size):
                try:
                    recorded += ledger.append(batch, clock=NOON)
                except LedgerError as error:
                    assert "nothing was recorded" in str(error)
                    refused += 1
                try:
                    assert list(ledger.entries()) == recorded, "an acknowledged entry is gone"
                except LedgerError as error:  # pages of the undone transaction cannot be written back yet
                    assert "cannot be read" in str(error)
                    unreadable += 1
            assert list(ledger.entries()) == recorded, "an acknowledged entry is gone"
        result = checked(root, ledger)
        assert result.ok, result.why
    with closing(opened(root)) as again:
        assert list(again.entries()) == recorded
        again.append((Draft("decision", "d-after", "x"),), clock=NOON)
    return {"refused": refused, "of these not readable meanwhile": unreadable, "entries": len(recorded)}


def damaged(root: Path, damages: int, seed: int) -> dict[str, int]:
    """Flip one bit of the file, or cut it, at random places: found out, or nothing that was recorded is other than it was."""
    with closing(opened(root)) as ledger:
        for one in range(60):
            ledger.append((Draft("decision", f"d-{one}", "x", {"n": one, "text": "words " * 20}),), clock=NOON)
        entries, root_before = ledger.entries(), checked(root, ledger).root
    file, dice, said = root / "ledger.sqlite", random.Random(seed), Counter[str]()
    whole = file.read_bytes()
    for one in range(damages):
        place = dice.randrange(1, len(whole))
        cut = one % 4 == 0
        flipped = whole[:place] + bytes([whole[place] ^ 1 << dice.randrange(8)]) + whole[place + 1 :]
        file.write_bytes(whole[:place] if cut else flipped)
        said[found(root, entries, root_before)] += 1
    file.write_bytes(whole)
    with closing(opened(root)) as ledger:
        assert checked(root, ledger).ok
    return dict(sorted(said.items()))


def found(root: Path, entries: tuple[Entry, ...], root_before: bytes) -> str:
    """Say what became of a damage; AssertionError if it passed for good."""
    try:
        with closing(opened(root)) as ledger:
            result = checked(root, ledger)
            if not result.ok:
                return "named by verify"
            assert result.root == root_before, "another ledger passes for this one"
            assert ledger.entries() == entries
            return "nothing recorded was hit"
    except LedgerError:
        return "refused to open"


def decide(root: Path, who: str, attempts: int) -> None:
    """Decide again and again about the same few reports as everybody else; print what came of it."""
    from trucewatch.case.deciding import record_decision

    dice, conflicts, took = random.Random(who), 0, []
    with closing(opened(root)) as ledger:
        for attempt in range(attempts):
            seen = len(ledger.entries())
            started = time.perf_counter()
            try:
                record_decision(
                    ledger, kind="determine", who=who, because=f"try {attempt}", clock=NOON, reports=[f"r-{dice.randrange(5)}"],
                    question="who", answer=who, seen=seen,
                )
            except Conflict:
                conflicts += 1
            took.append(time.perf_counter() - started)
    print(json.dumps({"conflicts": conflicts, "took": took}))


def contended(root: Path, people: int, attempts: int) -> dict[str, float]:
    opened(root).close()
    running = [
        subprocess.Popen([sys.executable, __file__, "--decide", str(root), f"p{one}", str(attempts)], stdout=subprocess.PIPE, text=True)
        for one in range(people)
    ]
    said = [json.loads(one.communicate()[0]) for one in running]
    with closing(opened(root)) as ledger:
        decisions, result = ledger.size(), checked(root, ledger)
    conflicts = sum(one["conflicts"] for one in said)
    assert decisions + conflicts == people * attempts, "an attempt is neither a decision nor a conflict"
    assert result.ok, result.why
    took = sorted(seconds for one in said for seconds in one["took"])
    return {
        "decisions": decisions, "conflicts": conflicts, "p50 ms": round(took[len(took) // 2] * 1e3, 1),
        "p99 ms": round(took[len(took) * 99 // 100] * 1e3, 1), "most ms": round(took[-1] * 1e3, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("kills", 200), ("people", 20), ("decisions", 100), ("damages", 300), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--decide", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        work(Path(asked.work[0]), int(asked.work[1]))
    if asked.decide:
        decide(Path(asked.decide[0]), asked.decide[1], int(asked.decide[2]))
        return
    parts = {
        "killed": lambda root: killed(root, asked.kills, asked.seed),
        "disk full": lambda root: filled(root, 512),
        "damaged": lambda root: damaged(root, asked.damages, asked.seed),
        "at once": lambda root: contended(root, asked.people, asked.decisions),
    }
    for name, part in parts.items():
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps({name: part(Path(folder))}), flush=True)


if __name__ == "__main__":
    main()
