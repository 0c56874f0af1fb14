import codecs
import gzip

import pytest

from trucewatch.errors import BadInput, Severity
from trucewatch.sources import decoding
from trucewatch.sources.decoding import decode, unpacked

TEXT = "ort,datum\nDeir ez-Zōr – Šmāl,2016-09-19\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32"),
    ],
)
def test_marks_are_read_and_removed(raw, encoding):
    found = decode(raw, "f.csv")
    assert found.text == TEXT
    assert (found.encoding, found.problems) == (encoding, ())


def test_windows_1252_is_read_with_a_warning_that_shows_where():
    raw = "place,notes\nKöln,ok\nMünchen,“quoted”\n".encode("windows-1252")
    found = decode(raw, "old.csv")
    assert "Köln" in found.text
    (problem,) = found.problems
    assert problem.severity is Severity.WARNING
    assert problem.value == "Köln,ok"
    assert "Line 2" in problem.advice and "Windows-1252" in problem.advice


def test_the_declared_encoding_is_used_and_kept_to():
    arabic = "المكان,حلب".encode("windows-1256")
    assert decode(arabic, "f.csv", "windows-1256").text == "المكان,حلب"
    with pytest.raises(BadInput, match="text in utf-8"):
        decode(arabic, "f.csv", "utf-8")


@pytest.mark.parametrize("raw", [b"a\0b,c\n", "a,b\n".encode("utf-16-le"), b"\xff\xfeA", b"\x81\x8d,x\n"])
def test_what_is_no_text_is_refused(raw):
    with pytest.raises(BadInput):
        decode(raw, "f.csv")


def test_gzip_is_unpacked_and_bounded(monkeypatch):
    assert unpacked(gzip.compress(b"abc"), "f.gz") == b"abc"
    assert unpacked(b"abc", "f") == b"abc"
    monkeypatch.setattr(decoding, "MAX_BYTES", 1000)
    with pytest.raises(BadInput, match="at most 1000 bytes"):
        unpacked(gzip.compress(b"0" * 100_000), "bomb.gz")
    with pytest.raises(BadInput, match="at most 1000 bytes"):
        unpacked(b"0" * 1001, "large.csv")


@pytest.mark.parametrize("raw", [b"", b"\x1f\x8b", gzip.compress(b"abc" * 50)[:-12], b"\x1f\x8b" + b"x" * 40])
def test_empty_and_broken_files_are_refused(raw):
    with pytest.raises(BadInput) as caught:
        unpacked(raw, "f.csv")
    assert caught.value.problems[0].place == "f.csv"
