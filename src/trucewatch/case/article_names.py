"""Rows of articles in the names of the case: parties and places as its own files know them.

An article is read with a lexicon, which knows more names than a case. A name that the case does not
know gives way to another name of the same actor that it knows. Positions of the lexicon give way to
the case's own places. Whoever is no source of the case, and no named actor that may look on, is
nobody's observation: such a row gains no strength from him.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from trucewatch.actors import Actors
from trucewatch.case.settings import CaseSettings
from trucewatch.places import Gazetteer
from trucewatch.reading import Lexicon
from trucewatch.reading.mentions import Mention, find_mentions
from trucewatch.reports import Written
from trucewatch.reports.talks import NOBODY
from trucewatch.reports.unresolved import fold
from trucewatch.sources.adapter import Parsed

__all__ = ["CaseNames"]

_ONE_ACTOR = ("party", "state", "monitor")
"""Kinds of actors of a lexicon whose names all mean one; those of media and aid are lists of many."""
_LOOKING_ON = ("monitor", "observer", "aid")
"""Kinds of actors of a lexicon whose word may stand for itself where the case does not know them."""


@dataclass(frozen=True)
class CaseNames:
    """What the names in an article are called in a case."""

    settings: CaseSettings
    actors: Actors
    gazetteer: Gazetteer
    lexicon: Lexicon

    def applied(self, parsed: Parsed) -> Parsed:
        """Return the rows of an article with the names that the case knows."""
        return replace(parsed, rows=tuple(self._row(one) for one in parsed.rows))

    def _row(self, row: Written) -> Written:
        values = dict(row.values)
        for name in ("by", "against"):
            if name in values:
                values[name] = ";".join(self._known(one) for one in values[name].split(";"))
        if values.get("kind") == "control":
            verb, _, holder = values["value"].partition(":")
            values["value"] = f"{verb}:{self._known(holder)}"
        if values.get("asserter", NOBODY) != NOBODY:
            values["asserter"] = self._asserter(values["asserter"])
        if row.kind == "report":
            self._trail(values)
            if values.get("place") and self.gazetteer.locate(values["place"]):
                for name in ("lat", "lon", "radius_m"):
                    values.pop(name, None)
        return replace(row, values=values)

    def _known(self, name: str) -> str:
        """Return a name of the same actor that the case knows; the name itself if it knows none."""
        return next((one for one in self._names(name) if self._is_party(one)), name)

    def _asserter(self, name: str) -> str:
        """A source of the case, a party of the case, or nobody."""
        found = next((one for one in self._names(name) if self._is_source(one) or self._is_party(one)), None)
        return found or NOBODY

    def _trail(self, values: dict[str, str]) -> None:
        """Put before the chain of a report whose word it is, where its first words do not say so to the case."""
        head = values.get("chain", "").partition(" > ")[0]
        if not head or head == NOBODY or self._is_source(head) or self._is_party(head):
            return
        named = find_mentions(head, self.lexicon).within(0, len(head), "actor", "person", "side")
        origin = next((found for one in named if (found := self._origin(head, one))), NOBODY)
        values["chain"] = f"{origin} > {values['chain']}"

    def _origin(self, head: str, one: Mention) -> str | None:
        name = " ".join(head[one.start:one.end].split())
        if one.entry.kind == "person":
            name = next(iter(self._of_key.get(str(one.entry.data.get("side")), ())), "")
        known = next((each for each in self._names(name) if self._is_source(each) or self._is_party(each)), None)
        if known is not None:
            return known
        return name if one.entry.kind == "actor" and one.entry.data.get("side") in _LOOKING_ON else None

    def _names(self, name: str) -> Iterator[str]:
        """Yield a name, then the other names of the actor that the lexicon takes it for."""
        yield name
        found = find_mentions(name, self.lexicon).within(0, len(name), "actor", "side")
        keys = {one.entry.value for one in found if one.entry.data.get("side", "party") in _ONE_ACTOR} | ({name} & self._of_key.keys())
        if len(keys) == 1:
            yield from self._of_key.get(next(iter(keys)), ())

    @cached_property
    def _of_key(self) -> dict[str, tuple[str, ...]]:
        named: dict[str, list[str]] = {}
        for one in (entry for some in self.lexicon.entries.values() for entry in some):
            if one.kind == "actor":
                named.setdefault(one.value, []).append(one.written)
        return {key: (*names, key) for key, names in named.items()}

    @cached_property
    def _sources(self) -> frozenset[str]:
        every = self.settings.sources.values()
        return frozenset(fold(name) for one in every for name in (one.key, one.name, *one.aliases))

    def _is_source(self, name: str) -> bool:
        return fold(name) in self._sources

    def _is_party(self, name: str) -> bool:
        """Whether the case knows the name, also as a word that may mean several parties."""
        return self.actors.resolve(name) is not None
