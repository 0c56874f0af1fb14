"""What words before a number do to it: “at least”, “about”, “up to”."""

from __future__ import annotations

__all__ = ["QUANTIFIERS", "quantified"]

QUANTIFIERS = (
    r"at least|at most|no fewer than|not less than|a minimum of|more than|over|up to|as many as|about|around|approximately|roughly|some|nearly|almost"
    r"|fewer than|less than"
)
"""A pattern without groups."""
_ABOUT_SHARE = 0.1
"""“About” means a tenth more or less."""


def quantified(how: str, value: int) -> tuple[int | None, int | None]:
    """Return (least, most), both included, of a number after such words; None: no such bound."""
    if how in ("at least", "no fewer than", "not less than", "a minimum of"):
        return value, None
    if how in ("more than", "over"):
        return value + 1, None
    if how in ("up to", "as many as", "at most"):
        return None, value
    if how in ("fewer than", "less than"):
        return None, max(0, value - 1)
    if how in ("nearly", "almost"):
        return round(value * (1 - _ABOUT_SHARE)), value
    if how:
        return round(value * (1 - _ABOUT_SHARE)), round(value * (1 + _ABOUT_SHARE))
    return value, value
