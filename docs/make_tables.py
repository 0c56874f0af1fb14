"""Write docs/tables.md from the schemas in the code: `python docs/make_tables.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from trucewatch.control import schema as control
from trucewatch.findings import counts
from trucewatch.findings import schema as findings
from trucewatch.findings.compiled.schema import LEG_ELEMENT
from trucewatch.incidents import schema as incidents
from trucewatch.incidents.linkage import COMPONENTS, MEMBERSHIP, PAIRS
from trucewatch.reports import schema as reports
from trucewatch.reports.unresolved import UNRESOLVED
from trucewatch.tables import Field, Schema

PAGE = Path(__file__).with_name("tables.md")

GROUPS: tuple[tuple[str, tuple[Schema, ...]], ...] = (
    (
        "What sources say",
        (
            reports.REPORT, reports.REPORT_PARTY, reports.CASUALTY, reports.CIRCUMSTANCE,
            reports.CLAIM, reports.COVERAGE, UNRESOLVED,
        ),
    ),
    (
        "What people decided, and what happened",
        (
            incidents.DECISION, incidents.INCIDENT, incidents.INCIDENT_REPORT, incidents.LEG,
            incidents.CHANGE_OF_INCIDENT,
        ),
    ),
    ("What `tw.link` gives", (MEMBERSHIP, PAIRS, COMPONENTS)),
    ("Who held what", (control.HOLDING,)),
    ("What `tw.estimate_control` gives", (control.HELD,)),
    (
        "How it is judged",
        (
            findings.ELEMENT, findings.DUTY, findings.FINDING, findings.CHANGE,
            counts.FINDING_REASON, counts.FINDING_BEARER, LEG_ELEMENT,
        ),
    ),
)

HEAD = """# Tables

<!-- Made by docs/make_tables.py from the schemas in the code. Do not edit: run `make docs`. -->

Between the stages data travels in these tables; `--json` and Python give the same columns under
the same names. Names are singular, instants are UTC, intervals include their start and exclude
their end, lengths are metres, coordinates are degrees WGS84. Unknown is null and stays null; zero
means zero. A column marked ● is never null. In Arrow a `json` column travels as text.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *_contents(), *(line for group in GROUPS for line in _group(*group))])


def _contents() -> Iterator[str]:
    for title, schemas in GROUPS:
        yield f"* {title}: " + ", ".join(f"[{one.name}](#{one.name})" for one in schemas)
    yield ""


def _group(title: str, schemas: tuple[Schema, ...]) -> Iterator[str]:
    yield f"## {title}\n"
    for schema in schemas:
        yield f"### {schema.name}\n"
        yield f"{schema.meaning[:1].upper()}{schema.meaning[1:]}.{_key(schema)}\n"
        yield "| column | kind | unit | meaning |\n|---|---|---|---|"
        for one in schema.fields:
            yield _row(one)
        yield ""


def _key(schema: Schema) -> str:
    if not schema.key:
        return ""
    return f" A row is identified by {', '.join(f'`{name}`' for name in schema.key)}."


def _row(one: Field) -> str:
    values = f": {', '.join(f'`{value}`' for value in one.values)}" if one.values else ""
    name = f"`{one.name}`{' ●' if one.required else ''}"
    cells = (name, one.kind, one.unit, one.meaning + values)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
