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
    lesson = linking.lesson_of(rows, answer, linking.groups(reports, answer), linking.SPACE_TIME_ACTOR_0)
    found = linking.held_out(lesson, dict(zip(rows.ids, answer, strict=True)))
    rule = linking.scores(answer, linking.same_point_and_day(reports, one_document_once=True))
    assert found["F1"] >= 0.70
    assert found["bF"] >= 0.90
    assert found["ECE"] <= 0.03
    assert found["F1"] > rule["F1"] + 0.1


def test_the_shipped_weights_are_those_that_training_gives(linking):
    training = sys.modules["train_linking"]
    made = linking.train(linking.corpora(DATA.parent), "space-time-actor-1", linking.SPACE_TIME_ACTOR_0, training.UNTAUGHT)
    shipped = linking.SPACE_TIME_ACTOR_1
    assert made.threshold == shipped.threshold
    assert dict(made.signals) == pytest.approx(dict(shipped.signals), rel=1e-3, abs=2_000)


def test_events_of_ged_that_no_weight_was_trained_on(linking):
    old, new = linking.measure_ged(linking.FOLDER)
    assert new["F1"] >= 0.68
    assert new["lost"] < 0.05
    assert new["F1"] > old["F1"]


def test_a_generated_war_that_no_weight_was_trained_on(linking):
    assert linking.measure_war(5_000, 16)["F1"] >= 0.85
