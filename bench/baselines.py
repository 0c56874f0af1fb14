"""What linking is measured against in the same run: the rule of VIINA, Splink, and the floor of a sort in DuckDB."""

from __future__ import annotations

import csv
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from trucewatch.incidents.clustering import components
from trucewatch.incidents.coded import coded

__all__ = ["THRESHOLDS", "plain", "sort_seconds", "splink_pairs", "together", "viina_like"]

THRESHOLDS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)


def plain(columns: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of report_id, day, lat, lon, place, act, actor and deaths; "" for nothing."""
    count = len(columns["report_id"])
    nothing = [None] * count

    def column(*names: str) -> Sequence[Any]:
        return next((columns[name] for name in names if name in columns), nothing)

    days = [None if one is None else str(one)[:10] for one in column("occurred_from")]
    acts = [one or other for one, other in zip(column("act"), column("act_raw", "act_written"), strict=True)]
    rows = zip(
        column("report_id"), days, column("lat"), column("lon"), column("place", "place_written"), acts,
        [";".join(sorted([one] if isinstance(one, str) else one or ())) for one in column("by")], column("deaths_best"), strict=True,
    )  # fmt: skip
    names = ("report_id", "day", "lat", "lon", "place", "act", "actor", "deaths")
    return [{name: "" if _missing(one) else one for name, one in zip(names, row, strict=True)} for row in rows]


def _missing(value: Any) -> bool:  # noqa: ANN401
    return value is None or value != value


def viina_like(rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """VIINA's one event a day: same point, day, actor and act; a row without a point or a day stands alone."""
    return [
        (row["lat"], row["lon"], row["day"], row["actor"], row["act"]) if row["lat"] != "" and row["day"] else row["report_id"]
        for row in rows
    ]


def splink_pairs(rows: Sequence[Mapping[str, Any]], python: Path) -> tuple[float, list[tuple[str, str, float]]]:
    """Run bench/splink_baseline.py under another interpreter; return (its seconds, pairs with probability)."""
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder) / "reports.csv", Path(folder) / "pairs.csv"
        with given.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        script = Path(__file__).with_name("splink_baseline.py")
        said = subprocess.run([str(python), str(script), str(given), str(found)], check=True, capture_output=True, text=True, env={})
        with found.open(encoding="utf-8") as file:
            pairs = [(row["unique_id_l"], row["unique_id_r"], float(row["match_probability"])) for row in csv.DictReader(file)]
    return float(said.stdout.split()[-1]), pairs


def together(ids: Sequence[str], pairs: Sequence[tuple[str, str, float]], threshold: float) -> npt.NDArray[np.int64]:
    """Connected components of the pairs with at least this probability, as Splink clusters them."""
    place = {one: row for row, one in enumerate(ids)}
    kept = [(place[one], place[other]) for one, other, chance in pairs if chance >= threshold]
    ends = np.array(kept, dtype=np.int64).reshape(-1, 2)
    return components(len(ids), ends[:, 0], ends[:, 1])


def sort_seconds(rows: Sequence[Mapping[str, Any]]) -> float:
    """Seconds in which DuckDB sorts the rows by day and place: nothing that compares them can be faster."""
    with duckdb.connect() as connection:
        names = ("report_id", "day", "lat", "lon", "place", "act", "actor")
        columns = {name: np.array([str(row[name]) for row in rows]) for name in names}
        codes = {name: coded(list(map(str, each))).codes for name, each in columns.items()}
        connection.register("given", codes)
        connection.execute("CREATE TABLE reports AS SELECT * FROM given")
        started = time.perf_counter()
        connection.execute("CREATE TABLE sorted AS SELECT * FROM reports ORDER BY day, lat, lon, report_id")
        return time.perf_counter() - started
