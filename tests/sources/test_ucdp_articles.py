import csv
import gzip
import io
from collections import Counter, defaultdict
from datetime import date

import pytest

from trucewatch.sources.ucdp_articles import Article, cleaned, split_articles

LAST = date(2016, 9, 17)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('"Wire,2016-09-17,Strike, and clashes"', [("Wire", date(2016, 9, 17), "Strike, and clashes")]),
        (
            '"Wire,2016-09-17,One";"Agency (in Wire), Paris,2016-09-18,Two"',
            [("Wire", date(2016, 9, 17), "One"), ("Agency (in Wire), Paris", date(2016, 9, 18), "Two")],
        ),
        (
            '"Wire,2016-09-17,They said "enough"; then left";"Wire,2016-09-18,Two"',
            [("Wire", date(2016, 9, 17), 'They said "enough"; then left'), ("Wire", date(2016, 9, 18), "Two")],
        ),
        ('"Wire,2016-09-17,Broken\nline"', [("Wire", date(2016, 9, 17), "Broken line")]),
        ('"Wire,2016-09-17,Title\n\nAU \t\nSome Body"', [("Wire", date(2016, 9, 17), "Title")]),
        ("Wire,2016-09-17,No quotes", [("Wire", date(2016, 9, 17), "No quotes")]),
        ('"Wire,1753-01-01,No date"', [("Wire", None, "No date")]),
        ('"Wire,2109-10-28,Typing error"', [("Wire", None, "Typing error")]),
        ('"Wire,2919-02-06,Typing error"', [("Wire", None, "Typing error")]),
        ('"Wire,2016-13-01,No such day"', [("Wire", None, "No such day")]),
        ('"Wire,2016-09-17,al-Wa&#8217;er \u200bx\u200e"', [("Wire", date(2016, 9, 17), "al-Wa’er x")]),
        ("", []),
        ("  ", []),
    ],
)
def test_articles_are_taken_apart(text, wanted):
    found = split_articles(text, LAST)
    assert [(one.office, one.day, one.headline) for one in found] == wanted


@pytest.mark.parametrize("text", ["no articles at all", '"Wire,17 September,Title"', '"Wire";"2016-09-17"'])
def test_another_form_is_not_guessed(text):
    assert split_articles(text, LAST) is None


def test_a_document_is_named_by_office_day_and_headline():
    assert Article("Wire", LAST, "Title").document == "Wire | 2016-09-17 | Title"
    assert Article("Wire", None, "Title").document == "Wire | no date | Title"


@pytest.mark.ged
def test_every_article_of_the_real_files_is_found(real_ged):
    def rows(name):
        return csv.DictReader(io.StringIO(gzip.decompress(real_ged(name)).decode(), newline=""))

    wanted = defaultdict(list)
    for one in rows("article_event.csv.gz"):
        wanted[one["event_id"]].append((cleaned(one["office"]), one["article_date"], cleaned(one["headline"])))
    missing = Counter()
    for event in rows("ged_syria_2016_2019.csv.gz"):
        found = split_articles(event["source_article"], date.fromisoformat(event["date_end"]))
        expected = wanted.pop(event["id"], [])
        assert [(one.office, one.headline) for one in found] == [(one[0], one[2]) for one in expected]
        for one, (_, day, _) in zip(found, expected, strict=True):
            if one.day is None:
                missing[day] += 1
            else:
                assert one.day.isoformat() == day
    assert not wanted
    assert set(missing) == {"1753-01-01", "1753-07-29", "2109-10-28", "2919-02-06"}
    assert missing["1753-01-01"] == 22
