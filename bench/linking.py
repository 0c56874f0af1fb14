"""Linking measured: MAVERICK Kenya against the same-point-same-day rule, and a synthetic war against the clock.

    python bench/linking.py [--data ../shared/data/maverick] [--reports 40000]

Pairwise precision, recall and F1 over report pairs, and B-cubed F. The weights were set by hand with these very
reports at hand: the figure is optimistic for them. The rule is run in the same process on the same reports.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from trucewatch.actors import Actors
from trucewatch.incidents import SPACE_TIME_ACTOR_0, decision_table, link
from trucewatch.incidents.judgements import Judgements
from trucewatch.incidents.link import match
from trucewatch.periods import Period
from trucewatch.reports.report import Casualty, Report, ReportParty, ReportTables

NOBODY = Actors(parties={})
NO_DECISIONS = decision_table(())


def scores(answer: Sequence[Hashable], found: Sequence[Hashable]) -> dict[str, float]:
    """Pairwise precision, recall, F1 and B-cubed F of one clustering against the truth."""
    both = Counter(zip(answer, found, strict=True))
    truth, ours = Counter(answer), Counter(found)
    right = sum(n * (n - 1) // 2 for n in both.values())
    true_pairs = sum(n * (n - 1) // 2 for n in truth.values())
    our_pairs = sum(n * (n - 1) // 2 for n in ours.values())
    p, r = right / max(1, our_pairs), right / max(1, true_pairs)
    bp = sum(n * n / ours[f] for (_, f), n in both.items()) / len(answer)
    br = sum(n * n / truth[a] for (a, _), n in both.items()) / len(answer)
    return {
        "P": round(p, 3), "R": round(r, 3), "F1": round(2 * p * r / max(1e-9, p + r), 3),
        "bF": round(2 * bp * br / (bp + br), 3),
    }


def load_columns(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("columns", folder / "columns.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def kenya(folder: Path) -> tuple[list[Report], list[str]]:
    """Reports in the order of report_id, and the event that the coders gave each (never shown to the linker)."""
    columns = load_columns(folder)
    rows = columns.read(folder / "kenya_event_reports.csv")
    table = columns.report_columns(rows)
    reports = [report_of({name: values[i] for name, values in table.items()}) for i in range(len(rows))]
    answer = dict(zip(table["report_id"], (row["event_id"] for row in rows), strict=True))
    reports.sort(key=lambda one: one.report_id)
    return reports, [answer[one.report_id] for one in reports]


def report_of(row: Mapping[str, Any]) -> Report:
    def instant(value: np.datetime64) -> datetime | None:
        return None if np.isnat(value) else value.astype("datetime64[us]").astype(datetime).replace(tzinfo=UTC)

    start, end = instant(row["occurred_from"]), instant(row["occurred_to"])
    sides = [("by", name) for name in row["by"]] + [("against", name) for name in row["against"]]
    low, best, high = (row[f"deaths_{name}"] for name in ("low", "best", "high"))
    return Report(
        report_id=row["report_id"], source=row["source"], origin=row["source"], locator="row",
        document=row["document"], occurred=Period(start, end), place_written=row["place"],
        lat=row["lat"], lon=row["lon"], radius_m=row["radius_m"], act=row["act"], target=row["target"],
        text=row["text_span"], parties=tuple(ReportParty(role, name, None) for role, name in sides),
        casualties=() if best is None else (Casualty("killed", "unknown", None, low, best, high),),
    )


def same_point_and_day(reports: Sequence[Report], *, one_document_once: bool) -> list[int]:
    """The rule to beat: same coordinates and same first day; optionally one document tells a happening once."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for row, report in enumerate(reports):
        known = report.lat is not None and report.occurred is not None
        groups[(report.lat, report.lon, report.occurred.start) if known else row].append(row)  # type: ignore[union-attr]
    label = [0] * len(reports)
    for members in groups.values():
        seen: Counter[str] = Counter()
        for row in members:
            document = reports[row].document or str(row)
            label[row] = members[0] * 1000 + (seen[document] if one_document_once else 0)
            seen[document] += 1
    return label


def measure_kenya(folder: Path) -> list[dict[str, Any]]:
    reports, answer = kenya(folder)
    started = time.perf_counter()
    matched = match(reports, Judgements(), actors=NOBODY, sources={})
    seconds = time.perf_counter() - started
    return [
        {"method": "same point + same start day", **scores(answer, same_point_and_day(reports, one_document_once=False))},
        {"method": "same, one document once", **scores(answer, same_point_and_day(reports, one_document_once=True))},
        {
            "method": SPACE_TIME_ACTOR_0.version, **scores(answer, matched.clusters.label.tolist()),
            "seconds": round(seconds, 2), "pairs kept": len(matched.pairs),
        },
    ]


TOWNS, YEARS = 900, 4
ACTS = ("air_strike", "artillery", "armed_clash", "small_arms", "ied_mine")


def synthetic(count: int) -> tuple[list[Report], list[str]]:
    """A war with the shape of a coded data set: one coded row and its articles per happening, busy towns."""
    dice = np.random.default_rng(20160919)
    towns = np.column_stack([dice.uniform(32.5, 37.0, TOWNS), dice.uniform(35.8, 42.0, TOWNS)])
    weight = 1.0 / np.arange(1, TOWNS + 1)
    begin = datetime(2016, 1, 1, tzinfo=UTC)
    reports: list[Report] = []
    answer: list[str] = []
    event = 0
    while len(reports) < count:
        event += 1
        town = int(dice.choice(TOWNS, p=weight / weight.sum()))
        day = begin + timedelta(days=int(dice.integers(0, 365 * YEARS)))
        deaths = int(dice.geometric(0.25))
        base = Report(
            report_id=f"r-{event:06d}", source="coded", origin=None, locator=f"row {event}",
            known_at=datetime(2020, 1, 1, tzinfo=UTC), occurred=Period(day, day + timedelta(days=1)),
            lat=float(towns[town, 0]), lon=float(towns[town, 1]), radius_m=float(dice.choice([1500.0, 5000.0, 25000.0])),
            place=f"town-{town}", act=str(dice.choice(ACTS)), grouping=f"coded:{event}",
            parties=(ReportParty("by", "A", "a", basis="coded"), ReportParty("against", "B", "b", basis="coded")),
            casualties=(Casualty("killed", "unknown", None, deaths, deaths, deaths),),
        )
        told = [base]
        for number in range(1 + int(dice.geometric(0.8) > 1)):
            monitor = f"monitor-{int(dice.choice(20, p=[0.8] + [0.2 / 19] * 19))}"
            told.append(
                replace(
                    base, report_id=f"{base.report_id}-{number}", source=monitor, origin=monitor, parties=(),
                    known_at=day + timedelta(days=1), document=f"{monitor}-{day.date()}", casualties=(),
                    text=f"article {event} about town {town} with {deaths} killed on day {day.day}",
                    grouping=base.grouping if dice.random() < 0.9 else None,
                )
            )
        reports += told
        answer += [str(event)] * len(told)
    return reports[:count], answer[:count]


def measure_speed(count: int) -> dict[str, Any]:
    reports, answer = synthetic(count)
    tables = ReportTables.from_records(reports)
    started, cpu = time.perf_counter(), time.process_time()
    linked = link(tables, NO_DECISIONS, actors=NOBODY, sources={})
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    home = dict(zip(linked.incident_report.values("report_id"), linked.incident_report.values("incident_id"), strict=True))
    return {
        "reports": len(reports), "incidents": len(linked.incident), "legs": len(linked.leg),
        "seconds": round(seconds, 2), "cpu seconds": round(cpu, 2), "load": os.getloadavg()[0],
        **scores(answer, [home[one.report_id] for one in reports]),
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "problems": [str(one) for one in linked.problems],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    beside = Path(__file__).resolve().parents[2] / "shared" / "data" / "maverick"
    parser.add_argument("--data", type=Path, default=beside, help="folder of the MAVERICK file")
    parser.add_argument("--reports", type=int, default=40_000, help="size of the synthetic war")
    asked = parser.parse_args()
    if (asked.data / "kenya_event_reports.csv").is_file():
        for row in measure_kenya(asked.data):
            print(json.dumps(row))
    else:
        print(f"no MAVERICK file in {asked.data}: not measured")
    print(json.dumps(measure_speed(asked.reports), ensure_ascii=False))


if __name__ == "__main__":
    main()
