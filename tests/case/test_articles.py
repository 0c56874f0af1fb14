"""Articles in a case with a real ledger: rows in the case's names, siblings, and what knowledge cuts."""

from datetime import date

import pytest

from trucewatch.case import open_case
from trucewatch.case.packing import pack, unpack
from trucewatch.errors import BadCall

MARKET = """ALEPPO, Syria — Seven civilians were killed on Tuesday when government warplanes bombed a market in Urum al-Kubra, residents said.

Rebels shelled the town of Hama on Tuesday, the Syrian army said. A commander of Hezbollah said jets struck Homs on Tuesday.
"""
FIRST = "The truce would start at sunset on the first day of the feast, the ministry said on Sunday.\n"
SECOND = "Jets struck the town of Urum al-Kubra on Monday and killed two people there, activists said.\n"


def written(tmp_path, name, text):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_an_article_is_evidence_reports_and_claims(make_case, tmp_path):
    case = make_case()
    file = written(tmp_path, "market.txt", MARKET)
    shown = case.preview(file, adapter="article", source="reuters", published=date(2016, 9, 14))
    added = case.add(file, adapter="article", source="reuters", published=date(2016, 9, 14))
    assert shown.rows == added.parsed.rows and not added.already
    assert case.add(file, adapter="article", source="reuters", published=date(2016, 9, 14)).already
    result = case.run()
    reports = {row["place_written"]: row for row in result.reports.rows()}
    assert set(reports) == {"Urum al-Kubra", "Hama", "Homs"}
    assert reports["Urum al-Kubra"]["place"] == "urum-al-kubra"
    assert all(row["evidence"] == added.evidence_id for row in reports.values())
    assert reports["Hama"]["origin"] == "sy-gov"
    tree = result.explain(reports["Hama"]["report_id"])
    assert "Rebels shelled" in str(tree)


def test_people_without_a_name_and_parties_the_case_does_not_know_lend_no_strength(make_case, tmp_path):
    case = make_case()
    case.add(written(tmp_path, "market.txt", MARKET), adapter="article", source="reuters", published=date(2016, 9, 14))
    result = case.run()
    origins = {row["place_written"]: row["origin"] for row in result.reports.rows()}
    assert origins["Urum al-Kubra"] is None
    named = origins["Homs"]
    assert named is None or named in result.inputs.actors.parties


def test_one_outlet_is_not_taken_for_another(make_case, tmp_path):
    case = make_case()
    words = (
        "A roadside bomb hit a bus in Hama on Tuesday, the state news agency said.\n\nMortar shells hit a market in Homs on Tuesday, SANA said.\n\n"
        "Jets bombed a clinic in Aleppo on Tuesday, Save the Children said.\n"
    )
    case.add(written(tmp_path, "a.txt", words), adapter="article", source="reuters", published=date(2016, 9, 14))
    origins = {row["place_written"]: row["origin"] for row in case.run().reports.rows()}
    assert origins == {"Hama": None, "Homs": "sana", "Aleppo": "name:save the children"}


def test_a_page_stitched_from_others_of_the_case_is_known_as_such_from_their_day_on(make_case, tmp_path):
    case = make_case()
    stitched = FIRST + "\n" + SECOND
    case.add(written(tmp_path, "stitched.txt", stitched), adapter="article", source="geo", published=date(2016, 9, 12))
    case.add(written(tmp_path, "first.txt", FIRST), adapter="article", source="reuters", published=date(2016, 9, 11))
    case.add(written(tmp_path, "second.txt", SECOND), adapter="article", source="ap", published=date(2016, 9, 15))
    early = case.run("2016-09-13").reports
    late = case.run("2016-09-16").reports
    first = next(row for row in early.rows() if row["source"] == "geo")
    again = next(row for row in late.rows() if row["source"] == "geo")
    assert first["report_id"] == again["report_id"]
    assert first["occurred_from"] is not None
    assert again["occurred_from"] is None


def test_an_article_in_another_language_is_kept_and_listed(make_case, tmp_path):
    case = make_case()
    added = case.add(written(tmp_path, "ar.txt", "قال متحدث باسم الجيش إن الهدنة بدأت مساء الاثنين"), adapter="article", source="reuters")
    assert added.parsed.rows == ()
    assert case.ledger.payload(case.ledger.entries()[-1].digest)
    assert any("language und-Arab" in str(one) for one in case.run().problems)


def test_a_day_of_publication_is_for_articles_and_said_once(make_case, tmp_path):
    case = make_case()
    file = written(tmp_path, "market.txt", MARKET)
    with pytest.raises(BadCall, match="--published is for articles"):
        case.add(file, source="reuters", published=date(2016, 9, 14))
    written(tmp_path, "market.txt.yml", "published: 2016-09-13\n")
    with pytest.raises(BadCall, match="Which one is right"):
        case.add(file, adapter="article", source="reuters", published=date(2016, 9, 14))
    added = case.add(file, adapter="article", source="reuters")
    assert all(one.values["published_at"] == "2016-09-13" for one in added.parsed.rows)


LEXICON = """lexicon = "reading/0.1"
name = "elsewhere"
zone = "Asia/Damascus"
words = ["Ruritania"]
[[actor]]
key = "blue"
kind = "party"
names = ["Blue Guard"]
[[place]]
names = ["Strelsau"]
lat = 36.0
lon = 37.0
radius_m = 3000
"""
STRELSAU = "The Blue Guard shelled the town of Strelsau on Tuesday, killing two people, witnesses said.\n"


def test_a_case_brings_its_own_theatre_and_articles_are_read_again_with_it(make_case, tmp_path):
    case = make_case()
    case.add(written(tmp_path, "s.txt", STRELSAU), adapter="article", source="reuters", published=date(2016, 9, 14))
    (before,) = case.run().reports.rows()
    assert before["lat"] is None
    written(case.root, "lexicon.toml", LEXICON)
    case._results.clear()
    (after,) = case.run().reports.rows()
    assert (after["place_written"], after["lat"], after["lon"]) == ("Strelsau", 36.0, 37.0)
    assert after["report_id"] == before["report_id"]


def test_another_theatre_is_not_read_as_syria(make_case, tmp_path):
    root = make_case().root
    settings = (root / "case.toml").read_text(encoding="utf-8").replace('"Asia/Damascus"', '"Africa/Khartoum"')
    (root / "case.toml").write_text(settings, encoding="utf-8")
    with open_case(root, who="tester") as case:
        added = case.add(written(tmp_path, "market.txt", MARKET), adapter="article", source="reuters", published=date(2016, 9, 14))
        reports = [one for one in added.parsed.rows if one.kind == "report"]
        assert all("lat" not in one.values for one in reports)
        assert all(one.values["occurred"] == "2016-09-12T21:00:00Z/2016-09-13T21:00:00Z" for one in reports)
        assert reports


def test_the_theatre_of_a_case_travels_with_it(make_case, tmp_path):
    case = make_case()
    written(case.root, "lexicon.toml", LEXICON)
    case.add(written(tmp_path, "s.txt", STRELSAU), adapter="article", source="reuters", published=date(2016, 9, 14))
    case.run()
    pack(case, tmp_path / "case.pack")
    unpack(tmp_path / "case.pack", tmp_path / "there")
    with open_case(tmp_path / "there", who="tester") as arrived:
        (row,) = arrived.run().reports.rows()
    assert (row["lat"], row["report_id"]) == (36.0, next(iter(case.run().reports.rows()))["report_id"])
