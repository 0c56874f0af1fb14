"""How the words of the lexicon are looked up: in a cell that names an act, in a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from trucewatch.acts.lexicon import (
    ACT_WORDS,
    NOT_AN_ACT,
    TARGET_WORDS,
    WEAK_WORDS,
    WEAPON_WORDS,
)
from trucewatch.acts.vocabulary import (
    TARGETS,
    act_key,
    act_keys,
    common_act,
    is_act,
    is_weapon,
    weapon_key,
    weapon_keys,
)

__all__ = [
    "ACT_WORDS",
    "TARGET_WORDS",
    "WEAPON_WORDS",
    "find_acts",
    "parse_act",
    "parse_target",
    "parse_weapon",
]

_JOINTS = re.compile(r"[+/,;&]| and ")
_ASCII_WORD = re.compile(r"[a-z0-9]+")


def _tokens(text: str) -> tuple[str, ...]:
    """Split into lower-case words of letters and digits, accents and apostrophes gone."""
    if text.isascii():
        return tuple(_ASCII_WORD.findall(text.lower().replace("'", "")))
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (
        char if char.isalnum() else "" if unicodedata.combining(char) or char in "'’" else " "
        for char in plain
    )
    return tuple("".join(kept).split())


def _forms(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrase and its regular plural."""
    words = _tokens(phrase)
    ending = "es" if words[-1].endswith(("s", "sh", "ch", "x")) else "s"
    return words, (*words[:-1], words[-1] + ending)


def _lookup(
    keys: tuple[str, ...], words: Mapping[str, tuple[str, ...]]
) -> dict[tuple[str, ...], str]:
    """Return every phrase, as words, with its key; a key's own name and listed words come first."""
    found: dict[tuple[str, ...], str] = {}
    for key in keys:
        found.setdefault(_tokens(key.rpartition(".")[2]), key)
    for number in (0, 1):
        for key in keys:
            for phrase in (key.rpartition(".")[2], *words.get(key, ())):
                found.setdefault(_forms(phrase)[number], key)
    return found


_ACTS = _lookup(act_keys(), ACT_WORDS)
_TARGETS = _lookup(TARGETS, TARGET_WORDS)
_WEAPONS = _lookup(weapon_keys(), WEAPON_WORDS)
_WEAK = {_tokens(word) for word in WEAK_WORDS}
_TRIGGERS: dict[tuple[str, ...], str | None] = {
    **{words: key for words, key in _ACTS.items() if words not in _WEAK},
    **{_tokens(phrase): None for phrase in NOT_AN_ACT},
}
_SIZES: dict[str, tuple[int, ...]] = {
    first: tuple(sorted({len(words) for words in _TRIGGERS if words[0] == first}, reverse=True))
    for first in {words[0] for words in _TRIGGERS}
}
"""First word of a phrase → how many words the phrases have that begin with it, longest first."""


def parse_act(words: str) -> str | None:
    """Return the act that a word, a phrase or a key stands for, None if none is known.

    “shelling” gives ``attack.indirect_fire``; “shelling + explosion” the narrowest branch that
    holds both, ``attack``. Every part must be known; `find_acts` looks inside a sentence.
    """
    key = words.strip()
    if is_act(key):
        return act_key(key)
    whole = _ACTS.get(_tokens(words))
    if whole or not _JOINTS.search(words):
        return whole
    parts = [_ACTS.get(_tokens(part)) for part in _JOINTS.split(words)]
    known = [part for part in parts if part]
    return common_act(known) if len(known) == len(parts) else None


def parse_target(words: str) -> str | None:
    """Return the class of target that a word or phrase stands for, None if none is known."""
    return _TARGETS.get(_tokens(words))


def parse_weapon(words: str) -> str | None:
    """Return the weapon (leaf or branch) that a word or phrase stands for, None if none is known.

    A calibre before it is left out: “82 mm mortar” gives ``mortar``.
    """
    key = words.strip()
    if is_weapon(key):
        return weapon_key(key)
    tokens = _tokens(words)
    return _WEAPONS.get(tokens) or _WEAPONS.get(_without_calibre(tokens))


def _without_calibre(tokens: tuple[str, ...]) -> tuple[str, ...]:
    if len(tokens) > 1 and tokens[0].removesuffix("mm").isdigit():
        rest = tokens[1:]
        return rest[1:] if rest[0] == "mm" else rest
    return tokens


def find_acts(text: str) -> tuple[str, ...]:
    """Return the acts whose words occur in `text`, each once, in order of appearance.

    At each word the longest known phrase wins, and no word is used twice: “suicide car bombing”
    is one ``suicide_bombing``. It finds words, not facts: negation, plans and hearsay are for the
    caller to see.
    """
    tokens = _tokens(text)
    found: list[str] = []
    position = 0
    while position < len(tokens):
        if tokens[position] not in _SIZES:
            position += 1
            continue
        size = _longest(tokens, position)
        act = _TRIGGERS.get(tokens[position : position + size])
        if act:
            found.append(act)
        position += size or 1
    return tuple(dict.fromkeys(found))


def _longest(tokens: tuple[str, ...], position: int) -> int:
    """Return how many words the longest known phrase at `position` has; 0 if none is there.

    The word at `position` must begin some phrase.
    """
    for size in _SIZES[tokens[position]]:
        if tokens[position : position + size] in _TRIGGERS:
            return size
    return 0
