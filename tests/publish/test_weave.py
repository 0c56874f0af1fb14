"""The woven page: every clause with its text, its rule in words, its examples and what is open."""

import os
import re
import shutil
import subprocess
from dataclasses import fields, replace
from pathlib import Path

import pytest

from trucewatch.actors import load_actors
from trucewatch.agreement import Clause, Zone, load_agreement
from trucewatch.case import open_case
from trucewatch.case.examples import example_results
from trucewatch.findings import run_examples
from trucewatch.publish.rule_words import RuleWords
from trucewatch.publish.weave import weave

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```yaml\n(trucewatch: agreement/.*?)^```$", re.MULTILINE | re.DOTALL)
PARTIES = ("guard", "league", "volunteers", "mission", "hired", "smiths", "raiders")
ACTORS = load_actors("trucewatch: actors/0.1\nactors:\n" + "".join(f"  {one}: {{name: The {one}}}\n" for one in PARTIES), "a.yaml", zone="UTC")[0]


def page_of(name):
    (text,) = BLOCK.findall((ROOT / "docs" / "agreement" / f"{name}.md").read_text(encoding="utf-8"))
    agreement = load_agreement(text, name, actors=ACTORS)[0]
    return agreement, weave(agreement, ACTORS, run_examples(agreement, actors=ACTORS))


@pytest.fixture(scope="module")
def harbour():
    with open_case(ROOT / "examples" / "harbour-truce", who="tester") as case:
        files = case.files()
        return files.agreement, weave(files.agreement, files.actors, example_results(case, case.root / "claims.csv"))


def test_every_clause_stands_with_text_rule_and_examples(harbour):
    agreement, page = harbour
    for clause in agreement.clauses:
        assert f'<article id="{clause.key}"' in page
        for quote in clause.cite.quotes if clause.cite else ():
            assert quote.replace("'", "&#39;") in page or quote in page
        for example in clause.examples:
            assert example.say.replace("'", "&#39;") in page or example.say in page
    assert "come out otherwise" not in page


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("norms", ["The league", "Must prevent", "whether it failed to is for people to say", "any such act is its breach", "which only people can settle", "Beats", "In conflict with",
                   "Goes before", "more than 20 persons", "Shown, not judged", "1. the captains meet", "Only under", "The reading french has acts"]),
        ("times", ["2 days after signing", "day 16 of truce", "after 7 days from", "the clock starts again on", "for 10 days", "the window as", "from landing"]),
        ("zones", ["within 500 m of road, on the west side", "between river and ridge", "drawn 2 times", "what belongs to north-province", "unpublished: nothing can be found under it"]),
        ("constructs", ["whom Assembly lists as outlaw, under a new name too", "ground held by whoever did it", "each member by its own acceptance", "self-defence: it was “response” and it was “proportionate”"]),
    ],
)
def test_each_construct_has_its_words(name, words):
    _, page = page_of(name)
    text = page.replace("&#39;", "'")
    assert [one for one in words if one not in text] == []


def test_what_is_open_is_told(harbour):
    _, page = harbour
    assert "What is open" in page
    assert "nothing can be found under it" in page


def test_nothing_of_the_file_is_markup_and_nothing_is_fetched():
    agreement, _ = page_of("norms")
    evil = replace(agreement, title="<script>alert(1)</script>", clauses=(replace(agreement.clauses[0], note="<img src=x>"), *agreement.clauses[1:]))
    page = weave(evil, ACTORS, ())
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert "default-src 'none'" in page


def test_the_same_agreement_gives_the_same_page(harbour):
    agreement, page = page_of("zones")
    assert weave(agreement, ACTORS, run_examples(agreement, actors=ACTORS)) == page


SHOWN = {
    Clause: {"key", "kind", "who", "cite", "acts", "against", "where", "when", "exceptions", "duty", "qualified", "by", "strict", "over", "conflicts_with", "prevails_over",
             "evidence", "readings", "shown", "open_terms", "status", "note", "examples"},
    Zone: {"key", "kind", "status", "wkt", "accuracy_m", "within_m", "of", "side", "between", "versions", "admin", "held_by", "note"},
}
NOT_SHOWN = {Clause: {"line"}, Zone: {"maybe_wkt", "country", "cite", "readings"}}
"""The line in the file; borders that are open and sources of geometry, which the map shows."""


@pytest.mark.parametrize("record", [Clause, Zone])
def test_no_field_of_a_term_is_forgotten(record):
    assert {one.name for one in fields(record)} == SHOWN[record] | NOT_SHOWN[record]


def test_a_party_without_a_name_goes_by_its_key():
    agreement, _ = page_of("zones")
    assert RuleWords(agreement, ACTORS).party("somebody") == "somebody"


def test_it_opens_and_prints(harbour, tmp_path):
    browser = shutil.which("chromium")
    if browser is None and os.environ.get("CI") == "true":
        pytest.fail("chromium is not installed")
    if browser is None:
        pytest.skip("chromium is not installed")
    file, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    file.write_text(harbour[1], encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer"]
    subprocess.run([browser, *flags, f"--print-to-pdf={printed}", file.as_uri()], check=True, capture_output=True, timeout=120)
    assert 3 <= len(re.findall(rb"/Type\s*/Page[^s]", printed.read_bytes())) <= 40
