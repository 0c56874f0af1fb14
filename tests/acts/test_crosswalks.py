import pytest

from trucewatch.acts import ACLED_SUB_EVENT, CAMEO, PLOVER, act_key

SCHEMES = {"acled": ACLED_SUB_EVENT, "plover": PLOVER, "cameo": CAMEO}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_code_leads_to_a_key_as_records_write_it(scheme):
    named = {code: key for code, key in SCHEMES[scheme].items() if key is not None}
    wrong = {code: key for code, key in named.items() if act_key(key) != key}
    assert wrong == {}


def test_all_25_sub_events_of_acled_are_there():
    assert len(ACLED_SUB_EVENT) == 25
    assert ACLED_SUB_EVENT["Air/drone strike"] == "attack.air"
    assert ACLED_SUB_EVENT["Shelling/artillery/missile attack"] == "attack.indirect_fire"
    assert ACLED_SUB_EVENT["Peaceful protest"] is None


def test_plover_has_its_16_categories_and_modes_only_below_them():
    categories = {code for code in PLOVER if ":" not in code}
    assert len(categories) == 16
    assert {code.partition(":")[0] for code in PLOVER} == categories


def test_a_declared_withdrawal_is_none_an_observed_one_is():
    assert PLOVER["CONCEDE"] is None
    assert PLOVER["RETREAT:withdraw"] == "withdrawal"


def test_cameo_codes_are_text_with_leading_zeros():
    assert all(code.isdigit() and 3 <= len(code) <= 4 for code in CAMEO)
    assert CAMEO["073"] == "aid_delivered"
    assert CAMEO["195"] == "attack.air"
    assert CAMEO["2041"] == "chemical"


def test_a_coders_verdict_is_no_act():
    assert CAMEO["196"] is None


def test_codes_nobody_listed_are_absent_and_not_none():
    assert "Alien landing" not in ACLED_SUB_EVENT
    assert "ASSAULT:unknown" not in PLOVER
    assert "999" not in CAMEO
