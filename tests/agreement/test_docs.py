"""The documents of the language: whole files are loaded and judged, snippets join the first one."""

import re
from pathlib import Path

import pytest

from trucewatch.actors import load_actors
from trucewatch.agreement import load_agreement, under
from trucewatch.findings import Unit, run_examples

FOLDER = Path(__file__).parents[2] / "docs" / "agreement"
PAGE = FOLDER / "language.md"
ACTORS = """
trucewatch: actors/0.1
actors:
  guard: {name: Harbour Guard, kind: state}
  league: {name: Harbour League, kind: bloc}
  volunteers: {name: Volunteers, member_of: [{actor: league, certainty: disputed}]}
  smiths: {name: Company of the Smiths, member_of: [{actor: league, cite: made up}]}
  raiders: {name: Raiders}
  hired: {name: Hired men}
  mission: {name: Monitors, kind: observer}
designations:
  - {subject: raiders, as: outlaw, by: Assembly, from: 2031-01-01}
"""
UNITS = {
    "land": Unit(0), "north-province": Unit(1, ("land",)), "south-province": Unit(1, ("land",)), "hamlet": Unit(5, ("land",)),
    "north-village": Unit(5, ("north-province", "land")), "south-town": Unit(5, ("south-province", "land")),
}
"""What the places of these files belong to."""
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
WHOLE, SNIPPETS = BLOCKS[0], BLOCKS[1:]
FILES = [
    (page.name, block)
    for page in sorted(FOLDER.glob("*.md"))
    for block in BLOCK.findall(page.read_text(encoding="utf-8"))
    if block.startswith("trucewatch: agreement/")
]
"""Every block of docs/agreement/*.md that is a whole agreement; its parties are those of ACTORS."""


def sections(text):
    parts = re.split(r"^(?=[a-z_]+:)", text, flags=re.MULTILINE)
    return {part.partition(":")[0]: part for part in parts if part.strip()}


def merged(snippet):
    """Add the entries of a snippet to the sections of the whole file."""
    whole = sections(WHOLE)
    for name, part in sections(snippet).items():
        body = part.partition("\n")[2]
        whole[name] = whole.get(name, f"{name}:\n").rstrip("\n") + "\n" + body
    return "".join(whole.values())


@pytest.fixture(scope="module")
def actors():
    return load_actors(ACTORS, "actors.yaml", zone="Asia/Damascus")[0]


def test_the_whole_file_loads_without_a_warning(actors):
    agreement, warnings = load_agreement(WHOLE, "language.md", actors=actors)
    assert warnings == []
    assert [one.key for one in agreement.clauses] == ["no-attacks"]


@pytest.mark.parametrize("number", range(len(SNIPPETS)))
def test_every_snippet_loads_in_the_whole_file(actors, number):
    agreement, _ = load_agreement(merged(SNIPPETS[number]), "language.md", actors=actors)
    for reading in agreement.readings:
        assert under(agreement, reading).reading == reading


@pytest.mark.parametrize(("page", "text"), FILES, ids=[page for page, _ in FILES])
def test_every_whole_file_gives_what_its_examples_expect(actors, page, text):
    agreement, _ = load_agreement(text, page, actors=actors)
    results = run_examples(agreement, actors=actors, units=UNITS)
    assert [(one.say, one.expected, one.found) for one in results if not one.passed] == []
    assert page == PAGE.name or results


ROW = re.compile(r"^\| (\d+) \| (.+?) \| .+ \| (?:\[(\w+)\]\(\w+\.md\)|here) `([\w-]+)` \| (.+?) \|$", re.MULTILINE)
CONSTRUCTS = ROW.findall((FOLDER / "constructs.md").read_text(encoding="utf-8"))


def test_all_thirty_four_constructs_are_there():
    assert [int(number) for number, *_ in CONSTRUCTS] == list(range(1, 35))


@pytest.mark.parametrize(("number", "what", "page", "clause", "verdicts"), CONSTRUCTS, ids=[one[0] for one in CONSTRUCTS])
def test_every_construct_gives_the_verdicts_of_its_row(actors, number, what, page, clause, verdicts):
    text = dict(FILES)[f"{page or 'constructs'}.md"]
    agreement, _ = load_agreement(text, page, actors=actors)
    found = agreement.clause(clause)
    if verdicts == "shown":
        assert (found.kind, found.examples) == ("display", ())
        return
    reached = {one.found.split()[0] for one in run_examples(agreement, actors=actors, units=UNITS) if one.clause == clause}
    assert reached == set(verdicts.split(", "))


def test_every_section_of_the_language_is_shown():
    shown = set().union(*(sections(one) for one in BLOCKS))
    assert {"texts", "bound", "groups", "zones", "phases", "readings", "evidence", "clauses"} <= shown
