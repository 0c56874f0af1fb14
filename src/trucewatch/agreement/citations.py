"""The cited texts, and citations: where a term stands and the words themselves.

Written as `[text, "¶1"]`, as the key of a text alone, or as `{text, at, quote}`. A quote must be a
part of the archived words, if these are given; runs of white space count as one space.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping

from trucewatch.agreement.fields import Fields
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.agreement.texts import ArchivedText, Citation
from trucewatch.documents import Node

__all__ = ["TEXT_KINDS", "quoted_in", "read_citation", "read_texts"]

TEXT_KINDS = ("official", "leaked", "press", "translation", "data")
"""What a cited text is; `data` is a published data set, for geometry."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def read_texts(node: Node | None, scope: Scope) -> dict[str, ArchivedText]:
    """Read the section `texts`."""
    if node is None:
        return {}
    pairs = Fields(node, "texts", scope).node.items()
    texts = {key: _text(key, one, scope) for key, one in pairs}
    _one_counts(texts, node, scope)
    return texts


def _text(key: str, node: Node, scope: Scope) -> ArchivedText:
    identifier(node, key, scope, "text")
    fields = Fields(node, f"text {key}", scope)
    words = scope.words.get(key)
    text = ArchivedText(
        key=key,
        title=fields.need_text("title"),
        kind=fields.choice("kind", TEXT_KINDS, "press"),
        date=_written_day(fields),
        url=fields.text("url"),
        sha256=_hash_of(fields, words),
        words=words,
        language=_language(fields),
        version_of=fields.name("version_of", "text"),
        authoritative=_counts(fields),
    )
    fields.close()
    return text


def _language(fields: Fields) -> str | None:
    tag, node = fields.text("language"), fields.get("language")
    if tag is not None and node is not None and not _LANGUAGE.fullmatch(tag):
        fields.scope.refuse(node, "language: a BCP 47 tag such as en, ar or pt-BR")
    return tag


def _counts(fields: Fields) -> bool:
    """An original counts unless it says that it does not, a version only if it says that it does."""
    written = fields.flag("authoritative")
    return "version_of" not in fields if written is None else written


def _one_counts(texts: Mapping[str, ArchivedText], section: Node, scope: Scope) -> None:
    """Refuse texts of whose language versions not exactly one is authoritative."""
    for key, original in texts.items():
        versions = [original, *(one for one in texts.values() if one.version_of == key)]
        counting = [one.key for one in versions if one.authoritative]
        if len(versions) > 1 and original.version_of is None and len(counting) != 1:
            expected = f"exactly one authoritative version of {key}"
            found = " and ".join(counting) or "none"
            scope.refuse(section.get(key) or section, expected, value=found)
        if original.version_of is not None and texts.get(original.version_of, original).version_of:
            expected = "version_of: an original, not another version"
            scope.refuse(section.get(key) or section, expected, value=original.version_of)


def _written_day(fields: Fields) -> str | None:
    date = fields.text("date")
    node = fields.get("date")
    if date is not None and node is not None and not _DAY.fullmatch(date):
        fields.scope.refuse(node, "date: a day, month or year such as 2016-09-09")
    return date


def _hash_of(fields: Fields, words: str | None) -> str | None:
    written, node = fields.text("sha256"), fields.get("sha256")
    actual = None if words is None else hashlib.sha256(words.encode()).hexdigest()
    if node is not None and written is not None:
        if not _SHA256.fullmatch(written):
            fields.scope.refuse(node, "sha256: 64 lower-case hexadecimal digits")
        elif actual not in (None, written):
            advice = "The archived words are not those that the agreement was written from."
            fields.scope.refuse(node, f"sha256: {actual}, that of the archived words", advice)
    return written or actual


def read_citation(node: Node | None, scope: Scope) -> Citation | None:
    """Read a citation in any of its three forms; None if there is none or its text is unknown."""
    if node is None:
        return None
    if node.is_map:
        return _full(node, scope)
    parts = node.elements()
    if not 1 <= len(parts) <= 2:
        scope.refuse(node, 'cite: a text, [text, "¶1"] or {text, at, quote}')
        return None
    text = scope.name(parts[0], "text")
    at = parts[1].text() if len(parts) == 2 else None
    return None if text is None else Citation(text, at)


def _full(node: Node, scope: Scope) -> Citation | None:
    fields = Fields(node, "cite", scope)
    named = fields.need("text")
    text = None if named is None else scope.name(named, "text")
    at, quotes = fields.text("at"), fields.texts("quote")
    fields.close()
    if text is None:
        return None
    written = node.get("quote")
    for quote, one in zip(quotes, written.elements() if written else (), strict=False):
        if text in scope.words and not quoted_in(quote, scope.words[text]):
            scope.refuse(one, f"a quote that stands in the archived text {text}")
    return Citation(text, at, quotes)


def quoted_in(quote: str, words: str) -> bool:
    """Whether `quote` is a part of `words`, Unicode composed and white space collapsed."""
    return _collapsed(quote) in _collapsed(words)


def _collapsed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
