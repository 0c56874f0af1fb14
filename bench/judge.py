"""How long judging takes at scale: a million legs, fifty clauses, against other ways to the same verdicts.

    python bench/judge.py [--legs 1000000] [--runs 5] [--dsn "host=… dbname=…"] [--spark] [--sample 2000]

One made-up case (`generate_legs.py`) for all sides of the same run. Every side must reach the same
checksum over all verdicts. Ratios are theirs / ours. `--legs 20000` is a quick look.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from generate_legs import Case, make_case, make_context, make_legs

from trucewatch.engine import Engine
from trucewatch.engines import open_engine
from trucewatch.findings.compiled import ELEMENT_TABLE, VERDICT_TABLE, Compiled, Elements
from trucewatch.findings.compiled.masks import split
from trucewatch.findings.compiled.plans import Plan
from trucewatch.findings.compiled.statement import code_in
from trucewatch.findings.elements import speaks_of
from trucewatch.findings.ruling import judge
from trucewatch.incidents.leg import leg_records


def timed(work: Callable[[], object], runs: int) -> list[float]:
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return found


def told(name: str, seconds: list[float], aim: str = "") -> None:
    middle, least, most = statistics.median(seconds), min(seconds), max(seconds)
    print(f"{name:<66} {middle:9.3f} s ({least:.3f}-{most:.3f})  {aim}", flush=True)


def peak_gb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def checksum(compiled: Compiled, engine: Engine) -> int:
    return sum(one["sum"] * (place + 1) for place, one in enumerate(compiled.counts(engine)))


# ----------------------------------------------------------------------------------- our side


def ours(case: Case, runs: int) -> tuple[Compiled, Elements, Engine, float]:
    size = len(case.legs)
    compiled = Compiled.of([case.context])
    print(f"{size:,} legs, {len(compiled.plans.columns)} clauses, {len(compiled.plans.atoms)} bits (29 elements, and what each clause speaks of)")
    start = time.perf_counter()
    elements = compiled.elements(case.legs)
    told("element tables incl. geometry, 12 polygons, first time", [time.perf_counter() - start], "aim 5 s for 1,000,000")
    told("element tables again (answers remembered)", timed(lambda: compiled.elements(case.legs), runs))
    engine = open_engine("duckdb")
    compiled.judge(engine, elements)

    def again() -> None:
        engine.run(f"DROP TABLE {VERDICT_TABLE}")
        engine.run(f"CREATE TABLE {VERDICT_TABLE} AS {compiled.statement}")

    told("load the elements, and judge, DuckDB", timed(lambda: compiled.judge(engine, elements), runs), "aim 4 s for 1,000,000")
    judged = timed(again, runs)
    told("judge alone, DuckDB", judged)
    words = ", ".join(f"sum({one} % 1024) AS s{place}" for place, one in enumerate(elements.table().schema.names))
    told("the floor: one scan of the element columns", timed(lambda: engine.fetch(f"SELECT {words} FROM {ELEMENT_TABLE}"), runs))
    print(f"peak memory so far, data included: {peak_gb():.2f} GB (aim: under 1 GB)")
    return compiled, elements, engine, statistics.median(judged)


def touched(case: Case, compiled: Compiled, engine: Engine, runs: int) -> None:
    """Late reports change 1,000 legs: only those are answered and judged again."""
    rng = np.random.default_rng(5)
    places = np.sort(rng.choice(len(case.legs), min(1000, len(case.legs)), replace=False)).astype(np.int64)
    fresh = [make_legs(len(places), seed=100 + run) for run in range(runs)]
    found = []
    for legs in fresh:
        start = time.perf_counter()
        compiled.rejudge(engine, compiled.elements(legs, places))
        found.append(time.perf_counter() - start)
    told("touched-only: 1,000 changed legs", found, "aim 0.25 s")


def growth(runs: int, size: int) -> None:
    context = make_context(1)
    middles = []
    for count in (size // 10, size):
        legs = make_legs(count)
        compiled = Compiled.of([replace(context, memo={})])
        engine = open_engine("duckdb")
        compiled.judge(engine, compiled.elements(legs))
        middles.append(statistics.median(timed(lambda legs=legs, c=compiled, e=engine: c.judge(e, c.elements(legs)), runs)))
        engine.close()
    print(f"growth, elements and judging: {size // 10:,} legs {middles[0]:.3f} s, {size:,} legs {middles[1]:.3f} s: {middles[1] / middles[0]:.1f} times (aim: at most 11)")


# ----------------------------------------------------------------------------------- other sides


def elsewhere(name: str, compiled: Compiled, elements: Elements, expected: int, **settings: str) -> None:
    start = time.perf_counter()
    engine = open_engine(name, **settings)
    opened = time.perf_counter()
    engine.load(ELEMENT_TABLE, elements.table())
    loaded = time.perf_counter()
    engine.run(f"CREATE TABLE {VERDICT_TABLE} AS {compiled.statement}")
    judged = time.perf_counter()
    same = "same checksum" if checksum(compiled, engine) == expected else "ANOTHER CHECKSUM"
    print(f"{name}: started in {opened - start:.1f} s, loaded in {loaded - opened:.1f} s, judged in {judged - loaded:.1f} s; {same}")
    engine.close()


def polars(compiled: Compiled, elements: Elements, expected: int, judged: float, runs: int) -> None:
    """The same masks as a Polars plan: one expression a clause, eager and streaming."""
    import polars as pl

    frame = pl.DataFrame({name: np.asarray(column) for name, column in elements.table().columns.items()})
    verdicts = [_polars_verdict(plan).cast(pl.Int8).alias(f"v{place}") for place, plan in enumerate(compiled.plans.plans)]
    plan = frame.lazy().select("n", *verdicts)
    best = None
    for engine in ("in-memory", "streaming"):
        result = plan.collect(engine=engine)
        weights = result["n"].to_numpy() % 8191 + 1
        total = sum(int((weights * (result[f"v{place}"].to_numpy().astype(np.int64) + 2)).sum()) * (place + 1) for place in range(len(verdicts)))
        same = "same checksum" if total == expected else "ANOTHER CHECKSUM"
        seconds = timed(lambda engine=engine: plan.collect(engine=engine), runs)
        told(f"Polars, {engine}: {same}", seconds)
        best = min(statistics.median(seconds), best or 1e9)
    print(f"Polars' best / ours: {(best or 0) / judged:.1f}")


def _polars_verdict(plan: Plan) -> Any:  # noqa: ANN401
    import polars

    def word(kind: str, mask: int) -> Iterator[tuple[object, int]]:
        return ((polars.col(f"{kind}{place}"), part) for place, part in enumerate(split(mask, 99)) if part)

    def missing(kind: str, mask: int) -> object:
        return polars.any_horizontal(*((column & part) != part for column, part in word(kind, mask)))

    def some(kind: str, mask: int) -> object:
        return polars.any_horizontal(*((column & part) != 0 for column, part in word(kind, mask)))

    every = plan.scope | plan.deed
    steps = [(missing("may", plan.speaks), -1), (missing("may", plan.scope), 0), (some("unsure", every), 2)]
    steps += [(missing("may", plan.deed) & missing("must", plan.scope), 2), (missing("may", plan.deed), 1), (missing("must", every), 2)]
    if plan.excuses:
        steps += [(some("must", plan.excuses), 1), (some("may", plan.excuses), 2)]
    if plan.replies:
        steps.append((polars.col("reply") == 1, 4))
    (first, code), *rest = steps
    chain = polars.when(first).then(code)
    for test, code in rest:
        chain = chain.when(test).then(code)
    return chain.otherwise(3)


def zen(compiled: Compiled, elements: Elements, engine: Engine, judged: float, sample: int) -> None:
    """GoRules zen-engine: one decision whose expressions are the clauses, a call for each leg."""
    from zen import ZenEngine

    plans, atoms = compiled.plans.plans, compiled.plans.bits
    expressions = [{"id": f"x{place}", "key": f"v{place}", "value": _zen_verdict(plan, atoms)} for place, plan in enumerate(plans)]
    place = {"x": 0, "y": 0}
    graph = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "i", "name": "legs", "type": "inputNode", "position": place},
            {"id": "x", "name": "clauses", "type": "expressionNode", "position": place, "content": {"expressions": expressions}},
            {"id": "o", "name": "verdicts", "type": "outputNode", "position": place},
        ],
        "edges": [{"id": "a", "sourceId": "i", "targetId": "x", "type": "edge"}, {"id": "b", "sourceId": "x", "targetId": "o", "type": "edge"}],
    }
    decision = ZenEngine().create_decision(json.dumps(graph))
    facts = list(_zen_facts(elements, atoms, sample))
    start = time.perf_counter()
    answers = [decision.evaluate(one)["result"] for one in facts]
    seconds = time.perf_counter() - start
    rows = engine.fetch(f"SELECT * FROM {VERDICT_TABLE} WHERE n < {sample} ORDER BY n")
    same = sum(code_in(row, place) == int(answer[f"v{place}"]) for row, answer in zip(rows, answers, strict=True) for place in range(len(plans)))
    whole = seconds / len(facts) * len(elements.number)
    print(f"zen-engine: {len(facts):,} legs in {seconds:.2f} s, {whole:,.0f} s for all by proportion; {same:,} of {len(rows) * len(plans):,} verdicts the same; theirs / ours: {whole / judged:,.0f} (aim: 100)")


def _zen_verdict(plan: Plan, bits: int) -> str:
    def all_of(kind: str, mask: int) -> str:
        return " and ".join(f"{kind}{bit}" for bit in range(bits) if mask >> bit & 1) or "true"

    def any_of(kind: str, mask: int) -> str:
        return " or ".join(f"{kind}{bit}" for bit in range(bits) if mask >> bit & 1) or "false"

    every = plan.scope | plan.deed
    last = "(reply ? 4 : 3)" if plan.replies else "3"
    if plan.excuses:
        last = f"(({any_of('must', plan.excuses)}) ? 1 : (({any_of('may', plan.excuses)}) ? 2 : {last}))"
    deed = f"(({all_of('must', plan.scope)}) ? 1 : 2)"
    return (
        f"({all_of('may', plan.speaks)}) ? (({all_of('may', plan.scope)}) ? (({any_of('unsure', every)}) ? 2 : "
        f"(({all_of('may', plan.deed)}) ? (({all_of('must', every)}) ? {last} : 2) : {deed})) : 0) : -1"
    )


def _zen_facts(elements: Elements, bits: int, sample: int) -> Iterator[dict[str, bool]]:
    masks = {"must": elements.masks.must, "may": elements.masks.may, "unsure": elements.masks.unsure}
    for leg in range(min(sample, len(elements.number))):
        facts = {"reply": bool(elements.reply[leg])}
        for kind, words in masks.items():
            whole = sum(int(word[leg]) << (62 * place) for place, word in enumerate(words))
            facts |= {f"{kind}{bit}": bool(whole >> bit & 1) for bit in range(bits)}
        yield facts


def interpreter(case: Case, judged: float, sample: int) -> None:
    legs = leg_records(case.legs.take(np.arange(min(sample, len(case.legs)))))
    context = replace(case.context, memo={})
    start = time.perf_counter()
    for leg in legs:
        for clause in context.agreement.clauses:
            if speaks_of(leg, clause, context):
                judge(leg, clause, context)
    seconds = (time.perf_counter() - start) / len(legs) * len(case.legs)
    print(f"the interpreter, with words and questions: {seconds:,.0f} s for all by proportion; {seconds / judged:,.0f} times")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--legs", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sample", type=int, default=2000)
    parser.add_argument("--dsn", help="a PostgreSQL to measure too")
    parser.add_argument("--spark", action="store_true", help="measure Spark too")
    given = parser.parse_args()
    case = make_case(given.legs)
    compiled, elements, engine, judged = ours(case, given.runs)
    expected = checksum(compiled, engine)
    polars(compiled, elements, expected, judged, given.runs)
    zen(compiled, elements, engine, judged, given.sample)
    interpreter(case, judged, given.sample)
    if given.dsn:
        elsewhere("postgres", compiled, elements, expected, dsn=given.dsn)
    if given.spark:
        elsewhere("spark", compiled, elements, expected)
    touched(case, compiled, engine, given.runs)
    growth(max(1, given.runs // 2), given.legs)


if __name__ == "__main__":
    main()
