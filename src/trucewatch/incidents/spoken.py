"""Words of a text as numbers that can be compared, and how much each tells.

A text becomes at most `MOST` codes: of words of three letters and more, and of numbers. Of a longer text those
with the least code are kept, which is a sample without regard to meaning, and the same word is kept in both of two
texts (bottom-k sketch, Broder 1997). What a word tells is -ln of the share of texts that have it, and belongs to the
weights of linking, not to the reports at hand: a report that comes later changes no other pair.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.coded import Coded

__all__ = ["MOST", "UNHEARD", "shared_words", "spoken_of", "told_by", "word_weights", "words_in"]

Codes = npt.NDArray[np.uint32]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MOST = 24
"""Words of one text that are compared."""
UNHEARD = 5_000_000
"""What a word tells that the weights do not know, in micro-units: one text in 150 has it."""

_WORDS = re.compile(r"\d+|[^\W_]{3,}")
_BLOCK = 1 << 15


def words_in(text: str) -> set[str]:
    """Return the words and numbers of a text, without case."""
    return set(_WORDS.findall(text.casefold()))


def _code(word: str) -> int:
    """Return the code of a word: odd for a number, even for any other, never 0."""
    code = zlib.crc32(word.encode()) & 0xFFFF_FFFE
    return code | 1 if word.isdecimal() else code or 2


def spoken_of(texts: Coded[str]) -> Codes:
    """Return the codes of each text in rising order, shape (n, MOST), 0 where there are no more."""
    table = np.zeros((len(texts.values) + 1, MOST), dtype=np.uint32)
    for place, text in enumerate(texts.values):
        codes = sorted({_code(word) for word in words_in(text)})[:MOST]
        table[place, : len(codes)] = codes
    return table[texts.codes]


def word_weights(texts: Iterable[str], least_share: float) -> dict[str, int]:
    """Return what each word tells that at least this share of the texts has, in micro-units, by word."""
    each = list(dict.fromkeys(texts))
    found = Counter(word for text in each for word in words_in(text) if not word.isdecimal())
    often = {word: number / len(each) for word, number in found.items() if number / len(each) >= least_share}
    return {word: min(UNHEARD, round(-np.log(share) * 1_000) * 1_000) for word, share in sorted(often.items())}


def told_by(spoken: Codes, weights: Mapping[str, int]) -> Ints:
    """Return what each word tells under these weights, in micro-units; 0 for a number and where there is none."""
    known = sorted((_code(word), weight) for word, weight in weights.items())
    codes = np.array([0, *(code for code, _ in known)], dtype=np.uint32)
    values = np.array([0, *(weight for _, weight in known)], dtype=np.int64)
    place = np.minimum(np.searchsorted(codes, spoken), len(codes) - 1)
    told = np.where(codes[place] == spoken, values[place], UNHEARD)
    return np.where(spoken % 2 == 1, 0, told).astype(np.int64)


def shared_words(spoken: Codes, told: Ints, first: Ints, second: Ints) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Return of each pair the cosine of the two texts, what the rarest shared word tells, and whether they share a number.

    Cosine: what the shared words tell, by the geometric mean of what all words of the one and of the other tell.
    """
    cosine, rarest, number = np.zeros(len(first)), np.zeros(len(first)), np.zeros(len(first), dtype=bool)
    every = told.sum(axis=1)
    some = np.asarray(spoken[:, 0] > 0)
    asked = np.flatnonzero(some[first] & some[second])
    for begin in range(0, len(asked), _BLOCK):
        own = asked[begin : begin + _BLOCK]
        one, other = first[own], second[own]
        both = (spoken[one][:, :, None] == spoken[other][:, None, :]).any(axis=2) & (spoken[one] != 0)
        worth = np.where(both, told[one], 0)
        whole = np.sqrt(every[one].astype(np.float64) * every[other])
        cosine[own] = worth.sum(axis=1) / np.maximum(1.0, whole)
        rarest[own] = worth.max(axis=1) / 1_000_000
        number[own] = (both & (spoken[one] % 2 == 1)).any(axis=1)
    return cosine, rarest, number
