"""The daily report as one self-contained HTML file: no request, no script, anchors and folds only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from trucewatch.publish.daily_report import DailyReport
from trucewatch.publish.issue import correction_words, number_words
from trucewatch.publish.map_marks import MARKS, mark
from trucewatch.publish.map_svg import map_svg
from trucewatch.publish.phrases import phrases

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["FORMAT", "SECTIONS", "HtmlFormat"]

SECTIONS = (
    "observations",
    "findings",
    "readings",
    "counts",
    "claimed",
    "duties",
    "parties",
    "unseen",
    "access",
    "statements",
    "windows",
    "unspoken",
    "sources",
    "unresolved",
    "lists",
)
"""Anchors of the sections, in their order; `parties` only where parties may be named."""


@dataclass(frozen=True, slots=True)
class HtmlFormat:
    """HTML 5, UTF-8; reads on a telephone, prints on A4."""

    suffix: str = "html"

    def render(self, report: DailyReport) -> str:
        """Return the report as one HTML document."""
        from markupsafe import Markup

        said = phrases(report.header.language)
        drawn = map_svg(report)
        sections = [one for one in SECTIONS if one != "parties" or report.parties is not None]
        observed = (*report.happenings, *report.maybe)
        provisional = ["provisional"] if any(one.provisional for one in report.findings) else []
        quiet = {
            row.clause
            for row in report.clauses
            if not any(cell.figure.number for cell in row.cells)
        }
        by_id = {one.id: one for one in report.findings}
        return (
            _environment()
            .get_template("daily_report.html")
            .render(
                report=report,
                number_words=number_words(report.header.serial, report.issue.revision, said),
                corrections=[correction_words(one, said) for one in report.issue.corrections],
                header=report.header,
                said=said,
                say=said.say,
                map=None if drawn is None else Markup(drawn),
                marks=[(one, Markup(mark(one))) for one in MARKS],
                findings=by_id,
                sections=sections,
                number={one: place for place, one in enumerate(sections, start=1)},
                quiet=quiet,
                legend={
                    *(key for key, _ in report.verdicts),
                    *(one.verdict for one in observed),
                    *provisional,
                },
                shown_lists={cell.figure.anchor for row in report.clauses for cell in row.cells},
                observations={one.number: one for one in observed},
            )
        )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("trucewatch.publish", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


FORMAT = HtmlFormat()
