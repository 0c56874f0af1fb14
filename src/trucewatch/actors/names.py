"""How names are compared: letter for letter after folding what spelling, not meaning, decides.

Folded: case, diacritics, apostrophes, hyphens and other punctuation, the dots of U.S.A., the
articles `the`, `al`, `el` (and `as-`, `an-` … before a hyphen), and a few Arabic common words whose
Latin spelling varies. Nothing is guessed beyond that: ISI is not ISIL, Jaish al-Islam is not
Jaish al-Fatah.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Form", "Word", "form_of", "singular", "together", "words_of"]

Form = tuple[str, ...]
"""A name folded for comparison: its words without articles."""

_APOSTROPHES = "'’‘ʼʻ`´ʾʿ′"
_JOINERS = "-‐‑"
_MARKS = "\u0300-\u036f\u064b-\u0652"
_LETTER = rf"[^\W_][{_MARKS}]*"
_WORD = re.compile(
    r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"
    rf"|(?:{_LETTER})+(?:[{_APOSTROPHES}](?:{_LETTER})+)*"
)
_GAP = re.compile(rf"[{_JOINERS}\s_{_APOSTROPHES}]*")
_IGNORED = str.maketrans("ıøłđ", "iold", _APOSTROPHES + ".")

_ARTICLES = frozenset({"the", "al", "el"})
_JOINED_ARTICLES = frozenset({"al", "el", "an", "as", "ash", "ad", "adh", "at", "ath", "ar", "az"})

_SPELLINGS = {
    variant: word
    for word, variants in {
        "jaish": "jaysh jeish jeysh jaych",
        "jabhat": "jabha jabhet jebhat",
        "nusra": "nusrah nusrat nosra",
        "fatah": "fateh fath",
        "faylaq": "failaq faylak failak",
        "hayat": "haiat hayyat haiyat",
        "kataib": "kataeb kataaib",
        "liwa": "liwaa",
        "harakat": "harakah haraka",
        "islamiya": "islamiyya islamiyah islamiyyah",
        "hezbollah": "hizbullah hizballah hizbollah hezballah hezbullah",
        "daesh": "daish daech",
    }.items()
    for variant in variants.split()
}
"""Common words of group names (army, front, victory, legion …), never a whole group's proper name
beside another group's: collected from the outlets of the worked cases."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text; articles are no words of their own."""

    written: str
    form: str
    start: int
    """Where it begins, an Arabic article before it included."""
    end: int
    joined_before: bool
    """A hyphen ties it to the word before: `anti-ISIL`."""
    joined_after: bool
    """A hyphen ties it to the word after: `ISIL-held`."""
    apart: bool
    """A comma or another mark parts it from the word before."""

    @property
    def has_article(self) -> bool:
        """Whether an Arabic article stands before it."""
        return self.end - self.start > len(self.written)

    @property
    def stem(self) -> str:
        """The word as written without a possessive 's."""
        end = self.written[-2:]
        owned = len(self.written) > 2 and end[0] in _APOSTROPHES and end[1] in "sS"
        return self.written[:-2] if owned else self.written

    @property
    def stem_form(self) -> str:
        """The form of the stem: the form itself where there is no possessive."""
        return _folded(self.stem)


def _folded(written: str) -> str:
    decomposed = unicodedata.normalize("NFKD", written)
    letters = "".join(one for one in decomposed if not unicodedata.combining(one))
    folded = letters.casefold().translate(_IGNORED)
    return _SPELLINGS.get(folded, folded)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in order, without articles; one that ends the text is kept."""
    found = list(_WORD.finditer(text))
    return tuple(_without_articles(text, found))


def together(text: str, end: int, start: int) -> bool:
    """Whether nothing but space, hyphens and apostrophes lies between two positions of `text`."""
    return _GAP.fullmatch(text, end, start) is not None


def _without_articles(text: str, found: list[re.Match[str]]) -> Iterator[Word]:
    lead: int | None = None
    apart, end = False, 0
    for place, one in enumerate(found):
        apart = apart or not together(text, end, one.start())
        end = one.end()
        if place + 1 < len(found) and _is_article(text, one):
            named = _folded(one.group()) != "the"
            lead = one.start() if named and lead is None else lead
        else:
            yield _word(text, one, one.start() if lead is None else lead, apart=apart)
            lead, apart = None, False


def _is_article(text: str, one: re.Match[str]) -> bool:
    form = _folded(one.group())
    joined = _joined(text, one.end(), one.end() + 1)
    return form in (_JOINED_ARTICLES if joined else _ARTICLES)


def _word(text: str, one: re.Match[str], start: int, *, apart: bool) -> Word:
    return Word(
        written=one.group(),
        form=_folded(one.group()),
        start=start,
        end=one.end(),
        joined_before=_joined(text, start - 1, start - 2),
        joined_after=_joined(text, one.end(), one.end() + 1),
        apart=apart,
    )


def _joined(text: str, at: int, beyond: int) -> bool:
    """Whether there is a hyphen at `at` with a letter or digit on its far side."""
    inside = 0 <= at < len(text) and 0 <= beyond < len(text)
    return inside and text[at] in _JOINERS and text[beyond].isalnum()


def form_of(name: str) -> Form:
    """Return `name` folded for comparison; empty if it holds no letter and no digit."""
    return tuple(word.form for word in words_of(name) if word.form)


def singular(form: Form) -> Form:
    """Return `form` without a plural s at its end; for common words only, names keep theirs."""
    last = form[-1] if form else ""
    if len(last) > 3 and last.endswith("s") and not last.endswith("ss"):
        return (*form[:-1], last[:-1])
    return form
