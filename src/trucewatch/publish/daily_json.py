"""The daily report as one JSON object: the same values as every other format, every key always present."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from trucewatch.publish.daily_report import DailyReport

__all__ = ["FORMAT", "SCHEMA", "JsonFormat"]

SCHEMA = "trucewatch/daily-report/1"


@dataclass(frozen=True, slots=True)
class JsonFormat:
    """UTF-8 JSON, two spaces, keys in the order of the report."""

    suffix: str = "json"

    def render(self, report: DailyReport) -> str:
        """Return the report as JSON text."""
        return (
            json.dumps(
                {"schema": SCHEMA, **asdict(report)}, ensure_ascii=False, indent=2, allow_nan=False
            )
            + "\n"
        )


FORMAT = JsonFormat()
