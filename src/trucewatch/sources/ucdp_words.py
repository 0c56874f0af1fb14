"""The tables of ucdp_ged.yml as records: codes, radii, words for sides, spellings of places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from trucewatch.documents import Node, read_yaml
from trucewatch.errors import BadCall

__all__ = ["GedWords", "Side", "ged_words"]

_CAPITAL = "zz"
"""Put before a word that is a name only in capitals, so that lower case cannot hide it."""


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody whom headlines name as acting or as hit."""

    key: str
    name: str
    """What is written as the candidate's name."""
    words: tuple[str, ...]
    """Lower case, but for words that are names only in capitals (“IS” is a group, “is” a verb)."""
    acts_for: frozenset[str]
    """Sides of dyads that stand for it too."""


@dataclass(frozen=True, slots=True)
class GedWords:
    """What ucdp_ged.yml says; the file gives the reason of each figure."""

    source: str
    licence: str
    form: str
    needed: tuple[str, ...]
    ignored: frozenset[str]
    types: Mapping[str, str]
    clarities: Mapping[str, str]
    radii_m: Mapping[str, int]
    area_from: int
    sizes_m: Mapping[str, int]
    places_m: Mapping[str, int]
    spreads: Mapping[str, int]
    longest_days: int
    first_year: int
    years_after: int
    days_before: int
    round_up: re.Pattern[str]
    """This and the other patterns are for text in lower case."""
    round_up_subject: str
    sides: tuple[Side, ...]
    side_words: Mapping[str, str]
    """Word for a side, as `any_side` finds it → key of the side."""
    any_side: re.Pattern[str]
    """Finds the words for sides in text that `lowered` made."""
    capitals: re.Pattern[str]
    """Finds the words that are names only in capitals."""
    other_groups: str
    force: re.Pattern[str]
    aircraft: str
    families: frozenset[str]
    unclear_act: str
    kinds: frozenset[str]
    spellings: Mapping[str, tuple[str, ...]]
    provinces: frozenset[str]
    vague: re.Pattern[str]

    def lowered(self, text: str) -> str:
        """Return text in lower case, with a mark on the words that are names only in capitals."""
        return self.capitals.sub(lambda match: _CAPITAL + match[0], text).casefold()


@cache
def ged_words() -> GedWords:
    """Return the tables, read once."""
    text = files("trucewatch.sources").joinpath("ucdp_ged.yml").read_text(encoding="utf-8")
    root, problems = read_yaml(text, "ucdp_ged.yml")
    if root is None or problems:
        message = f"ucdp_ged.yml of this installation is damaged: {problems}"
        raise BadCall(message)
    held = _texts(root, "held")
    sides = tuple(_side(key, node) for key, node in _node(root, "sides").items())
    side_words = {_found_as(word): side.key for side in sides for word in side.words}
    capitals = [re.escape(word) for side in sides for word in side.words if word.isupper()]
    return GedWords(
        source=_text(root, "source"),
        licence=_text(root, "licence"),
        form=_text(root, "form"),
        needed=_texts(root, "needed"),
        ignored=frozenset(_texts(root, "ignored")),
        types=_pairs(root, "type_of_violence"),
        clarities=_pairs(root, "event_clarity"),
        radii_m=_numbers(root, "where_prec"),
        area_from=int(_text(root, "area_from")),
        sizes_m=_numbers(root, "sizes_m"),
        places_m=_numbers(root, "places_m"),
        spreads=_numbers(root, "date_prec"),
        longest_days=int(_text(root, "longest_days")),
        first_year=int(_text(root, "first_year")),
        years_after=int(_text(root, "years_after")),
        days_before=int(_text(root, "days_before")),
        round_up=re.compile(_text(root, "round_up")),
        round_up_subject=_text(root, "round_up_subject"),
        sides=sides,
        side_words=side_words,
        any_side=_any_side(side_words, held),
        capitals=re.compile(rf"\b(?:{'|'.join(capitals)})\b"),
        other_groups=_text(root, "other_groups"),
        force=_any_word(_texts(root, "force")),
        aircraft=_text(root, "aircraft"),
        families=frozenset(_texts(root, "families")),
        unclear_act=_text(root, "unclear_act"),
        kinds=frozenset(_texts(root, "kinds")),
        spellings={
            key: tuple(one.text() or "" for one in node.elements())
            for key, node in _node(root, "spellings").items()
        },
        provinces=frozenset(_texts(root, "provinces")),
        vague=_any_word(_texts(root, "vague")),
    )


def _node(root: Node, key: str) -> Node:
    found = root.get(key)
    if found is None:
        message = f"ucdp_ged.yml of this installation has no “{key}”"
        raise BadCall(message)
    return found


def _text(root: Node, key: str) -> str:
    return _node(root, key).text() or ""


def _texts(root: Node, key: str) -> tuple[str, ...]:
    return tuple(one.text() or "" for one in _node(root, key).elements())


def _pairs(root: Node, key: str) -> dict[str, str]:
    return {name: node.text() or "" for name, node in _node(root, key).items()}


def _numbers(root: Node, key: str) -> dict[str, int]:
    return {name: int(text) for name, text in _pairs(root, key).items()}


def _any_word(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def _side(key: str, node: Node) -> Side:
    return Side(
        key, _text(node, "name"), _texts(node, "words"), frozenset(_texts(node, "acts_for"))
    )


def _found_as(word: str) -> str:
    """Return a word as it stands in text that was lowered."""
    return (_CAPITAL + word if word.isupper() else word).casefold()


def _any_side(words: Iterable[str], held: Iterable[str]) -> re.Pattern[str]:
    """Longer words first; none before a word that makes a place of it (“regime-held areas”)."""
    listed = "|".join(
        re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))
    )
    place = rf"[-’'`s ]{{1,4}}(?:forces[’'`]? )?(?:{'|'.join(held)})\b"
    return re.compile(rf"\b({listed})\b(?!{place})")
