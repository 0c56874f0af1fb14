from datetime import date

import pytest

from trucewatch.case import open_case
from trucewatch.case.reporting import (
    daily_frame,
    daily_report,
    file_name,
    write_daily_report,
)
from trucewatch.errors import UnknownName
from trucewatch.publish.daily_view import daily_view

DAY = date(2016, 9, 19)


@pytest.fixture
def case(own_demo):
    with open_case(own_demo, who="tester") as opened:
        yield opened


def test_the_report_lies_in_out_unless_told_otherwise(case, tmp_path):
    path = write_daily_report(case, DAY, form="json")
    assert path == case.folder.out / "daily-report-2016-09-19.json"
    assert path.read_text(encoding="utf-8") == daily_report(case, DAY, form="json")
    told = write_daily_report(case, DAY, form="md", out=tmp_path / "deep" / "r.md")
    assert told.read_text(encoding="utf-8").startswith("# Syria")
    assert file_name(DAY, "html", "internal") == "daily-report-2016-09-19-internal.html"


def test_what_is_held_leaves_the_public_report_only(case):
    shown = case.run(case.cut_off(DAY))
    convoy = next(one for one in shown.linked.incident.rows() if one["place"] == "urum-al-kubra")
    report = next(
        one["report_id"] for one in shown.linked.incident_report.rows() if one["incident_id"] == convoy["incident_id"]
    )
    case.decide("hold", because="a source is at risk", reports=[report])
    assert "Urum al-Kubra" not in daily_report(case, DAY, form="md")
    assert "Urum al-Kubra" in daily_report(case, DAY, form="md", audience="internal")


def test_names_that_do_not_exist_are_refused(case):
    with pytest.raises(UnknownName, match="audience"):
        daily_report(case, DAY, audience="press")
    with pytest.raises(UnknownName, match="--format"):
        daily_report(case, DAY, form="docx")


def test_two_ledgers_of_the_same_evidence_give_the_same_report(case, make_case, shipped):
    other = make_case()
    for given in reversed(other.settings.inputs):
        other.add(shipped / given.file, adapter=given.adapter, source=given.source)
    for audience in ("public", "internal"):
        one, two = (
            daily_view(daily_frame(each, DAY, known_at=None, audience=audience)) for each in (case, other)
        )
        assert one == two
