"""Short made-up articles with answers (tests/reading/twin): `python bench/reading_twin.py` prints the score of each part."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import trucewatch as tw
from trucewatch.case.lexicons import shipped_lexicon

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "reading" / "twin"
FACTS = ("place", "by", "against", "deaths", "injured", "from")


def articles(name: str) -> list[dict[str, Any]]:
    """Return the articles of one part."""
    found = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["article"]
    assert isinstance(found, list)
    return found


def score(name: str) -> Counter[str]:
    """Return how much of one part is right; `notes` of what is not go to `wrong`."""
    total: Counter[str] = Counter()
    for one in articles(name):
        for key, value in _score(one).items():
            total[key] += value
    return total


def wrong(name: str) -> list[str]:
    """Return a line for everything that is not as the answers say."""
    return [f"{one['id']}: {note}" for one in articles(name) for note in _compare(one)[1]]


def _score(article: dict[str, Any]) -> Counter[str]:
    return _compare(article)[0]


def _compare(article: dict[str, Any]) -> tuple[Counter[str], list[str]]:
    text = article["text"].strip("\n")
    found = tw.read_article(text, article["date"], lexicon=shipped_lexicon(article.get("lexicon", "syria")))
    count: Counter[str] = Counter()
    notes: list[str] = []
    spans = []
    for words, speaker in article["statements"]:
        start = text.index(words)
        spans.append((start, start + len(words)))
        rows = [row for row in found.statements if row["start"] < start + len(words) and start < row["end"]]
        right = any(_same_speaker(row["speaker"], speaker) for row in rows)
        count["statements"] += 1
        count["statements right"] += right
        if not right:
            notes.append(f"statement “{words}”: {speaker!r}, found {[row['speaker'] for row in rows]}")
    for row in found.statements:
        if row["kind"] != "narrator" and not any(row["start"] < past and first < row["end"] for first, past in spans):
            count["statements beside"] += 1
            notes.append(f"a statement beside: {row['speaker']!r}: “{text[row['start']:row['end']]}”")
    _happenings(article, text, found.happenings, count, notes)
    return count, notes


def _same_speaker(found: str | None, wanted: str) -> bool:
    if not wanted or found is None:
        return not wanted and found is None
    mine, theirs = (set(re.findall(r"\w+", one.lower())) - {"the", "a", "an"} for one in (found, wanted))
    return bool(mine) and mine <= theirs


def _happenings(article: dict[str, Any], text: str, rows: Any, count: Counter[str], notes: list[str]) -> None:  # noqa: ANN401
    emitted = [row for row in rows if row["outcome"] == "emitted"]
    matched = []
    for one in article["happenings"]:
        start = text.lower().index(one["trigger"].lower())
        row = next((row for row in emitted if row["start"] < start + len(one["trigger"]) and start < row["end"]), None)
        count["to emit"] += 1
        if row is None:
            others = [(each["trigger"], each["outcome"], each["reason"]) for each in rows]
            notes.append(f"not emitted: {one['trigger']}; found {others}")
            continue
        matched.append(row)
        count["emitted"] += 1
        said = {
            "place": row["place"], "by": row["by"], "against": row["against"],
            "deaths": [row["deaths_low"], "" if row["deaths_high"] is None else row["deaths_high"]],
            "injured": [row.get("injured_low"), "" if row.get("injured_high") is None else row["injured_high"]],
            "from": (row["occurred_from"] or "")[:10],
        }  # fmt: skip
        for name in FACTS:
            if name in one:
                right = _same_fact(name, said[name], one[name])
                count["facts"] += 1
                count["facts right"] += right
                if not right:
                    notes.append(f"{one['trigger']}: {name} {one[name]!r}, found {said[name]!r}")
    silent = [hit.span() for words in article["silent"] for hit in re.finditer(re.escape(words), text, re.IGNORECASE)]
    for row in emitted:
        if row in matched:
            continue
        bad = any(row["start"] < past and first < row["end"] for first, past in silent)
        count["wrongly emitted" if bad else "emitted beside"] += 1
        notes.append(f"emitted beside: {row['trigger']} at {row['place']}")
    count["must be silent"] += len(article["silent"])


def _same_fact(name: str, found: Any, wanted: Any) -> bool:  # noqa: ANN401
    if name == "from":
        # A day in Damascus, and in India, begins in the evening of the day before in UTC.
        import datetime

        return bool(found) and str(wanted) == str(datetime.date.fromisoformat(found) + datetime.timedelta(days=1))
    if name == "place":
        return isinstance(found, str) and found.split(" ")[0] == wanted.split(" ")[0]
    if name in ("by", "against"):
        return wanted in (found if isinstance(found, list) else [found])
    return bool(found == wanted)


def main() -> None:
    for part in sorted(path.stem for path in FOLDER.glob("*.toml")):
        print(part, dict(sorted(score(part).items())))
        for note in wrong(part):
            print("  ", note)


if __name__ == "__main__":
    main()
