from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.places.names import normal, read_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ma'arrat an-Nu’mān", "maarrat an numan"),
        ("Deir_ez–Zor ", "deir ez zor"),
        ("KIZILTEPE / Şanlıurfa", "kiziltepe sanliurfa"),
        ("دِمَشق", "دمشق"),
        ("القُنَيطِرة", "القنيطره"),
        ("", ""),
    ],
)
def test_normal_form(text: str, expected: str):
    assert normal(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mayadin", "al-Mayadeen"),
        ("Deir ez-Zor", "Dayr az-Zawr"),
        ("Raqqa", "Ar Raqqah"),
        ("Hasakah", "Al-Hassakeh"),
        ("Duma", "Douma town"),
        ("Qamishli", "Kamishly"),
        ("Sheikh Maqsoud", "Shaykh Maksud"),
        ("Jebel Saman", "Jabal Sam'an district"),
        ("Maarat al-Numan", "Ma'arat an-Nu'man"),
        ("القنيطرة", "قنيطرة"),
    ],
)
def test_equal_folds(one: str, other: str):
    assert read_name(one).fold == read_name(other).fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Urum al-Kubra", "Urum al-Sughra"),
        ("Eastern Ghouta", "Western Ghouta"),
        ("Maarrat Misrin", "Maarat al-Numan"),
        ("Kafr Batna", "Kafr Naha"),
        ("Deir ez-Zor", "Deir Hafir"),
        ("Khan Tuman", "Khan al-Asal"),
        ("137th Brigade", "138th Brigade"),
    ],
)
def test_different_places_have_different_skeletons(one: str, other: str):
    assert read_name(one).skeleton != read_name(other).skeleton


def test_words_for_kinds_are_heard():
    assert read_name("Daraa Governorate").kinds == ("governorate",)
    assert read_name("Dael town").kinds == ("town",)
    assert read_name("Sub-district of X").kinds == ("area",)
    assert read_name("Aleppo").kinds == ()


def test_a_name_of_only_kind_words_and_articles_keeps_them():
    assert read_name("City").fold != ""
    assert read_name("al").fold != ""


@given(st.text(max_size=30))
def test_any_text_has_a_name_and_its_normal_form_is_stable(text: str):
    name = read_name(text)
    assert normal(name.normal) == name.normal
    assert bool(name.fold) == bool(name.normal)
