"""Numbers with what qualifies them: “at least eight”, “over 100”, “12”, “uncountable”."""

from __future__ import annotations

import re
from functools import lru_cache

from trucewatch.reading.quantifiers import QUANTIFIERS, quantified

__all__ = ["AMOUNT", "bounds", "plain_number"]

_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ONES = {
    word: number for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
}  # fmt: skip
_WORDS = "|".join(sorted([*_ONES, *_TENS, "a dozen", "a single", "no"], key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:[,  ]\d{3})+(?!\d)|\d{1,7}"
AMOUNT = rf"(?:(?:{QUANTIFIERS})\s+)?(?:(?<![\w./:-])(?:{_DIGITS})(?![\w/:]|[.,]\d)|\b(?:(?:{'|'.join(_TENS)})-(?:{'|'.join(list(_ONES)[1:10])})|{_WORDS})\b)"
"""A pattern without groups."""
_SPLIT = re.compile(rf"(?:(?P<how>{QUANTIFIERS})\s+)?(?P<number>.+)", re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=4096)
def bounds(written: str) -> tuple[int | None, int | None]:
    """Return (least, most) of what AMOUNT found, both included; “about” is a tenth either way."""
    found = _SPLIT.fullmatch(written.strip())
    if found is None:
        return None, None
    return quantified(" ".join((found["how"] or "").lower().split()), plain_number(found["number"]))


def plain_number(written: str) -> int:
    """Return a number in digits or in English words."""
    low = written.strip().lower()
    if low[:1].isdigit():
        return int(re.sub(r"\D", "", low))
    if low in ("a dozen", "a single", "no"):
        return {"a dozen": 12, "a single": 1, "no": 0}[low]
    tens, _, ones = low.partition("-")
    return _TENS.get(tens, 0) + _ONES.get(ones, 0) if ones else _TENS.get(low, _ONES.get(low, 0))
