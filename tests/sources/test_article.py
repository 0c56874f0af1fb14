"""Articles as rows: what becomes a report, a claim, or a problem, and where each stands in the file."""

import re
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.case.lexicons import shipped_lexicon
from trucewatch.errors import BadInput, Severity
from trucewatch.sources import Declaration
from trucewatch.sources.article import ADAPTER

DECLARED = Declaration(
    file="page.txt", timezone="Asia/Damascus", source="wire", published=date(2016, 9, 14), lexicon=shipped_lexicon()
)
MARKET = """Truce holds as aid waits

ALEPPO, Syria — At least seven civilians were killed on Tuesday when government warplanes bombed a market in the town of Atareb, the Syrian Observatory for Human Rights said.

The Syrian army denied that its aircraft had been in the area. “We carried out no raids there,” a military source told state television.

It was a major blow to the talks. The truce has largely held since Monday, the Russian Foreign Ministry said.
"""
MOSAIC = """Deal close, envoys say

Rebels shelled the town of Atareb today, killing two people, activists said.

“Nobody here believes a word of what they sign,” he told reporters.

Advertisement

“The road will be open before the end of the week, God willing.”

“We are waiting for the trucks and for nothing else.”

But the focus stayed on the harvest. The truce has collapsed, the Syrian army said.
"""


def rows(text, **changes):
    return ADAPTER.read(text.encode(), replace(DECLARED, **changes))


def of(parsed, what):
    return [one for one in parsed.rows if one.locator.startswith(what)]


def test_the_hurt_are_told_beside_the_killed():
    text = "Rebels shelled the town of Atareb on Tuesday, killing two people and wounding at least five others, activists said.\n"
    (one,) = of(rows(text), "happening")
    assert (one.values["killed"], one.values["injured_low"]) == ("2", "5")
    assert not {"injured", "injured_high"} & set(one.values)
    (none,) = of(rows(text.replace(" and wounding at least five others", "")), "happening")
    assert not [key for key in none.values if key.startswith("injured")], "who is not told of is not counted as nobody"


def test_a_happening_becomes_a_report():
    (one,) = of(rows(MARKET), "happening")
    assert one.kind == "report"
    values = one.values
    assert (values["act"], values["place"], values["by"], values["killed_low"]) == ("attack", "Atareb", "government warplanes", "7")
    assert "killed_high" not in values and "against" not in values
    assert values["occurred"] == "2016-09-12T21:00:00Z/2016-09-13T21:00:00Z"
    assert values["chain"] == "the Syrian Observatory for Human Rights"
    assert values["source"] == "wire" and values["published_at"] == "2016-09-14"


def test_each_row_leads_back_to_its_words():
    parsed = rows(MARKET)
    for one in parsed.rows:
        start, end = map(int, re.findall(r"\d+", one.locator))
        words = one.raw.get("trigger") or one.raw["words"]
        if not one.locator.startswith("control"):
            assert " ".join(MARKET[start:end].split()) == words
        assert one.values["text"] in " ".join(MARKET.split())


def test_a_denial_is_not_told_as_what_it_denies():
    (denied,) = [one for one in of(rows(MARKET), "statement") if "its aircraft" in one.raw["words"]]
    assert denied.values["text"] == "The Syrian army denied that its aircraft had been in the area."
    assert denied.values["asserter"] == "Syrian army"


def test_what_is_understood_in_part_is_kept_with_its_reason():
    (blow,) = [one for one in rows(MARKET).problems if one.severity is Severity.UNRESOLVED]
    assert "It was a major blow" in blow.value and blow.line == 7
    assert "stands for" in blow.expected


def test_status_has_value_polarity_and_holder():
    (held,) = of(rows(MARKET), "status")
    assert held.values["subject"] == "agreement.status" and held.values["value"] == "in_force"
    assert (held.values["low"], held.values["chain"], held.values["valid_from"]) == ("1", "the Russian Foreign Ministry", "2016-09-14")


@pytest.mark.parametrize("words", ["Rebels accused the government of violating the truce.", "Truce has collapsed, envoys say"])
def test_what_somebody_else_says_is_not_put_into_the_mouth_of_the_page(words):
    (one,) = of(rows("Aid trucks are waiting at the border of the country.\n\n" + words), "status")
    assert one.values["chain"] not in ("", "wire")


def test_an_accusation_is_no_observation_of_the_page():
    (one,) = of(rows("Russia accused rebels of shelling government positions in Aleppo 26 times on Friday."), "happening")
    assert one.values["chain"] == "unknown"


def test_without_a_day_of_publication_nothing_is_dated():
    parsed = rows(MARKET, published=None)
    assert not of(parsed, "happening")
    assert any("when it happened" in one.expected for one in parsed.problems)
    assert not any("valid_from" in one.values or "published_at" in one.values for one in parsed.rows)
    assert any("--published" in note for note in parsed.notes)


def test_a_stitched_page_is_nobodys_observation_and_dates_nothing():
    parsed = rows(MOSAIC)
    assert any("stitched together" in note for note in parsed.notes)
    (one,) = of(parsed, "happening")
    assert one.values["chain"].startswith("unknown")
    assert one.values["occurred"] == "../2016-09-14"
    assert all("valid_from" not in each.values for each in of(parsed, "status"))


def test_siblings_show_that_a_page_is_stitched_together():
    first = "Rebels shelled the town of Atareb on Monday and killed two people there, activists said.\n"
    second = "The truce would start at sunset on the first day of the feast, the ministry said.\n"
    both = first + "\n" + second
    assert not any("stitched" in note for note in rows(both).notes)
    parsed = rows(both, siblings=(first, second, both))
    assert any("stitched" in note for note in parsed.notes)
    assert any("compared with 2 other" in note for note in parsed.notes)


@pytest.mark.parametrize(
    ("words", "subject", "value"),
    [
        ("Aid reached the rebel-held town of Atareb on Monday, residents said.", "Atareb", "held:rebel"),
        ("Shops opened in Saraqeb, which is held by rebels, on Monday.", "Saraqeb", "held:rebels"),
        ("Shops opened in Raqqa, a stronghold of Islamic State, on Monday.", "Raqqa", "held:Islamic State"),
    ],
)
def test_who_holds_a_place(words, subject, value):
    (one,) = of(rows(words), "control")
    assert (one.kind, one.values["kind"], one.values["subject"], one.values["value"]) == ("claim", "control", subject, value)


@pytest.mark.parametrize(
    "words",
    [
        "Jets flew over rebel-held areas of Aleppo on Monday, residents said.",
        "The town of Atareb was no longer held by rebels, residents said on Monday.",
        "Envoys met in Geneva to discuss areas held by rebels and by the government.",
        "Mortars hit a government-held district of Aleppo on Monday, residents said.",
        "Jets flew over rebel-held eastern Aleppo on Monday, residents said.",
        "Jets flew over rebel-held Idlib province on Monday, residents said.",
        "Residents fled the suburbs of Damascus, which are held by rebels, on Monday.",
        "The group operates in Aleppo and in Idlib, officials said on Monday.",
    ],
)
def test_what_holds_no_place_for_sure(words):
    assert not of(rows(words), "control")


@pytest.mark.parametrize("text", ["قال متحدث باسم الجيش إن الهدنة بدأت مساء الاثنين في حلب", "Rebellen haben die Stadt am Mittwoch mit Granaten beschossen, und zwei Kinder wurden getötet."])
def test_other_languages_are_kept_and_not_read(text):
    parsed = rows(text)
    assert parsed.rows == () and parsed.rows_in == 0
    assert [one.expected for one in parsed.problems] == ["an article in English"]


@pytest.mark.parametrize(("changes", "expected"), [({"source": None}, "who published the article"), ({"lexicon": None}, "a lexicon")])
def test_what_the_caller_must_say(changes, expected):
    with pytest.raises(BadInput) as caught:
        rows(MARKET, **changes)
    assert [one.expected for one in caught.value.problems] == [expected]


def test_html_without_the_extra_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)  # as if it were not installed
    with pytest.raises(BadInput) as caught:
        rows("<html><body><p>Rebels shelled the town of Atareb.</p></body></html>", file="page.html")
    (problem,) = caught.value.problems
    assert "trucewatch[html]" in problem.advice and ".txt" in problem.advice


@given(st.text(max_size=400))
@settings(max_examples=200)
def test_any_text_is_read_or_refused_and_every_locator_lies_in_it(text):
    raw = ("The truce held, they said. " + text).encode("utf-8", "surrogatepass")
    try:
        parsed = ADAPTER.read(raw, DECLARED)
    except BadInput:
        return
    for one in parsed.rows:
        start, end = map(int, re.findall(r"\d+", one.locator)[:2])
        assert 0 <= start < end <= len(raw.decode("utf-8", "replace"))
