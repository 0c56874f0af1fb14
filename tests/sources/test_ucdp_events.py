import csv
import gzip
import io
from collections import Counter
from datetime import date

import pytest

from trucewatch.errors import Severity
from trucewatch.sources.ucdp_events import read_event


@pytest.fixture
def cells(ged_bytes):
    def changed(**change):
        return next(csv.DictReader(io.StringIO(ged_bytes(change).decode())))

    return changed


def test_an_event_is_read(cells):
    event, problems = read_event(cells(), 2, "g.csv")
    assert problems == ()
    assert (event.event_id, event.kind, event.side_a, event.side_b) == (
        "1001", "1", ("Government of Syria",), ("Syrian insurgents",)
    )
    assert (event.first_day, event.last_day, event.span) == (date(2016, 9, 14), date(2016, 9, 14), (3, 6))
    assert (event.lat, event.lon, event.radius_m, event.area, event.long) == (35.5, 36.25, 1500, False, False)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("type_of_violence", "4"), ("where_prec", "9"), ("where_prec", ""), ("date_prec", "8"),
        ("event_clarity", "3"), ("latitude", "95"), ("latitude", "nan"), ("longitude", "east"),
        ("date_start", "2016-02-31"), ("date_start", "1066-10-14"), ("date_end", "2016-09-13"),
        ("deaths_a", "-1"), ("best", "many"), ("best", "1.5"), ("id", ""), ("side_a", " "),
    ],
)
def test_what_the_codebook_does_not_define_rejects_the_row(cells, column, value):
    event, problems = read_event(cells(**{column: value}), 7, "g.csv")
    assert event is None
    worst = [one for one in problems if one.severity is Severity.REJECTED]
    assert [(one.place, one.line, one.column, one.value) for one in worst] == [
        ("g.csv", 7, column, value.strip() or (value or None))
    ]


def test_all_faults_of_a_row_come_at_once(cells):
    _, problems = read_event(cells(where_prec="9", date_prec="8", type_of_violence="4"), 2, "g.csv")
    assert [one.column for one in problems] == ["type_of_violence", "where_prec", "date_prec"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("id", "1001.0"), ("date_start", "2016-09-14 00:00:00.000"), ("deaths_a", "1.0"), ("where_prec", "1.0")],
)
def test_spellings_of_other_versions_are_read(cells, column, value):
    event, problems = read_event(cells(**{column: value}), 2, "g.csv")
    assert problems == ()
    assert (event.first_day, event.deaths["deaths_a"], event.where_prec) == (date(2016, 9, 14), 1, "1")


@pytest.mark.parametrize(
    ("change", "column", "span"),
    [
        ({"low": "5"}, "low", (4, 6)),
        ({"high": "2"}, "high", (2, 4)),
        ({"deaths_unknown": "9"}, "best", (3, 6)),
    ],
)
def test_figures_that_contradict_each_other_are_kept_with_a_warning(cells, change, column, span):
    event, problems = read_event(cells(**change), 2, "g.csv")
    assert event.span == span
    assert [(one.column, one.severity) for one in problems] == [(column, Severity.WARNING)]


@pytest.mark.parametrize(
    ("where_prec", "place", "radius"),
    [
        ("1", "Harbourtown village", 1500), ("1", "Harbourtown town", 3000), ("1", "Harbourtown city", 9000),
        ("1", "Aleppo town", 9000), ("1", "Jabal Thurdah", 6000), ("1", "", 1500), ("2", "Aleppo town", 25_000),
        ("3", "A district", 40_000), ("4", "A Governorate", 120_000), ("5", "A road", 60_000),
        ("6", "Syria", 400_000), ("7", "At sea", 400_000),
    ],
)
def test_radius_by_class_and_size(cells, where_prec, place, radius):
    event, _ = read_event(cells(where_prec=where_prec, where_coordinates=place), 2, "g.csv")
    assert event.radius_m == radius
    assert event.area is (where_prec >= "3")


def test_a_lone_estimated_day_is_widened_and_a_long_span_is_a_total(cells):
    event, _ = read_event(cells(date_prec="3"), 2, "g.csv")
    assert event.days == (date(2016, 9, 7), date(2016, 9, 21))
    stated, _ = read_event(cells(date_prec="3", date_end="2016-09-20"), 2, "g.csv")
    assert stated.days == (date(2016, 9, 14), date(2016, 9, 20))
    assert read_event(cells(date_end="2016-10-14"), 2, "g.csv")[0].long is False
    assert read_event(cells(date_end="2016-10-15"), 2, "g.csv")[0].long is True


def test_articles_in_another_form_cost_the_articles_only(cells):
    event, problems = read_event(cells(source_article="see the archive"), 2, "g.csv")
    assert event.articles == ()
    assert [one.severity for one in problems] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("text", "originals"),
    [("SOHR", ("SOHR",)), ("SOHR, airwars", ("SOHR", "airwars")), ("SOHR and VDC", ("SOHR", "VDC")),
     ("SOHR/Waha Report", ("SOHR", "Waha Report")), ("", ()), ("Kurdish Red Crescent\n", ("Kurdish Red Crescent",))],
)
def test_originals_are_taken_apart(cells, text, originals):
    assert read_event(cells(source_original=text), 2, "g.csv")[0].originals == originals


@pytest.mark.ged
def test_every_event_of_the_real_file_is_read(real_ged):
    text = gzip.decompress(real_ged("ged_syria_2016_2019.csv.gz")).decode()
    events, columns = [], Counter()
    for number, cells in enumerate(csv.DictReader(io.StringIO(text, newline="")), start=2):
        event, problems = read_event(cells, number, "g.csv")
        columns.update(one.column for one in problems)
        events.append(event)
    assert len(events) == 16_566
    assert None not in events
    assert columns == {"low": 30, "high": 71}
    assert sum(event.long for event in events) == 51
    assert Counter(event.where_prec for event in events)["6"] == 254
