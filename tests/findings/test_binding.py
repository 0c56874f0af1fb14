"""Who belongs to a group, who is bound, and whose acceptance counts."""

from dataclasses import replace

import pytest

from trucewatch.findings.acceptance import acceptance
from trucewatch.findings.binding import membership, named_by
from trucewatch.periods import Period
from trucewatch.reports.claim import Claim
from trucewatch.truth import FALSE, TRUE, UNKNOWN


@pytest.fixture
def then(make):
    return Period(make.instant("2016-09-13T10:00"), make.instant("2016-09-13T10:01"))


@pytest.mark.parametrize(
    ("party", "whole", "expected"),
    [
        ("sy-gov", "coh-parties", TRUE),
        ("opp", "coh-parties", TRUE),
        ("isil", "coh-parties", FALSE),
        ("civ", "coh-parties", FALSE),
        ("us-coal", "coh-parties", UNKNOWN),
        ("ypg", "coh-parties", UNKNOWN),
        ("fastaqim", "coh-parties", UNKNOWN),
        ("ahrar", "coh-parties", FALSE),
        ("jaish-fatah", "coh-parties", UNKNOWN),
        ("isil", "excluded", TRUE),
        ("jn", "excluded", TRUE),
        ("sy-gov", "excluded", FALSE),
        ("jaish-fatah", "excluded", UNKNOWN),
        ("jn", "not-excluded", FALSE),
        ("civ", "not-excluded", TRUE),
        ("jaish-fatah", "not-excluded", UNKNOWN),
    ],
)
def test_groups_of_the_shipped_agreement(context, then, party, whole, expected):
    assert membership(party, whole, then, context()).truth is expected


def test_a_reading_binds_the_coalition(context, then):
    assert membership("us-coal", "coh-parties", then, context("us-bound")).truth is TRUE
    disputed = membership("us-coal", "coh-parties", then, context())
    assert disputed.question == "Is US-led coalition bound? the agreement file calls it disputed"
    assert disputed.about == "us-coal"


def test_nobody_is_bound_before_the_text(context, make):
    before = Period(make.instant("2016-02-01"), make.instant("2016-02-02"))
    across = Period(make.instant("2016-02-26"), make.instant("2016-02-28"))
    assert membership("sy-gov", "coh-parties", before, context()).truth is FALSE
    assert membership("sy-gov", "coh-parties", across, context()).truth is UNKNOWN
    assert membership("sy-gov", "coh-parties", None, context()).truth is UNKNOWN


def test_a_term_that_names_a_party_asks_whether_it_is_bound(context, then):
    assert named_by("ypg", "ypg", then, context()).truth is UNKNOWN
    assert named_by("sy-gov", "sy-gov", then, context()).truth is TRUE
    assert named_by("ru", "sy-gov", then, context()).truth is FALSE


def stance(number: int, kind: str, asserter: str, published, subject: str | None = "fastaqim") -> Claim:
    return Claim(
        f"c-{number}", kind, asserter, "s", "row", subject=subject, published_at=published, known_at=published
    )


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        ([], UNKNOWN),
        ([("acceptance", "fastaqim", "2016-09-12")], TRUE),
        ([("rejection", "fastaqim", "2016-09-12")], FALSE),
        ([("acceptance", "fars", "2016-09-12")], UNKNOWN),
        ([("rejection", "fars", "2016-09-12")], UNKNOWN),
        ([("acceptance", "fastaqim", "2016-09-12"), ("rejection", "fars", "2016-09-12")], UNKNOWN),
        ([("acceptance", "fastaqim", "2016-09-12"), ("acceptance", "fars", "2016-09-12")], TRUE),
        ([("acceptance", "fastaqim", "2016-09-14")], UNKNOWN),
        ([("acceptance", "fastaqim", "2016-09-11"), ("rejection", "fastaqim", "2016-09-12")], FALSE),
        ([("acceptance", "fastaqim", "2016-09-11"), ("rejection", "fastaqim", "2016-09-15")], TRUE),
    ],
)
def test_only_its_own_statement_binds_or_frees_a_member(context, make, then, stances, expected):
    said = tuple(
        stance(number, kind, asserter, make.instant(day)) for number, (kind, asserter, day) in enumerate(stances)
    )
    facts = replace(context(), claims=said, memo={})
    assert acceptance("fastaqim", then, facts).truth is expected


def test_a_rejection_does_not_reach_back_before_its_publication(context, make, then):
    accepted = stance(1, "acceptance", "fastaqim", make.instant("2016-09-11"))
    late = replace(
        stance(2, "rejection", "fastaqim", make.instant("2016-09-15")), valid_from=make.instant("2016-09-10")
    )
    facts = replace(context(), claims=(accepted, late), memo={})
    assert acceptance("fastaqim", then, facts).truth is TRUE


def test_what_people_accepted_settles_a_conflict(context, make, then):
    said = (
        stance(1, "acceptance", "fastaqim", make.instant("2016-09-11")),
        stance(2, "rejection", "fars", make.instant("2016-09-12")),
    )
    undecided = replace(context(), claims=said, memo={})
    assert acceptance("fastaqim", then, undecided).truth is UNKNOWN
    decided = replace(undecided, accepted=frozenset({"c-2"}), memo={})
    assert acceptance("fastaqim", then, decided).truth is FALSE


def test_later_knowledge_does_not_bind_earlier(context, make, then):
    said = (stance(1, "acceptance", "fastaqim", make.instant("2016-09-12T12:00")),)
    early = replace(context(known_at="2016-09-12T11:00"), claims=said, memo={})
    assert acceptance("fastaqim", then, early).truth is UNKNOWN


def test_claims_name_who_said_so(context, then):
    answer = membership("fastaqim", "coh-parties", then, context())
    assert answer.claims == ("syr16-c016",)
    assert "no acceptance by" in answer.words
