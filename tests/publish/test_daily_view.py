"""The report of the demo case: what stands in it, and what must not."""

import json
from dataclasses import asdict

from trucewatch.publish.daily_view import serial_number


def figures(report):
    """Every figure of the report with the name that it stands under."""
    found = [cell.figure for row in report.clauses for cell in row.cells]
    found += [*report.totals, *(figure for _, figure in report.undetermined_by)]
    found += [one for row in report.comparison.rows for one in (row.now, row.then, row.since) if one is not None]
    return found + [one for row in report.parties or () for one in (row.settled, row.open, row.undetermined)]


def test_header(report):
    header = report.header
    assert header.serial == 8
    assert header.cut_off == "07:00 on 20 September 2016"
    assert header.known_at == "2016-09-20T04:00:00Z"
    assert header.time_zone == "Asia/Damascus (UTC+03:00)"
    assert header.issued == "20 September 2016"
    assert "does not state in public who acted" in header.mandate[1]


def test_serial_numbers(frame):
    assert serial_number(frame.day, None) is None
    assert serial_number(frame.settings.first_day, frame.settings.first_day) == 1
    assert serial_number(frame.settings.first_day, frame.day) is None


def test_the_convoy_is_observed_with_that_nights_figures_only(report):
    convoy = next(one for one in report.happenings if one.place.startswith("Urum al-Kubra"))
    assert convoy.verdict == "undetermined"
    assert convoy.killed == "12"
    assert "aid convoy" in convoy.what
    text = json.dumps(asdict(report))
    for later in ("Board of Inquiry", "Commission of Inquiry", "UCDP", "Airwars"):
        assert later not in text


def test_every_figure_counts_its_members_and_opens_a_list(report, busy):
    for each in (report, busy):
        anchors = {one.anchor: one for one in each.lists}
        for figure in figures(each):
            assert figure.number == len(figure.members)
            if figure.number:
                assert [link.id for link in anchors[figure.anchor].links] == list(figure.members)


def test_totals_are_sums_of_the_clauses(busy):
    for column, total in enumerate(busy.totals):
        assert total.number == sum(row.cells[column].figure.number for row in busy.clauses)


def test_claimed_figures_stand_side_by_side(report):
    group = next(one for one in report.aggregates if one.subject == "violations of the truce by the other side")
    assert {(one.asserter, one.says) for one in group.statements} == {
        ("Russian Federation forces in Syria", "199 “violations”"), ("Syrian government forces", "at least 300 “violations”"),
    }
    assert all(one.period for one in group.statements)


def test_the_withdrawal_shows_all_that_is_claimed(report):
    duty = next(one for one in report.duties if one.clause == "castello-withdrawal")
    assert {one.says for one in duty.statements} == {"done", "cannot confirm", "not done"}
    assert "Syrian" not in duty.words


def test_readings_are_shown_where_they_differ(report, busy):
    for each in (report, busy):
        assert each.readings[0][0] == "default"
        for row in each.differences:
            outcomes = {(cell.verdict, cell.reasons) for cell in row.cells}
            assert len(outcomes) > 1
            assert not row.cells[0].same
    tharda = next(row for row in busy.differences if "Jabal Tharda" in row.subject and row.clause == "coh-attacks")
    assert {cell.reading: cell.verdict for cell in tharda.cells}["us-bound"] == "violation"


def test_there_is_no_table_by_party_where_parties_may_not_be_named(report, busy):
    assert report.parties is None
    assert busy.parties
    counted = {one.id for one in busy.findings}
    for row in busy.parties:
        assert set(row.undetermined.members) <= counted


def test_windows_say_who_holds_that_the_term_was_in_force(report):
    said = {one.asserter: one for one in report.windows}
    assert said["United States"].inside == "true"
    assert said["Syrian government forces"].inside == "unknown"
    assert "18:45 on 19 September 2016" in said["Syrian government forces"].says


def test_what_could_not_be_seen_is_said(report):
    assert any("No independent observer" in (one.reason or "") for one in report.coverage)
    assert sum(figure.number for _, figure in report.undetermined_by) >= report.totals[1].number


def test_sources_are_those_cited(report):
    names = {one.name for one in report.sources}
    cited = {line.cited.source for one in report.happenings for line in one.reports}
    assert cited <= names
    state = next(one for one in report.sources if one.name == "Syrian Arab News Agency")
    assert (state.affiliation, state.reliability) == ("Syrian government forces", "D")


def test_public_findings_name_no_party(report, frame):
    sides = {key for key, party in frame.actors.parties.items() if party.kind not in ("protected", "observer")}
    for one in (*report.findings, *report.maybe_findings):
        said = asdict(one)
        for cited in said["evidence"]:
            cited.pop("source")
        words = json.dumps(said, ensure_ascii=False)
        assert not sides & {party for mention in frame.actors.find(words) for party in mention.resolution.parties}, words
        assert not sides & set(_leaves(said))


def test_internal_findings_name_candidates_as_such(internal):
    open_ones = [one for one in internal.findings if one.verdict == "undetermined" and "Russian" in one.attribution]
    assert open_ones
    assert all(one.attribution.startswith("Candidates, none of them found responsible") for one in open_ones)


def test_a_mistake_claimed_is_shown_internally_and_excuses_nothing(busy):
    tharda = next(one for one in busy.happenings if "Jabal Tharda" in one.place and "air strike" in one.what)
    assert any("mistake" in note for note in tharda.notes)


def _leaves(value):
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in _leaves(part)]
    if isinstance(value, list | tuple):
        return [leaf for part in value for leaf in _leaves(part)]
    return [value] if isinstance(value, str) else []
