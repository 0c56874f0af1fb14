import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.actors.names import form_of, singular, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hay'at Tahrir al-Sham", "Hay’at Tahrir Al Sham"),
        ("Hay'at Tahrir al-Sham", "Hayat Tahrir ash-Sham"),
        ("US-led coalition", "the U.S.-led Coalition"),
        ("USA", "U.S.A."),
        ("YPG", "ypg"),
        ("People's Protection Units", "Peoples Protection Units"),
        ("Jabhat al-Nusra", "Jabhat an-Nusrah"),
        ("Jaish al-Fatah", "Jaysh al-Fath"),
        ("Fırat Kalkanı", "Firat Kalkani"),
        ("Cudi Şehitleri", "Cudi Sehitleri"),
        ("NDF (Syria)", "NDF, Syria"),
    ],
)
def test_spellings_of_one_name_are_one_form(one, other):
    assert form_of(one) == form_of(other) != ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ISIL", "ISI"),
        ("ISIS", "ISI"),
        ("Jaish al-Islam", "Jaish al-Fatah"),
        ("Ahrar al-Sham", "Ahrar al-Sharqiya"),
        ("Liwa al-Aqsa", "Jund al-Aqsa"),
        ("Jabhat Fateh al-Sham", "Hay'at Tahrir al-Sham"),
        ("Northern Army", "Northern Armies"),
        ("LM", "LMP"),
    ],
)
def test_names_of_two_groups_stay_two_forms(one, other):
    assert form_of(one) != form_of(other)


@pytest.mark.parametrize(
    ("text", "apart"),
    [("a b", False), ("a-b", False), ("a_b", False), ("a the b", False), ("a' b", False), ("a, b", True),
     ("a / b", True), ("a. B", True), ("a (the b", True), ("U.S. jets", False)],
)
def test_marks_part_words(text, apart):
    assert [word.apart for word in words_of(text)] == [False, apart]


@pytest.mark.parametrize("text", ["", " ", "—", "()", "'", "ʾ"])
def test_no_letter_no_form(text):
    assert form_of(text) == ()


def test_an_article_alone_is_kept():
    assert form_of("Al") == ("al",)
    assert form_of("the") == ("the",)


@pytest.mark.parametrize(
    ("word", "bare"),
    [("rebels", "rebel"), ("jets", "jet"), ("press", "press"), ("isis", "isi"), ("gas", "gas")],
)
def test_singular_takes_one_s(word, bare):
    assert singular(("two", word)) == ("two", bare)


def test_words_know_where_they_stand():
    first, second, third = words_of("the al-Lamp Front's anti-tank")[0], *words_of("anti-ISIL, ISIL")[:2]
    assert (first.written, first.start, first.end, first.has_article) == ("Lamp", 4, 11, True)
    assert (second.joined_after, second.joined_before) == (True, False)
    assert (third.joined_before, third.written) == (True, "ISIL")


def test_a_possessive_has_a_stem():
    word = words_of("ISIL’s")[0]
    assert (word.stem, word.stem_form, word.form) == ("ISIL", "isil", "isils")


@given(st.text(max_size=40))
def test_words_lie_in_the_text_and_composition_does_not_matter(text):
    for word in words_of(text):
        assert text[word.start : word.end].endswith(word.written)
    composed, decomposed = (unicodedata.normalize(one, text) for one in ("NFC", "NFD"))
    if unicodedata.normalize("NFKC", text) == composed:
        assert isinstance(form_of(composed), tuple)
        assert isinstance(form_of(decomposed), tuple)


@given(st.lists(st.sampled_from(["Jaish", "al-Fatah", "Élan", "Şehit", "Hay'at", "of", "U.N."]), min_size=1))
def test_case_and_composition_do_not_matter(parts):
    name = " ".join(parts)
    assert form_of(name) == form_of(name.upper()) == form_of(unicodedata.normalize("NFD", name))
