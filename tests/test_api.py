"""The public surface: `import trucewatch as tw`."""

from importlib.resources import files

import pytest

import trucewatch as tw
from trucewatch import api
from trucewatch.errors import UnknownName

SHIPPED = files("trucewatch.demo_case")


def test_the_names_are_listed_once_and_sorted():
    assert tw.__all__ == sorted(tw.__all__)
    assert set(tw.__all__) == set(api.__all__)
    assert all(getattr(tw, name) is getattr(api, name) for name in tw.__all__)
    assert "open_case" in dir(tw) and "__version__" in dir(tw)


def test_an_unknown_name_says_what_there_is():
    with pytest.raises(AttributeError, match="open_case"):
        tw.open_cases  # noqa: B018


def test_findings_are_a_table_that_hands_out_records(demo_result):
    findings = demo_result.findings
    assert len(findings) == len(findings.finding) > 0
    broken = findings.filter(lambda one: one.verdict == "violation")
    assert [(one.reading, one.attribution, one.bearers) for one in broken] == [("us-bound", "settled", ("us-coal",))]
    assert "<table>" in broken._repr_html_()
    assert broken.__arrow_c_stream__() is not None


def test_a_result_explains_every_kind_of_id(demo_result):
    (broken,) = demo_result.findings.filter(lambda one: one.verdict == "violation")
    tree = demo_result.explain(broken.finding_id)
    assert tree["kind"] == "finding" and tree["finding"]["verdict"] == "violation"
    assert tree["leg"]["by"] == ["us-coal"] and tree["leg"]["by_basis"] == "admission"
    admission = next(report for report in tree["reports"] if report["source"] == "centcom")
    assert admission["file"] == "reports.csv" and admission["locator"].startswith("row ")
    assert admission["cells"]["circumstances"] == "mistaken=yes"
    for table, key in ((demo_result.incidents, "incident_id"), (demo_result.reports, "report_id"),
                       (demo_result.claims, "claim_id"), (demo_result.legs, "leg_id"), (demo_result.findings.duty, "duty_id")):
        one = table.values(key)[0]
        assert demo_result.explain(one)["id"] == one
    with pytest.raises(UnknownName):
        demo_result.explain("f-nothing")


def test_an_agreement_judges_one_leg():
    actors, _ = tw.load_actors((SHIPPED / "actors.yaml").read_text(encoding="utf-8"), "actors.yaml")
    agreement = tw.load_agreement((SHIPPED / "agreement.yaml").read_text(encoding="utf-8"), actors=actors)
    ruling = agreement.judge(tw.Leg("l-1", "i-1"), "coh-attacks")
    assert ruling.verdict == "undetermined"
    assert {"who", "act", "against", "where", "when"} <= set(ruling.reasons)
    with pytest.raises(UnknownName, match="coh-attacks"):
        agreement.judge(tw.Leg("l-1", "i-1"), "coh-atacks")
