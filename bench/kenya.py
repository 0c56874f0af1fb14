"""MAVERICK Kenya as reports with answers, and the groups in which it is split for training and measuring."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from trucewatch.incidents.given import reports_given
from trucewatch.reports.report import Report

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data" / "maverick"
GROUPS = 5


def load_columns(folder: Path) -> ModuleType:
    """Return the mapping of the corpus to the report schema that lies beside it."""
    spec = importlib.util.spec_from_file_location("columns", folder / "columns.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def kenya(folder: Path) -> tuple[list[Report], list[str]]:
    """Reports in the order of report_id, and the event that the coders gave each (never shown to the linker)."""
    columns = load_columns(folder)
    rows = columns.read(folder / "kenya_event_reports.csv")
    table = columns.report_columns(rows)
    answer = dict(zip(table["report_id"], (row["event_id"] for row in rows), strict=True))
    reports = sorted(reports_given(table), key=lambda one: one.report_id)
    return reports, [answer[one.report_id] for one in reports]


def groups(reports: Sequence[Report], answer: Sequence[str], count: int = GROUPS) -> list[int]:
    """Return the group of each report: documents that tell of one event stay in one group.

    So no event and no document is seen from two sides. The largest sets of documents are dealt out
    first, each to the group that has fewest reports.
    """
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for report, event in zip(reports, answer, strict=True):
        parent[root(f"document {report.document}")] = root(f"event {event}")
    home = [root(f"document {one.document}") for one in reports]
    load, dealt = [0] * count, {}
    for name, size in sorted(Counter(home).items(), key=lambda one: (-one[1], one[0])):
        dealt[name] = load.index(min(load))
        load[dealt[name]] += size
    return [dealt[one] for one in home]
