"""The shipped agreements: every example beside their clauses comes out as a lawyer wrote it down."""

from pathlib import Path

import pytest

from trucewatch.case import open_case
from trucewatch.case.examples import example_rows, mutation_rows

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = sorted(one.parent for one in EXAMPLES.glob("*/case.toml"))
CLAIMS = {"harbour-truce": "claims.csv"}


def test_minsk_and_the_harbour_are_there():
    assert {one.name for one in FOLDERS} >= {"harbour-truce", "minsk-2"}


@pytest.mark.parametrize("folder", FOLDERS, ids=[one.name for one in FOLDERS])
def test_every_example_comes_out_as_written(folder):
    with open_case(folder, who="tester") as case:
        claims = CLAIMS.get(folder.name)
        rows = example_rows(case, folder / claims if claims else None)
    assert len(rows) > 50
    assert [(one["clause"], one["say"], one["found"]) for one in rows if not one["passed"]] == []


def test_what_minsk_never_published_gives_no_verdict():
    with open_case(EXAMPLES / "minsk-2", who="tester") as case:
        rows = [one for one in example_rows(case) if one["reading"] == "default" and one["clause"].endswith("-back")]
    assert rows
    assert all(one["found"].startswith("undetermined (text") for one in rows)


NOTICED = ("minsk-2", "harbour-truce", "demo")


@pytest.mark.parametrize("name", NOTICED)
def test_what_its_examples_do_not_notice_is_explained(name, shipped):
    folder = shipped if name == "demo" else EXAMPLES / name
    claims = folder / "claims.csv"
    with open_case(folder, who="tester") as case:
        rows = mutation_rows(case, claims if claims.is_file() else None)
    assert [one["mutant"] for one in rows if one["missing"] or one["stale"]] == []
    judged = [one for one in rows if one["broken"] is None]
    assert len(judged) > 0.9 * len(rows) > 90
    assert sum(one["noticed_by"] is not None for one in judged) >= 0.95 * len(judged)
