"""What one name may mean, and how several meanings of the same name come to one answer.

A party is named outright only when every meaning that may be in use on the day is that party and
one of them surely is in use. Otherwise each is a candidate, and somebody else remains possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trucewatch.actors.names import form_of
from trucewatch.actors.party import Alias, GenericWords, Party, Resolution
from trucewatch.actors.validity import ALWAYS, Validity
from trucewatch.truth import TRUE, Truth

__all__ = ["Expand", "Sense", "agree", "senses_of_aliases", "senses_of_names", "senses_of_words"]

Expand = Callable[[str, date | None], tuple[str, ...]]
"""A bloc and everybody who may be in it on a day; any other party alone."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of one name."""

    written: str
    parties: tuple[str, ...]
    basis: str
    """As in `Resolution.basis`: `stated` only if the name alone names the party."""
    validity: Validity = ALWAYS
    common: bool = False
    """A common word, found in the singular and in the plural."""
    note: str | None = None

    def in_use(self, day: date | None) -> Truth:
        """Whether the name had this meaning on `day`; without a day the dates are not asked."""
        return TRUE if day is None else self.validity.holds(day)


def senses_of_names(parties: Mapping[str, Party], aliases: Sequence[Alias]) -> Iterator[Sense]:
    """Yield every party's own name, unless an alias of the same letters says more about it."""
    told = {(one.party, form_of(one.name)) for one in aliases if one.relation != "adjective"}
    for party in parties.values():
        if (party.key, form_of(party.name)) not in told:
            yield _sense_of_party(party, party.name)


def senses_of_aliases(parties: Mapping[str, Party], aliases: Sequence[Alias]) -> Iterator[Sense]:
    """Yield the meaning of every alias."""
    for alias in aliases:
        party = parties[alias.party]
        if alias.relation == "disputed":
            yield _open_sense(alias, f"whether “{alias.name}” is {party.name} is disputed")
        elif alias.relation == "member" and not alias.answers:
            note = f"“{alias.name}” belongs to {party.name}; whether that party answers is open"
            yield _open_sense(alias, note)
        else:
            yield _sense_of_party(party, alias.name, alias.validity, _told(alias, party))


def senses_of_words(generic: Sequence[GenericWords]) -> Iterator[Sense]:
    """Yield the meaning of every common word."""
    for words in generic:
        basis = "capability" if words.closed else "generic"
        reason = words.cite if words.closed else words.note
        for word in words.words:
            note = reason or f"“{word}” may mean any of them, or somebody else"
            yield Sense(word, words.may_be, basis, words.validity, common=True, note=note)


def _sense_of_party(
    party: Party, written: str, validity: Validity = ALWAYS, note: str | None = None
) -> Sense:
    if party.kind == "bloc":
        reason = f"“{written}” may mean any member of {party.name}"
        return Sense(written, (party.key,), "generic", validity, common=True, note=reason)
    common = party.kind == "protected"
    return Sense(written, (party.key,), "stated", validity, common=common, note=note)


def _open_sense(alias: Alias, note: str) -> Sense:
    return Sense(alias.name, (alias.party,), "generic", alias.validity, note=alias.note or note)


def _told(alias: Alias, party: Party) -> str | None:
    if alias.relation == "member":
        return f"“{alias.name}” belongs to {party.name}, which answers for it ({alias.cite})"
    return f"“{alias.name}” is the {alias.part} of {party.name}" if alias.part else alias.note


def agree(senses: Sequence[Sense], day: date | None, expand: Expand) -> Resolution:
    """Return what a name with these meanings means on `day`."""
    live = [one for one in senses if one.in_use(day).may] or senses
    uses = [one.in_use(day) for one in live]
    bases = {one.basis for one in live}
    if TRUE in uses and bases == {"stated"} and len({one.parties for one in live}) == 1:
        told = "; ".join(sorted({one.note for one in live if one.note}))
        return Resolution(live[0].parties, closed=False, basis="stated", note=told or None)
    closed = set(uses) == {TRUE} and bases == {"capability"}
    parties = {key for one in live for key in _candidates(one, day, expand)}
    return Resolution(
        tuple(sorted(parties)),
        closed=closed,
        basis="capability" if closed else "generic",
        note="; ".join(sorted({_reason(one, use) for one, use in zip(live, uses, strict=True)})),
    )


def _candidates(sense: Sense, day: date | None, expand: Expand) -> Iterator[str]:
    for party in sense.parties:
        yield from (party,) if sense.basis == "stated" else expand(party, day)


def _reason(sense: Sense, use: Truth) -> str:
    if use is not TRUE:
        return f"“{sense.written}” was in use {sense.validity}, not surely on this day"
    return sense.note or f"“{sense.written}” names {', '.join(sense.parties)}"
