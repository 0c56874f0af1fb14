"""One function per kind of entry in actors.yaml: a node becomes a record, or a problem, or both."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from trucewatch.actors.names import form_of
from trucewatch.actors.party import (
    CERTAINTIES,
    KINDS,
    RELATIONS,
    RESERVED,
    Alias,
    Designation,
    GenericWords,
    Membership,
    Party,
)
from trucewatch.actors.reader import Reader
from trucewatch.documents import Node

__all__ = ["read_alias", "read_designation", "read_generic", "read_memberships", "read_party"]

_A_NAME = "a name with at least one letter or digit"
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_PARTY = ("name", "kind", "aliases", "members", "member_of", "note")
_ALIAS = ("name", "from", "to", "relation", "of", "answers", "cite", "note")
_MEMBERSHIP = ("actor", "from", "to", "certainty", "cite", "note")
_GENERIC = ("words", "may_be", "closed", "from", "to", "cite", "note")
_DESIGNATION = ("subject", "as", "by", "from", "to", "names", "cite", "note")


def read_party(reader: Reader, key: str, node: Node) -> Party | None:
    """Read one actor without its aliases and memberships; None if it has no name."""
    if not _KEY.fullmatch(key) or key in RESERVED:
        expected = f"a key of small letters, digits and hyphens, not {', '.join(RESERVED)}"
        reader.fault(node, key, expected)
    if not reader.fields(node, f"actor {key}", _PARTY):
        return None
    name = reader.required(node, "name", f"actor {key}")
    kind = reader.choice(node, "kind", KINDS, "group")
    if name is None:
        return None
    if not form_of(name):
        reader.fault(node.get("name") or node, name, _A_NAME)
        return None
    return Party(key, name, kind, reader.text(node, "note"))


def read_alias(reader: Reader, party: str, node: Node) -> Alias | None:
    """Read one alias; with a fault in its dates or relation it is kept as `disputed`, so open."""
    soft = reader.lenient()
    before = len(soft.problems)
    if node.is_text:
        name = (node.text() or "").strip()
    elif soft.fields(node, "an alias", _ALIAS):
        name = soft.required(node, "name", "an alias") or ""
    else:
        return None
    if not form_of(name):
        soft.fault(node, name, _A_NAME)
        return None
    alias = Alias(
        party, name, soft.validity(node), soft.choice(node, "relation", RELATIONS, "same"),
        part=soft.text(node, "of"), answers=_cited(soft, node, "answers"),
        cite=soft.text(node, "cite"), note=soft.text(node, "note"),
    )
    if len(soft.problems) == before:
        return alias
    return Alias(party, name, relation="disputed", cite=alias.cite, note=alias.note)


def _cited(reader: Reader, node: Node, key: str) -> bool:
    """Return a flag that counts only with a `cite` beside it."""
    value = reader.flag(node, key)
    if value and node.get("cite") is None:
        expected = f"a “cite” beside “{key}: true”"
        reader.fault(node.get(key) or node, "true", expected, "without one it is left open")
        return False
    return value


def read_memberships(
    reader: Reader, key: str, node: Node, known: Collection[str]
) -> Iterator[tuple[Membership, Node]]:
    """Read `members` and `member_of` of the actor `key`, each with its position."""
    for field in ("members", "member_of"):
        listed = node.get(field)
        for element in () if listed is None else listed.elements():
            other = _other(reader, element, known)
            if other is None:
                continue
            member, whole = (other, key) if field == "members" else (key, other)
            certainty = reader.choice(element, "certainty", CERTAINTIES, "sure")
            notes = reader.text(element, "cite"), reader.text(element, "note")
            yield Membership(member, whole, reader.validity(element), certainty, *notes), element


def _other(reader: Reader, node: Node, known: Collection[str]) -> str | None:
    """Return the key that a membership names: written alone, or under `actor`."""
    if node.is_text:
        key = node.text()
    elif reader.fields(node, "a membership", _MEMBERSHIP):
        key = reader.required(node, "actor", "a membership")
    else:
        return None
    if key is not None and key not in known:
        reader.unknown(node.get("actor") or node, key, "a key of actors", known)
        return None
    return key


def read_generic(reader: Reader, node: Node, known: Collection[str]) -> GenericWords | None:
    """Read one list of common words: open if it has a fault, left out if it has no words."""
    soft = reader.lenient()
    before = len(soft.problems)
    if not soft.fields(node, "an entry of generic", _GENERIC):
        return None
    words = tuple(word for word in soft.texts(node, "words") if form_of(word))
    may_be = tuple(sorted(set(_keys(soft, node, "may_be", known))))
    if not words or not may_be:
        expected = "“words” and “may_be”, both with at least one entry"
        soft.fault(node, None, expected, "the entry is left out")
        return None
    validity, closed = soft.validity(node), _cited(soft, node, "closed")
    cite, note = soft.text(node, "cite"), soft.text(node, "note")
    closed = closed and len(soft.problems) == before
    return GenericWords(words, may_be, closed, validity, cite, note)


def _keys(reader: Reader, node: Node, field: str, known: Collection[str]) -> Iterator[str]:
    listed = node.get(field)
    for element in () if listed is None else listed.elements():
        key = element.text()
        if key is not None and key in known:
            yield key
        else:
            reader.unknown(element, key or "", "a key of actors", known)


def read_designation(
    reader: Reader, node: Node, names: Mapping[str, Sequence[str]]
) -> Designation | None:
    """Read one designation; `names` holds what each party may be listed as."""
    if not reader.fields(node, "a designation", _DESIGNATION):
        return None
    subject = reader.required(node, "subject", "a designation")
    as_, by = (reader.required(node, key, "a designation") for key in ("as", "by"))
    if subject is not None and subject not in names:
        reader.unknown(node.get("subject") or node, subject, "a key of actors", names)
    if subject is None or as_ is None or by is None or subject not in names:
        return None
    listed = reader.texts(node, "names")
    known = {form_of(name) for name in names[subject]}
    for name in listed:
        if form_of(name) not in known:
            expected = f"a name of {subject}: its own or an alias"
            reader.unknown(node.get("names") or node, name, expected, names[subject])
    cite, note = reader.text(node, "cite"), reader.text(node, "note")
    return Designation(subject, as_, by, reader.validity(node), listed, cite, note)
