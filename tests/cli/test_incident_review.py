"""`trucewatch incidents review`: which pairs to judge next, and what the answer would change."""


def test_the_answer_changes_what_review_said_it_would(own_demo, trucewatch):
    rows = trucewatch("incidents", "review", "--most", "4", "--json", case=own_demo).rows
    assert len(rows) == 4
    found = [(-row["findings"], abs(row["log_odds"])) for row in rows]
    assert found == sorted(found)
    best = rows[0]
    assert best["findings"] == len(best["changes"]) > 0
    assert best["answer"] == ("different" if best["now"] == "together" else "same")
    made = trucewatch("decide", best["answer"], best["first"], best["second"], "--because", "seen", "--json", case=own_demo)
    assert {row["finding_id"] for row in made.rows} == {row["finding_id"] for row in best["changes"]}
    again = trucewatch("incidents", "review", "--most", "4", "--json", case=own_demo).rows
    assert {best["first"], best["second"]} not in [{row["first"], row["second"]} for row in again]
    trucewatch("decide", "opinion", "--because", "mistaken", "--undo", made.rows[0]["decision_id"], case=own_demo)
    assert trucewatch("incidents", "review", "--most", "4", "--json", case=own_demo).rows == rows


def test_for_people_it_is_three_lines_a_pair_and_how_to_answer(demo_root, trucewatch):
    said = trucewatch("incidents", "review", "--most", "2", case=demo_root)
    assert said.code == 0
    assert len(said.out.strip().split("\n\n")) == 2
    assert "finding(s) change if they are" in said.out
    assert "trucewatch decide" in said.err


def test_the_list_of_incidents_takes_its_options_as_before(demo_root, trucewatch):
    rows = trucewatch("incidents", "--from", "2016-09-17", "--to", "2016-09-17", "--json", case=demo_root).rows
    assert rows
    assert all(row["occurred_from"] < "2016-09-18T12" for row in rows)
