"""Which place would decide most: what is promised of a claim comes true when somebody makes it."""

import pytest

from trucewatch.case import open_case
from trucewatch.case.control_questions import control_questions
from trucewatch.errors import UnknownName

HEADER = "id,kind,asserter,subject,value,valid_from,valid_to_earliest,valid_to_latest,place,basis,source,published_at,text,language\n"


def verdicts(result):
    return {row["finding_id"]: row["verdict"] for row in result.findings.finding.rows()}


def test_a_claim_decides_what_was_said_that_it_would(own_demo, tmp_path):
    settings = own_demo / "case.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\n[source.asked]\nname = "A new observer"\nreliability = "A"\n', encoding="utf-8")
    with open_case(own_demo, who="tester") as case:
        before = case.run()
        asked = control_questions(before, before.readings[0])
        assert asked and asked == tuple(sorted(asked, key=lambda one: (-one.decided, -one.at_most, -one.waiting, one.question)))
        best = asked[0]
        assert best.at_most > 0 and best.decided <= best.at_most == max(best.by_party.values())
        party = max(best.by_party, key=best.by_party.__getitem__)
        start, end = best.valid_from.isoformat(), best.valid_to.isoformat()
        row = f"q1,control,asked,{best.place},held:{party},{start},{end},{end},{best.place},stated,asked,{end},It is so.,en\n"
        (tmp_path / "answer.csv").write_text(HEADER + row, encoding="utf-8")
        case.add(tmp_path / "answer.csv", adapter="table", source="asked")
        was, now = verdicts(before), verdicts(case.run())
        decided = [one for one in best.finding_ids if was[one] == "undetermined" != now[one]]
        assert len(decided) == best.at_most


def test_only_findings_that_wait_for_the_holder_are_asked_about(demo_result):
    asked = control_questions(demo_result, demo_result.readings[0])
    rows = {row["finding_id"]: row for row in demo_result.findings.finding.rows()}
    assert all(rows[one]["verdict"] == "undetermined" for question in asked for one in question.finding_ids)
    with pytest.raises(UnknownName):
        control_questions(demo_result, demo_result.readings[0], "Z")
