"""Articles in made-up words: statements, happenings, claims; spans hold on any text."""

import json
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import trucewatch as tw
from trucewatch.cli import app
from trucewatch.errors import BadCall
from trucewatch.reading import load_lexicon

KEYS = ["lines", "mosaic", "statements", "happenings", "status", "contradictions", "terms", "control"]


@pytest.mark.parametrize(("text", "speaker", "roles"), [
    ("Lavrov said the truce was near.", "Lavrov", ["speaker", "outlet"]),
    ("“We shall see about all of this,” Kerry said.", "Kerry", ["speaker", "outlet"]),
    ("“We shall see about all of this,” TASS quoted Lavrov as saying.", "Lavrov", ["speaker", "relay", "outlet"]),
    ("“We shall see about all of this.”", None, ["outlet"]),
    ("On Monday Kerry said the truce was near.", "Kerry", ["speaker", "outlet"]),
    ("“We shall see about all of this,” he said.", None, ["speaker", "outlet"]),
])
def test_a_statement_has_its_speaker_or_none(text, speaker, roles):
    (one,) = tw.read_article(text).statements
    assert one["speaker"] == speaker and [link["role"] for link in one["chain"]] == roles
    assert (one["reason"] is None) == (speaker is not None)


def test_nobody_speaks_with_the_words_of_two():
    assert tw.read_article("Erdogan met Putin and said talks would go on.").statements == ()
    both = tw.read_article("Kerry said Lavrov warned of new clashes in Homs.")
    assert {one["speaker"] for one in both.statements} == {"Kerry", "Lavrov"}
    assert {one["outcome"] for one in both.happenings} == {"dropped"}


@pytest.mark.parametrize(("text", "outcomes"), [
    ("A car bomb exploded in Homs.", {"emitted"}),
    ("Moscow would have to halt air strikes in Idlib.", {"dropped"}),
    ("Battles went on in Ukraine.", {"dropped"}),
    ("The defeat was a major blow to the plan for Syria.", set()),
])
def test_only_what_happened_here_is_emitted(text, outcomes):
    assert {one["outcome"] for one in tw.read_article(text).happenings} == outcomes


@pytest.mark.parametrize(("word", "first"), [("today", "2016-09-04T21:00:00Z"), ("on Sunday", "2016-09-03T21:00:00Z"), ("", None)])
def test_a_day_is_counted_from_publication(word, first):
    (one,) = tw.read_article(f"A car bomb exploded in Homs {word}.", date(2016, 9, 5)).happenings
    assert one["occurred_from"] == first
    (one,) = tw.read_article(f"A car bomb exploded in Homs {word}.").happenings
    assert one["occurred_from"] is None


def test_claims_that_oppose_are_a_pair():
    found = tw.read_article("The truce talks in Syria were constructive.\n\nDiplomacy on Syria has reached a deadlock over the truce.")
    (pair,) = found.contradictions
    assert {found.status[one]["value"] for one in pair} == {"progress", "impasse"}


PIECES = st.sampled_from(["Obama said ", "“", "”", "\n", "battles in Aleppo ", "U.S. ", "‘", "no deal", ", TASS quoted Putin as saying", "İ", " . "])


@settings(max_examples=150)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=25).map("".join))
@example("’" * 40)
def test_every_span_lies_in_the_text(text):
    found = tw.read_article(text).as_dict()
    rows = [one for key in KEYS if key not in ("mosaic", "contradictions") for one in found[key]]
    for one in rows:
        assert 0 <= one["start"] < one["end"] <= len(text)
    for link in (link for one in found["statements"] for link in one["chain"] if link["text"] is not None):
        assert text[link["start"]:link["end"]] == link["text"]


def test_the_command_prints_the_contract(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("Kerry said the truce was close.", encoding="utf-8")
    assert list(json.loads(CliRunner().invoke(app, ["read", str(file), "--json"]).stdout)) == KEYS


def test_a_lexicon_of_another_format_is_refused():
    with pytest.raises(BadCall, match=r"reading/0\.1"):
        load_lexicon('lexicon = "other"')


FIRST = "“The convoys must be let through without any further delay,” Mr Ban told reporters in New York on Tuesday.\n"
SECOND = "Residents of the eastern districts said that no truck had reached them by the evening.\n"
ORPHAN = "“The convoys must be let through without any further delay.”\n"


def test_a_sibling_names_the_speaker_of_an_orphan_quote_and_says_so():
    alone = tw.read_article(ORPHAN)
    assert [one["speaker"] for one in alone.statements] == [None]
    told = tw.read_article(FIRST).statements[0]["speaker"]
    assert told
    helped = tw.read_article(ORPHAN, siblings=[SECOND, FIRST]).statements[0]
    assert (helped["speaker"], helped["reason"]) == (told, "restored_from_sibling")


def test_siblings_that_disagree_restore_nobody():
    other = FIRST.replace("Mr Ban", "Mr Kerry")
    assert tw.read_article(ORPHAN, siblings=[FIRST, other]).statements[0]["speaker"] is None


def test_sentences_of_two_documents_on_one_page_are_a_mosaic():
    page = FIRST + "\n" + SECOND
    assert not tw.read_article(page).mosaic["verdict"]
    assert not tw.read_article(page, siblings=[page]).mosaic["verdict"], "a copy of one document is no mosaic"
    found = tw.read_article(page, siblings=[FIRST, SECOND]).mosaic
    assert found["verdict"]
    assert any("word for word" in one for one in found["reasons"])


def test_siblings_from_the_command_line(tmp_path):
    (tmp_path / "orphan.txt").write_text(ORPHAN)
    (tmp_path / "first.txt").write_text(FIRST)
    answer = CliRunner().invoke(app, ["read", str(tmp_path / "orphan.txt"), "--sibling", str(tmp_path / "first.txt"), "--json"])
    assert json.loads(answer.stdout)["statements"][0]["reason"] == "restored_from_sibling"
