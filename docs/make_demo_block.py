"""Put what the demo says into README.md, between its two markers: `python docs/make_demo_block.py`.

The shipped case is made in a temporary folder and run as known now. Nothing is typed by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from trucewatch.case import Case, create_case
from trucewatch.findings.schema import VERDICTS
from trucewatch.pipeline import Result

README = Path(__file__).parents[1] / "README.md"
START, END = "<!-- demo:start -->", "<!-- demo:end -->"


def make_demo(directory: Path) -> Case:
    """Make the shipped case in `directory`, with everything that it is given."""
    with as_file(files("trucewatch") / "demo_case") as shipped:
        case = create_case(directory, shipped)
        for given in case.settings.inputs:
            case.add(shipped / given.file, adapter=given.adapter, source=given.source)
    return case


def block(result: Result) -> str:
    """Return the table of findings by reading and verdict, with the counts it rests on."""
    return "\n".join((START, *_lines(result), END))


def _lines(result: Result) -> Iterator[str]:
    reports, claims = result.resolved.tables.report, result.resolved.claims
    incidents, legs = result.linked.incident, result.linked.leg
    yield (
        f"{len(reports)} reports and {len(claims)} claims became {len(incidents)} incidents "
        f"with {len(legs)} legs; known now, the findings are:\n"
    )
    verdicts = tuple(reversed(VERDICTS))
    yield "| reading | " + " | ".join(one.replace("_", " ") for one in verdicts) + " |"
    yield "|---|" + "---:|" * len(verdicts)
    finding = result.findings.finding
    counts = Counter(zip(finding.values("reading"), finding.values("verdict"), strict=True))
    for reading in result.readings:
        numbers = " | ".join(str(counts[reading, one]) for one in verdicts)
        yield f"| `{reading}` | {numbers} |"


def inserted(text: str, made: str) -> str:
    """Return `text` with what stands from marker to marker replaced by `made`."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    return before + made + after


def main() -> None:
    """Run the demo case and rewrite README.md."""
    with TemporaryDirectory() as folder, make_demo(Path(folder) / "syria-2016-09") as case:
        made = block(case.run())
    README.write_text(inserted(README.read_text(encoding="utf-8"), made), encoding="utf-8")


if __name__ == "__main__":
    main()
