"""Made-up articles with answers: floors for what reading gets right, and nothing emitted that must be silent."""

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def twin():
    sys.path.insert(0, str(ROOT / "bench"))
    yield importlib.import_module("reading_twin")
    sys.path.remove(str(ROOT / "bench"))
    sys.modules.pop("reading_twin")


@pytest.mark.parametrize("part", ["first", "second", "third", "fourth"])
def test_parts_that_the_rules_were_written_with(twin, part):
    found = twin.score(part)
    assert found["wrongly emitted"] == 0
    assert found["statements right"] == found["statements"] >= 22, twin.wrong(part)
    assert found["emitted"] == found["to emit"] >= 6
    assert found["facts right"] == found["facts"] >= 17
    assert found["statements beside"] + found["emitted beside"] <= 1
