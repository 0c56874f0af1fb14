from dataclasses import replace
from datetime import timedelta

from trucewatch.periods import Period
from trucewatch.publish.comparison import counted_incidents
from trucewatch.publish.daily_view import daily_view
from trucewatch.publish.observations import incidents_of
from trucewatch.publish.phrases import phrases

HOUR = timedelta(hours=1)


def moved(frame, period, **changes):
    """The frame with one incident only, at this period."""
    one = replace(frame.now.incidents[0], occurred=period, **changes)
    return replace(frame, now=replace(frame.now, incidents=(one,)))


def test_a_happening_belongs_to_every_day_that_its_period_touches(frame):
    start, end = frame.period.start, frame.period.end
    for period, inside in (
        (Period(start - HOUR, start), False), (Period(start - HOUR, start + HOUR), True),
        (Period(end - HOUR, end + 5 * HOUR), True), (Period(end, end + HOUR), False),
    ):
        day = incidents_of(moved(frame, period).now, frame.period)
        assert bool(day.sure) is inside
        assert day.maybe == ()


def test_a_period_much_longer_than_a_day_may_lie_on_it(frame):
    start = frame.period.start
    shown = moved(frame, Period(start - 48 * HOUR, start + 48 * HOUR))
    day = incidents_of(shown.now, frame.period)
    assert (day.sure, len(day.maybe)) == ((), 1)
    report = daily_view(shown)
    assert report.happenings == ()
    assert [one.number for one in report.maybe] == [1]
    assert report.findings == ()
    assert all(figure.number == 0 for figure in report.totals)


def test_a_happening_without_time_belongs_to_no_day(frame):
    report = daily_view(moved(frame, None))
    assert (report.undated, report.happenings, report.maybe) == (1, (), ())
    assert "No happening" in phrases("en").say("observations.none")


def test_training_fire_is_listed_and_counted_only_where_the_case_says_so(frame):
    shown = moved(frame, Period(frame.period.start, frame.period.start + HOUR), acts=("exercise",))
    assert counted_incidents(shown.now, frame.period, shown) == ()
    counting = replace(shown, settings=replace(shown.settings, training_fire="counted"))
    assert len(counted_incidents(counting.now, frame.period, counting)) == 1
    assert any("Training" in note for one in daily_view(shown).happenings for note in one.notes)


def test_a_finding_that_is_not_shown_is_no_sign_that_no_term_speaks_of_it(frame):
    quiet = replace(frame.now, findings=())
    plain = daily_view(replace(frame, now=quiet))
    assert plain.unspoken == tuple(one.number for one in plain.happenings)
    held = replace(quiet, incidents=tuple(replace(one, findings_withheld=True) for one in quiet.incidents))
    shown = daily_view(replace(frame, now=held))
    assert shown.unspoken == ()
    assert {one.verdict for one in shown.happenings} == {"withheld"}


def test_happenings_that_reach_over_midnight_say_so(report):
    night = next(one for one in report.happenings if "18:00" in one.time)
    assert any("next day" in note for note in night.notes)


def test_each_report_says_how_and_where_it_stands(report):
    for one in report.happenings:
        for line in one.reports:
            assert line.cited.file == "reports.csv"
            assert line.cited.locator.startswith("row ")
            assert line.says
