"""The names that an agreement may use: its own, those of actors.yaml, acts, targets, weapons."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from trucewatch.actors import Actors
from trucewatch.acts.vocabulary import ACTS, TARGETS, WEAPONS, Vocabulary
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.zones import BEARER
from trucewatch.documents import Node

__all__ = ["ACT_NAMES", "WEAPON_NAMES", "acts", "calibre", "names_of", "weapons"]

_ACTS, _WEAPONS = Vocabulary("act", ACTS), Vocabulary("weapon", WEAPONS)


def acts(fields: Fields, key: str) -> tuple[str, ...]:
    """Return one or several acts in the notation of records: dotted branch, bare leaf."""
    return _keys(fields.names(key, "act"), _ACTS)


def weapons(fields: Fields, key: str) -> tuple[str, ...]:
    """Return one or several kinds of weapon in the notation of records."""
    return _keys(fields.names(key, "weapon"), _WEAPONS)


def calibre(fields: Fields) -> float | None:
    """Return the least calibre in millimetres that `calibre_mm: {at_least}` asks for, if it is given."""
    node = fields.get("calibre_mm")
    if node is None:
        return None
    inner = Fields(node, "calibre_mm", fields.scope)
    inner.need("at_least")
    least = inner.number("at_least", 1, 2000)
    inner.close()
    return least


def _keys(names: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(dict.fromkeys(vocabulary.key(one) for one in names))


def _notations(vocabulary: Vocabulary) -> frozenset[str]:
    """Return every way to write a key: with its branch, without it, and with the whole path."""
    written = vocabulary.keys()
    bare = {one.rpartition(".")[2] for one in written}
    whole = {f"{branch}.{leaf}" for branch in written for leaf in vocabulary.leaves(branch)}
    return frozenset(one for one in {*written, *bare, *whole} if vocabulary.has(one))


ACT_NAMES, WEAPON_NAMES = _notations(_ACTS), _notations(_WEAPONS)
"""Every way to write an act or a kind of weapon."""


def names_of(root: Node, actors: Actors) -> Mapping[str, frozenset[str]]:
    """Return kind of name → names, for every reference that a section may make."""
    parties = frozenset(actors.parties)
    groups = _keys_of(root, "groups")
    zones = root.get("zones") or root
    return {
        "party": parties,
        "group": parties | groups,
        "defined_group": groups,
        "holder": parties | groups | {BEARER},
        "zone": _keys_of(root, "zones"),
        "line": frozenset(key for key, one in zones.items() if one.get("line")),
        "phase": _keys_of(root, "phases"),
        "anchor": _keys_of(root, "anchors"),
        "beginning": _keys_of(root, "anchors") | _keys_of(root, "phases"),
        "window": _having(root, "phases", lambda one: one.get("window") is not None),
        "text": _keys_of(root, "texts"),
        "reading": _keys_of(root, "readings") | {"default"},
        "clause": frozenset(key for key, _ in _clauses(root)),
        "permission": frozenset(key for key, one in _clauses(root) if one.get("may")),
        "exception": _exceptions(root),
        "act": ACT_NAMES,
        "target": frozenset(TARGETS),
        "weapon": WEAPON_NAMES,
    }


def _keys_of(root: Node, section: str) -> frozenset[str]:
    return _having(root, section, lambda _: True)


def _having(root: Node, section: str, holds: Callable[[Node], bool]) -> frozenset[str]:
    node = root.get(section)
    return frozenset(key for key, one in node.items() if holds(one)) if node else frozenset()


def _clauses(root: Node) -> list[tuple[str, Node]]:
    return [(key, one) for one in _parts(root, "clauses") if (key := _id_of(one))]


def _parts(node: Node, key: str) -> list[Node]:
    found = node.get(key)
    return found.elements() if found else []


def _exceptions(root: Node) -> frozenset[str]:
    return frozenset(
        f"{clause}.{exception}"
        for clause, node in _clauses(root)
        for one in _parts(node, "unless")
        if (exception := _id_of(one))
    )


def _id_of(node: Node) -> str | None:
    named = node.get("id")
    return named.text() if named else None
