"""Reading measured against an article coded by hand: `python bench/reading.py FOLDER` (article.txt and gold.json)."""

import json
import re
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import trucewatch as tw


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) / max(1, len(one | other)) >= 0.7


def overlaps(row: dict[str, Any], start: int, end: int) -> bool:
    return row["start"] < end and start < row["end"]


def speaker_right(row: dict[str, Any], gold: dict[str, Any]) -> bool:
    said = next((link for link in gold["chain"] if link["role"] == "speaker"), None)
    if said is None or gold["attribution"] == "pronoun":
        return row["speaker"] is None
    return bool(row["speaker"]) and words(row["speaker"]) <= words(said["text"])


def statements(text: str, found: list[dict[str, Any]], gold: list[dict[str, Any]]) -> str:
    right = orphans = chains = 0
    for one in gold:
        wanted = words(one["content"])
        row = next((row for row in found if alike(words(text[row["start"]:row["end"]]), wanted)), None)
        if row is None:
            continue
        roles = [link["role"] for link in row["chain"]]
        good = speaker_right(row, one)
        right += good
        orphans += good and "speaker_must_be" in one
        chains += good and len(one["chain"]) > 2 and roles == [link["role"] for link in one["chain"]]
    extra = sum(not any(overlaps(row, *one["content_span"]) for one in gold) for row in found)
    return f"statements right {right}/{len(gold)}, orphans null {orphans}/3, long chains {chains}/3, extra {extra}"


def happenings(found: list[dict[str, Any]], gold: list[dict[str, Any]]) -> str:
    emitted = [row for row in found if row["outcome"] == "emitted"]
    wanted = [one["trigger"]["span"] for one in gold if one["emit"] is True]
    wrong = [one["mention"]["span"] for one in gold if one["emit"] is False]
    hit = sum(any(overlaps(row, *span) for row in emitted) for span in wanted)
    bad = sum(any(overlaps(row, *span) for row in emitted) for span in wrong)
    extra = sum(not any(overlaps(row, *span) for span in [*wanted, *wrong]) for row in emitted)
    return f"to emit {hit}/{len(wanted)}, must not {bad}/{len(wrong)}, other extra {extra}"


def status(found: dict[str, Any], gold: dict[str, Any]) -> str:
    at = {one["id"]: {i for i, row in enumerate(found["status"]) if overlaps(row, *one["span"]) and row["polarity"] == one["polarity"]}
          for one in gold["agreement_status"]}
    pairs = {tuple(sorted(pair)) for pair in found["contradictions"]}
    flagged = {one["id"] for one in gold["contradictions"] if any(
        tuple(sorted((i, j))) in pairs for i in at[one["claims"][0]] for j in at[one["claims"][1]])}
    wanted = {one["id"] for one in gold["contradictions"] if one.get("flag", True)}
    missed = [name for name, rows in at.items() if not rows]
    return (f"status {len(at) - len(missed)}/{len(at)} (missed {missed}), contradictions {len(flagged & wanted)}/{len(wanted)}, "
            f"hedges flagged {len(flagged - wanted)}, pairs {len(pairs)}")


def speed(text: str) -> float:
    rounds, begun = 60, time.process_time()
    for _ in range(rounds):
        tw.read_article(text, date(2016, 9, 5))
    return rounds / (time.process_time() - begun)



def main(folder: Path) -> None:
    text = (folder / "article.txt").read_text(encoding="utf-8")
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    found = tw.read_article(text, date(2016, 9, 5)).as_dict()
    print(statements(text, found["statements"], gold["statements"]))
    print(happenings(found["happenings"], gold["incidents"]))
    print(status(found, gold))
    print(f"{speed(text):.0f} articles a second")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
