"""Commands are called in this process, as a terminal would call them."""

import json
import sys
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner

import trucewatch.case.case
from trucewatch import pipeline
from trucewatch.case import files
from trucewatch.cli import app

KEYS = ["schema", "case", "known_at", "rows", "problems"]
PROBLEM_KEYS = ["place", "line", "column", "value", "expected", "advice", "severity"]


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def document(self):
        """The one object on stdout, with the shape that every command promises."""
        found = json.loads(self.out, parse_constant=_refuse)
        assert list(found)[: len(KEYS)] == KEYS
        assert found["schema"].startswith("trucewatch/")
        assert isinstance(found["rows"], list)
        for problem in found["problems"]:
            assert list(problem) == PROBLEM_KEYS
        return found

    @property
    def rows(self):
        return self.document["rows"]

    @property
    def problems(self):
        return self.document["problems"]


def _refuse(constant):
    raise AssertionError(f"{constant} is no JSON")


@pytest.fixture(scope="session")
def computed_once():
    """Stages are functions of their inputs (tests/test_pipeline.py): each run is computed once for all tests here."""
    known = {}

    def run(inputs, *, known_at, readings, program_version):
        rows = tuple((ref.evidence_id, row.locator) for ref, row in inputs.written)
        key = (
            inputs.key, rows, tuple(inputs.decisions.values("decision_id")), inputs.agreement.version, inputs.mode,
            tuple(inputs.sources.items()), inputs.actors.names(), tuple(inputs.gazetteer.places.items()), known_at,
            tuple(readings), repr(inputs.linking),
        )
        if key not in known:
            known[key] = pipeline.run(
                inputs, known_at=known_at, readings=readings, program_version=program_version
            )
        return known[key]

    read = {}

    def read_files(texts, archived):
        key = (*texts.items(), *archived.items())
        if key not in read:
            read[key] = files.read_case_files(texts, archived)
        return read[key]

    return {"run": run, "read_case_files": read_files}


@pytest.fixture(autouse=True)
def _quick(computed_once, monkeypatch):
    for name, function in computed_once.items():
        monkeypatch.setattr(sys.modules["trucewatch.case.case"], name, function)


@pytest.fixture(scope="session")
def trucewatch():
    """Call the program: trucewatch("findings", "--json", case=folder)."""

    def call(*arguments, case=None):
        before = [] if case is None else ["--case", str(case)]
        result = CliRunner().invoke(app, [*before, *map(str, arguments)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    return call
