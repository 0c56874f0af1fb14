import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.acts import (
    ACT_WORDS,
    TARGET_WORDS,
    WEAPON_WORDS,
    act_key,
    act_keys,
    find_acts,
    is_act,
    is_target,
    is_weapon,
    parse_act,
    parse_target,
    parse_weapon,
)
from trucewatch.acts.lexicon import NOT_AN_ACT, WEAK_WORDS

ACTS = [
    ("air strike", "air_strike"),
    ("Airstrike", "air_strike"),
    ("air-strikes", "air_strike"),
    ("AIR_STRIKE", "air_strike"),
    ("aerial bombardment", "air_strike"),
    ("barrel bombs", "air_strike"),
    ("shelling", "attack.indirect_fire"),
    ("mortar fire", "mortar"),
    ("artillery", "artillery"),
    ("rockets", "rocket"),
    ("battle", "armed_clash"),
    ("clashes", "armed_clash"),
    ("exchange_of_fire", "armed_clash"),
    ("sniping", "sniper"),
    ("execution", "execution"),
    ("suicide_bombing", "suicide_bombing"),
    ("car bomb", "attack.explosive"),
    ("bombing", "attack"),
    ("attack", "attack"),
    ("attack_on_aid_convoy", "attack"),
    ("attack_on_hospital", "attack"),
    ("attack_on_medical", "attack"),
    ("chemical_attack_alleged", "chemical"),
    ("control_change", "territory"),
    ("evacuation", "evacuation"),
    ("obstruction", "access.obstruct"),
    ("shelling + explosion", "attack"),
    ("mortars and rockets", "attack.indirect_fire"),
    ("attack.air", "attack.air"),
    ("attack.air.air_strike", "air_strike"),
    ("live-fire exercise", "exercise"),
    ("misfire", "accidental_fire"),
    ("  Drone   strike ", "drone_strike"),
]


@pytest.mark.parametrize(("words", "key"), ACTS)
def test_words_for_acts(words, key):
    assert parse_act(words) == key


@pytest.mark.parametrize(
    "words",
    ["", "statement", "massacre", "shelling and looting", "shelling + picnic", "something else",
     "window_start", "aggregate", "Press conference about shelling", "\u0642\u0635\u0641"],
)
def test_words_that_name_no_single_act(words):
    assert parse_act(words) is None


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Warplanes bomb a market, then artillery shelling", ("air_strike", "artillery")),
        ("Suicide car bombing in Homs", ("suicide_bombing",)),
        ("Man killed by sniper", ("sniper",)),
        ("Continued clashes and air strikes, more clashes", ("armed_clash", "air_strike")),
        ("Child and woman killed by bombardment; 3 men by bombs exploding",
         ("attack", "attack.explosive")),
        ("Chlorine barrel bomb; 70 affected", ("chemical",)),
        ("15 men executed", ("execution",)),
        ("Cessation of hostilities starts at 19:00", ()),
        ("Ceasefire holds; both sides cease fire and exercise restraint", ()),
        ("Access to the territory by air", ()),
        ("Hospital in the besieged area destroyed", ()),
        ("Army recaptures the district", ("seizure_of_position",)),
        ("Exchange of fire, not an exchange", ("armed_clash",)),
        ("", ()),
    ],
)
def test_acts_in_a_sentence(text, acts):
    assert find_acts(text) == acts


def test_the_longest_phrase_wins_and_no_word_is_used_twice():
    assert find_acts("grad rocket attack") == ("rocket",)
    assert find_acts("suicide bomber") == ("suicide_bombing",)
    assert find_acts("chlorine gas attack") == ("chemical",)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("hospital", "hospital"), ("Aid convoy", "aid_convoy"), ("aid_convoy", "aid_convoy"),
        ("vegetable market", "market"), ("ambulances", "medical_team"), ("checkpoint", "position"),
        ("civilians", "civilians"), ("civilian", "civilians"), ("water station", "water"),
        ("houses", "dwelling"), ("moon", None), ("", None),
    ],
)
def test_words_for_targets(words, key):
    assert parse_target(words) == key


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("grad", "grad"), ("BM-21 Grad", "grad"), ("BM-21", "grad"), ("82 mm mortar", "mortar"),
        ("122mm howitzer", "howitzer"), ("120-mm mortars", "mortar"), ("T-72", "tank"),
        ("BMP-2", "ifv"), ("TOW", "atgm"), ("HMG", "heavy_machine_gun"), ("mlrs.grad", "grad"),
        ("artillery", "artillery"), ("small arms", "small_arms"), ("armor", "armour"),
        ("helicopter", None), ("82 mm", None), ("82", None), ("", None),
    ],
)
def test_words_for_weapons(words, key):
    assert parse_weapon(words) == key


@pytest.mark.parametrize(
    ("words", "known", "parse"),
    [
        (ACT_WORDS, is_act, parse_act),
        (TARGET_WORDS, is_target, parse_target),
        (WEAPON_WORDS, is_weapon, parse_weapon),
    ],
)
def test_every_listed_word_leads_to_the_key_it_is_listed_under(words, known, parse):
    wrong = [
        (key, phrase, parse(phrase))
        for key, phrases in words.items()
        for phrase in phrases
        if not known(key) or parse(phrase) != key
    ]
    assert wrong == []


def test_every_act_is_found_by_its_own_name():
    assert all(parse_act(key) == key for key in act_keys())
    assert all(parse_act(key.rpartition(".")[2].replace("_", " ")) == key for key in act_keys())


def test_weak_words_name_acts_in_a_cell_and_none_in_a_sentence():
    assert all(parse_act(word) is not None for word in WEAK_WORDS)
    assert all(find_acts(word) == () for word in (*WEAK_WORDS, *NOT_AN_ACT))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["shelling", "clashes", "on", "sniper", "market", "fire"])))
def test_found_acts_are_keys_each_once(words):
    found = find_acts(" ".join(words))
    assert len(found) == len(set(found))
    assert all(act_key(one) == one for one in found)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read(text):
    assert parse_act(text) is None or is_act(parse_act(text))
    assert parse_target(text) is None or is_target(parse_target(text))
    assert parse_weapon(text) is None or is_weapon(parse_weapon(text))
    assert all(is_act(one) for one in find_acts(text))
