"""Run the tests behind every promise and write docs/promises.md: `python docs/make_promises.py`.

A promise is a file `tests/promises/test_pNN_….py`: its docstring is the promise, `SHOWN_BY` names tests
that stand elsewhere, `OPEN` says what is not shown.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
PAGE = Path(__file__).with_name("promises.md")
FOLDER = ROOT / "tests" / "promises"
_HEAD = """# Promises

What a mission may rely on, and the tests that show it. The results are those of the last run of `python docs/make_promises.py`, which runs the tests and writes this page; they
are part of `make test` too. What is not shown stands beside each promise; what nothing protects against stands in [threats.md](threats.md).

| | promise | last result | not shown, or not protected |
|---|---|---|---|
"""
_ROW = re.compile(r"^\| \[(P\d+)\]\([^)]+\) \|[^|]+\| ([^|]+) \|", re.MULTILINE)


class Promise(NamedTuple):
    """One file of tests/promises."""

    number: str
    words: str
    file: str
    shown_by: tuple[str, ...]
    """Files and node ids of tests, the promise's own file first if it has tests."""
    open: str


def promises() -> tuple[Promise, ...]:
    """Read every promise, in order of their numbers."""
    return tuple(_promise(file) for file in sorted(FOLDER.glob("test_p[0-9]*.py")))


def _promise(file: Path) -> Promise:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    said = {
        target.id: ast.literal_eval(node.value)
        for node in tree.body if isinstance(node, ast.Assign)
        for target in node.targets if isinstance(target, ast.Name) and target.id in ("SHOWN_BY", "OPEN")
    }
    name = file.relative_to(ROOT).as_posix()
    own = [name] if any(isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in tree.body) else []
    number = f"P{int(re.findall(r'_p([0-9]+)_', name)[0])}"
    return Promise(number, ast.get_docstring(tree) or "", name, (*own, *said["SHOWN_BY"]), said["OPEN"])


def page(known: Iterable[Promise], results: Mapping[str, str]) -> str:
    """Return the page with a result for each promise."""
    rows = (
        f"| [{one.number}](../{one.file}) | {one.words} | {results.get(one.number, 'never run')} | {one.open or '–'} |\n" for one in known
    )
    return _HEAD + "".join(rows)


def told(text: str) -> dict[str, str]:
    """Return the results that a page states."""
    return dict(_ROW.findall(text))


def run(known: Iterable[Promise]) -> dict[str, str]:
    """Run the tests of all promises once; return number → what came of them."""
    listed = tuple(known)
    names = sorted({one for promise in listed for one in promise.shown_by})
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *names], cwd=ROOT, check=False)
        cases = [_outcome(one) for one in ElementTree.parse(report).iter("testcase")]
    return {promise.number: _counted(Counter(how for name, how in cases if _is_of(name, promise))) for promise in listed}


def _outcome(case: ElementTree.Element) -> tuple[str, str]:
    name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name', '').partition('[')[0]}"
    kinds = {child.tag for child in case}
    return name, "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"


def _is_of(name: str, promise: Promise) -> bool:
    return any(name == one or name.partition("::")[0] == one for one in promise.shown_by)


def _counted(outcomes: Counter[str]) -> str:
    return ", ".join(f"{outcomes[how]} {how}" for how in ("failed", "passed", "skipped") if outcomes[how]) or "no test ran"


if __name__ == "__main__":
    every = promises()
    PAGE.write_text(page(every, run(every)), encoding="utf-8")
