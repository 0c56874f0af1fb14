"""Bytes to text: byte-order marks, UTF-8, and what old spreadsheet programs write.

Nothing is replaced or dropped: a byte that the encoding does not have makes the file unreadable,
and a guess is a warning that says so.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from dataclasses import dataclass

from trucewatch.errors import BadInput, Problem, Severity

__all__ = ["MAX_BYTES", "Decoded", "decode", "unpacked"]

MAX_BYTES = 512 * 1024 * 1024
"""Most bytes of one file, before and after unpacking."""

_GZIP = b"\x1f\x8b"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FALLBACK = "windows-1252"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, how it was read, and what a person should know of that."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def refused(file: str, value: str | None, expected: str, advice: str = "") -> BadInput:
    """Return the error for a file that cannot be read at all."""
    problem = Problem(file, None, None, value, expected, advice, Severity.ERROR)
    return BadInput(f"{file} cannot be read", (problem,))


def unpacked(raw: bytes, file: str) -> bytes:
    """Return the bytes, out of gzip if they are packed; BadInput: empty, broken or too large."""
    if not raw:
        raise refused(file, "0 bytes", "a file with content", "Was the download complete?")
    content = _gunzipped(raw, file) if raw.startswith(_GZIP) else raw
    if len(content) > MAX_BYTES:
        raise refused(
            file, f"more than {MAX_BYTES} bytes", f"at most {MAX_BYTES} bytes", "Split the file"
        )
    return content


def _gunzipped(raw: bytes, file: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
            return packed.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise refused(file, "a broken gzip file", "a complete one", str(error)) from error


def decode(raw: bytes, file: str, encoding: str | None = None) -> Decoded:
    """Decode the bytes of a text file.

    The declared `encoding`, else the one of the byte-order mark, else UTF-8, else Windows-1252
    with a warning. BadInput: bytes that the declared encoding, or none of these, can hold, and
    files that are no text.
    """
    if encoding is not None:
        return Decoded(_text(_strictly(raw, file, encoding), file), encoding)
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return Decoded(_text(_strictly(raw, file, name), file), name)
    try:
        return Decoded(_text(raw.decode("utf-8"), file), "utf-8")
    except UnicodeDecodeError as error:
        text = _text(_strictly(raw, file, _FALLBACK), file)
        return Decoded(text, _FALLBACK, (_guessed(raw, file, error),))


def _strictly(raw: bytes, file: str, encoding: str) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except (LookupError, UnicodeError) as error:
        expected = (
            "text in UTF-8 or Windows-1252" if encoding == _FALLBACK else f"text in {encoding}"
        )
        advice = "Give the right one as `encoding:` in the declaration"
        raise refused(file, f"bytes that are not ({error})", expected, advice) from error


def _text(text: str, file: str) -> str:
    if "\0" in text:
        advice = "If it is text in UTF-16 without a byte-order mark, declare `encoding: utf-16-le`"
        raise refused(file, "zero bytes inside", "a text file", advice)
    return text


def _guessed(raw: bytes, file: str, error: UnicodeDecodeError) -> Problem:
    line = raw.count(b"\n", 0, error.start) + 1
    start = raw.rfind(b"\n", 0, error.start) + 1
    found = raw[start : error.start + 20].split(b"\n", 1)[0][-40:].decode(_FALLBACK, "replace")
    return Problem(
        file,
        None,
        None,
        found.strip(),
        "UTF-8",
        f"Line {line} of the text is not; the whole file was read as Windows-1252. If the letters "
        "look wrong, declare the right `encoding:`",
        Severity.WARNING,
    )
