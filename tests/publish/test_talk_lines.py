"""The section of what was said of the agreement: who, what contradicts it, where it stands, and for whom it is shown."""

import json
from datetime import date

import pytest

from trucewatch.case import create_case
from trucewatch.case.reporting import daily_frame, daily_report
from trucewatch.publish.daily_view import daily_view

DAY = date(2016, 9, 19)
ARTICLE = """DAMASCUS, Syria — The truce has collapsed, the Syrian army said on Monday.

The ceasefire is holding in most places, the TASS agency quoted a Russian general as saying. Rebels accused the government of violating the truce.

Talks with Moscow made some progress, the US State Department said.
"""


@pytest.fixture(scope="module")
def case(shipped, tmp_path_factory):
    folder = tmp_path_factory.mktemp("talk")
    file = folder / "monday.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    with create_case(folder / "case", shipped, who="tester") as made:
        made.add(file, adapter="article", source="reuters", published=DAY)
        yield made


def view(case, audience, day=DAY):
    return daily_view(daily_frame(case, day, known_at=None, audience=audience))


def test_who_said_what_and_what_cannot_be_so_together(case):
    found = view(case, "internal")
    lines = {one.value: one for one in found.statements}
    assert lines["ended"].who == "the Syrian army (Syrian government forces)"
    assert lines["in_force"].passed_on == ("the TASS agency",)
    assert lines["ended"].against == (lines["in_force"].number,) and lines["in_force"].against == (lines["ended"].number,)
    assert lines["violated"].who == "nobody is named"
    assert lines["ended"].cited.file == "monday.txt" and "characters" in lines["ended"].cited.locator
    assert "The truce has collapsed" in lines["ended"].text


def test_in_force_is_disputed_and_names_both_sides(case):
    line = view(case, "internal").in_force
    assert line.verdict == "disputed" and len(line.yes) == len(line.no) == 1
    assert "a Russian general" in line.words and "the Syrian army" in line.words


def test_the_public_reads_no_words_of_sources_and_no_accusation(case):
    found = view(case, "public")
    assert {one.value for one in found.statements} >= {"ended", "in_force", "progress"}
    assert "violated" not in {one.value for one in found.statements}
    assert all(one.text is None for one in found.statements)


def test_another_day_says_that_nobody_spoke(case):
    found = view(case, "internal", date(2016, 9, 21))
    assert found.statements == () and found.in_force.verdict == "silent"
    assert "Nothing published on this day about the agreement" in daily_report(case, date(2016, 9, 21), form="md")


def test_every_format_has_the_section(case):
    shown = {form: daily_report(case, DAY, form=form, audience="internal") for form in ("html", "md", "json")}
    assert 'id="statements"' in shown["html"] and 'href="#statement-' in shown["html"]
    assert "passed on by the TASS agency" in shown["html"]
    assert "a Russian general" in shown["md"] and "## What was said of the agreement" in shown["md"]
    document = json.loads(shown["json"])
    assert [one["number"] for one in document["statements"]] == list(range(1, len(document["statements"]) + 1))
    assert document["in_force"]["verdict"] == "disputed"
