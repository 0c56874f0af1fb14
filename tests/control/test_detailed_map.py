"""A “detailed map” module is read: colours, names of marks, comments, and places of one name."""

from datetime import date

import pytest

from trucewatch.control.detailed_map import claims_on_detailed_map, mark_said
from trucewatch.control.words import Said

DAY = date(2016, 9, 15)
WORDS = {
    "red": Said("gov"), "lime": Said("opp"), "green": Said("opp"), "grey": Said("jfs"), "black": Said("is"), "gov": Said("gov"), "opp": Said("opp"),
    "JaN": Said("jfs"), "Mountain pass 12x12 e.svg": Said(None),
}
MODULE = """
local m = mw.loadData('Module:Some marks')
return { --[[ a block
  { lat = "1", long = "1", mark = m.gov, label = "commented out" } ]]
  marks = {
    { lat = "36.2", long = "37.16", mark = m.gov, marksize = "20", label = "[[Aleppo|Aleppo city]]", link = "Aleppo" },
    -- { lat = "2", long = "2", mark = m.gov, label = "out too" },
    { lat = 35.9, long = 36.63, mark = "Location_dot_lime.svg", label = "[[Idlib]] -- not a comment" },
    { lat = "36.0", long = "37.0", mark = "Map-ctl2-red+grey.svg", label = "Shared" },
    { lat = "36.1", long = "37.0", mark = "80x80-red-black-anim.gif", label = "Fought over" },
    { lat = "36.2", long = "37.16", mark = "map-arcNE-lime.svg", label = "[[Aleppo|Aleppo city]]" },
    { lat = "36.277", long = "41.281", mark = "Mountain pass 12x12 e.svg" },
    { lat = "35.1", long = "36.1", mark = "Abm-purple-icon.png", label = "Base" },
    { lat = "35.2", long = "36.1", mark = "Abm-purple-icon.png", label = "Base two" },
    { lat = "137.1", long = "36.4", mark = m.opp, label = "Off the earth" },
    { lat = "35.5", long = "36.5", mark = m.stable_opp_JaN, label = "Kafr" },
    { lat = "36.5", long = "37.5", mark = m.opp, label = "Kafr" },
  },
}
"""


@pytest.mark.parametrize(("mark", "said"), [
    ("Dot green 0d0.svg", Said("opp")), ("Map-dot-grey-68a.svg", Said("jfs")), ("m.stable_opp_JaN", Said("jfs|opp", "joint")),
    ("Map-ctl3-red+lime+grey.svg", Said("gov|jfs|opp", "joint")), ("80x80-red-lime-black-anim.gif", Said("gov|is|opp", "contested")),
    ("Map-circle-red.svg", Said("gov", "besieged_by")), ("Map-circle-purple.svg", None), ("Gota01.svg", None), ("red-lime.svg", None),
])
def test_a_picture_says_who_and_how_or_nothing(mark, said):
    assert mark_said(mark, WORDS) == said


def test_every_mark_is_a_claim_of_the_day_and_what_nobody_explains_is_told_once():
    found = claims_on_detailed_map(MODULE, WORDS, DAY, "Wikipedia", "syria_2016-09-15.lua")
    rows = list(zip(*(found.columns[one] for one in ("place", "holder", "kind")), strict=True))
    assert rows == [
        ("Aleppo city", "gov", "held"), ("Idlib -- not a comment", "opp", "held"), ("Shared", "gov|jfs", "joint"), ("Fought over", "gov|is", "contested"),
        ("Aleppo city", "opp", "besieged_by"), ("Kafr (35.500, 36.500)", "jfs|opp", "joint"), ("Kafr (36.500, 37.500)", "opp", "held"),
    ]
    assert set(found.columns["published_at"]) == {DAY}
    assert [MODULE.split("\n")[line - 1].split('mark = ')[1][:5] for line in found.stands[:2]] == ["m.gov", '"Loca']
    told = {one.value: (one.line, one.advice) for one in found.problems}
    assert set(told) == {"137.1, 36.4", "Abm-purple-icon.png"} and told["Abm-purple-icon.png"][1].startswith("2 mark")
