"""Where a term stands: archived texts and citations of them, as frozen records.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ArchivedText", "Citation"]

STATUSES = ("given", "from_memory", "placeholder", "unpublished")
"""How sure a term is: all but `given` can only give undetermined(text)."""


@dataclass(frozen=True, slots=True)
class ArchivedText:
    """A text that clauses cite; `sha256` is that of the archived words, if they are archived."""

    key: str
    title: str
    kind: str
    date: str | None = None
    url: str | None = None
    sha256: str | None = None
    words: str | None = None
    language: str | None = None
    """BCP 47 tag of the language, such as `en` or `ar`."""
    version_of: str | None = None
    """The text of which this is another language version."""
    authoritative: bool = True
    """Whether this version counts; of the versions of one text exactly one does."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a term stands, with the words themselves."""

    text: str
    at: str | None = None
    quotes: tuple[str, ...] = ()
