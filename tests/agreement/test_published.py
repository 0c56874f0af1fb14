"""The published JSON Schema: true of every agreement here, and never behind what the readers accept."""

import json
import os
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from trucewatch.actors import load_actors
from trucewatch.agreement import load_agreement
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.published import json_schema
from trucewatch.documents import read_yaml

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```yaml\n(trucewatch: agreement/.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [block for page in sorted((ROOT / "docs" / "agreement").glob("*.md")) for block in BLOCK.findall(page.read_text(encoding="utf-8"))]
SHIPPED = [
    file.read_text(encoding="utf-8")
    for file in (*sorted((ROOT / "examples").glob("*/agreement.yaml")), ROOT / "src" / "trucewatch" / "demo_case" / "agreement.yaml")
]
SMALL = """trucewatch: agreement/1.0
id: a
title: A
timezone: UTC
evidence: {violation: {who: reported}}
clauses:
  - {id: b, who: north, must_not: {act: attack}}
"""


@pytest.fixture(scope="module")
def validator():
    if not find_spec("jsonschema"):
        if os.environ.get("CI") == "true":
            pytest.fail("jsonschema: not installed, and CI must have it")
        pytest.skip("jsonschema: not installed")
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(json_schema())
    return Draft202012Validator(json_schema())


def typed(node):
    """Return a document as an editor's YAML 1.2 parser reads it."""
    if node.is_map:
        return {key: typed(one) for key, one in node.items()}
    if node.is_list:
        return [typed(one) for one in node.elements()]
    for value in (node.number(), node.flag()):
        if value is not None:
            return value
    return node.text()


def faults(validator, text):
    root, problems = read_yaml(text, "agreement.yaml")
    assert problems == []
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:120]}" for one in validator.iter_errors(typed(root))]


@pytest.mark.parametrize("text", [*PAGES, *SHIPPED])
def test_what_is_shown_and_shipped_is_true_to_it(validator, text):
    assert faults(validator, text) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("agreement/1.0", "agreement/0.2"), ("title: A\n", ""), ("timezone: UTC\n", ""), ("act: attack", "act: atack"), ("must_not", "mustnot"),
        ("id: b", "id: B"), ("who: reported", "who: strong"), ("who: north", "whom: north"), ("act: attack", "act: attack, target: hospitl"),
        ("clauses:\n  - {id: b, who: north, must_not: {act: attack}}", "clauses: []"), ("act: attack", "present: {more_than: many}"),
        ("evidence:", "phases: {p: {starts: {day: tomorrow, of: p}}}\nevidence:"), ("evidence:", "zones: {z: {between: [a]}}\nevidence:"),
        ("act: attack}", "act: attack}, examples: [{say: s, expect: guilty}]"), ("act: attack}", "act: attack}, unless: [{id: e}]"),
    ],
)
def test_what_is_wrong_in_form_is_not(validator, old, new):
    assert faults(validator, SMALL) == []
    assert old in SMALL
    assert faults(validator, SMALL.replace(old, new)) != []


def schema_keys(part, found):
    """Collect the keys of every closed mapping of the schema, by title."""
    if isinstance(part, dict):
        if part.get("additionalProperties") is False:
            found.setdefault(part["title"], set()).update(part["properties"])
        for one in part.values():
            schema_keys(one, found)
    elif isinstance(part, list):
        for one in part:
            schema_keys(one, found)
    return found


WHAT = {
    "the agreement": "the agreement", "clause": "a clause", "a clause": "a clause", "zone": "where a term holds", "phase": "when a term holds", "anchor": "a named instant",
    "bound": "since when a party is bound, and by what", "group": "parties by rule", "text": "a text that is cited", "reading": "a named interpretation",
    "must_not": "what must not be done", "must_prevent": "acts of others that must be prevented", "may": "what is allowed", "present": "being there", "must": "what must be done",
    "an exception": "an exception", "a condition": "what an exception asks", "shown": "shown, not judged", "gate": "a gate", "indicator": "advice",
    "a withdrawal": "a withdrawal", "deliver": "a quota", "a part of the quota": "a part of the quota", "release": "persons to be set free", "ratio": "so many for each of the other side",
    "notify": "whom to tell of what", "only_if": "on what it hangs", "observed": "what must have been seen", "an example": "a worked example", "a version": "a version",
    "a line as": "a line as drawn for a time",
    "a statement of an example": "what a party says", "a claim of an example": "what is claimed of a duty", "an observation of an example": "who could look",
    "a sighting of an example": "a sighting", "calibre_mm": "calibre in millimetres", "control": "ground that somebody holds", "cite": "cite",
    "evidence": "how strong each element must be", "a point of a line": "a point", "designated": "listed by somebody", "when": "a time of its own",
}
"""What a reader calls a mapping → the title of it in the schema."""
ELSEWHERE = {("how strong each element must be", one) for one in ("who", "act", "against", "where", "when")}
ELSEWHERE |= {("ground that somebody holds", one) for one in ("sure", "excluded")}
"""Keys of a mapping that goes by the same name and has a part of its own in the schema."""


@pytest.fixture
def asked(monkeypatch):
    """Record which keys the readers ask for, by the mapping they stand in."""
    found = {}
    plain, holds = Fields.get, Fields.__contains__

    def noted(self, key):
        known = WHAT.get(self.what) or WHAT.get(" ".join(self.what.split()[:2])) or WHAT.get(self.what.split()[0])
        if self.what.startswith("an example"):
            known = "a worked example"
        if self.what.startswith("an alternative"):
            known = "an alternative"
        if self.what.startswith("an exception"):
            known = "an exception"
        if known and not self.what.startswith("texts"):
            found.setdefault(known, set()).add(key)

    monkeypatch.setattr(Fields, "get", lambda self, key: (noted(self, key), plain(self, key))[1])
    monkeypatch.setattr(Fields, "__contains__", lambda self, key: (noted(self, key), holds(self, key))[1])
    return found


ACTORS = "trucewatch: actors/0.1\nactors:\n" + "".join(f"  {one}: {{name: {one}}}\n" for one in ("guard", "league", "volunteers", "mission", "north"))


def test_every_key_that_a_reader_asks_for_is_published(asked):
    actors = load_actors(ACTORS, "actors.yaml", zone="UTC")[0]
    for text in (*PAGES, SMALL):
        try:
            load_agreement(text, "a.yaml", actors=actors)
        except Exception as error:  # noqa: BLE001 - other pages have other parties; what was asked counts
            assert type(error).__name__ == "BadAgreement"
    published = schema_keys(json_schema(), {})
    assert len(asked) > 20
    missing = {(title, key) for title, keys in asked.items() for key in keys if key not in published.get(title, set())}
    assert missing - ELSEWHERE == set()


def test_every_published_key_is_one_that_a_reader_asks_for(asked):
    actors = load_actors(ACTORS, "actors.yaml", zone="UTC")[0]
    for text in (*PAGES, SMALL):
        try:
            load_agreement(text, "a.yaml", actors=actors)
        except Exception as error:  # noqa: BLE001
            assert type(error).__name__ == "BadAgreement"
    published = schema_keys(json_schema(), {})
    unread = {(title, key) for title, keys in published.items() if title in asked for key in keys - asked[title]}
    assert unread <= {("the agreement", "unnoticed")}


def test_the_file_in_docs_is_this_schema():
    file = ROOT / "docs" / "agreement" / "agreement-1.0.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == json_schema(), "run: make docs"
