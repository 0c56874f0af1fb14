from datetime import UTC, datetime, timedelta

from trucewatch.incidents import Decision, decision_table
from trucewatch.release import Audience, Policy
from trucewatch.release.beside import Beside

START = datetime(2016, 9, 20, tzinfo=UTC)
HOUSE, PUBLIC = Policy(Audience.INTERNAL), Policy()


def said(policy, *decisions, named=False):
    rows = (
        Decision(f"d-{n}", kind, who, "in its letter", START + timedelta(hours=n), reports=("r-1",), answer=answer, question=question, supersedes=undone)
        for n, (kind, who, answer, question, undone) in enumerate(decisions)
    )
    return Beside(decision_table(rows)).finding(("r-1", "r-2"), "attacks", "default", policy, named=named)


AGREE, DISSENT = ("opinion", "ana", "agree", None, None), ("opinion", "ben", "dissent", None, None)
REPLY = ("reply", "ana", None, "us", None)


def test_opinions_stand_beside_each_other_in_the_house_alone():
    assert [(one.who, one.answer, one.because) for one in said(HOUSE, AGREE, DISSENT)] == [
        ("ana", "agree", "in its letter"), ("ben", "dissent", "in its letter"),
    ]
    assert said(PUBLIC, AGREE, DISSENT) == ()


def test_that_a_party_has_replied_is_public_its_words_and_its_name_are_not():
    (one,) = said(PUBLIC, REPLY)
    assert (one.kind, one.party, one.who, one.because) == ("reply", None, None, None)
    assert said(PUBLIC, REPLY, named=True)[0].party == "us"
    assert said(HOUSE, REPLY, named=True)[0].because == "in its letter"


def test_what_was_taken_back_or_is_about_another_happening_is_not_shown():
    assert said(HOUSE, AGREE, ("opinion", "ana", None, None, "d-0")) == ()
    assert Beside(decision_table([])).finding(("r-1",), "attacks", "default", HOUSE, named=True) == ()
    other = Decision("d-1", "opinion", "ana", "x", START, reports=("r-9",), answer="agree")
    assert Beside(decision_table([other])).finding(("r-1",), "attacks", "default", HOUSE, named=True) == ()
