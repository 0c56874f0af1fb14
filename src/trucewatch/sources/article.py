"""An article of a newspaper, an agency or a web page: HTML, or plain text that ends in .txt.

What `trucewatch.reading` finds becomes rows (`article_rows`): a report for each happening that is
told as having happened, a claim for each statement, status, term and place that somebody is said to
hold. Whatever is understood only in part is a problem with its reason, and no row. An article in
another language than English is kept and listed, not read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from trucewatch.errors import BadInput, Problem, Severity
from trucewatch.reading import Reading, language_of, read
from trucewatch.sources.adapter import Parsed, count_problems
from trucewatch.sources.article_rows import Page, aside, rows_of
from trucewatch.sources.declaration import Declaration
from trucewatch.sources.decoding import decode, unpacked
from trucewatch.sources.page_text import PageText, is_html, page_text, stated_encoding

__all__ = ["ADAPTER", "ArticleAdapter", "article_text"]


@dataclass(frozen=True, slots=True)
class ArticleAdapter:
    """Reads articles; see the module."""

    name: str = "article"

    def read(self, raw: bytes, declaration: Declaration) -> Parsed:
        """Read one article.

        BadInput: no text, no source was named, no lexicon was given, or HTML without trafilatura.
        """
        decoded, words, problems = _decoded(raw, declaration)
        if not words.text.strip():
            raise _refused(declaration, "no words", "an article")
        if declaration.source is None:
            raise _refused(declaration, None, "who published the article", "Name it with --source KEY")
        if declaration.lexicon is None:
            raise _refused(declaration, None, "a lexicon", "Whoever calls the adapter gives it in the declaration")
        language = language_of(words.text)
        if language != "en":
            return Parsed((), (*problems, _unread(declaration, language)), 0, (f"language {language}: kept, not read",))
        siblings = tuple(one for one in declaration.siblings if one != words.text)
        found = read(words.text, declaration.lexicon, declaration.published, siblings)
        page = Page(declaration, decoded, words, found)
        rows = rows_of(page)
        parsed = Parsed(rows, (*problems, *aside(page)), len(rows), tuple(_notes(found, declaration, len(siblings))))
        return Parsed(parsed.rows, (*parsed.problems, *count_problems(parsed, declaration)), parsed.rows_in, parsed.notes)


ADAPTER = ArticleAdapter()


def article_text(raw: bytes, declaration: Declaration) -> str:
    """Return the words of an article as they are read, for its siblings; BadInput as in reading."""
    return _decoded(raw, declaration)[1].text


def _decoded(raw: bytes, declaration: Declaration) -> tuple[str, PageText, tuple[Problem, ...]]:
    content = unpacked(raw, declaration.file)
    encoding = declaration.encoding
    if encoding is None and is_html("", declaration.file):
        encoding = stated_encoding(content)
    decoded = decode(content, declaration.file, encoding)
    words = page_text(decoded.text, declaration.file)
    return decoded.text, words, (*decoded.problems, *words.problems)


def _refused(declaration: Declaration, value: str | None, expected: str, advice: str = "") -> BadInput:
    problem = Problem(declaration.file, None, None, value, expected, advice, Severity.ERROR)
    message = f"{declaration.file} cannot be read as an article"
    return BadInput(message, (problem,))


def _unread(declaration: Declaration, language: str) -> Problem:
    return Problem(
        declaration.file, None, None, f"language {language}", "an article in English",
        "It is kept as evidence and not read; enter what it says in a table", Severity.UNRESOLVED,
    )


def _notes(found: Reading, declaration: Declaration, siblings: int) -> list[str]:
    """Say what was decided in reading."""
    outcomes = Counter(one["outcome"] for one in found.happenings)
    told = [
        f"{outcomes['emitted']} happening(s) told as having happened, {outcomes['unresolved']} unresolved, {outcomes['dropped']} left out",
        f"{len(found.statements)} statement(s); {len(found.status)} claim(s) about the state of the agreement",
    ]
    dropped = Counter(one["reason"] for one in found.happenings if one["outcome"] == "dropped")
    if dropped:
        told.append("left out: " + ", ".join(f"{why} {number}" for why, number in sorted(dropped.items())))
    if found.mosaic["verdict"]:
        told.append(f"stitched together from other pages ({'; '.join(found.mosaic['reasons'])}): it is no source of its own, and nothing in it is dated")
    if declaration.published is None:
        told.append("no day of publication: “today” and days of the week stay undated; give --published")
    if siblings:
        told.append(f"compared with {siblings} other article(s) of the case")
    return told
