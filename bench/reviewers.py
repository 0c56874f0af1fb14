"""Many reviewers at one ledger: twenty processes decide a hundred times each about the same seven reports.

    python bench/reviewers.py [--processes 20] [--decisions 100]

Every decision answers otherwise than the others' and says how much of the ledger its reviewer had read, so that
each is either recorded or refused as a conflict.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
import time
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from trucewatch.case.deciding import record_decision
from trucewatch.errors import Conflict
from trucewatch.ledger.keys import CaseSigner
from trucewatch.ledger.sqlite import SQLiteLedger

NOON = datetime(2016, 9, 12, 12, tzinfo=UTC)


def opened(folder: Path) -> SQLiteLedger:
    signer = CaseSigner(folder / "ledger.pub", folder / "keys", case="bench")
    return SQLiteLedger(folder / "ledger.sqlite", folder / "evidence", program="bench", signer=signer)


def decide(work: tuple[Path, int, int]) -> tuple[int, list[float]]:
    """Return the conflicts of one reviewer, and the seconds that each attempt took."""
    folder, number, count = work
    ledger, conflicts, taken = opened(folder), 0, []
    for attempt in range(count):
        seen, started = len(ledger.entries()), time.perf_counter()
        try:
            record_decision(
                ledger, kind="determine", who=f"reviewer {number}", because=f"attempt {attempt}", clock=NOON,
                reports=[f"r-{attempt % 7}"], question="who", answer=f"party {number}", seen=seen,
            )
        except Conflict:
            conflicts += 1
        taken.append(time.perf_counter() - started)
    ledger.close()
    return conflicts, taken


def measure(folder: Path, processes: int, count: int) -> dict[str, object]:
    opened(folder).close()
    started = time.perf_counter()
    with multiprocessing.Pool(processes) as pool:
        told = pool.map(decide, [(folder, number, count) for number in range(processes)], chunksize=1)
    wall = time.perf_counter() - started
    ledger = opened(folder)
    recorded, conflicts = len(ledger.entries()), sum(one for one, _ in told)
    ledger.close()
    taken = sorted(chain.from_iterable(one for _, one in told))
    return {
        "attempts": processes * count, "recorded": recorded, "conflicts": conflicts, "none lost": recorded + conflicts == processes * count,
        "p50 ms": round(taken[len(taken) // 2] * 1e3, 1), "p99 ms": round(taken[len(taken) * 99 // 100] * 1e3, 1),
        "longest ms": round(taken[-1] * 1e3, 1), "wall s": round(wall, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=20)
    parser.add_argument("--decisions", type=int, default=100)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder), given.processes, given.decisions)))


if __name__ == "__main__":
    main()
