"""As known on 20 September 2016 at 07:00 Damascus, nothing later appears in any output."""

import json

import pytest

from trucewatch.case.explaining import Explainer
from trucewatch.case.listing import (
    claim_rows,
    finding_rows,
    incident_rows,
    question_rows,
    report_rows,
)
from trucewatch.case.reporting import daily_report
from trucewatch.case.summary import paste_lines, summary_lines
from trucewatch.cli.output import plain
from trucewatch.cli.trail import trail_lines

THEN = "2016-09-20T07:00+03:00"
DAY = "2016-09-19"

LATER_WORDS = (
    "un-boi", "Board of Inquiry", "un-coi", "Commission of Inquiry", "centcom-inquiry", "Inquiry of United States",
    "ucdp", "UCDP", "Georeferenced", "wikipedia", "Wikipedia", "Human Rights Watch", "2016-12-21", "2017-03-01",
    "2016-11-29", "2020-01-10",
)
"""Sources that published later, and their dates."""
LATER_NUMBERS = ("36.1481", "36.94775", "36.151583", "36.96775", "34.88902", "35.256571")
"""Coordinates that only the data set and the encyclopedia give."""


@pytest.fixture(scope="module")
def outputs(demo_root):
    """Return name → text of everything that the program can print of the case at that instant."""
    from datetime import date

    from trucewatch.case import open_case

    with open_case(demo_root) as case:
        result = case.run(THEN)
        texts = {
            name: json.dumps([plain(row) for row in rows(result)], ensure_ascii=False)
            for name, rows in (("findings", finding_rows), ("incidents", incident_rows), ("reports", report_rows),
                               ("claims", claim_rows), ("questions", question_rows))
        }
        texts["problems"] = "\n".join(map(str, result.problems))
        texts["summary"] = "\n".join((*summary_lines(case, result), *paste_lines(result)))
        explainer = Explainer(result, result.inputs)
        for row in finding_rows(result):
            tree = explainer.explain(row["finding_id"])
            texts[f"explain {row['finding_id']}"] = "\n".join(trail_lines(tree)) + json.dumps(plain(tree), ensure_ascii=False)
        for form in ("html", "json", "md"):
            for audience in ("public", "internal"):
                texts[f"{audience} {form}"] = daily_report(
                    case, date.fromisoformat(DAY), form=form, known_at=case.instant(THEN), audience=audience
                )
        yield texts


def test_no_word_of_a_later_source_appears(outputs):
    found = [(name, word) for name, text in outputs.items() for word in LATER_WORDS if word in text]
    assert not found


def test_no_coordinate_of_a_later_source_appears(outputs):
    found = [(name, number) for name, text in outputs.items() for number in LATER_NUMBERS if number in text]
    assert not found


def test_the_outputs_are_there_and_say_what_was_known(outputs):
    assert "Urem al-Kubra" in outputs["reports"] and '"killed"' in outputs["reports"]
    assert len([name for name in outputs if name.startswith("explain")]) > 50
    assert all(outputs[f"{audience} {form}"] for audience in ("public", "internal") for form in ("html", "json", "md"))


def test_the_deaths_at_urum_are_those_of_that_nights_outlets(outputs):
    (urum,) = [row for row in json.loads(outputs["incidents"]) if "aid_convoy" in row["targets"] and row["deaths_low"]]
    assert (urum["deaths_low"], urum["deaths_high"]) == (12, 12)
    assert {figure["source"] for figure in urum["figures"] if figure["killed"]["best"] or figure["killed"]["low"]} == {"sohr"}
