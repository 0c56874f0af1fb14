"""`trucewatch incidents review`: which pairs to judge next, and what the answer would change."""

from trucewatch.case import open_case
from trucewatch.incidents.reviewing import doubtful_pairs


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


def test_training_says_what_is_missing_and_then_what_it_learnt(own_demo, trucewatch):
    nothing = trucewatch("incidents", "train", case=own_demo)
    assert nothing.code != 0
    assert "trucewatch incidents review" in nothing.err
    with open_case(own_demo) as case:
        result = case.run()
        doubts = doubtful_pairs(result.resolved.tables, result.inputs.decisions, actors=result.inputs.actors, sources=result.inputs.sources, most=60)
        used = set()
        for number, one in enumerate(doubts):
            if used.isdisjoint((one.first, one.second)):
                used |= {one.first, one.second}
                case.decide("same" if number % 2 else "different", because="judged", reports=(one.first, one.second))
    said = trucewatch("incidents", "train", "--json", case=own_demo).document
    assert said["pairs"] >= 10
    assert sum(row["pairs"] for row in said["rows"]) == said["pairs"]
    told = trucewatch("incidents", "train", case=own_demo)
    better = said["loss_after"] < said["loss_before"]
    assert ('weights = "space-time-actor-1"' in told.out) == better


def test_a_case_may_use_trained_weights_and_what_was_taught(own_demo, trucewatch):
    settings = own_demo / "case.toml"
    before = trucewatch("incidents", "--json", case=own_demo).rows
    with settings.open("a", encoding="utf-8") as file:
        file.write('\n[linking]\nweights = "space-time-actor-1"\nshift = -0.5\nfactors = { deaths = 1.5 }\n')
    after = trucewatch("incidents", "--json", case=own_demo)
    assert after.code in (0, 3)
    assert {row["incident_id"] for row in after.rows} != {row["incident_id"] for row in before}
    for wrong, told in (("deaths = -1", "factors of at least 0"), ("mood = 1", "factors of at least 0")):
        settings.write_text(settings.read_text(encoding="utf-8").replace("deaths = 1.5", wrong), encoding="utf-8")
        refused = trucewatch("incidents", case=own_demo)
        assert refused.code == 1
        assert told in refused.err
        settings.write_text(settings.read_text(encoding="utf-8").replace(wrong, "deaths = 1.5"), encoding="utf-8")
