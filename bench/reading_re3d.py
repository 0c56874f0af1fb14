"""Places and organisations found in documents on Syria and Iraq (re3d, dstl): `python bench/reading_re3d.py FOLDER`, part by part.

Nothing was tuned on them. A gold span is found if a mention of the lexicon of Syria overlaps it; a mention is right if a gold span of its type overlaps it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from trucewatch.case.lexicons import shipped_lexicon
from trucewatch.reading.mentions import find_mentions

KINDS = {"Location": ("place", "theatre"), "Organisation": ("actor", "side")}


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(one) for one in file.read_text(encoding="utf-8").splitlines() if one.strip()]


def score(folder: Path) -> Counter[str]:
    count: Counter[str] = Counter()
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for one in lines(folder / "entities.json"):
        if one["type"] in KINDS:
            spans.setdefault((one["documentId"], one["type"]), []).append((one["begin"], one["end"]))
    for document in lines(folder / "documents.json"):
        mentions = find_mentions(document["text"], shipped_lexicon()).all
        for kind, own in KINDS.items():
            gold = spans.get((document["_id"], kind), [])
            found = [(one.start, one.end) for one in mentions if one.entry.kind in own]
            count[f"{kind} gold"] += len(gold)
            count[f"{kind} found"] += sum(any(a < d and c < b for c, d in found) for a, b in gold)
            count[f"{kind} mentions"] += len(found)
            count[f"{kind} right"] += sum(any(a < d and c < b for c, d in gold) for a, b in found)
    return count


def main(root: Path) -> None:
    total: Counter[str] = Counter()
    for folder in sorted(one for one in root.iterdir() if (one / "entities.json").exists()):
        part = score(folder)
        total += part
        print(folder.name, said(part))
    print("all", said(total))


def said(part: Counter[str]) -> str:
    return "; ".join(
        f"{kind}: found {part[f'{kind} found']} of {part[f'{kind} gold']} ({part[f'{kind} found'] / max(1, part[f'{kind} gold']):.2f}), "
        f"right {part[f'{kind} right']} of {part[f'{kind} mentions']} ({part[f'{kind} right'] / max(1, part[f'{kind} mentions']):.2f})" for kind in KINDS
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
