"""Parties, their names, memberships and designations as frozen records."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.actors.validity import ALWAYS, Validity

__all__ = [
    "CERTAINTIES", "KINDS", "RELATIONS", "RESERVED", "Alias", "Designation", "GenericWords",
    "Membership", "Mention", "Party", "Resolution",
]

KINDS = ("state", "coalition", "bloc", "group", "protected", "observer")
"""`bloc`: a loose collection whose name may mean each of its members; `coalition`: acts as one;
`protected`: may not be harmed and is bound by nothing; `observer`: only lists or looks on."""

RELATIONS = ("same", "member", "disputed", "adjective")
"""How an alias relates to its party; the meaning of each is told in `Alias.relation`."""

CERTAINTIES = ("sure", "disputed")

RESERVED = ("bearer", "contested", "none", "nobody", "unknown")
"""Words that other parts of a case use where a party key may stand; no party may be called so."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who acts, lists or may be harmed; `key` is what every other file and table uses."""

    key: str
    name: str
    kind: str = "group"
    """One of KINDS."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name that leads to a party."""

    party: str
    name: str
    validity: Validity = ALWAYS
    """When the name was in use; outside, it leads to the party as an open candidate."""
    relation: str = "same"
    """`same`: the party itself or a part of it. `member`: a body that belongs to the party.
    `disputed`: some say that it is the party. `adjective`: names the party only before a common
    word ("Syrian jets")."""
    part: str | None = None
    """Which part of the party the name means (aviation …); the party answers for its parts."""
    answers: bool = False
    """For `member`: the party answers for what this body does; needs a cite."""
    cite: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """That one party belongs to another."""

    member: str
    whole: str
    validity: Validity = ALWAYS
    certainty: str = "sure"
    cite: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class GenericWords:
    """Common words that mean a set of candidates, never one of them."""

    words: tuple[str, ...]
    may_be: tuple[str, ...]
    closed: bool = False
    """Nobody outside `may_be` is possible: a capability, stated by `cite`."""
    validity: Validity = ALWAYS
    cite: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Designation:
    """That an observer listed a party: a fact about the observer, never about the party."""

    subject: str
    as_: str
    """What it was listed as: terrorist, partner …"""
    by: str
    """The observer, as the file writes it."""
    validity: Validity = ALWAYS
    names: tuple[str, ...] = ()
    """The names on the list; empty: the party under every name."""
    cite: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a name may mean: alternatives, sorted by key (a party named outright stands alone)."""

    parties: tuple[str, ...]
    closed: bool
    """Nobody else is possible; only a cited capability closes a set."""
    basis: str
    """`stated`: this party is named. `generic`: open, also when it is a single party that is
    disputed. `capability`: closed by what the candidates alone can do."""
    note: str | None = None
    """Why it is open or closed; None when a party is simply named."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text: `text[start:end] == name`, positions in characters."""

    name: str
    start: int
    end: int
    resolution: Resolution
