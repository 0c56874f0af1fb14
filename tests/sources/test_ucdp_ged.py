from collections import Counter

import pytest

from trucewatch.errors import BadInput, Severity
from trucewatch.reports.checking import check_written
from trucewatch.sources import Declaration
from trucewatch.sources.ucdp_ged import ADAPTER

PLAIN = Declaration(file="g.csv", timezone="Asia/Damascus")


def read(raw, declaration=PLAIN):
    return ADAPTER.read(raw, declaration)


def values(parsed):
    return [dict(one.values) for one in parsed.rows]


def test_an_event_gives_a_coded_row_and_a_row_for_its_article(ged_bytes):
    parsed = read(ged_bytes({}))
    coded, article = parsed.rows
    assert (coded.kind, coded.locator) == ("report", "row 2")
    assert coded.values == {
        "id": "1001", "source": "ucdp-ged", "licence": "CC BY 4.0", "document": "UCDP GED 1001",
        "occurred": "2016-09-14", "place": "Harbourtown village", "lat": "35.5", "lon": "36.25",
        "radius_m": "1500", "act": "attack.indirect_fire",
        "by": "Government of Syria;Syrian insurgents", "by_basis": "coded",
        "against": "Government of Syria;Syrian insurgents", "against_basis": "coded",
        "killed": "4", "killed_low": "3", "killed_high": "6", "killed_civilian": "1",
        "killed_fighter": "3", "killed_unknown": "0", "grouping": "ucdp-ged:1001",
        "text": "Shelling of Harbourtown kills 4", "origin": "Wire", "chain": "Wire",
    }
    assert (article.kind, article.locator) == ("report", "row 2, source_article 1")
    document = "Wire | 2016-09-15 | Shelling of Harbourtown kills 4"
    assert article.values == {
        "id": document, "source": "Wire", "licence": "CC BY 4.0", "document": document,
        "published_at": "2016-09-15", "occurred": "2016-09-13/2016-09-15", "place": "Harbourtown village",
        "act": "attack.indirect_fire", "killed": "4", "grouping": "ucdp-ged:1001",
        "text": "Shelling of Harbourtown kills 4", "origin": "Wire", "chain": "Wire",
    }
    assert (parsed.rows_in, parsed.accepted, parsed.rejected) == (1, 1, 0)


def test_an_article_row_holds_nothing_of_the_coding(ged_bytes):
    article = '"Wire,2016-09-15,Tension in the south"'
    _, row = values(read(ged_bytes({"source_article": article, "source_original": "Monitor"})))
    assert row.keys() == {
        "id", "source", "licence", "document", "published_at", "occurred", "grouping", "text", "origin", "chain"
    }
    assert row["chain"] == "Monitor > Wire"


def test_both_layouts_give_the_same_rows(ged_bytes, columns_49):
    one = read(ged_bytes({}, {"type_of_violence": "3", "side_b": "Civilians"}))
    other = read(ged_bytes({}, {"type_of_violence": "3", "side_b": "Civilians"}, columns=columns_49))
    assert values(one) == values(other)
    assert one.problems == other.problems == ()


def test_one_sided_violence_has_one_candidate_and_nobody_attacked_as_stated(ged_bytes):
    coded = values(read(ged_bytes({"type_of_violence": "3", "side_a": "IS", "side_b": "Civilians"})))[0]
    assert (coded["by"], coded["by_basis"], coded["affected"]) == ("IS", "coded", "Civilians")
    assert "against" not in coded


def test_a_headline_that_contradicts_the_dyad_opens_the_candidates(ged_bytes):
    coded = values(
        read(
            ged_bytes(
                {
                    "dyad_name": "Government of Iraq - IS", "side_a": "Government of Iraq", "side_b": "IS",
                    "source_article": '"Wire,2016-09-14,Coalition airstrikes kill regime soldiers"',
                }
            )
        )
    )[0]
    assert coded["by"] == coded["against"] == "Government of Iraq;IS;Government of Syria;US-led coalition"
    assert coded["by_basis"] == coded["against_basis"] == "conflict"
    assert coded["act"] == "air_strike"


def test_groups_without_aircraft_are_not_coded_with_air_strikes(ged_bytes):
    change = {"source_article": '"Wire,2016-09-14,Aerial bombardment kills 14"', "side_a": "IS", "side_b": "SDF"}
    state, other = (
        values(read(ged_bytes(change | {"type_of_violence": kind})))[0]["act"] for kind in ("1", "2")
    )
    assert (state, other) == ("air_strike", "attack")


def test_an_article_behind_several_events_is_recorded_once_without_a_grouping(ged_bytes):
    shared = '"Wire,2016-09-15,Shelling of Harbourtown kills 4"'
    own = '"Other,2016-09-15,Clashes"'
    parsed = read(
        ged_bytes(
            {"source_article": shared}, {"source_article": f"{own};{shared}"}, {"source_article": shared},
        )
    )
    assert [one.locator for one in parsed.rows] == [
        "row 2", "row 2, source_article 1; row 3, source_article 2; row 4, source_article 1",
        "row 3", "row 3, source_article 1", "row 4",
    ]
    article = parsed.rows[1].values
    assert not article.keys() & {"grouping", "place", "killed"}
    assert parsed.rows[0].values["act"] == "attack"
    assert "1 articles stand behind several events: recorded without a grouping" in parsed.notes


def test_an_article_that_repeats_inside_one_event_is_one(ged_bytes):
    twice = '"Wire,2016-09-15,Shelling";"Wire,2016-09-15,Shelling"'
    parsed = read(ged_bytes({"source_article": twice}))
    assert [one.locator for one in parsed.rows] == ["row 2", "row 2, source_article 1; row 2, source_article 2"]
    assert parsed.rows[1].values["grouping"] == "ucdp-ged:1001"


@pytest.mark.parametrize(
    ("headline", "day", "first", "last"),
    [
        ("164 killed yesterday 17/09/2016", "2016-09-18", "2016-09-17", "2016-09-17"),
        ("164 people were killed yesterday, including 40 fighters", "2016-09-18", "2016-09-17", "2016-09-17"),
        ("164 killed in the first day of the feast", "2016-09-18", "2016-09-17", "2016-09-18"),
    ],
)
def test_a_round_up_is_a_claimed_count_and_no_happening(ged_bytes, headline, day, first, last):
    coded, claim = read(ged_bytes({"source_article": f'"Wire,{day},{headline}"'})).rows
    assert coded.values["act"] == "attack"
    assert claim.kind == "claim"
    assert {name: claim.values.get(name) for name in ("kind", "asserter", "value", "low", "high", "unit")} == {
        "kind": "aggregate", "asserter": "Wire", "value": "164", "low": "164", "high": "164",
        "unit": "persons killed",
    }
    assert (claim.values["valid_from"], claim.values["valid_to_latest"]) == (first, last)


def test_a_total_over_a_year_is_a_claim_with_its_articles(ged_bytes):
    year = {"date_start": "2016-01-01", "date_end": "2016-12-31", "where_prec": "6"}
    coded, article = read(ged_bytes(year)).rows
    assert coded.kind == article.kind == "claim"
    assert coded.values["kind"] == "aggregate"
    assert (coded.values["subject"], coded.values["asserter"]) == (
        "Government of Syria - Syrian insurgents", "ucdp-ged"
    )
    assert (coded.values["low"], coded.values["value"], coded.values["high"]) == ("3", "4", "6")
    assert (coded.values["valid_from"], coded.values["valid_to_latest"]) == ("2016-01-01", "2016-12-31")
    assert article.values["kind"] == "statement"


@pytest.mark.parametrize(
    ("day", "published", "occurred"),
    [
        ("2016-09-14", "2016-09-14", "2016-09-12/2016-09-14"),
        ("2016-09-16", "2016-09-16", "2016-09-14/2016-09-16"),
        ("2016-09-17", "2016-09-17", "../2016-09-17"),
        ("2016-12-01", "2016-12-01", "../2016-12-01"),
        ("2016-09-13", None, "2016-09-14"),
        ("2015-09-14", None, "2016-09-14"),
        ("1753-01-01", None, "2016-09-14"),
    ],
)
def test_when_an_article_tells_of(ged_bytes, day, published, occurred):
    parsed = read(ged_bytes({"source_article": f'"Wire,{day},Shelling"'}))
    article = parsed.rows[1].values
    assert (article.get("published_at"), article["occurred"]) == (published, occurred)
    assert article["source"] == ("Wire" if published else "ucdp-ged")
    assert article["chain"] == "Wire"
    distrusted = day in ("2016-09-13", "2015-09-14")
    assert [one.severity for one in parsed.problems] == [Severity.WARNING] * distrusted


@pytest.mark.parametrize(
    ("original", "office", "origin", "chain"),
    [
        ("Monitor", "Wire", "Monitor", "Monitor > Wire"),
        ("Monitor, Wire", "Wire", "Wire", "Wire"),
        ("Monitor, Other", "Wire", "Monitor", "Monitor > Wire"),
        ("wire", "Wire", "wire", "Wire"),
        ("", "Wire", None, "Wire"),
    ],
)
def test_who_said_it_first(ged_bytes, original, office, origin, chain):
    change = {"source_original": original, "source_article": f'"{office},2016-09-15,Shelling"'}
    article = read(ged_bytes(change)).rows[1].values
    assert (article.get("origin"), article["chain"]) == (origin, chain)


def test_a_bad_event_is_rejected_with_its_articles_and_the_others_are_kept(ged_bytes):
    parsed = read(ged_bytes({"where_prec": "9"}, {}))
    assert [one.locator for one in parsed.rows] == ["row 3", "row 3, source_article 1"]
    assert [(one.line, one.column, one.value) for one in parsed.problems] == [(2, "where_prec", "9")]
    assert (parsed.rows_in, parsed.accepted, parsed.rejected) == (2, 1, 1)


def test_doubled_events(ged_bytes):
    parsed = read(ged_bytes({"id": "1"}, {"id": "1"}, {"id": "1", "best": "9"}))
    assert Counter(one.values["source"] for one in parsed.rows)["ucdp-ged"] == 1
    doubled = [one for one in parsed.problems if one.column == "id"]
    assert [(one.line, one.severity) for one in doubled] == [(3, Severity.WARNING), (4, Severity.REJECTED)]


def test_rows_that_do_not_fit_the_header(ged_bytes):
    parsed = read(ged_bytes({}) + b"7,2016\n" + b'8,"open\n')
    assert (parsed.rows_in, parsed.rejected) == (3, 2)


def test_missing_columns_are_named(ged_bytes):
    columns = [one for one in ged_bytes({}).decode().splitlines()[0].split(",") if one not in ("best", "dyad_name")]
    with pytest.raises(BadInput, match="missing dyad_name, best") as caught:
        read(ged_bytes({}, columns=columns))
    assert [one.column for one in caught.value.problems] == ["dyad_name", "best"]
    with pytest.raises(BadInput, match="--as table"):
        read(b"occurred,place\n2016-09-19,Urum\n")


def test_columns_of_no_known_version_are_told(ged_bytes):
    columns = [*ged_bytes({}).decode().splitlines()[0].split(","), "mood"]
    (problem,) = read(ged_bytes({"mood": "grim"}, columns=columns)).problems
    assert (problem.severity, problem.column) == (Severity.WARNING, "mood")


def test_unknown_offices_are_told_once_each_and_the_rows_kept(ged_bytes):
    declaration = Declaration(file="g.csv", sources={"UCDP GED": "ucdp-ged", "Wir": "wir"})
    parsed = read(ged_bytes({}, {"source_article": '"Wire,2016-09-15,Clashes"'}), declaration)
    assert len(parsed.rows) == 4
    (problem,) = parsed.problems
    assert (problem.value, problem.severity, problem.line) == ("Wire", Severity.UNRESOLVED, 2)
    assert "Did you mean wir?" in problem.advice and "Rows that name it: 2" in problem.advice


def test_every_row_passes_the_checks_of_rows(ged_bytes):
    parsed = read(ged_bytes({}, {"date_start": "2016-01-01", "where_prec": "6"}, {"type_of_violence": "3"}))
    found = [one for row in parsed.rows for one in check_written(row, "g.csv", 2, "Asia/Damascus", None)]
    assert {(one.column, one.value) for one in found} <= {("place", None)}  # headlines name no place


@pytest.mark.ged
def test_september_2016(real_ged):
    parsed = read(real_ged("ged_syria_2016_09.csv"), Declaration(file="g.csv", expected={"rows": 481, "rejected": 0}))
    kinds = Counter((one.kind, "source_article" not in one.locator) for one in parsed.rows)
    assert (parsed.rows_in, parsed.accepted) == (481, 481)
    assert len({one.values["id"] for one in parsed.rows}) == len(parsed.rows)
    assert kinds == {("report", True): 473, ("claim", True): 8, ("report", False): 320, ("claim", False): 21}
    assert not any(one.expected.endswith("declared") for one in parsed.problems)
    coded = [one for one in parsed.rows if "source_article" not in one.locator]
    assert max(int(one.values["killed"]) for one in coded if one.kind == "report") == 90
    tharda = next(one for one in parsed.rows if one.values["id"] == "227936")
    assert tharda.values["by_basis"] == "conflict"
    assert "US-led coalition" in tharda.values["by"].split(";")
    assert tharda.values["killed_unknown"] == "90"
    convoy = next(one for one in parsed.rows if one.values["id"] == "301214")
    assert (convoy.values["by"], convoy.values["by_basis"]) == ("Government of Syria", "coded")
    assert [check_written(one, "g.csv", 2, "Asia/Damascus", None) for one in coded] == [()] * 481
