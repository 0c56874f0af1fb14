"""Splink 5 on a table of reports, by itself: it needs its own environment (duckdb below 2).

    python -m venv env && env/bin/pip install "splink==5.0.0" "duckdb<2"
    env/bin/python bench/splink_baseline.py reports.csv pairs.csv

Reads report_id, day, lat, lon, place, act, actor, deaths; writes every predicted pair with its probability. Unsupervised,
as its guide has it: u from random pairs, m by expectation maximisation, blocked by the day.
"""

from __future__ import annotations

import sys
import time

import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def main(reports: str, pairs: str) -> None:
    import duckdb

    started = time.perf_counter()
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE reports AS SELECT report_id AS unique_id, day, lat, lon, place, act, actor, deaths,"
        " round(lat, 1)::VARCHAR || '|' || round(lon, 1)::VARCHAR AS cell FROM read_csv(?, types={'day': 'VARCHAR', 'deaths': 'INTEGER',"
        " 'lat': 'DOUBLE', 'lon': 'DOUBLE', 'report_id': 'VARCHAR', 'place': 'VARCHAR', 'act': 'VARCHAR', 'actor': 'VARCHAR'})",
        [reports],
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on("day", "cell"), block_on("day", "place")],
        comparisons=[
            comparisons.DistanceInKMAtThresholds("lat", "lon", [1, 5, 20]),
            comparisons.ExactMatch("place"), comparisons.ExactMatch("act"), comparisons.ExactMatch("actor"),
            comparisons.CustomComparison(
                [levels.NullLevel("deaths"), levels.ExactMatchLevel("deaths"), levels.AbsoluteDifferenceLevel("deaths", 2), levels.ElseLevel()],
                output_column_name="deaths",
            ),
        ],
    )  # fmt: skip
    api = DuckDBAPI(connection)
    linker = Linker(api.register("reports"), settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("day"))
    found = linker.inference.predict(threshold_match_probability=0.01)
    connection.execute(
        f"COPY (SELECT unique_id_l, unique_id_r, match_probability FROM {found.physical_name}) TO '{pairs}' (HEADER)"
    )
    print(f"{time.perf_counter() - started:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
