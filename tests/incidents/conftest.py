from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from trucewatch.actors import Actors, load_actors
from trucewatch.incidents import Decision, Linked, decision_table, leg_records, link
from trucewatch.periods import Period
from trucewatch.reports.report import Casualty, Circumstance, Report, ReportParty, ReportTables
from trucewatch.reports.source import Source

ACTORS = """
trucewatch: actors/0.1
actors:
  sy-gov: {name: Government, kind: state}
  ru: {name: Russia, kind: state}
  us: {name: United States, kind: state}
  us-coal: {name: The coalition, kind: coalition, members: [{actor: us}]}
  iraq: {name: Iraq, kind: state}
  opp: {name: Opposition, kind: bloc}
  isil: {name: ISIL, kind: group}
  civ: {name: Civilians, kind: protected}
"""

SOURCES = (
    Source("sohr", "monitor"),
    Source("afp", "agency"),
    Source("defence", "civil defence"),
    Source("un", "inquiry"),
    Source("hrw", "rights group"),
    Source("wiki", "encyclopedia", observes=False),
    Source("ged", "data set", observes=False),
    Source("sana", "state agency", party="sy-gov"),
    Source("ru-mod", "ministry", party="ru"),
    Source("centcom", "command", party="us"),
    Source("amaq", "outlet", party="isil"),
)

_NUMBER = {"killed": "killed", "injured": "injured"}


def make(report_id: str, source: str, day: str, **values: Any) -> Report:
    """A short way to write a report: `by`, `against` = {party: basis}, `killed` = (low, best, high)."""
    hours = values.pop("hours", (0, 24))
    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    parties = tuple(
        ReportParty(role, party, None if party.startswith("?") else party, closed=basis == "capability", basis=basis)
        for role in ("by", "against", "affected")
        for party, basis in values.pop(role, {}).items()
    )
    casualties = tuple(
        Casualty(harm, "unknown", None, *values.pop(harm)) for harm in _NUMBER if harm in values
    )
    circumstances = tuple(Circumstance(flag, value) for flag, value in values.pop("circumstances", {}).items())
    known = values.pop("known_at", start + timedelta(days=1))
    occurred = Period(start + timedelta(hours=hours[0]), start + timedelta(hours=hours[1]))
    origin = values.pop("origin", None if source in ("wiki", "ged") else source)
    return Report(
        report_id=f"r-{report_id}", source=source, origin=origin, locator="row", known_at=known,
        occurred=values.pop("occurred", occurred), parties=parties, casualties=casualties,
        circumstances=circumstances, **values,
    )


@pytest.fixture(scope="session")
def report() -> Callable[..., Report]:
    return make


@pytest.fixture(scope="session")
def actors() -> Actors:
    found, problems = load_actors(ACTORS, "actors.yaml")
    assert not problems
    return found


@pytest.fixture(scope="session")
def sources() -> dict[str, Source]:
    return {one.key: one for one in SOURCES}


@pytest.fixture(scope="session")
def decide() -> Callable[..., Decision]:
    def decide(kind: str, *reports: str, day: int = 1, **values: Any) -> Decision:
        return Decision(
            decision_id=values.pop("decision_id", f"d-{kind}-{day}"), kind=kind, who="analyst", because="seen",
            recorded_at=datetime(2016, 10, day, tzinfo=UTC), reports=tuple(f"r-{one}" for one in reports), **values,
        )

    return decide


@pytest.fixture(scope="session")
def run(actors: Actors, sources: dict[str, Source]) -> Callable[..., Linked]:
    def run(reports: Iterable[Report], decisions: Iterable[Decision] = ()) -> Linked:
        return link(ReportTables.from_records(reports), decision_table(decisions), actors=actors, sources=sources)

    return run


@pytest.fixture(scope="session")
def groups(run: Callable[..., Linked]) -> Callable[..., set[frozenset[str]]]:
    def groups(reports: Iterable[Report], decisions: Iterable[Decision] = ()) -> set[frozenset[str]]:
        """The reports of each incident, without the r-."""
        linked = run(reports, decisions)
        found: dict[str, set[str]] = {}
        for row in linked.incident_report.rows():
            found.setdefault(row["incident_id"], set()).add(row["report_id"].removeprefix("r-"))
        return {frozenset(each) for each in found.values()}

    return groups


@pytest.fixture(scope="session")
def only_leg(run: Callable[..., Linked]) -> Callable[..., Any]:
    def only_leg(reports: Iterable[Report], decisions: Iterable[Decision] = ()) -> Any:
        linked = run(reports, decisions)
        assert len(linked.incident) == 1, "one incident"
        legs = leg_records(linked.leg)
        assert len(legs) == 1, "one leg"
        return legs[0]

    return only_leg


_LETTERS = [None, "a", "b", "c"]


@pytest.fixture
def odd_reports() -> Callable[..., dict[str, Any]]:
    """A table of reports for a seed, in which everything is sometimes unknown."""
    return _odd_reports


def _odd_reports(seed: int, count: int = 1_500, days: int = 9) -> dict[str, Any]:
    """Every column of the schema, each value sometimes unknown, crowded so that bounds cut."""
    dice = np.random.default_rng(seed)

    def some(values: list[Any], share: float = 0.8) -> list[Any]:
        return [value if lot < share else None for value, lot in zip(values, dice.random(count), strict=True)]

    def letters() -> list[str | None]:
        return [_LETTERS[one] for one in dice.integers(0, len(_LETTERS), count)]

    start = np.datetime64("2016-09-12", "us") + dice.integers(0, days * 24, count) * np.timedelta64(1, "h")
    length = dice.choice([2, 24, 24, 24, 72, 400], count) * np.timedelta64(1, "h")
    deaths = dice.integers(0, 4, count)
    return {
        "report_id": [f"r{number:05d}" for number in dice.permutation(count)],
        "document": [f"d{number}" for number in dice.integers(0, count // 2, count)],
        "occurred_from": some(start.tolist(), 0.95), "occurred_to": some((start + length).tolist(), 0.95),
        "published_at": some((start + length).tolist()),
        "lat": (36 + dice.normal(0, 0.1, count)).tolist(), "lon": some((37 + dice.normal(0, 0.1, count)).tolist()),
        "radius_m": some(dice.choice([500.0, 5_000.0, 30_000.0, 90_000.0], count).tolist()),
        "place": letters(), "place_written": letters(), "source": letters(),
        "act": [("air_strike", "artillery", "armed_clash", None, "unheard of")[one] for one in dice.integers(0, 5, count)],
        "target": letters(), "weapon": [("mortar", "tank", None)[one] for one in dice.integers(0, 3, count)],
        "by": [list({"x", "y", "z"} & set(dice.choice(["x", "y", "z", "-"], 2))) for _ in range(count)],
        "against": [[one] if one else [] for one in letters()],
        "deaths_low": some(deaths.tolist()), "deaths_best": some((deaths + dice.integers(0, 2, count)).tolist()),
        "deaths_high": some((deaths + 3).tolist()), "injured_best": some(dice.integers(0, 3, count).tolist()),
        "text": some([" ".join(dice.choice(["shells", "fell", "market", "bridge", "dawn"], 3)) for _ in range(count)]),
        "grouping": [f"ged:{one}" if one < 40 else None for one in dice.integers(0, 400, count)],
    }  # fmt: skip
