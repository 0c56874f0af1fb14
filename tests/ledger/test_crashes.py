"""A small run of bench/ledger_crashes.py: kills, a full disk, damaged files, many people at once."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def crashes():
    spec = importlib.util.spec_from_file_location("ledger_crashes", Path(__file__).parents[2] / "bench" / "ledger_crashes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_20_kills_lose_nothing_that_was_acknowledged(crashes, tmp_path):
    found = crashes.killed(tmp_path, 20, seed=7)
    assert found["entries"] >= found["acknowledged"] >= 20


def test_a_lost_entry_and_a_torn_batch_would_be_noticed(crashes, tmp_path):
    ledger = crashes.opened(tmp_path)
    ledger.append((crashes.Draft("evidence", "e-1", "adder", {"batch": "b"}),), clock=crashes.NOON)
    ledger.close()
    with pytest.raises(AssertionError, match="not whole"):
        crashes.kept(tmp_path, [])
    with pytest.raises(AssertionError, match="acknowledged and gone"):
        crashes.kept(tmp_path, ["2 e-2 None\n"])


def test_a_full_disk_refuses_and_keeps_what_was_acknowledged(crashes, tmp_path):
    found = crashes.filled(tmp_path, 4096)
    assert found["refused"] >= 10
    assert found["entries"] > 300, "some must go through, or nothing was tried"


def test_a_damaged_file_is_found_out_or_was_not_hit(crashes, tmp_path):
    found = crashes.damaged(tmp_path, 60, seed=7)
    assert found["named by verify"] >= 10
    assert sum(found.values()) == 60


def test_processes_that_decide_at_once(crashes, tmp_path):
    found = crashes.contended(tmp_path, 3, 8)
    assert found["decisions"] + found["conflicts"] == 24
    assert found["conflicts"] > 0 or found["decisions"] == 24
