import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.acts import (
    ACTS,
    TARGETS,
    WEAPONS,
    Vocabulary,
    act_key,
    act_keys,
    common_act,
    distance,
    family,
    is_act,
    is_target,
    is_weapon,
    leaves,
    overlap,
    target_key,
    under,
    weapon_key,
    weapon_keys,
    weapon_overlap,
    weapon_under,
)
from trucewatch.errors import UnknownName
from trucewatch.truth import FALSE, TRUE, UNKNOWN

keys = st.sampled_from(act_keys())


def test_the_vocabulary_holds_what_agreements_use():
    assert list(ACTS) == [
        "attack", "territory", "presence", "overflight", "against_persons", "property", "access",
        "performance", "monitors", "digital", "speech", "no_hostile_act",
    ]
    assert leaves("attack") == (
        "air_strike", "drone_strike", "artillery", "mortar", "rocket", "small_arms", "sniper",
        "anti_tank_missile", "tank_fire", "armed_clash", "ground_assault", "ied_mine",
        "suicide_bombing", "grenade", "chemical",
    )
    assert leaves("no_hostile_act") == ("accidental_fire", "accident", "exercise")
    assert len(TARGETS) == 16
    assert list(WEAPONS) == ["artillery", "mortar", "mlrs", "armour", "missile", "small_arms"]


def test_no_leaf_stands_twice():
    every = [leaf for branch in ACTS for leaf in leaves(branch)]
    assert len(every) == len(set(every))


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("attack", "attack"),
        ("attack.air", "attack.air"),
        ("air", "attack.air"),
        ("air_strike", "air_strike"),
        ("attack.air.air_strike", "air_strike"),
        ("obstruct", "access.obstruct"),
        ("access.obstruct.siege", "siege"),
    ],
)
def test_keys_in_both_notations(written, key):
    assert is_act(written)
    assert act_key(written) == key


@pytest.mark.parametrize(
    "key", ["air.air_strike", "attack.mortar", "airstrike", "", "attack.", "."]
)
def test_other_keys_are_unknown(key):
    assert not is_act(key)
    for call in (act_key, family, leaves):
        with pytest.raises(UnknownName, match="act"):
            call(key)
    with pytest.raises(UnknownName):
        under("mortar", key)
    with pytest.raises(UnknownName):
        overlap(key, "attack")


def test_an_unknown_act_offers_the_nearest():
    with pytest.raises(UnknownName, match="did you mean “air_strike”"):
        act_key("air_stike")


def test_family_under_and_distance():
    assert family("mortar") == family("attack.air") == family("air") == "attack"
    assert under("air_strike", "attack.air")
    assert under("air_strike", "air")
    assert under("attack", "attack")
    assert not under("attack", "attack.air")
    assert not under("mortar", "attack.air")
    assert distance("mortar", "mortar") == 0
    assert distance("mortar", "attack.indirect_fire") == 1
    assert distance("mortar", "rocket") == 2
    assert distance("mortar", "air_strike") == 4
    assert distance("mortar", "looting") == 5


@pytest.mark.parametrize(
    ("key", "branch", "truth"),
    [
        ("air_strike", "attack", TRUE),
        ("air_strike", "air_strike", TRUE),
        ("attack", "air_strike", UNKNOWN),
        ("attack.air", "drone_strike", UNKNOWN),
        ("attack.unconventional", "chemical", UNKNOWN),  # one leaf, yet wider than it
        ("attack.air", "mortar", FALSE),
        ("mortar", "attack.air", FALSE),
        ("accident", "attack", FALSE),
    ],
)
def test_overlap(key, branch, truth):
    assert overlap(key, branch) is truth


@settings(max_examples=60, deadline=None)
@given(keys, keys, keys)
def test_the_tree_is_a_tree(one, two, three):
    assert distance(one, two) == distance(two, one)
    assert distance(one, three) <= distance(one, two) + distance(two, three)
    assert (distance(one, two) == 0) == (one == two)
    if under(one, two):
        assert overlap(one, two) is TRUE
        assert set(leaves(one)) <= set(leaves(two))
        assert family(one) == family(two)
        if under(two, three):
            assert under(one, three)
    assert (overlap(one, two) is FALSE) == (not set(leaves(one)) & set(leaves(two)))


@settings(max_examples=60, deadline=None)
@given(st.lists(keys, min_size=1, max_size=4))
def test_the_common_act_holds_all_and_no_narrower_one_does(several):
    found = common_act(several)
    holders = [key for key in act_keys() if all(under(one, key) for one in several)]
    if found is None:
        assert holders == []
    else:
        assert found in holders
        assert all(under(found, key) for key in holders)


def test_records_write_keys_one_way():
    assert act_keys()[:3] == ("attack", "attack.air", "air_strike")
    assert all(act_key(key) == key for key in act_keys())
    assert all(weapon_key(key) == key for key in weapon_keys())


def test_targets():
    assert is_target("aid_convoy")
    assert target_key("market") == "market"
    assert not is_target("convoy")
    with pytest.raises(UnknownName, match="target"):
        target_key("markt")


def test_weapons():
    assert is_weapon("grad")
    assert is_weapon("mlrs")
    assert not is_weapon("helicopter")
    assert weapon_under("grad", "mlrs")
    assert weapon_under("mortar", "mortar")
    assert not weapon_under("mlrs", "grad")
    assert not weapon_under("tank", "small_arms")
    assert weapon_overlap("mlrs", "grad") is UNKNOWN
    assert weapon_overlap("mortar", "mortar") is TRUE
    assert weapon_overlap("mortar.mortar", "mortar") is TRUE
    assert weapon_overlap("grad", "armour") is FALSE
    with pytest.raises(UnknownName, match="weapon"):
        weapon_under("helicopter", "mlrs")


def test_another_tree_can_be_asked_the_same():
    own = Vocabulary("act", {"fire": ("shelling", "sniper")})
    assert own.keys() == ("fire", "shelling", "sniper")
    assert own.under("fire.sniper", "fire")
    assert own.common(["shelling", "sniper"]) == "fire"
    assert own.common([]) is None
