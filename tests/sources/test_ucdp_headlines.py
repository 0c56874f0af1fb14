import pytest

from trucewatch.sources.ucdp_headlines import (
    deaths_in,
    headline_act,
    is_round_up,
    names_area,
    names_place,
    strange_sides,
)


@pytest.mark.parametrize(
    ("headline", "deaths"),
    [
        ("Aerial bombardment kills 14 in Aleppo", "14"),
        ("26 killed by aerial bombardment", "26"),
        ("At least 5 people were killed in an attack", "at least 5"),
        ("Mortar fire, killing about 31 people", "about 31"),
        ("Strike claims the lives of 9", "9"),
        ("Strike claims the lives of 9, 9 killed", "9"),
        ("Strikes kill and wound 200 soldiers", None),
        ("About 15 were killed and injured", None),
        ("12 casualties in shelling", None),
        ("Kills 4 here, kills 5 there", None),
        ("164 wounded on 17/09/2016 killed", None),
        ("Two soldiers killed", None),
        ("Growth of 30% killed", None),
        ("", None),
    ],
)
def test_deaths_only_by_the_strict_forms(headline, deaths):
    assert deaths_in(headline) == deaths


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("164 killed yesterday 17/09/2016", True),
        ("109 people were killed yesterday, including 34 fighters", True),
        ("31 killed in the first day of the feast", True),
        ("31 killed by shelling", False),
        ("He was buried yesterday", False),
    ],
)
def test_round_ups(headline, said):
    assert is_round_up(headline) is said


@pytest.mark.parametrize(
    ("headlines", "barred", "act"),
    [
        (["Air strike on a market"], None, "air_strike"),
        (["Air strike on a market"], "attack.air", None),
        (["Air strikes here", "Shelling there"], None, "attack"),
        (["Mortar fire", "Rockets fired"], None, "attack.indirect_fire"),
        (["Two men executed"], None, "execution"),
        (["Shelling", "Two men executed"], None, None),
        (["Forces advance in the east"], None, None),
        (["Calm prevails"], None, None),
        ([], None, None),
    ],
)
def test_acts_of_one_family_only(headlines, barred, act):
    assert headline_act(headlines, barred) == act


COALITION_AND_IS = ("Government of Iraq", "IS")
GOVERNMENT_AND_REBELS = ("Government of Syria", "Syrian insurgents")


@pytest.mark.parametrize(
    ("headline", "dyad", "sizes", "sides"),
    [
        (
            "Coalition airstrikes kill and wound 200 soldiers in regime forces", COALITION_AND_IS, (1, 2),
            ("Government of Syria", "US-led coalition"),
        ),
        ("Coalition airstrikes on IS", COALITION_AND_IS, (1, 2), ()),
        ("Clashes between regime forces and IS", GOVERNMENT_AND_REBELS, (2,), ("Government of Syria", "IS")),
        ("Russian airstrikes kill rebels", GOVERNMENT_AND_REBELS, (1, 2), ()),
        ("Turkish artillery shells a village", GOVERNMENT_AND_REBELS, (1, 2), ("Turkey",)),
        ("Turkish artillery shells a village", GOVERNMENT_AND_REBELS, (2,), ()),
        ("Regime forces shell rebels, IS attacks SDF", GOVERNMENT_AND_REBELS, (2,), ("IS", "SDF")),
        ("Regime forces, rebels and IS clash and shell SDF", GOVERNMENT_AND_REBELS, (2,), ()),
        ("Shelling of regime-held areas by rebels", GOVERNMENT_AND_REBELS, (1, 2), ()),
        ("Shelling of the IS held town", GOVERNMENT_AND_REBELS, (1, 2), ()),
        ("Turkish delegation arrives", GOVERNMENT_AND_REBELS, (1, 2), ()),
        ("This is an attack", GOVERNMENT_AND_REBELS, (1, 2), ()),
        ("Factions attack IS", ("Ahrar al-Sham", "IS"), (1, 2), ()),
    ],
)
def test_headlines_that_are_set_against_the_dyad(headline, dyad, sizes, sides):
    assert strange_sides(headline, dyad, sizes) == sides


@pytest.mark.parametrize(
    ("headline", "place", "named"),
    [
        ("Shelling on Talbiseh", "Tallbisah  town", True),
        ("Strikes on Al-Mayadeen city", "Al Mayadin town", True),
        ("Clashes in Der-Ezzor", "Deir ez Zor town", True),
        ("Shells on Douma", "Duma town", True),
        ("Shells on Aleppo city", "Aleppo town", True),
        ("Clashes in the northern countryside of Aleppo", "Aleppo town", False),
        ("Losses in Harasta", "Harasta town", True),
        ("Losses in Harbinafsah", "Harasta town", False),
        ("Losses in the town", "Tall town", False),
        ("", "Aleppo town", False),
        ("Anything", "", False),
    ],
)
def test_places_by_their_own_word(headline, place, named):
    assert names_place(headline, place) is named


def test_areas_only_by_their_whole_name():
    assert names_area("Clashes in the Eastern Ghouta", "Eastern Ghouta")
    assert not names_area("Clashes in Ghouta", "Eastern Ghouta")
    assert not names_area("Shells on Aleppo city", "Northern Aleppo Governorate")
