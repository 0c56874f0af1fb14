"""The language gate: English is read, everything else is told apart from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.reading import language_of

CASES = [
    ("en", "Rebels fired mortars at a government-held district of Aleppo on Wednesday, killing two children, state media reported."),
    ("en", "Truce holds in the south as aid trucks wait at the border"),
    ("en", "“Die Welt” and “Le Monde” both wrote that the truce was over, according to a diplomat in Paris."),
    ("en", "Five Fateh al-Sham fighters and a commander of Faylaq al-Sham were killed in Khan Tuman, residents said."),
    ("de", "Rebellen haben am Mittwoch einen Stadtteil von Aleppo mit Granaten beschossen, und zwei Kinder wurden dabei getötet."),
    ("de", "In Aleppo war die Lage nach der Waffenruhe ruhig, sagte am Abend ein Sprecher in London."),
    ("fr", "Les rebelles ont tiré des obus sur un quartier de la ville d'Alep mercredi, selon la télévision d'État."),
    ("es", "Los rebeldes dispararon morteros contra un barrio de la ciudad y murieron dos niños, según la televisión."),
    ("nl", "De rebellen hebben op woensdag een wijk van de stad met mortieren beschoten, zei een woordvoerder van het leger."),
    ("tr", "Ordu, bu bölgede bir ateşkes için daha çok zaman olduğunu ve görüşmelerin devam edeceğini dedi."),
    ("und-Arab", "قال متحدث باسم الجيش إن الهدنة بدأت مساء الاثنين"),
    ("und-Cyrl", "Представитель армии заявил, что перемирие началось в понедельник вечером"),
    ("und-Hebr", "דובר הצבא אמר כי הפסקת האש החלה ביום שני בערב"),
    ("und-Hani", "军方发言人说停火于周一晚间开始"),
    ("und", ""),
    ("und", "12:30 — 14.09.2016 …"),
    ("und", "Aleppo, Idlib"),
    ("und", "Xyzzy plugh frobnitz quux wibble blorb grault waldo"),
]


@pytest.mark.parametrize(("expected", "text"), CASES)
def test_the_language_of(expected, text):
    assert language_of(text) == expected


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text):
    assert language_of(text)
