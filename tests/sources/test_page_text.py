"""Every character that is read of a page leads back to where it stands in the page."""

import os
import re
from dataclasses import replace
from datetime import date
from html import unescape
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.case.lexicons import shipped_lexicon
from trucewatch.sources import Declaration
from trucewatch.sources.article import ADAPTER
from trucewatch.sources.page_text import _Blocks, is_html, page_text, stated_encoding

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Truce | News</title><script>var a = "Rebels bombed Homs.";</script></head>
<body><nav><ul><li><a href="/">Home</a></li></ul></nav>
<article><h1>Truce holds as aid waits at the border</h1>
<p>ALEPPO, Syria &mdash; At least seven civilians were killed on Tuesday when <a href="x">government warplanes</a> bombed a market
in the town of <b>Atareb</b>, the Syrian Observatory for Human&nbsp;Rights said.</p>
<p>The Syrian army denied that its aircraft had been in the area. &ldquo;We carried out no raids there,&rdquo; a military source told state television.</p>
<p>The truce has largely held since Monday, the Russian Foreign Ministry said, and trucks would leave &amp; come back within a week, it added.</p>
</article><aside><h3>Related</h3><a href="y">Shells hit school in Homs</a></aside><footer>Copyright</footer></body></html>
"""
DECLARED = Declaration(
    file="page.html", timezone="Asia/Damascus", source="wire", published=date(2016, 9, 14), lexicon=shipped_lexicon()
)
TAGS = ["<p>", "</p>", "<b>", "</b>", "<br/>", "<script>", "</script>", "<!-- x -->", "&amp;", "&nbsp", "&#8217;", "&bogus;", "<", "&", "\n", "a ", "Truce"]


@pytest.fixture
def extra():
    if not find_spec("trafilatura"):
        if os.environ.get("CI") == "true":
            pytest.fail("trafilatura: not found, and CI must have it")
        pytest.skip("trafilatura: not found on this machine")


@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=10), max_size=30).map("".join))
def test_each_character_leads_back(page):
    for block in _Blocks.of(page):
        assert len(block.text) == len(block.origins) == len(block.ends)
        for letter, start, end in zip(block.text, block.origins, block.ends, strict=True):
            written = page[start:end]
            meant = unescape(written)
            assert letter in meant or (letter == " " and any(one.isspace() for one in meant))


def test_scripts_and_tags_are_no_words():
    words = [one.text for one in _Blocks.of(PAGE)]
    assert not any("Rebels bombed" in one or "<" in one for one in words)
    assert "Truce holds as aid waits at the border" in words


@pytest.mark.parametrize(
    ("text", "file", "expected"),
    [("<p>x</p>", "a.txt", False), ("x", "a.html", True), ("<!DOCTYPE html><p>", "a", True), ("A < B", "a", False), ("x", "a.HTM.gz", True)],
)
def test_what_is_html(text, file, expected):
    assert is_html(text, file) is expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(b'<meta charset="windows-1256">', "windows-1256"), (b"<meta http-equiv=x content='text/html; charset=koi8-r'>", "koi8-r"), (b'<meta charset="nonsense">', None), (b"", None)],
)
def test_the_encoding_that_a_page_states(raw, expected):
    assert stated_encoding(raw) == expected


def test_plain_text_is_read_as_it_is():
    found = page_text("A truce.\n", "a.txt")
    assert (found.text, found.span(2, 7)) == ("A truce.\n", (2, 7))


def test_an_article_of_a_page_leads_back_into_the_page(extra):
    parsed = ADAPTER.read(PAGE.encode(), DECLARED)
    (happened,) = [one for one in parsed.rows if one.kind == "report"]
    assert happened.values["chain"] == "the Syrian Observatory for Human Rights"
    for one in parsed.rows:
        start, end = map(int, re.findall(r"\d+", one.locator))
        shown = unescape(re.sub(r"<[^>]+>", "", PAGE[start:end]))
        assert " ".join(shown.split()) == one.raw.get("trigger", one.raw["words"])
    assert not any("Homs" in str(one.values) for one in parsed.rows)


def test_the_same_words_as_text_give_the_same_rows(extra):
    words = page_text(PAGE, "page.html").text
    plain = ADAPTER.read(words.encode(), replace(DECLARED, file="page.txt"))
    pages = ADAPTER.read(PAGE.encode(), DECLARED)
    told = [{name: value for name, value in one.values.items() if name != "document"} for one in pages.rows]
    assert told == [{name: value for name, value in one.values.items() if name != "document"} for one in plain.rows]
