"""What is final stays final: an invocation that comes late moves only what is still provisional."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.findings.ruling import judge
from trucewatch.incidents.leg import LegCircumstance, leg_records, leg_table

WITHIN = timedelta(hours=72)
"""`reply_within` of the shipped agreement."""
KNOWN = "2016-09-13T12:00"
STRENGTHS = ("alleged", "reported", "corroborated", "verified")
HOURS = st.integers(0, 300)


@pytest.fixture(scope="module")
def base(context):
    return context()


@pytest.fixture(scope="module")
def clause(base):
    return base.agreement.clause("coh-attacks")


def said(make, hours, strength="alleged", *, value=True):
    known = make.instant(KNOWN) + timedelta(hours=hours)
    flags = ("response", "proportionate")
    return tuple(LegCircumstance(one, value, "opp", strength, known) for one in flags)


def as_known(leg, at):
    """The leg as it was known at an instant: what was said of it later is not there yet."""
    kept = tuple(one for one in leg.circumstances if one.known_at is None or one.known_at <= at)
    return replace(leg, circumstances=kept)


@given(now=HOURS, late=st.integers(72, 300), early=st.none() | HOURS, strength=st.sampled_from(STRENGTHS[:2]),
       value=st.sampled_from([True, None, False]))
@settings(max_examples=150)
def test_a_late_invocation_moves_nothing_that_is_final(base, clause, make, now, late, early, strength, value):
    at = make.instant(KNOWN) + timedelta(hours=now)
    leg = make.leg(known_at=make.instant(KNOWN), circumstances=() if early is None else said(make, early))
    claimed = replace(leg, circumstances=(*leg.circumstances, *said(make, late, strength, value=value)))
    facts = replace(base, known_at=at, memo={})
    before, after = judge(as_known(leg, at), clause, facts), judge(as_known(claimed, at), clause, facts)
    if not before.provisional:
        assert (after.verdict, after.reasons, after.provisional) == (before.verdict, before.reasons, before.provisional)


@given(now=HOURS, early=st.integers(0, 71))
@settings(max_examples=80)
def test_an_invocation_in_time_leaves_it_open_for_good(base, clause, make, now, early):
    at = make.instant(KNOWN) + timedelta(hours=now)
    leg = make.leg(known_at=make.instant(KNOWN), circumstances=said(make, early))
    ruling = judge(as_known(leg, at), clause, replace(base, known_at=at, memo={}))
    if now >= early:
        assert (ruling.verdict, ruling.provisional) == ("undetermined", False)
    else:
        assert (ruling.verdict, ruling.provisional) == ("violation", True)


@pytest.mark.parametrize(("hours", "verdict"), [(71, "undetermined"), (72, "violation"), (200, "violation")])
def test_the_last_moment_to_invoke_it(base, clause, make, hours, verdict):
    leg = make.leg(known_at=make.instant(KNOWN), circumstances=said(make, hours))
    assert judge(leg, clause, replace(base, memo={})).verdict == verdict


@pytest.mark.parametrize("strength", STRENGTHS)
def test_what_is_supported_counts_whenever_it_comes(base, clause, make, strength):
    leg = make.leg(known_at=make.instant(KNOWN), circumstances=said(make, 200, strength))
    supported = strength in ("corroborated", "verified")
    assert (judge(leg, clause, replace(base, memo={})).verdict == "compliant") is supported


def test_without_a_limit_or_a_time_nothing_is_late(base, clause, make):
    rule = replace(base.agreement.evidence, reply_within=None)
    boundless = replace(base, agreement=replace(base.agreement, evidence=rule), memo={})
    late = said(make, 900)
    assert judge(make.leg(known_at=make.instant(KNOWN), circumstances=late), clause, boundless).verdict == "undetermined"
    assert judge(make.leg(known_at=None, circumstances=late), clause, replace(base, memo={})).verdict == "undetermined"


def test_when_it_was_said_travels_with_the_leg(make):
    leg = make.leg(circumstances=said(make, 5))
    assert leg_records(leg_table([leg]))[0].circumstances == leg.circumstances


def test_reply_within_is_that_of_the_shipped_agreement(base):
    assert base.agreement.evidence.reply_within == WITHIN
