"""What an asserter's window is, as known at one instant."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.findings.versions import version_of
from trucewatch.findings.windows import inside_version, inside_window
from trucewatch.periods import Period
from trucewatch.reports.claim import Claim
from trucewatch.truth import FALSE, TRUE, UNKNOWN

ALL = ("us", "ru", "sy-gov")


@pytest.mark.parametrize(
    ("asserters", "known_at", "start", "end", "expected"),
    [
        (ALL, None, "2016-09-05T08:00", "2016-09-05T09:00", FALSE),
        (ALL, None, "2016-09-12T00:00", "2016-09-13T00:00", UNKNOWN),
        (ALL, None, "2016-09-12T19:00", "2016-09-12T19:01", TRUE),
        (ALL, None, "2016-09-12T18:59", "2016-09-12T19:00", FALSE),
        (ALL, None, "2016-09-17T17:00", "2016-09-17T18:00", TRUE),
        (ALL, None, "2016-09-19T19:10", "2016-09-19T19:20", UNKNOWN),
        (("us",), None, "2016-09-19T19:10", "2016-09-19T19:20", TRUE),
        (("ru",), None, "2016-09-19T19:10", "2016-09-19T19:20", TRUE),
        (("sy-gov",), None, "2016-09-19T19:10", "2016-09-19T19:20", FALSE),
        (("sy-gov",), None, "2016-09-19T09:00", "2016-09-19T09:10", UNKNOWN),
        (ALL, "2016-09-17T12:00", "2016-09-17T10:00", "2016-09-17T10:01", UNKNOWN),
        (("us",), "2016-09-17T12:00", "2016-09-17T10:00", "2016-09-17T10:01", FALSE),
        (("sy-gov",), "2016-09-17T12:00", "2016-09-17T10:00", "2016-09-17T10:01", TRUE),
        (ALL, "2016-09-20T07:00", "2016-09-17T10:00", "2016-09-17T10:01", TRUE),
        (("us",), "2016-09-20T07:00", "2016-09-19T19:10", "2016-09-19T19:20", TRUE),
        (("ru",), "2016-09-20T07:00", "2016-09-19T19:10", "2016-09-19T19:20", UNKNOWN),
        (("jn",), None, "2016-09-17T10:00", "2016-09-17T10:01", UNKNOWN),
        (("us", "jn"), None, "2016-09-17T10:00", "2016-09-17T10:01", UNKNOWN),
    ],
)
def test_the_shipped_window(context, make, asserters, known_at, start, end, expected):
    facts = context(known_at=known_at)
    period = Period(make.instant(start), make.instant(end))
    assert inside_window("coh", asserters, period, facts).truth is expected


def test_words_say_whose_statement_and_its_end(context, make):
    period = Period(make.instant("2016-09-17T10:00"), make.instant("2016-09-17T10:01"))
    answer = inside_window("coh", ALL, period, context(known_at="2016-09-17T12:00"))
    assert "United States: after the window" in answer.words
    assert "ends on 16 September 2016 19:00" in answer.words
    assert answer.question.startswith("Whose statement of the window counts?")
    assert answer.about == "coh"
    assert set(answer.claims) == {"syr16-c003", "syr16-c004", "syr16-c005"}


def test_a_straddling_day_asks_for_the_hour(context, make):
    period = Period(make.instant("2016-09-12"), make.instant("2016-09-13"))
    assert inside_window("coh", ALL, period, context()).question == "At what hour did it happen?"
    assert inside_window("coh", ALL, None, context()).question == "When did it happen?"


def said(make, number: int, published: str, end: str | None, latest: str | None = None, **more: object) -> Claim:
    return Claim(
        f"c-{number}", more.pop("kind", "window"), "us", "s", "row", subject="calm",
        valid_from=make.instant("2016-09-10") if more.pop("starts", True) else None,
        valid_to_earliest=None if end is None else make.instant(end),
        valid_to_latest=None if latest is None else make.instant(latest),
        published_at=make.instant(published), known_at=make.instant(published),
    )


def told(context, claims, at, make):
    facts = replace(context(), claims=tuple(claims), memo={})
    period = Period(make.instant(at), make.instant(at.replace(":00", ":01")))
    return inside_version(version_of("us", "calm", facts), period)


def test_nobody_voids_a_breach_afterwards(context, make):
    first = said(make, 1, "2016-09-09T12:00", "2016-09-16T00:00", "2016-09-16T00:00")
    voiding = said(make, 2, "2016-09-15T12:00", "2016-09-13T00:00", "2016-09-13T00:00")
    assert told(context, [first], "2016-09-14T10:00", make) is TRUE
    assert told(context, [first, voiding], "2016-09-14T10:00", make) is TRUE
    assert told(context, [first, voiding], "2016-09-15T13:00", make) is FALSE


def test_an_end_stated_before_may_be_taken_up_again(context, make):
    first = said(make, 1, "2016-09-09T12:00", "2016-09-13T00:00", "2016-09-13T00:00")
    longer = said(make, 2, "2016-09-12T12:00", "2016-09-16T00:00", "2016-09-16T00:00")
    back = said(make, 3, "2016-09-15T12:00", "2016-09-13T00:00", "2016-09-13T00:00")
    assert told(context, [first, longer], "2016-09-14T10:00", make) is TRUE
    assert told(context, [first, longer, back], "2016-09-14T10:00", make) is FALSE
    assert told(context, [first, longer, back], "2016-09-12T10:00", make) is TRUE


def test_an_ending_without_a_time_ends_by_its_publication(context, make):
    first = said(make, 1, "2016-09-09T12:00", "2016-09-16T00:00")
    ending = said(make, 2, "2016-09-18T12:00", None, kind="ending", starts=False)
    assert told(context, [first, ending], "2016-09-15T10:00", make) is TRUE
    assert told(context, [first, ending], "2016-09-17T10:00", make) is UNKNOWN
    assert told(context, [first, ending], "2016-09-18T13:00", make) is FALSE
    alone = said(make, 2, "2016-09-18T12:00", None, kind="ending", starts=False)
    assert told(context, [alone], "2016-09-18T13:00", make) is FALSE
    assert told(context, [alone], "2016-09-15T10:00", make) is UNKNOWN


def test_an_ending_at_an_instant(context, make):
    first = said(make, 1, "2016-09-09T12:00", "2016-09-16T00:00")
    ending = replace(
        said(make, 2, "2016-09-12T12:00", None, kind="ending"), valid_from=make.instant("2016-09-13T12:00")
    )
    assert told(context, [first, ending], "2016-09-13T11:00", make) is TRUE
    assert told(context, [first, ending], "2016-09-13T12:00", make) is FALSE


def test_a_gap_between_two_windows_is_open(context, make):
    first = said(make, 1, "2016-09-09T12:00", "2016-09-12T00:00", "2016-09-12T00:00")
    renewed = replace(
        said(make, 2, "2016-09-13T12:00", "2016-09-18T00:00", kind="renewal"),
        valid_from=make.instant("2016-09-14"),
    )
    assert told(context, [first, renewed], "2016-09-11T10:00", make) is TRUE
    assert told(context, [first, renewed], "2016-09-13T10:00", make) is UNKNOWN
    assert told(context, [first, renewed], "2016-09-15T10:00", make) is TRUE


@given(st.permutations(range(4)))
def test_the_order_of_claims_does_not_matter(order):
    base = Claim("c-0", "window", "us", "s", "row", subject="calm")
    claims = [replace(base, claim_id=f"c-{place}") for place in order]
    from trucewatch.findings.versions import _order

    assert [one.claim_id for one in sorted(claims, key=_order)] == [f"c-{n}" for n in range(4)]
