"""Every scenario file says, in a monitor's words, what a case must say; see README.md beside this file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from trucewatch.case.listing import claim_rows, finding_rows, incident_rows, opened_rows
from trucewatch.case.making import new_case
from trucewatch.periods import day_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DEMO = ROOT / "src" / "trucewatch" / "demo_case"
FILES = (*sorted(HERE.glob("*.yaml")), *sorted((ROOT / "examples").glob("*/expected.yaml")))
KNOWN_KEYS = {
    "say", "known_at", "happening", "reports_at_least", "one_incident", "apart", "deaths", "disputed",
    "mistaken", "clause", "reading", "verdict", "contains", "contains_any", "without", "provisional",
    "attribution", "bearers", "bearers_without", "duty", "bearer", "state", "claims", "absent", "numbers_absent", "resolves",
}


@cache
def load(file: Path) -> dict[str, Any]:
    """Return a scenario file; `like` takes over another one, to which it adds."""
    document: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    if "like" not in document:
        return document
    base = load(file.parent / document["like"])
    return base | document | {"expect": [*base["expect"], *document.get("expect", ())]}


def expectations() -> Iterator[Any]:
    for file in FILES:
        label = file.stem if file.stem != "expected" else file.parent.name
        for number, one in enumerate(load(file)["expect"], 1):
            yield pytest.param(file, one, id=f"{label}-{number:02}")


def shared(name: str) -> Path:
    """Return a file that lies beside the repository; skipped without it, but not where CI promises it."""
    base = Path(os.environ.get("TRUCEWATCH_SHARED") or ROOT.parent / "shared")
    file = base / name
    if not file.is_file():
        message = f"{file} is not there: set TRUCEWATCH_SHARED to the folder that holds {name}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return file


@dataclass(frozen=True, slots=True)
class Run:
    """What a case says at one instant of knowledge."""

    case: Any
    result: Any
    reports: Mapping[str, str]
    """The id that a row was given in its file → the id of its report, of those known."""
    incidents: Sequence[Mapping[str, Any]]
    findings: Sequence[Mapping[str, Any]]
    claims: Sequence[Mapping[str, Any]]
    everything: str
    numbers: frozenset[float]


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a function (scenario file, expectation) → Run; each case and each run is made once."""
    cases: dict[Path, Any] = {}
    made: dict[tuple[Path, str | None], Run] = {}

    def run(file: Path, one: Mapping[str, Any]) -> Run:
        known_at = one.get("known_at", load(file).get("known_at"))
        if (file, known_at) not in made:
            if file not in cases:
                cases[file] = _made(file, tmp_path_factory.mktemp("scenario"))
            made[file, known_at] = _run(cases[file], known_at)
        return made[file, known_at]

    yield run
    for case in cases.values():
        case.close()


def _made(file: Path, root: Path) -> Any:
    """Make the case of a scenario file, with its own inputs, those beside the repository and supposed rows."""
    document = load(file)
    home = DEMO if document["case"] == "demo" else (file.parent / document["case"]).resolve()
    extra = [(shared(one["file"]), one["as"]) for one in document.get("add", ())]
    supposed = document.get("suppose", ())
    for number, rows in enumerate([supposed] if isinstance(supposed, str) else supposed):
        (root / f"supposed-{number}.csv").write_text(rows, encoding="utf-8")
        extra.append((root / f"supposed-{number}.csv", "table"))
    case = new_case(root / "case", home / "agreement.yaml", timezone="UTC", who="scenario")
    for path, adapter in (*((home / one.file, one.adapter) for one in case.settings.inputs), *extra):
        added = case.add(path, adapter=adapter)
        assert not added.parsed.rejected, [str(one) for one in added.parsed.problems]
    return case


def _run(case: Any, known_at: str | None) -> Run:
    result = case.run(known_at)
    rows = [row for table in _tables(result) for row in table.rows()]
    cells = (cell for row in rows for cell in row.values())
    return Run(
        case, result, _ids(case, result), incident_rows(result), finding_rows(result), claim_rows(result),
        json.dumps([*rows, *map(str, result.problems)], default=str, ensure_ascii=False).casefold(),
        frozenset(float(cell) for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)),
    )


@pytest.mark.parametrize(("file", "one"), list(expectations()))
def test_scenario(file: Path, one: Mapping[str, Any], runs: Any) -> None:
    assert set(one) <= KNOWN_KEYS, sorted(set(one) - KNOWN_KEYS)
    run, told = runs(file, one), _told(one)
    if "happening" in one:
        incidents = _incidents(one, run)
        _check_incident(one, incidents, told)
        _check_findings(one, run, incidents, told)
    _check_grouping(one, run, told)
    if "duty" in one:
        _check_duty(one, run, told)
    if "claims" in one:
        _check_claims(one, run)
    if "resolves" in one:
        found = run.case.files().actors.resolve(one["resolves"]["name"], _noon(one["resolves"]["day"]))
        assert found is not None and list(found.parties) == one["resolves"]["parties"], told
    for word in one.get("absent", ()):
        assert word.casefold() not in run.everything, f"{told}: “{word}” appears"
    for number in one.get("numbers_absent", ()):
        assert float(number) not in run.numbers, f"{told}: {number} appears"


def _told(one: Mapping[str, Any]) -> str:
    return f"{one.get('say') or one.get('happening')} ({one.get('clause')}, {one.get('reading', 'default')})"


def _noon(written: Any) -> datetime:
    day = written if isinstance(written, date) else date.fromisoformat(str(written))
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _ids(case: Any, result: Any) -> dict[str, str]:
    known = {
        (row["evidence"], row["locator"]): row["report_id"] for row in result.resolved.tables.report.rows()
    }
    return {
        written.values["id"]: known[ref.evidence_id, written.locator]
        for ref, written in case.rows()[0]
        if written.kind == "report" and "id" in written.values and (ref.evidence_id, written.locator) in known
    }


def _incidents(one: Mapping[str, Any], run: Run) -> list[Mapping[str, Any]]:
    """Return the incidents that the happening means: one row of a file, or a place and a day."""
    happening = one["happening"]
    if "report" in happening:
        assert happening["report"] in run.reports, f"{happening['report']} is not known then"
        return [row for row in run.incidents if run.reports[happening["report"]] in row["report_ids"]]
    wanted, zone = _noon(happening["day"]).date(), run.case.settings.zone
    return [
        row for row in run.incidents
        if row["place_written"] == happening["place"] and row["occurred_from"] is not None
        and day_of(row["occurred_from"], zone) == wanted
    ]


def _check_incident(one: Mapping[str, Any], incidents: Sequence[Mapping[str, Any]], told: str) -> None:
    assert len(incidents) == 1, f"{told}: {len(incidents)} incidents"
    incident = incidents[0]
    assert incident["reports"] >= one.get("reports_at_least", 1), told
    if "deaths" in one:
        assert [incident["deaths_low"], incident["deaths_high"]] == one["deaths"], told
    assert set(one.get("disputed", ())) <= set(incident["disputed"]), (told, incident["disputed"])
    if "mistaken" in one:
        assert bool(incident["mistaken"]) is one["mistaken"], told


def _check_grouping(one: Mapping[str, Any], run: Run, told: str) -> None:
    """Reports fall together and apart as they should."""
    home = {report: row["incident_id"] for row in run.incidents for report in row["report_ids"]}
    together = {home[run.reports[name]] for name in one.get("one_incident", ())}
    assert len(together) <= 1, f"{told}: {len(together)} incidents"
    apart = [home[run.reports[name]] for name in one.get("apart", ())]
    assert len(set(apart)) == len(apart), told


def _check_findings(
    one: Mapping[str, Any], run: Run, incidents: Sequence[Mapping[str, Any]], told: str
) -> None:
    """Every finding of the clause about the incident is as expected; a clash has one for each side."""
    if "clause" not in one:
        return
    found = [
        row for row in run.findings
        if row["incident_id"] == incidents[0]["incident_id"] and row["clause"] == one["clause"]
        and row["reading"] == one.get("reading", "default")
    ]
    assert found, f"{told}: no finding"
    for row in found:
        _check_finding(one, row, told)


def _check_finding(one: Mapping[str, Any], row: Mapping[str, Any], told: str) -> None:
    said = f"{told}: {row['verdict']} {row['reason']} {row['attribution']} {row['bearers']}"
    reasons = set(row["reason"])
    assert row["verdict"] == one.get("verdict", row["verdict"]), said
    assert set(one.get("contains", ())) <= reasons, said
    assert not one.get("contains_any") or reasons & set(one["contains_any"]), said
    assert not reasons & set(one.get("without", ())), said
    assert not set(row["bearers"]) & set(one.get("bearers_without", ())), said
    for key in ("provisional", "attribution", "bearers"):
        assert row[key] == one.get(key, row[key]), said


def _check_duty(one: Mapping[str, Any], run: Run, told: str) -> None:
    """The duty is displayed with every claim about it, and its finding has the verdict expected."""
    duties = [
        row
        for row in opened_rows(run.result.findings.duty)
        if row["clause"] == one["duty"] and row["bearer"] == one.get("bearer", row["bearer"])
    ]
    assert duties, f"{told}: no duty"
    if "state" in one:
        assert {row["state"] for row in duties} == {one["state"]}, told
    said = {row["claim_id"]: row["value"] for row in run.claims}
    if "claims" in one:
        wanted = sorted(claim["value"] for claim in one["claims"])
        assert all(sorted(said[claim] for claim in row["claims"]) == wanted for row in duties), told
    ids = {row["duty_id"] for row in duties}
    for row in run.findings:
        if row["subject_id"] in ids and row["reading"] == one.get("reading", "default"):
            _check_finding(one, row, told)


def _check_claims(one: Mapping[str, Any], run: Run) -> None:
    """Each claim described stands there, as one row of its own."""
    for wanted in one["claims"]:
        found = [row for row in run.claims if all(_same(row[name], value) for name, value in wanted.items())]
        assert len(found) == 1, f"{wanted}: {len(found)} claims"


def _same(value: Any, wanted: Any) -> bool:
    if isinstance(value, datetime):
        return value == datetime.fromisoformat(str(wanted))
    return bool(value == wanted)


def _tables(result: Any) -> list[Any]:
    resolved, linked, found = result.resolved, result.linked, result.findings
    reports = resolved.tables
    return [
        reports.report, reports.report_party, reports.casualty, reports.circumstance, resolved.claims,
        resolved.coverage, resolved.unresolved, linked.incident, linked.incident_report, linked.leg,
        result.holding, found.finding, found.element, found.duty,
    ]
