"""The tutorial runs: its shell blocks, one after the other, as a reader types them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FUNCTION = """
trucewatch() {{ {python} -c 'from trucewatch.cli import main; main()' "$@"; }}
expect() {{ [ "$1" = "$2" ] || {{ echo "exit code $1 instead of $2: $3" >&2; exit 9; }}; }}
"""


def script() -> str:
    """Return the shell blocks as one script that stops at the first surprise.

    A command ends with 0, or with what a comment behind it says: `# exit code 3`.
    """
    lines = [FUNCTION.format(python=sys.executable), "set -u"]
    for kind, info, body in BLOCK.findall(TUTORIAL):
        if kind == "sh" and "no-run" not in info:
            lines += _checked(body.splitlines())
    return "\n".join(lines)


def _checked(block: list[str]) -> list[str]:
    checked: list[str] = []
    within = False
    for line in block:
        checked.append(line)
        within = (within or "<<'END'" in line) and line != "END"
        if not within and line != "":
            wanted = re.search(r"# exit code (\d)", line)
            shown = line.replace("'", "").replace('"', "").replace("$", "")
            checked.append(f"expect $? {wanted[1] if wanted else 0} '{shown}'")
    return checked


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Run the tutorial in a folder of its own and return all that it printed."""
    folder = tmp_path_factory.mktemp("tutorial")
    for name in ("examples", "scripts"):
        shutil.copytree(ROOT / name, folder / name)
    environment = os.environ | {"COLUMNS": "400", "NO_COLOR": "1", "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        ["bash", "-c", script()], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"[-6000:]
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "words",
    [
        "80 of 80 rows recorded", "0 come out otherwise", "Declare it under `columns:`",
        "5 of 6 rows would be recorded", "5 of 6 rows recorded, 1 rejected", "found “31/02/2019”",
        "6 of 6 rows recorded", "Pelican Steps", "not_covered", "provisional", '"proven": true',
    ],
)
def test_the_tutorial_says_what_the_page_promises(told: str, words: str) -> None:
    assert words in told


def test_files_shown_on_the_page_are_the_files() -> None:
    shown = [(info, body) for _, info, body in BLOCK.findall(TUTORIAL) if "file=" in info]
    assert shown
    for info, body in shown:
        whole = (ROOT / info.partition("file=")[2].strip()).read_text(encoding="utf-8")
        assert whole.startswith(body)
