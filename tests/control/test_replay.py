"""The estimate against the practice of majority votes, on real labels with simulated claims."""

import importlib.util
import os
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
REPLAY = ROOT.parent / "shared" / "data" / "control_replay"


@pytest.fixture(scope="module")
def bench():
    module = importlib.util.spec_from_file_location("bench_control", ROOT / "bench" / "control.py")
    loaded = importlib.util.module_from_spec(module)
    sys.modules[module.name] = loaded  # dataclasses look their module up
    module.loader.exec_module(loaded)
    yield loaded
    del sys.modules[module.name]


@pytest.fixture(scope="module")
def replay(bench):
    if not REPLAY.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("the replay of control is not beside the checkout")
        pytest.skip("the replay of control is not beside the checkout")
    return bench.read_truth(REPLAY)


def test_a_nowcast_beats_the_best_window_of_majorities(bench, replay):
    dice = np.random.default_rng(7)
    claims = bench.simulate(replay, bench.reporting(replay, 1.0, "random", dice), 60, dice)
    asked = bench.ask(replay, 12_000, dice)
    some = asked.day % 9 == 0
    asked = bench.Asked(asked.place[some], asked.day[some], asked.true[some], asked.near[some])
    practice = bench.measures(bench.practice(replay, claims, asked), asked)
    shares, held = bench.estimated(replay, claims, asked, "filter")
    found = bench.measures(shares, asked)
    assert found["log-loss"] < 0.6 * practice["log-loss"]
    assert found["accuracy"] > practice["accuracy"]
    for source, right in bench.SOURCES.items():
        assert held.reliability[source] == pytest.approx(right, abs=0.03)
