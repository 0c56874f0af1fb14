"""A case as it stood when its ledger had fewer entries: the same files, texts and decisions, nothing recorded."""

from __future__ import annotations

from datetime import datetime

from trucewatch.case.case import Case
from trucewatch.case.folder import text_at
from trucewatch.case.settings import load_settings
from trucewatch.ledger import LedgerStore
from trucewatch.ledger.prefix import LedgerPrefix

__all__ = ["PastCase"]


class PastCase(Case):
    """The first `size` entries of a case; `texts/` and the program are those of today."""

    def __init__(self, case: Case, size: int) -> None:
        super().__init__(case.root, who=case.who)
        self.ledger = case.ledger
        self.signer = case.signer
        self._prefix = LedgerPrefix(case.ledger, size)
        self.settings = load_settings(self._text("case.toml", None))

    @property
    def record(self) -> LedgerStore:
        """The beginning of the ledger."""
        return self._prefix

    def close(self) -> None:
        """Leave the ledger open: it belongs to the case of today."""

    def _text(self, name: str, known_at: datetime | None) -> str:
        at = known_at if self.settings.mode == "live" else None
        return text_at(self._prefix.entries(), self._prefix, name, at) or self.folder.read(name)

    def _keep_versions(self) -> None:
        """Record nothing."""
