from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

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
