"""What duties ask for, said in phrases and without a party's name."""

from datetime import timedelta

import pytest

from trucewatch.agreement import Delivery, Duty, Notice, Ratio, Release, SubQuota, Withdrawal
from trucewatch.publish.asked import asked
from trucewatch.publish.phrases import phrases

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("duty", "words"),
    [
        (Duty(withdraw=(Withdrawal("strip", ("tank",), calibre_at_least_mm=100.0, allow=("rifle",)),)),
         ["withdraw tank, of 100 mm or more beyond strip (except rifle)"]),
        (Duty(perform="release_of_persons"), ["release of persons"]),
        (Duty(deliver=Delivery("trucks", 600, DAY, 7 * DAY, (SubQuota("fuel", 50, "fuel"),))),
         ["deliver at least 600 trucks every 1 d, on average over 7 d", "of which at least 50 fuel"]),
        (Duty(release=Release("detainees", 33, Ratio("captives", 30), ("women", "under-19"))),
         ["release 33 detainees", "at least 30 for each one under captives", "in this order: women, under-19"]),
        (Duty(notify=Notice(("guard",), "strikes", within=timedelta(hours=2), before=DAY)),
         ["give notice of strikes", "at the latest 2 h after it", "at least 1 d before it"]),
        (Duty(tasks=("mine-lists", "lock")), ["do all of these: mine-lists, lock"]),
    ],
)
def test_every_kind_of_duty_has_words(duty, words):
    assert list(asked(duty, phrases("en"))) == words
