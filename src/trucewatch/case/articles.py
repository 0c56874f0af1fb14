"""The articles of a case beside each other: each is read with the others as its siblings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from trucewatch.case.lexicons import shipped_lexicon
from trucewatch.case.settings import CaseSettings
from trucewatch.errors import BadInput
from trucewatch.ledger import Entry
from trucewatch.periods import end_of
from trucewatch.sources import Declaration, load_declaration

__all__ = ["ARTICLE", "Shelf", "with_articles"]

ARTICLE = "article"
"""Name of the adapter that reads articles."""


class Shelf:
    """The words of the articles that may help each other, read once each.

    In a replayed case an article helps only from its day of publication on: what appears later cannot
    change how a page was read before.
    """

    def __init__(
        self, entries: Sequence[Entry], payload: Callable[[str], bytes | None], settings: CaseSettings,
        erased: frozenset[str] = frozenset(), known_at: datetime | None = None,
    ) -> None:  # fmt: skip
        self._entries = tuple(
            one for one in entries
            if one.kind == "evidence" and one.body["adapter"] == ARTICLE and one.digest is not None and one.digest not in erased
        )
        self._payload, self._settings, self._known_at = payload, settings, known_at
        self._texts: dict[str, str] | None = None

    def texts(self) -> dict[str, str]:
        """Return evidence id → words of each article that may help, in the order of the ledger."""
        if self._texts is None:
            found = ((one.entry_id, self._text(one)) for one in self._entries)
            self._texts = {key: text for key, text in found if text is not None}
        return self._texts

    def siblings_of(self, evidence_id: str | None) -> tuple[str, ...]:
        """Return the words of the others."""
        return tuple(text for key, text in self.texts().items() if key != evidence_id)

    def _text(self, entry: Entry) -> str | None:
        from trucewatch.sources.article import article_text

        raw = self._payload(entry.digest) if entry.digest else None
        declared = entry.body.get("declaration")
        base = Declaration(file=str(entry.body["file"]), timezone=self._settings.timezone)
        declaration = load_declaration(declared, base.file, base)[0] if declared else base
        if raw is None or not self._known(declaration):
            return None
        try:
            return article_text(raw, declaration)
        except BadInput:
            return None

    def _known(self, declaration: Declaration) -> bool:
        if self._known_at is None or self._settings.mode == "live":
            return True
        published = declaration.published
        return published is not None and end_of(published.isoformat(), declaration.timezone) <= self._known_at


def with_articles(declaration: Declaration, shelf: Shelf, evidence_id: str | None) -> Declaration:
    """Return the declaration of an article with the lexicon and the other articles of the case."""
    return replace(declaration, lexicon=shipped_lexicon(), siblings=shelf.siblings_of(evidence_id))
