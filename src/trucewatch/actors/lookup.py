"""From a name to the parties it may mean on a day.

A name is taken as a whole. A name or adjective before a common word is one phrase: "Syrian
helicopters" names the party if helicopters may be its own, "Syrian insurgents" stays the set that
insurgents may be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trucewatch.actors.membership import Memberships
from trucewatch.actors.names import Form, form_of, singular, words_of
from trucewatch.actors.party import Alias, GenericWords, Party, Resolution
from trucewatch.actors.sense import (
    Sense,
    agree,
    senses_of_aliases,
    senses_of_names,
    senses_of_words,
)

__all__ = ["Lookup", "build_lookup"]

_Table = Mapping[Form, Sequence[Sense]]


@dataclass(frozen=True, slots=True)
class Lookup:
    """Every name of the case, folded, with what it may mean."""

    names: _Table
    common: _Table
    """Common words without a plural s: generic words, names of blocs and of protected people."""
    adjectives: _Table
    kinds: Mapping[str, str]
    """Party key → its kind."""
    memberships: Memberships
    capitals: frozenset[str]
    """Words that the case writes in capitals only: `IS` is a name, `is` is not."""
    starts: frozenset[str]
    """First words of names, adjectives and common words."""
    longest: int
    """Most words in a phrase."""

    def resolve(self, form: Form, day: date | None) -> Resolution | None:
        """Return whom the folded name may mean on `day`; None if it means nobody known."""
        senses = self._named_by(form)
        return agree(senses, day, self._expand) if senses else None

    def resolve_phrase(self, form: Form, day: date | None) -> Resolution | None:
        """Return whom a name before a common word may mean, both written without a mark between."""
        return next(self._phrases(form, day), None)

    def _named_by(self, form: Form) -> Sequence[Sense] | None:
        return self.names.get(form) or self.common.get(singular(form))

    def _expand(self, key: str, day: date | None) -> tuple[str, ...]:
        return (key, *self.memberships.possible(key, day)) if self.kinds[key] == "bloc" else (key,)

    def _phrases(self, form: Form, day: date | None) -> Iterator[Resolution]:
        """Read `form` as a name or adjective and a common word, the longest common word first."""
        for cut in range(1, len(form)):
            name = self._named_by(form[:cut])
            adjective = self.adjectives.get(form[:cut])
            words = self.common.get(singular(form[cut:])) if name or adjective else None
            if words:
                candidates = agree(words, day, self._expand)
                if name:
                    yield self._named(agree(name, day, self._expand), candidates)
                if adjective:
                    yield _narrowed(agree(adjective, day, self._expand), candidates)

    def _named(self, name: Resolution, words: Resolution) -> Resolution:
        """A group's name names it before any word; a country's only where it can be meant."""
        if name.basis == "stated" and not words.closed and self.kinds[name.parties[0]] == "group":
            return name
        return _narrowed(name, words)


def _narrowed(name: Resolution, words: Resolution) -> Resolution:
    """The name decides among the candidates of the common word; outside them neither decides."""
    if set(name.parties) <= set(words.parties):
        return name
    if not words.closed and name.basis == "stated":
        return words
    both = tuple(sorted({*name.parties, *words.parties}))
    note = "the name and the common word disagree"
    return Resolution(both, closed=False, basis="generic", note=note)


def build_lookup(
    parties: Mapping[str, Party],
    aliases: Sequence[Alias],
    generic: Sequence[GenericWords],
    memberships: Memberships,
) -> Lookup:
    """Fold every name of these records once."""
    named = [one for one in aliases if one.relation != "adjective"]
    leading = [one for one in aliases if one.relation == "adjective"]
    senses = [
        *senses_of_names(parties, named),
        *senses_of_aliases(parties, named),
        *senses_of_words(generic),
    ]
    adjectives = _table((form_of(one.written), one) for one in senses_of_aliases(parties, leading))
    names = _table((form_of(one.written), one) for one in senses)
    common = _table((singular(form_of(one.written)), one) for one in senses if one.common)
    forms = [*names, *common, *adjectives]
    before = max((len(form) for form in (*names, *adjectives)), default=0)
    return Lookup(
        names, common, adjectives,
        kinds={key: party.kind for key, party in parties.items()},
        memberships=memberships,
        capitals=_only_in_capitals(one.written for one in senses),
        starts=frozenset(form[0] for form in forms),
        longest=before + max((len(form) for form in common), default=0),
    )


def _table(pairs: Iterable[tuple[Form, Sense]]) -> dict[Form, list[Sense]]:
    table: dict[Form, list[Sense]] = defaultdict(list)
    for form, sense in pairs:
        if form:
            table[form].append(sense)
    return dict(table)


def _only_in_capitals(written: Iterable[str]) -> frozenset[str]:
    words = [word for name in written for word in words_of(name) if len(word.form) > 1]
    capitals = {word.form for word in words if word.written.isupper()}
    return frozenset(capitals - {word.form for word in words if not word.written.isupper()})
