"""Floors of quality: lowering one is a change of this file. Measured: docs/linking.md."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "maverick"
CORPUS = "89594f5cd569a0bdb72f158f0d84c4341b49c52aefdbd14ab77fa251dd602fdc"


@pytest.fixture
def linking(monkeypatch):
    if not DATA.is_dir() and os.environ.get("CI") != "true":
        pytest.skip(f"no MAVERICK in {DATA}")
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    yield __import__("linking")
    for name in ("linking", "kenya", "ged", "generate_reports", "train_linking"):
        sys.modules.pop(name, None)


def test_the_corpus_is_the_one_that_was_measured():
    if not DATA.is_dir() and os.environ.get("CI") != "true":
        pytest.skip(f"no MAVERICK in {DATA}")
    assert hashlib.sha256((DATA / "kenya_event_reports.csv").read_bytes()).hexdigest() == CORPUS


def test_reports_of_kenya_with_groups_of_documents_held_out(linking):
    reports, answer = linking.kenya(DATA)
    rows = linking.features_of(reports, actors=linking.NOBODY, sources={})
    lesson = linking.lesson_of(rows, answer, linking.groups(reports, answer), linking.SPACE_TIME_ACTOR_0, linking.SPACE_TIME_ACTOR_2.words)
    found = linking.held_out(lesson, dict(zip(rows.ids, answer, strict=True)))
    rule = linking.scores(answer, linking.same_point_and_day(reports, one_document_once=True))
    assert found["F1"] >= 0.70
    assert found["bF"] >= 0.90
    assert found["ECE"] <= 0.03
    assert found["F1"] > rule["F1"] + 0.1


def test_the_shipped_weights_are_those_that_training_gives(linking):
    training = sys.modules["train_linking"]
    for lesson, shipped in (
        (training.first_lesson(DATA.parent), linking.SPACE_TIME_ACTOR_1),
        (training.corpora(DATA.parent), linking.SPACE_TIME_ACTOR_2),
    ):
        made = linking.train(lesson, shipped.version, linking.SPACE_TIME_ACTOR_0, training.UNTAUGHT)
        assert made.threshold == shipped.threshold
        if shipped.words:
            assert dict(made.words) == dict(shipped.words)
        assert dict(made.signals) == pytest.approx(dict(shipped.signals), rel=1e-3, abs=2_000)


def test_events_of_ged_that_no_weight_was_trained_on(linking):
    by_hand, first, new = linking.measure_ged(linking.FOLDER)
    # The first trained weights keep on giving what they gave.
    assert (first["P"], first["R"], first["F1"], first["bF"]) == (0.659, 0.742, 0.698, 0.939)
    assert new["F1"] >= 0.70
    assert new["R"] >= 0.75
    assert new["fewer"] < 0.05
    assert new["lost"] <= first["lost"]
    assert new["F1"] > first["F1"] > by_hand["F1"]


def test_a_generated_war_that_no_weight_was_trained_on(linking):
    assert linking.measure_war(5_000, 16)["F1"] >= 0.85
