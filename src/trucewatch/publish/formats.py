"""The formats of the daily report: a literal table, and entry points `trucewatch.formats`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Protocol

from trucewatch.errors import UnknownName
from trucewatch.publish.daily_report import DailyReport

__all__ = ["FORMATS", "GROUP", "DailyFormat", "find_format", "format_names"]

GROUP = "trucewatch.formats"

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "html": "trucewatch.publish.daily_html:FORMAT",
        "json": "trucewatch.publish.daily_json:FORMAT",
        "md": "trucewatch.publish.daily_md:FORMAT",
    }
)
"""Name → where the format stands; imported only when it is asked for."""


class DailyFormat(Protocol):
    """One publication format; the same report gives the same text."""

    @property
    def suffix(self) -> str:
        """Ending of the file's name, without the dot."""

    def render(self, report: DailyReport) -> str:
        """Return the report as text."""


def format_names() -> tuple[str, ...]:
    """Return the names of all formats of this installation, sorted."""
    return tuple(sorted({*FORMATS, *(one.name for one in entry_points(group=GROUP))}))


def find_format(name: str) -> DailyFormat:
    """Return the format called `name`; a shipped one wins over an added one. UnknownName if there is none."""
    added = (
        {one.name: one.value for one in entry_points(group=GROUP)} if name not in FORMATS else {}
    )
    where = FORMATS.get(name) or added.get(name)
    if where is None:
        raise UnknownName(name, place="--format", known=format_names())
    module, _, attribute = where.partition(":")
    found: DailyFormat = getattr(import_module(module), attribute)
    return found
