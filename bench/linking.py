"""Linking measured: MAVERICK Kenya against the same-point-same-day rule, and a synthetic war against the clock.

    python bench/linking.py [--data ../shared/data/maverick] [--reports 40000]

Pairwise precision, recall and F1 over report pairs, and B-cubed F. What the shipped weights reach on the reports that
they were made with is optimistic; the last row holds groups of documents out. The rule is run on the same reports.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from baselines import THRESHOLDS, plain, sort_seconds, splink_pairs, together, viina_like
from ged import FOLDER, articles
from generate_reports import war
from kenya import BESIDE, GROUPS, groups, kenya, load_columns
from train_linking import corpora

import trucewatch as tw
from trucewatch.actors import Actors
from trucewatch.incidents import SPACE_TIME_ACTOR_0, decision_table, link
from trucewatch.incidents.clustering import cluster
from trucewatch.incidents.features import features_of
from trucewatch.incidents.judgements import Judgements
from trucewatch.incidents.link import match
from trucewatch.incidents.pairs import Pairs
from trucewatch.incidents.space_time_actor_1 import SPACE_TIME_ACTOR_1
from trucewatch.incidents.space_time_actor_2 import SPACE_TIME_ACTOR_2
from trucewatch.incidents.trained import Trained, weighed, with_rivals
from trucewatch.incidents.training import Lesson, lesson_of, train
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
    rows = [
        {"method": "same point + same start day", **scores(answer, same_point_and_day(reports, one_document_once=False))},
        {"method": "same, one document once", **scores(answer, same_point_and_day(reports, one_document_once=True))},
    ]
    for weights in (SPACE_TIME_ACTOR_0, SPACE_TIME_ACTOR_1, SPACE_TIME_ACTOR_2):
        started = time.perf_counter()
        matched = match(reports, Judgements(), actors=NOBODY, sources={}, weights=weights)
        rows.append({
            "method": f"{weights.version}, on its own training data", **scores(answer, matched.clusters.label.tolist()),
            "seconds": round(time.perf_counter() - started, 2), "pairs kept": len(matched.pairs),
        })
    features = features_of(reports, actors=NOBODY, sources={})
    alone = lesson_of(features, answer, groups(reports, answer), SPACE_TIME_ACTOR_0, SPACE_TIME_ACTOR_2.words)
    known = dict(zip(features.ids, answer, strict=True))
    for method, lesson in (("trained on Kenya alone", alone), ("trained on both corpora", corpora(folder.parent))):
        rows.append({"method": f"{method}, {GROUPS} groups held out in turn", **held_out(lesson, known)})
    return rows


def measure_baselines(columns: Mapping[str, Any], answer: Sequence[Hashable], what: str, splink: Path | None) -> list[dict[str, Any]]:
    """The rule of VIINA, the floor of a sort, and Splink at the threshold that is best on these very reports."""
    rows = plain(columns)
    found = [
        {"method": f"VIINA-like rule, {what}", **scores(answer, viina_like(rows))},
        {"method": f"DuckDB sorts the same rows, {what}", "seconds": round(sort_seconds(rows), 3)},
    ]
    if splink is not None:
        ids = [row["report_id"] for row in rows]
        seconds, pairs = splink_pairs(rows, splink)
        tried = [(scores(answer, together(ids, pairs, one).tolist()), one) for one in THRESHOLDS]
        best, threshold = max(tried, key=lambda each: each[0]["F1"])
        found.append({"method": f"Splink, {what}, best threshold {threshold}", "seconds": seconds, **best})
    return found


def held_out(lesson: Lesson, answer: Mapping[str, str]) -> dict[str, Any]:
    """Score every pair by weights, calibration and threshold that saw no report of its two groups, then cluster.

    The figures are about the reports in `answer`. `ECE`: expected calibration error of the pairs with a probability of
    at least .05, ten bins of equal mass.
    """
    rows = lesson.rows
    one, other = lesson.group[lesson.first], lesson.group[lesson.second]
    score, above = (np.full(len(one), SPACE_TIME_ACTOR_0.floor, dtype=np.int64) for _ in range(2))
    for low, high in combinations_with_replacement(range(GROUPS), 2):
        seen = np.isin(one, (low, high)) | np.isin(other, (low, high))
        asked = np.isin(one, (low, high)) & np.isin(other, (low, high))
        inside = (np.minimum(one, other) == low) & (np.maximum(one, other) == high)
        if inside.any():
            weights = train(lesson.take(~seen), "held-out", SPACE_TIME_ACTOR_0, {})
            total = totals(lesson.take(asked), weights)
            score[inside] = total[inside[asked]]
            above[inside] = total[inside[asked]] - weights.threshold
    kept = score > SPACE_TIME_ACTOR_0.floor
    nothing = np.zeros((int(kept.sum()), 0), dtype=np.int32)
    pairs = Pairs(lesson.first[kept], lesson.second[kept], above[kept], nothing)
    label = cluster(rows, pairs, Judgements(), SPACE_TIME_ACTOR_0).label
    about = np.array([one in answer for one in rows.ids])
    found = scores([answer[one] for one in rows.ids if one in answer], label[about].tolist())
    told = about[lesson.first]
    return {**found, "ECE": round(calibration_error(score[told] / 1e6, lesson.same[told]), 4)}


def totals(lesson: Lesson, weights: Trained) -> npt.NDArray[np.int64]:
    """Return the score of each pair, rivals included where it is above the floor, in micro-log-odds."""
    terms = weighed(lesson.rows, lesson.first, lesson.second, lesson.signals, weights)
    pairs = Pairs(lesson.first, lesson.second, terms.sum(axis=1, dtype=np.int64), terms)
    total, kept = pairs.total.copy(), pairs.total > weights.floor
    total[kept] = with_rivals(lesson.rows, pairs.take(kept), weights).total
    return total


def measure_ged(folder: Path) -> list[dict[str, Any]]:
    """August to October 2016, which no weights were trained on: each article told with errors, the event ids hidden."""
    columns, answer = articles(folder, "2016-08-01", "2016-10-31")
    known = dict(zip(columns["report_id"], answer, strict=True))
    rows = []
    for weights in (SPACE_TIME_ACTOR_0, SPACE_TIME_ACTOR_1, SPACE_TIME_ACTOR_2):
        found = tw.link(columns, weights=weights).membership
        events, incidents = [known[one] for one in found.values("report_id")], found.values("incident_id")
        rows.append({"method": f"{weights.version}, GED August to October 2016", **scores(events, incidents), **events_kept(events, incidents)})
    return rows


def ged_curve(folder: Path, shifts: Sequence[float] = (1.0, 0.5, 0.0, -0.5, -1.0, -2.0, -3.0)) -> list[dict[str, Any]]:
    """What other thresholds of the newest weights would give on the same articles: pairs found against events lost."""
    columns, answer = articles(folder, "2016-08-01", "2016-10-31")
    known = dict(zip(columns["report_id"], answer, strict=True))
    rows = []
    for shift in shifts:
        threshold = SPACE_TIME_ACTOR_2.threshold + round(shift * 1e6)
        weights = replace(SPACE_TIME_ACTOR_2, threshold=threshold, floor=min(SPACE_TIME_ACTOR_2.floor, threshold - 3_000_000))
        found = tw.link(columns, weights=weights).membership
        events, incidents = [known[one] for one in found.values("report_id")], found.values("incident_id")
        rows.append({"method": f"GED, threshold {threshold / 1e6:+.2f}", **scores(events, incidents), **events_kept(events, incidents)})
    return rows


def events_kept(events: Sequence[str], incidents: Sequence[str]) -> dict[str, float]:
    """`lost`: share of events that have no incident of their own, each incident being that of the event with most of
    its reports; `fewer`: by how much incidents are fewer than events, in which an event that was split makes up for
    one that was lost; `merged`: share of events that share an incident with another.
    """
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    for event, incident in zip(events, incidents, strict=True):
        inside[incident][event] += 1
    own = {min(each, key=lambda one: (-each[one], one)) for each in inside.values()}
    merged = {event for each in inside.values() if len(each) > 1 for event in each}
    count = len(set(events))
    return {"lost": round(1 - len(own) / count, 4), "fewer": round(1 - len(inside) / count, 4), "merged": round(len(merged) / count, 4)}


def measure_war(count: int, per_day: float) -> dict[str, Any]:
    """The generated war (generate_reports.py), which no weights were trained on, from columns to membership."""
    columns, answer = war(count, per_day)
    known = dict(zip(columns["report_id"], answer.tolist(), strict=True))
    started = time.perf_counter()
    found = tw.link(columns).membership
    seconds = time.perf_counter() - started
    return {
        "method": f"{SPACE_TIME_ACTOR_2.version}, generated, {per_day:g} incidents a day", "reports": len(found),
        "seconds": round(seconds, 2), "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        **scores([known[one] for one in found.values("report_id")], found.values("incident_id")),
    }


def measure_adding(count: int, per_day: float) -> list[dict[str, Any]]:
    """Days of the generated war that come to all others, one after the other: seconds for each, after one to warm up."""
    columns, _ = war(count, per_day)
    day = np.asarray(columns["occurred_from"]).astype("datetime64[D]")
    days = np.unique(day)
    last = days[[len(days) // 4, len(days) // 3, len(days) // 2, -20]]

    def part(which: npt.NDArray[np.bool_]) -> dict[str, Any]:
        rows = np.flatnonzero(which)
        return {name: [values[row] for row in rows] if isinstance(values, list) else values[rows] for name, values in columns.items()}

    linker = tw.linker(part(~np.isin(day, last)))
    found = []
    for one in last:
        more = part(day == one)
        started, cpu = time.perf_counter(), time.process_time()
        changes = linker.add(more)
        found.append({
            "method": "a day comes", "to": count, "reports": len(more["report_id"]), "changes": len(changes),
            "seconds": round(time.perf_counter() - started, 3), "cpu seconds": round(time.process_time() - cpu, 3),
        })
    return found[1:]


def calibration_error(log_odds: npt.NDArray[np.float64], same: npt.NDArray[np.bool_]) -> float:
    chance = 1 / (1 + np.exp(-log_odds))
    likely = chance >= 0.05
    order = np.argsort(chance[likely], kind="stable")
    bins = [(chance[likely][order][part], same[likely][order][part]) for part in np.array_split(np.arange(len(order)), 10)]
    return float(sum(len(said) * abs(said.mean() - true.mean()) for said, true in bins) / max(1, len(order)))


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
    parser.add_argument("--data", type=Path, default=BESIDE, help="folder of the MAVERICK file")
    parser.add_argument("--reports", type=int, default=40_000, help="size of the synthetic war")
    parser.add_argument("--million", action="store_true", help="also link 1,000,000 reports, and add days to them")
    parser.add_argument("--splink", type=Path, help="interpreter of an environment with Splink (bench/splink_baseline.py)")
    asked = parser.parse_args()
    if (asked.data / "kenya_event_reports.csv").is_file():
        for row in measure_kenya(asked.data):
            print(json.dumps(row))
        corpus = load_columns(asked.data)
        coded_rows = corpus.read(asked.data / "kenya_event_reports.csv")
        for row in measure_baselines(corpus.report_columns(coded_rows), [one["event_id"] for one in coded_rows], "Kenya", asked.splink):
            print(json.dumps(row))
    else:
        print(f"no MAVERICK file in {asked.data}: not measured")
    if FOLDER.is_dir():
        for row in (*measure_ged(FOLDER), *ged_curve(FOLDER)):
            print(json.dumps(row))
    for count, per_day in ((10_000, 16), (100_000, 16), (100_000, 160), *(((1_000_000, 160),) if asked.million else ())):
        print(json.dumps(measure_war(count, per_day)))
    columns, truth = war(100_000, 16)
    for row in measure_baselines(columns, truth.tolist(), "generated, 16 incidents a day", asked.splink):
        print(json.dumps(row))
    for row in measure_adding(1_000_000 if asked.million else 100_000, 160):
        print(json.dumps(row))
    print(json.dumps(measure_speed(asked.reports), ensure_ascii=False))


if __name__ == "__main__":
    main()
