"""How long a run takes: the demo case with GED September 2016, all of GED Syria 2016-2019, one decision.

    python bench/run_case.py --ged FOLDER [--runs 5]

FOLDER holds ged_syria_2016_09.csv and ged_syria_2016_2019.csv.gz. Every figure is the wall time of a
whole process. The baseline, run in turn with it, reads the same CSV with the standard library, groups
its rows by day and point, and writes them as JSON: what a careful spreadsheet macro would do.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import trucewatch as trucewatch_package
from trucewatch.case import create_case

BASELINE = """
import csv, gzip, json, sys
path = sys.argv[1]
opened = gzip.open(path, "rt", encoding="utf-8", newline="") if path.endswith(".gz") else open(path, encoding="utf-8", newline="")
groups = {}
with opened as file:
    for row in csv.DictReader(file):
        groups.setdefault((row["date_start"], row["latitude"], row["longitude"]), []).append(row)
json.dumps([[list(key), rows] for key, rows in groups.items()])
"""


def trucewatch(*words: object) -> list[str]:
    return [sys.executable, "-m", "trucewatch.cli", *map(str, words)]


def timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def case_with(folder: Path, ged: Path | None) -> Path:
    shipped = Path(trucewatch_package.__file__).parent / "demo_case"
    create_case(folder, shipped).close()
    added = [(shipped / "reports.csv", "table"), (shipped / "claims.csv", "table")]
    for path, adapter in [*added, *([(ged, "ucdp_ged")] if ged else [])]:
        subprocess.run(trucewatch("add", path, "--as", adapter, "--case", folder), check=False, capture_output=True)
    return folder


def compared(name: str, command: list[str], baseline: list[str], runs: int) -> None:
    timed(command)
    pairs = [(timed(command), timed(baseline)) for _ in range(runs)]
    ours = statistics.median(one for one, _ in pairs)
    theirs = statistics.median(other for _, other in pairs)
    least, most = min(one for one, _ in pairs), max(one for one, _ in pairs)
    print(f"{name:<44} {ours:7.2f} s  ({least:.2f}-{most:.2f})  baseline {theirs:6.2f} s  ratio {ours / theirs:6.1f}")


def decided(folder: Path, runs: int) -> None:
    """From `decide` to the changed finding: one process that records, recomputes and prints what changed."""
    listed = subprocess.run(trucewatch("reports", "--json", "--case", folder), check=True, capture_output=True)
    ids = [row["report_id"] for row in json.loads(listed.stdout)["rows"]][: 2 * runs]
    times = []
    for number in range(runs):
        pair = ids[2 * number : 2 * number + 2]
        times.append(timed(trucewatch("decide", "different", *pair, "--because", "measured", "--case", folder)))
    print(f"{'decide, recompute, print what changed':<44} {statistics.median(times):7.2f} s  ({min(times):.2f}-{max(times):.2f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ged", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=5)
    told = parser.parse_args()
    september, everything = told.ged / "ged_syria_2016_09.csv", told.ged / "ged_syria_2016_2019.csv.gz"
    with tempfile.TemporaryDirectory() as scratch:
        demo = case_with(Path(scratch) / "demo", None)
        small = case_with(Path(scratch) / "september", september)
        base = [sys.executable, "-c", BASELINE]
        compared("run, demo case", trucewatch("run", "--case", demo), [*base, str(september)], told.runs)
        compared("run, demo case + GED September (481 rows)", trucewatch("run", "--case", small), [*base, str(september)], told.runs)
        decided(demo, told.runs)
        large = case_with(Path(scratch) / "everything", everything)
        compared("run, demo case + GED 2016-2019 (16,566 rows)", trucewatch("run", "--case", large), [*base, str(everything)], max(1, told.runs // 2))


if __name__ == "__main__":
    main()
