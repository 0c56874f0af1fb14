"""All made-up articles of the reading tests in one case with a real ledger: reports, claims, and the time line of talks."""

import re
import tomllib
from pathlib import Path

import pytest

from trucewatch.case import create_case

TWIN = Path(__file__).parents[1] / "reading" / "twin"


def articles():
    for part in ("first", "second", "third"):
        for one in tomllib.loads((TWIN / f"{part}.toml").read_text(encoding="utf-8"))["article"]:
            yield f"{part}-{one['id'].replace(' ', '-')}", one["text"].strip() + "\n", one["date"]


@pytest.fixture(scope="module")
def texts():
    return {f"{name}.txt": text for name, text, _ in articles()}


@pytest.fixture(scope="module")
def root(shipped, tmp_path_factory):
    folder = tmp_path_factory.mktemp("talks")
    with create_case(folder / "case", shipped, who="tester") as case:
        for name, text, day in articles():
            file = folder / f"{name}.txt"
            file.write_text(text, encoding="utf-8")
            case.add(file, adapter="article", source="reuters", published=day)
    return folder / "case"


def test_every_row_leads_back_to_its_article(trucewatch, root, texts):
    rows = trucewatch("reports", "--json", case=root).rows
    assert len(rows) >= 20
    for row in rows:
        start, end = map(int, re.findall(r"\d+", row["locator"]))
        words = texts[row["document"]]
        assert words[start:end].strip() and " ".join(words[start:end].split()) in row["text"]


def test_the_time_line_in_json(trucewatch, root, texts):
    answer = trucewatch("talks", "--json", case=root)
    assert answer.code == 0
    document = answer.document
    assert document["schema"] == "trucewatch/talks/1"
    days = [row["day"] for row in document["rows"] if row["day"]]
    assert days == sorted(days) and len(days) >= 10
    by_id = {row["claim_id"]: row for row in document["rows"]}
    for one, other in document["contradictions"]:
        assert other in by_id[one]["contradicts"] and one in by_id[other]["contradicts"]
        assert by_id[one]["day"] == by_id[other]["day"] or by_id[one]["evidence"] == by_id[other]["evidence"]
    for row in document["rows"]:
        start, end = map(int, re.findall(r"\d+", row["locator"]))
        assert " ".join(texts[row["file"]][start:end].split()) in " ".join(row["text"].split())


def test_in_force_names_who_says_so(trucewatch, root):
    document = trucewatch("talks", "--json", case=root).document
    known = {row["claim_id"]: row for row in document["rows"]}
    assert document["in_force"]
    for day in document["in_force"]:
        sides = {side: [known[one["claim_id"]]["says"] for one in day[side]] for side in ("yes", "no", "none")}
        assert set(sides["yes"]) <= {"in_force", "extended"} and set(sides["no"]) <= {"ended"}
        expected = "disputed" if sides["yes"] and sides["no"] else "said" if sides["yes"] else "denied" if sides["no"] else "none"
        assert day["verdict"] == expected


def test_nothing_is_known_before_it_was_published(trucewatch, root):
    early = trucewatch("talks", "--json", "--known-at", "2016-09-10", case=root).rows
    late = trucewatch("talks", "--json", case=root).rows
    assert 0 < len(early) < len(late)
    assert max(row["day"] for row in early if row["day"]) <= "2016-09-10"


def test_the_table_and_the_sentences(trucewatch, root):
    answer = trucewatch("talks", case=root)
    assert answer.code == 0
    assert "contradictions" in answer.err and "in force" in answer.err
    assert ": in force\n" in answer.out
    lines = answer.out.splitlines()
    days = [one for one in lines if re.fullmatch(r"\d{4}-\d\d-\d\d", one)]
    assert days == sorted(set(days)) and days, "each day stands once, in order"


def test_adding_from_the_command_line(trucewatch, make_case, tmp_path):
    case = make_case().root
    file = tmp_path / "page.txt"
    file.write_text("The truce has collapsed, the Syrian army said on Monday.\n", encoding="utf-8")
    other = tmp_path / "ar.txt"
    other.write_text("قال متحدث باسم الجيش إن الهدنة بدأت مساء الاثنين\n", encoding="utf-8")
    answer = trucewatch("add", file, other, "--as", "article", "--source", "reuters", "--published", "2016-09-20", "--json", case=case)
    assert answer.code == 0
    assert [row["accepted"] for row in answer.rows] == [2, 0]
    told = trucewatch("talks", "--json", case=case)
    assert [(row["day"], row["says"], row["asserter"]) for row in told.rows] == [("2016-09-20", "ended", "sy-gov")]
    assert [one["expected"] for one in told.problems] == ["an article in English"]
