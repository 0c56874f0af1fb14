"""What a headline of a source article says, and no more: acts, sides, a place, a number of dead.

Words are found, not understood, so every rule here keeps to one reading or to none. The tables are
in ucdp_ged.yml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

from trucewatch.acts import common_act, family, find_acts, under
from trucewatch.sources.ucdp_words import ged_words

__all__ = ["deaths_in", "headline_act", "is_round_up", "names_area", "names_place", "strange_sides"]

_SEGMENT = re.compile(r"[;,:]|\.(?:\s|$)|…")
_NUMBER = (
    r"(?P<about>at least |more than |over |about |around |nearly )?"
    r"(?<![\d/.,-])(?P<n>\d{1,4})(?![\d%]|[/.,-]\d)"
)
_WHO = (
    r"(?: (?:people|persons|civilians?|citizens|children|fighters|soldiers|rebels|members|men"
    r"|women))?"
)
_DEATHS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        _NUMBER + _WHO + r"(?: (?:are|were|was))? killed\b(?!(?: and|,) (?:wounded|injured))",
        r"\bkill(?:s|ed|ing)? " + _NUMBER,
        r"\bclaim(?:s|ed|ing)? the lives of " + _NUMBER,
    )
)


@lru_cache(maxsize=65_536)
def is_round_up(headline: str) -> bool:
    """Whether the headline sums up the dead of a day over the whole country."""
    text = headline.casefold()
    return "killed" in text and ged_words().round_up.search(text) is not None


def deaths_in(headline: str) -> str | None:
    """Return the one number of dead that is stated (“14”, “at least 31”); None for none or several.

    Only “N killed”, “kills N” and “claims the lives of N” count: “casualties” may be wounded, and
    “kill and wound 200” does not say how many died.
    """
    if "kill" not in headline.casefold() and "lives" not in headline:
        return None  # most headlines: spares them three searches
    found = {
        f"{(match['about'] or '').casefold()}{int(match['n'])}"
        for pattern in _DEATHS
        for match in pattern.finditer(headline)
    }
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=65_536)
def _acts(headline: str) -> tuple[str, ...]:
    return find_acts(headline)


def headline_act(headlines: Iterable[str], barred: str | None = None) -> str | None:
    """Return the narrowest act or branch that holds every act named; None if none is named.

    None as well when the acts are of several families, when the family is no use of force, or when
    one of them lies under the branch `barred`, which is beyond the means of the sides.
    """
    found = frozenset(act for headline in headlines for act in _acts(headline))
    return _shared_act(found, barred)


@lru_cache(maxsize=4_096)
def _shared_act(found: frozenset[str], barred: str | None) -> str | None:
    families = {family(act) for act in found}
    if len(families) != 1 or not families <= ged_words().families:
        return None
    if barred is not None and any(under(act, barred) for act in found):
        return None
    return common_act(found)


@lru_cache(maxsize=4_096)
def covered_sides(dyad: tuple[str, ...]) -> frozenset[str]:
    """Return the keys of the sides that the names of a dyad stand for."""
    words = ged_words()
    covered: set[str] = set()
    for name in dyad:
        keys = {side.key for side in words.sides if name in side.acts_for}
        covered |= keys or {words.other_groups}
    return frozenset(covered)


@lru_cache(maxsize=65_536)
def _forceful_sides(headline: str) -> tuple[frozenset[str], ...]:
    """Return, for each part of the headline that tells of force, the keys of the sides it names."""
    words = ged_words()
    found = []
    for part in _SEGMENT.split(headline):
        text = words.lowered(part)
        named = words.any_side.findall(text)
        if named and (words.force.search(text) or _acts(part)):
            found.append(frozenset(words.side_words[word] for word in named))
    return tuple(found)


def strange_sides(headline: str, dyad: tuple[str, ...], sizes: Collection[int]) -> tuple[str, ...]:
    """Return the names of sides that a headline sets against the dyad of the event it is given for.

    A part of the headline that tells of force contradicts the dyad when a side in it is not in the
    dyad; then every side of that part is returned. Only parts that name as many sides as one of
    `sizes` are heard: two, and one as well where the article is given for this event alone. Three
    or more tell of several happenings.
    """
    covered = covered_sides(dyad)
    named: set[str] = set()
    for keys in _forceful_sides(headline):
        if len(keys) in sizes and not keys <= covered:
            named |= keys
    if not named:
        return ()
    return tuple(side.name for side in ged_words().sides if side.key in named)


def names_area(headline: str, area: str) -> bool:
    """Whether the headline contains the whole name of an area, as the data set writes it."""
    whole = _own_name(area)
    return bool(whole) and f" {whole} " in f" {_folded(headline)} "


def names_place(headline: str, place: str) -> bool:
    """Whether the headline contains the name of a place (as `where_coordinates` writes it).

    By its first word that is its own, from which two letters at the end may differ, or by a
    listed spelling. A province's name beside “countryside” or the like names no place.
    """
    words = ged_words()
    whole, text = _own_name(place), _folded(headline)
    if whole in words.provinces and words.vague.search(headline.casefold()):
        return False
    if any(f" {_folded(one)} " in f" {text} " for one in words.spellings.get(whole, ())):
        return True
    own = next((one for one in whole.split() if one not in words.kinds and len(one) >= 4), None)
    if own is None:
        return names_area(headline, place)
    begin = own[: max(4, len(own) - 2)]
    return begin in text and any(_bare(token).startswith(begin) for token in text.split())


_APOSTROPHES = re.compile(r"['’‘`ʿʾ]")
_BETWEEN = re.compile(r"[\W_]+")
_LAST = frozenset({"town", "village", "city", "suburb", "governorate", "district", "area"})


def _own_name(place: str) -> str:
    """Return the folded name without the word that tells what the place is."""
    return " ".join(token for token in _folded(place).split() if token not in _LAST)


@lru_cache(maxsize=65_536)
def _folded(text: str) -> str:
    """Return lower-case words without accents, apostrophes and punctuation."""
    plain = _APOSTROPHES.sub("", text.casefold())
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _BETWEEN.sub(" ", plain).strip()


def _bare(token: str) -> str:
    return token[2:] if token.startswith("al") and len(token) > 6 else token
