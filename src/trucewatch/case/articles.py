"""The articles of a case beside each other: each is read with the others as its siblings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from trucewatch.case.lexicons import CaseLexicon
from trucewatch.case.settings import CaseSettings
from trucewatch.errors import BadInput
from trucewatch.ledger import Entry
from trucewatch.periods import end_of
from trucewatch.sources import Declaration, load_declaration

__all__ = ["ARTICLE", "Shelf"]

ARTICLE = "article"
"""Name of the adapter that reads articles."""


class Shelf:
    """The lexicon of a case and the articles that may help each other; words are taken from a page only when asked for.

    In a replayed case an article helps only from its day of publication on: what appears later cannot
    change how a page was read before.
    """

    def __init__(
        self, entries: Sequence[Entry], payload: Callable[[str], bytes | None], settings: CaseSettings, lexicon: CaseLexicon,
        erased: frozenset[str] = frozenset(), known_at: datetime | None = None,
    ) -> None:  # fmt: skip
        self.lexicon = lexicon
        self._payload, self._settings, self._known_at = payload, settings, known_at
        self._entries = tuple(
            one for one in entries
            if one.kind == "evidence" and one.body["adapter"] == ARTICLE and one.digest is not None and one.digest not in erased
        )

    def marks(self, evidence_id: str) -> tuple[str, ...]:
        """Return what reading an article depends on besides itself: the lexicon and which articles help."""
        helping = (f"{one.digest} {one.body.get('declaration')}" for one, _ in self._helping if one.entry_id != evidence_id)
        return (self.lexicon.digest, *helping)

    def declared(self, declaration: Declaration, evidence_id: str | None) -> Declaration:
        """Return the declaration of an article with the lexicon and the words of the others."""
        siblings = tuple(text for key, text in self._texts.items() if key != evidence_id)
        return replace(declaration, lexicon=self.lexicon.lexicon, siblings=siblings)

    @cached_property
    def _helping(self) -> tuple[tuple[Entry, Declaration], ...]:
        found = ((one, self._declaration(one)) for one in self._entries)
        return tuple((one, declaration) for one, declaration in found if self._known(declaration))

    @cached_property
    def _texts(self) -> dict[str, str]:
        found = ((one.entry_id, self._text(one, declaration)) for one, declaration in self._helping)
        return {key: text for key, text in found if text is not None}

    def _declaration(self, entry: Entry) -> Declaration:
        declared = entry.body.get("declaration")
        base = Declaration(file=str(entry.body["file"]), timezone=self._settings.timezone)
        return load_declaration(declared, base.file, base)[0] if declared else base

    def _text(self, entry: Entry, declaration: Declaration) -> str | None:
        from trucewatch.sources.article import article_text

        raw = self._payload(entry.digest) if entry.digest else None
        try:
            return None if raw is None else article_text(raw, declaration)
        except BadInput:
            return None

    def _known(self, declaration: Declaration) -> bool:
        if self._known_at is None or self._settings.mode == "live":
            return True
        published = declaration.published
        return published is not None and end_of(published.isoformat(), declaration.timezone) <= self._known_at
