"""Phrases by language; a document says nothing about a finding that is not made from one of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trucewatch.errors import UnknownName
from trucewatch.publish.english import ENGLISH
from trucewatch.publish.headings import HEADINGS

__all__ = ["LANGUAGES", "Phrases", "phrases", "verdict_words"]

LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": {**ENGLISH, **HEADINGS}}
"""Language (BCP 47) → key → phrase; every language has the same keys."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language."""

    language: str
    table: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Return a phrase with its values put in; UnknownName for a key that the table does not have."""
        if key not in self.table:
            raise UnknownName(key, place=f"phrase table {self.language}", known=self.table)
        return self.table[key].format(**values) if values else self.table[key]

    def word(self, group: str, key: str) -> str:
        """Return the phrase `group.key`, or the key as plain words where the table has none."""
        return self.table.get(f"{group}.{key}", _plain(key))

    def count(self, what: str, n: int) -> str:
        """Return a number with its noun in the right form."""
        return self.say(f"count.{what}.{'one' if n == 1 else 'many'}", n=n)

    def verdict(self, verdict: str, *, provisional: bool = False) -> str:
        """Return the verdict in a word or two."""
        return self.say(f"verdict.{'provisional' if provisional else verdict}")

    def reason(self, reason: str) -> str:
        """Return one reason of a finding in a few words."""
        kind, _, rest = reason.partition(":")
        if kind == "evidence":
            return self.say("reason.evidence", element=self.word("element", rest))
        if kind == "excused":
            return self.say("reason.excused", exception=_plain(rest))
        if kind == "permitted":
            return self.say("reason.permitted", exception=_plain(rest))
        if kind == "conflict":
            return self.say("reason.conflict", clause=_plain(rest))
        if f"reason.{reason}" in self.table:
            return self.say(f"reason.{reason}")
        return self.say("reason.exception", exception=_plain(reason))

    def reasons(self, reasons: Iterable[str]) -> str:
        """Return the reasons of a finding as one list."""
        return "; ".join(self.reason(one) for one in reasons)

    def element(self, element: str) -> str:
        """Return the name of an element or an exception."""
        if f"element.{element}" in self.table:
            return self.say(f"element.{element}")
        return self.say("element.exception", exception=_plain(element))

    def missing(self, element: str) -> str:
        """Return what would settle an element, in words that name nobody."""
        if f"missing.{element}" in self.table:
            return self.say(f"missing.{element}")
        return self.say("missing.exception", exception=_plain(element))


def _plain(key: str) -> str:
    """Return a key as words: `air_strike`, `self-defence` → “air strike”, “self-defence”."""
    return key.rpartition(".")[2].replace("_", " ")


def phrases(language: str) -> Phrases:
    """Return the phrases of a language, by its primary tag; English where there are none."""
    primary = language.split("-", maxsplit=1)[0].casefold()
    known = primary if primary in LANGUAGES else "en"
    return Phrases(known, LANGUAGES[known])


def verdict_words(verdict: str, language: str = "en") -> str:
    """Return a verdict in words: what is not covered is not judged, and other law may apply."""
    said = phrases(language)
    return (
        said.say("says.not_covered").rstrip(".").casefold()
        if verdict == "not_covered"
        else said.verdict(verdict)
    )
