"""The words of a page, each with where it stands in the page as decoded.

Plain text is read as it is. Of HTML, trafilatura (extra `html`) says which paragraphs are the
article; the words themselves are taken from the page, so that every offset leads back into it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from trucewatch.errors import BadInput, Problem, Severity

__all__ = ["EXTRA", "PageText", "is_html", "page_text", "stated_encoding"]

EXTRA = "html"
"""The extra that brings trafilatura."""

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "head", "iframe", "select", "textarea"))
_WITHIN = frozenset(("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
                     "span", "strong", "sub", "sup", "time", "u", "var", "wbr"))  # fmt: skip
"""Elements that do not end a line; every other one does."""
_HEADLINES = ("h1", "h2")
_BULLET = re.compile(r"[-*•]\s+")


@dataclass(frozen=True, slots=True)
class PageText:
    """What is read, and where each of its code points stands in the file as decoded."""

    text: str
    origins: tuple[int, ...] | None = None
    """None: at the same place. Else one offset per code point; a line break that a tag made is where the tag is."""
    ends: tuple[int, ...] | None = None
    """Where each code point ends there: `&rdquo;` is one of the text and seven of the page."""
    problems: tuple[Problem, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the file as decoded that holds ``[start, end)`` of the text."""
        if self.origins is None or self.ends is None or start >= end:
            return start, end
        return self.origins[start], self.ends[end - 1]

    def line(self, decoded: str, start: int) -> int:
        """Return the line of the file as decoded, from 1, in which an offset of the text lies."""
        return decoded.count("\n", 0, self.span(start, start + 1)[0]) + 1


def is_html(decoded: str, file: str) -> bool:
    """Whether a file is HTML, by its name or by how it begins."""
    name = file.lower().removesuffix(".gz")
    return name.endswith((".html", ".htm", ".xhtml")) or (not name.endswith(".txt") and bool(_HTML.match(decoded)))


def stated_encoding(raw: bytes) -> str | None:
    """Return the encoding that a page states of itself, if Python knows it."""
    found = _CHARSET.search(raw[:4096])
    if found is None:
        return None
    name = found[1].decode("ascii")
    try:
        "".encode(name)
    except LookupError:
        return None
    return name


def page_text(decoded: str, file: str) -> PageText:
    """Return the words of a page; BadInput for HTML where trafilatura is missing or finds no article."""
    if not is_html(decoded, file):
        return PageText(decoded)
    blocks = [one for one in _Blocks.of(decoded) if one.text]
    chosen, lost = _chosen(blocks, _article_lines(decoded, file))
    text = "".join(one.text + "\n" for one in chosen)
    origins = tuple(place for one in chosen for place in (*one.origins, one.ends[-1]))
    ends = tuple(place for one in chosen for place in (*one.ends, one.ends[-1]))
    return PageText(text, origins, ends, tuple(_lost(line, file) for line in lost))


def _article_lines(decoded: str, file: str) -> list[str]:
    """Return the paragraphs that trafilatura takes for the article, blanks folded."""
    try:
        from trafilatura import extract
    except ImportError as error:
        advice = f"{error}. Install it with: pip install 'trucewatch[{EXTRA}]'. Or save the article as plain text (.txt)"
        problem = Problem(file, None, None, "HTML", f"trafilatura, which the extra “{EXTRA}” installs", advice, Severity.ERROR)
        message = f"{file} is HTML, and nothing is installed that reads it"
        raise BadInput(message, (problem,)) from error
    found = extract(decoded, output_format="txt", include_comments=False, include_tables=True, deduplicate=False)
    lines = [" ".join(one.split()) for one in (found or "").splitlines()]
    if not any(lines):
        problem = Problem(file, None, None, None, "a page that holds an article", "Save its text as .txt", Severity.ERROR)
        message = f"{file}: no article was found in the page"
        raise BadInput(message, (problem,))
    return [one for one in lines if one]


@dataclass(frozen=True, slots=True)
class _Block:
    """The visible words between two ends of line, blanks folded, with the offset of each character."""

    tag: str
    text: str
    origins: tuple[int, ...]
    ends: tuple[int, ...]


def _chosen(blocks: list[_Block], lines: list[str]) -> tuple[list[_Block], list[str]]:
    """Return the blocks that hold the lines, in the order of the page with the first headline, and the lines not found."""
    wanted: set[int] = set()
    lost = []
    after = 0
    for line in lines:
        bare = _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
        order = [*range(after, len(blocks)), *range(after)]
        found = next((one for one in order if blocks[one].text in (line, bare)), None)
        if found is None:
            found = next((one for one in order if bare in blocks[one].text or (len(blocks[one].text) > 20 and blocks[one].text in bare)), None)
        if found is None:
            lost.append(line)
            continue
        wanted.add(found)
        after = found + 1
        while after < len(blocks) and len(blocks[found].text) < len(bare) and blocks[after].text in bare:
            wanted.add(after)
            after += 1
    headline = next((number for number, one in enumerate(blocks) if one.tag in _HEADLINES), None)
    if headline is not None and wanted and headline < min(wanted):
        wanted.add(headline)
    return [blocks[one] for one in sorted(wanted)], lost


def _lost(line: str, file: str) -> Problem:
    return Problem(
        file, None, None, line[:120], "words that stand together in the page",
        "The paragraph was not read; save the article as plain text to have it read", Severity.UNRESOLVED,
    )


@dataclass
class _Gathering:
    tag: str = ""
    letters: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


class _Blocks(HTMLParser):
    """Gathers the visible words of a page, line by line, with their offsets."""

    def __init__(self, decoded: str) -> None:
        super().__init__(convert_charrefs=False)
        self._starts = [0, *(one.end() for one in re.finditer("\n", decoded))]
        self._decoded = decoded
        self._now = _Gathering()
        self._hidden = 0
        self.blocks: list[_Block] = []

    @classmethod
    def of(cls, decoded: str) -> Iterator[_Block]:
        """Yield the blocks of a page in order."""
        parser = cls(decoded)
        parser.feed(decoded)
        parser.close()
        parser.end_block("")
        yield from parser.blocks

    def place(self) -> int:
        """Return the offset at which the parser stands."""
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def end_block(self, tag: str) -> None:
        """End the line that is gathered; the next one stands in `tag`."""
        now = self._now
        while now.letters and now.letters[-1] == " ":
            now.letters.pop()
            now.origins.pop()
            now.ends.pop()
        if now.letters:
            self.blocks.append(_Block(now.tag, "".join(now.letters), tuple(now.origins), tuple(now.ends)))
        self._now = _Gathering(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Start an element."""
        if tag in _UNSEEN:
            self._hidden += 1
        elif tag not in _WITHIN:
            self.end_block(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Pass an element that is empty."""
        if tag not in _WITHIN:
            self.end_block(self._now.tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in _UNSEEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag not in _WITHIN:
            self.end_block("")

    def handle_data(self, data: str) -> None:
        """Take words as they stand."""
        place = self.place()
        for number, letter in enumerate(data):
            self._take(letter, place + number, place + number + 1)

    def handle_entityref(self, name: str) -> None:
        """Take a named character."""
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """Take a numbered character."""
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        """Take what a reference stands for; its semicolon may be missing."""
        place = self.place()
        end = place + len(written)
        end += self._decoded.startswith(";", end)
        for letter in html.unescape(self._decoded[place:end]):
            self._take(letter, place, end)

    def _take(self, letter: str, place: int, end: int) -> None:
        if self._hidden:
            return
        blank = letter.isspace()
        if blank and (not self._now.letters or self._now.letters[-1] == " "):
            return
        self._now.letters.append(" " if blank else letter)
        self._now.origins.append(place)
        self._now.ends.append(end)

