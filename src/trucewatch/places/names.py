"""Spellings of one place name, brought together: normal form, fold and consonant skeleton.

Arabic and Kurdish names reach a case through English, French and German ears. Three forms, from
strict to loose, let them meet without merging places that differ:

* *normal*: case, accents, apostrophes and punctuation removed;
* *fold*: articles and words for the kind of place dropped too, digraphs one letter, doubled
  letters one, vowels reduced to a, i and u;
* *skeleton*: the consonants of the fold; d and dh, t and th, g and gh are the same there.

The letter pairs follow the BGN/PCGN 1956 and UNGEGN 2017 romanisations of Arabic and the French
habits beside them (ou, ch, dj).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "AREA", "COUNTRYSIDE", "GOVERNORATE", "QUARTER", "TOWN", "VILLAGE",
    "Name", "normal", "read_name",
]

TOWN, VILLAGE, QUARTER = "town", "village", "quarter"
GOVERNORATE, AREA, COUNTRYSIDE = "governorate", "area", "countryside"

_KIND_WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("town", "city", "municipality", "مدينه", "بلده"), (TOWN,)),
    **dict.fromkeys(("village", "hamlet", "قريه"), (VILLAGE,)),
    "suburb": (VILLAGE, QUARTER),
    **dict.fromkeys(("neighbourhood", "neighborhood", "quarter", "hay", "hayy", "حي"), (QUARTER,)),
    **dict.fromkeys(
        ("governorate", "province", "muhafazah", "muhafazat", "mohafazat", "oblast", "محافظه"),
        (GOVERNORATE,),
    ),
    "district": (AREA, QUARTER),
    **dict.fromkeys(
        ("subdistrict", "mintaqah", "mintaqat", "mantika", "nahiyah", "nahiya", "raion",
         "منطقه", "ناحيه"),
        (AREA,),
    ),
    "countryside": (COUNTRYSIDE,),
}
_ARTICLES = frozenset(
    ("al", "el", "ul", "il", "as", "es", "ash", "esh", "ach", "at", "et", "ath", "ad", "ed", "adh",
     "ar", "er", "an", "en", "az", "ez")
)
_TRANSLATED = {
    "mount": "jabal", "mt": "jabal", "jebel": "jabal", "djebel": "jabal", "sheik": "shaykh",
    "sheikh": "shaykh", "shaikh": "shaykh", "cheikh": "shaykh", "saint": "st",
}
_DIGRAPHS = (
    ("kh", "X"), ("gh", "G"), ("dh", "D"), ("th", "T"), ("sh", "S"), ("ch", "S"), ("dj", "j"),
    ("ph", "f"), ("ck", "k"), ("q", "k"), ("c", "k"), ("p", "b"),
)
_VOWELS = (
    (re.compile(r"ee|ie|iy(?![aiueo])"), "i"),
    (re.compile(r"oo|ou"), "u"),
    (re.compile(r"(?:ay|ai|ey|ei)(?![aiueo])"), "i"),
    (re.compile(r"(?:aw|au|ow)(?![aiueo])"), "u"),
    (re.compile(r"e"), "i"),
    (re.compile(r"o"), "u"),
    (re.compile(r"(?<=.)y$"), "i"),
)
_DOUBLED = re.compile(r"(.)\1+")
_APOSTROPHES = re.compile(r"['’‘`´ʻʼʾʿ′]")
_BETWEEN = re.compile(r"[\W_]+")
_MERGED = str.maketrans({"T": "t", "D": "d", "G": "g"})


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling and what it is compared by."""

    normal: str
    """Lower case, no accents, no punctuation, single spaces."""
    fold: str
    """Without articles and kind words, spaces removed, vowels reduced."""
    skeleton: str
    """Consonants of the fold; the blocking key."""
    kinds: tuple[str, ...]
    """What the words say the place is (TOWN, AREA, …); empty when they say nothing."""


def normal(text: str) -> str:
    """Return `text` in lower case without accents, apostrophes, punctuation or extra spaces."""
    plain = _APOSTROPHES.sub("", text.replace("ı", "i").replace("ـ", ""))
    letters = unicodedata.normalize("NFKD", plain).casefold()
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    kept = kept.replace("ة", "ه").replace("ى", "ي")
    return _BETWEEN.sub(" ", kept).strip()


@lru_cache(maxsize=65_536)
def read_name(text: str) -> Name:
    """Return the comparison forms of one spelling; all are empty when it holds no letter."""
    whole = normal(text)
    words = whole.replace("sub district", "subdistrict").split()
    stem = [word for word in words if word not in _KIND_WORDS] or words
    kinds = [kind for word in words if word not in stem for kind in _KIND_WORDS[word]]
    stem = [_bare(word) for word in stem if word not in _ARTICLES] or stem
    tokens = [_fold_word(word) for word in stem]
    construct = [_without_feminine_t(token) for token in tokens[:-1]]
    skeleton = "".join(_skeleton_word(token) for token in [*construct, *tokens[-1:]])
    return Name(whole, "".join(tokens), skeleton, tuple(sorted(set(kinds))))


def _bare(word: str) -> str:
    """Return the word in the form that is folded: translated, an Arabic article cut off."""
    if word.startswith("ال") and len(word) > 4:
        return word[2:]
    return _TRANSLATED.get(word, word)


def _fold_word(word: str) -> str:
    for pair, letter in _DIGRAPHS:
        word = word.replace(pair, letter)
    if len(word) > 2 and word.endswith(("ah", "eh")):
        word = word[:-2] + "a"  # the feminine ending, which others write a or e
    for pattern, vowel in _VOWELS:
        word = pattern.sub(vowel, word)
    return _DOUBLED.sub(r"\1", word)


def _without_feminine_t(token: str) -> str:
    """In a word that another follows, a final -at is the feminine ending: Maarrat, Maara."""
    return token[:-1] if len(token) > 3 and token.endswith(("at", "it")) else token


def _skeleton_word(token: str) -> str:
    """Return the consonants, a w or y only as the first letter."""
    rest = re.sub(r"[aiuwy]", "", token[1:])
    first = "" if token[:1] in "aiu" else token[:1]
    return (first + rest).translate(_MERGED)
