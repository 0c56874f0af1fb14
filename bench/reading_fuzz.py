"""Reading of arbitrary and of mutilated text: no crash, no span that lies. `python bench/reading_fuzz.py [NUMBER]` (10,000)."""

from __future__ import annotations

import random  # noqa: TID251 - seeded, outside the core
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import trucewatch as tw

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "reading"
KEYS = ("lines", "statements", "happenings", "status", "terms", "control")
_ALPHABETS = ("“”‘’\"'«»„()[]{}<>|/\\-–—…·•*#@%&+=_~^`", " \t\n\r\x0b\x0c\x1c\x85\xa0\u2028\u2029\u200b\ufeff", "0123456789.,:;", "abc ABC éüß İıſǅ", "ﬁ한漢字العربيةдда́\U0001f600\U00010400\ud800")


def originals() -> list[str]:
    """Return the made-up articles and bulletins."""
    parts = (tomllib.loads(one.read_text(encoding="utf-8"))["article"] for one in sorted((FOLDER / "twin").glob("*.toml")))
    bulletins = [one.read_text(encoding="utf-8") for one in sorted((FOLDER / "bulletins").glob("*.txt"))]
    return [one["text"] for part in parts for one in part] + bulletins


def inputs(number: int, seed: int = 7) -> Iterator[str]:
    """Yield texts: every fourth arbitrary characters, the others an original that was mutilated or spliced with another."""
    dice, given = random.Random(seed), originals()
    for row in range(number):
        if row % 4 == 0:
            yield "".join(dice.choice(dice.choice(_ALPHABETS)) if dice.random() < 0.8 else chr(dice.randrange(0x110000)) for _ in range(dice.randrange(200)))
        else:
            yield mutated(dice.choice(given), dice.choice(given), dice)


def mutated(text: str, other: str, dice: random.Random) -> str:
    """Return a text with up to a dozen wounds: cut, doubled, swapped, spliced, strange characters put in, case changed."""
    for _ in range(dice.randrange(1, 13)):
        a, b = sorted((dice.randrange(len(text) + 1), dice.randrange(len(text) + 1)))
        b = min(b, a + 60)
        wound = dice.randrange(7)
        strange = "".join(dice.choice(dice.choice(_ALPHABETS)) for _ in range(3))
        text = (
            text[:a] + text[b:], text[:b] + text[a:b] + text[b:], text[:a] + text[a:b][::-1] + text[b:], text[:a] + other[dice.randrange(len(other)):][:80] + text[b:],
            text[:a] + strange + text[a:], text[:a] + text[a:b].swapcase() + text[b:], text[:a] + text[a:b].upper() + text[b:],
        )[wound]
    return text


def check_article(text: str) -> None:
    """AssertionError for a span that is empty, out of the text, or not what is quoted."""
    found = tw.read_article(text, date(2016, 9, 14)).as_dict()
    for one in (row for key in KEYS for row in found[key]):
        assert 0 <= one["start"] < one["end"] <= len(text), one
    for link in (link for one in found["statements"] for link in one["chain"] if link["text"] is not None):
        assert text[link["start"]:link["end"]] == link["text"], link
    for one in found["happenings"]:
        for low, high in (("deaths_low", "deaths_high"), ("injured_low", "injured_high")):
            assert one.get(low) is None or one.get(high) is None or 0 <= one[low] <= one[high], one


def check_bulletin(text: str) -> None:
    """AssertionError for a quotation that does not stand in the text, or a reference to no count."""
    found = tw.read_bulletin(text).as_dict()
    for one in _quoted(found):
        assert 0 <= one["start"] <= one["end"] <= len(text) and text[one["start"]:one["end"]] == one["text"], one
    for one in found["counts"]:
        assert one["low"] is None or one["high"] is None or 0 <= one["low"] <= one["high"], one
    for one in found["sums"]:
        assert all(found["counts"][row]["part_of"] == one["total"] for row in one["parts"]), one


def _quoted(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    if isinstance(value, dict):
        if set(value) == {"start", "end", "text"}:
            yield value
        for one in value.values():
            yield from _quoted(one)
    elif isinstance(value, list):
        for one in value:
            yield from _quoted(one)


def main(number: int) -> None:
    wrong: Counter[str] = Counter()
    for row, text in enumerate(inputs(number)):
        for name, check in (("article", check_article), ("bulletin", check_bulletin)):
            try:
                check(text)
            except Exception as error:  # noqa: BLE001 - every crash is counted
                wrong[f"{name}: {type(error).__name__}: {str(error)[:120]}"] += 1
                if wrong.total() <= 5:
                    print(f"input {row}: {text!r}")
    print(f"{number} texts, each read as an article and as a bulletin: {wrong.total()} crashes or wrong spans")
    for what, times in wrong.most_common(20):
        print(f"  {times} x {what}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
