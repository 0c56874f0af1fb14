import pytest

from trucewatch.sources.dates import AMBIGUOUS, is_date_form, iso_day


@pytest.mark.parametrize(
    ("text", "form", "wanted"),
    [
        ("2016-09-19", None, "2016-09-19"),
        ("2016-09-19/2016-09-21", None, "2016-09-19/2016-09-21"),
        ("19 September 2016", None, "2016-09-19"),
        ("19-Sep-2016", None, "2016-09-19"),
        ("Sept. 19, 2016", None, "2016-09-19"),
        ("19.09.2016", None, "2016-09-19"),
        ("9.9.2016 7:05", None, "2016-09-09T07:05"),
        ("2016/09/19 19:12:30", None, "2016-09-19T19:12:30"),
        ("31.02.2016", None, "2016-02-31"),
        ("19 Foobar 2016", None, "19 Foobar 2016"),
        ("09/10/2016", None, "09/10/2016"),
        ("09/10/2016", "%d/%m/%Y", "2016-10-09"),
        ("09/10/2016", "%m/%d/%Y", "2016-09-10"),
        ("09/10/16 19:12", "%m/%d/%y", "2016-09-10T19:12"),
        ("20160919 1912", "%Y%m%d %H%M", "2016-09-19T19:12"),
        ("19 Sep 16", "%d %b %y", "2016-09-19"),
        ("in the evening", "%d/%m/%Y", "in the evening"),
    ],
)
def test_days_become_iso_or_stay_as_they_are(text, form, wanted):
    assert iso_day(text, form) == wanted


@pytest.mark.parametrize("form", ["%d/%m/%Y", "%B %d, %Y", "%y%m%d", "%Y-%m-%dT%H:%M:%S"])
def test_usable_forms(form):
    assert is_date_form(form)


@pytest.mark.parametrize("form", ["", "%Y", "%d/%m", "%d/%d/%m/%Y", "%d %b %B %Y", "%j %Y", "%d/%m/%Y%", "%%d %m %Y"])
def test_unusable_forms(form):
    assert not is_date_form(form)


def test_slashed_days_are_ambiguous():
    assert AMBIGUOUS.fullmatch("9/10/2016 19:00")
    assert not AMBIGUOUS.fullmatch("2016/09/10")
