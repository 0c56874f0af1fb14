"""Every format: the same values, the same bytes, nothing from outside, nothing to run."""

import json
import re
from dataclasses import asdict, replace
from html.parser import HTMLParser

import pytest

from trucewatch.errors import UnknownName
from trucewatch.publish.daily_json import SCHEMA
from trucewatch.publish.formats import FORMATS, find_format, format_names

VOID = {"meta", "br", "link", "img", "hr", "input", "wbr"}


class Page(HTMLParser):
    """What a test needs of a page: balance, ids, links, tables."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.tags, self.heads, self.problems = [], [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(tag)


@pytest.fixture(scope="module")
def html(report):
    return find_format("html").render(report)


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_report_gives_the_same_text(report, name):
    chosen = find_format(name)
    assert chosen.suffix == name
    text = chosen.render(report)
    assert text == chosen.render(report)
    assert text.endswith("\n")
    assert "Urum al-Kubra" in text


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_documents_carry_nothing_of_one_ledger(report, case, name):
    text = find_format(name).render(report)
    for entry in case.ledger.entries():
        assert entry.entry_id not in text
        assert entry.recorded_at.isoformat()[:16] not in text


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("edition", ["internal", "busy"])
def test_every_edition_renders(request, name, edition):
    assert find_format(name).render(request.getfixturevalue(edition))


def test_an_unknown_format_is_refused_with_the_known_ones():
    assert set(FORMATS) <= set(format_names())
    with pytest.raises(UnknownName, match="html"):
        find_format("htm")


def test_json_holds_every_value(report):
    found = json.loads(find_format("json").render(report))
    assert found.pop("schema") == SCHEMA
    assert found == json.loads(json.dumps(asdict(report)))


def test_html_is_well_formed_and_every_anchor_leads_somewhere(page):
    assert page.problems == []
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert [one for one in page.links if not one.startswith("#")] == []
    assert {one.removeprefix("#") for one in page.links} <= set(page.ids)


def test_html_asks_for_nothing_and_runs_nothing(html, page):
    assert not {tag for tag, _ in page.tags} & {"script", "link", "iframe", "img", "object", "embed", "form"}
    assert not re.search(r"@import|url\((?!#)|https?://|javascript:", html)
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]


def test_html_is_readable_by_machines_that_read_aloud(page):
    assert page.tags[0] == ("html", {"lang": "en"}) or ("html", {"lang": "en"}) in page.tags
    assert sum(tag == "table" for tag, _ in page.tags) == sum(tag == "caption" for tag, _ in page.tags)
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")
    assert sum(tag == "h1" for tag, _ in page.tags) == 1
    assert ("svg", "img") in {(tag, attrs.get("role")) for tag, attrs in page.tags}


def test_every_figure_above_zero_is_a_link(page, report):
    targets = {cell.figure.anchor for row in report.clauses for cell in row.cells if cell.figure.number}
    targets |= {one.anchor for one in report.totals if one.number}
    assert targets <= {one.removeprefix("#") for one in page.links}


def test_words_from_sources_are_escaped(report):
    nasty = "<script>alert(1)</script>|`x`"
    wild = replace(report, happenings=tuple(replace(one, place=nasty, what=nasty) for one in report.happenings))
    html = find_format("html").render(wild)
    assert "<script" not in html
    assert Page(html).problems == []
    assert "<script>" not in find_format("md").render(wild)


def test_colours_are_readable(html):
    """WCAG 2.2, 1.4.3: at least 4.5 : 1 between text colours and the paper, in both schemes."""
    blocks = re.findall(r":root \{([^}]*)\}", html)
    assert len(blocks) >= 2
    for block in blocks:
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))
        paper = colours.get("paper", "#ffffff")
        for name in ("ink", "soft", "link", "violation", "undetermined", "compliant", "not-covered", "none"):
            if name in colours:
                assert _contrast(colours[name], paper) >= 4.5, name


def _contrast(one, other):
    lights = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _luminance(colour):
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(2 * one for one in digits)
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
