"""Reading measured on hand-coded incidents of India (no licence stated: scores only): `python bench/reading_satp.py FILE [--wrong N]`.

The rows are split by a hash of their incident number. Rules were written with the first part; the second was only scored.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from trucewatch.case.lexicons import shipped_lexicon
from trucewatch.reading import read
from trucewatch.reading.lexicon import Lexicon
from trucewatch.reading.mentions import Mention, Mentions, find_mentions
from trucewatch.reading.sentences import sentences_of
from trucewatch.reading.tolls import Told, toll_of

Row = dict[str, str]


def rows(file: Path) -> list[Row]:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def first_part(row: Row) -> bool:
    return int(hashlib.sha256(f"split{row['incident_number']}".encode()).hexdigest()[0], 16) % 2 == 0


def deaths(text: str, lexicon: Lexicon) -> int | None:
    """Return one number: the bounds where they agree, the one that there is otherwise."""
    toll = toll_of(text, lexicon)
    return toll.low if toll.low is not None else toll.high


def score_deaths(part: Sequence[Row], lexicon: Lexicon) -> tuple[str, list[tuple[int, int | None, str]]]:
    right = near = anyone = anyone_right = 0
    wrong = []
    known = [row for row in part if row["total_fatalities"].isdigit()]
    for row in known:
        wanted, found = int(row["total_fatalities"]), deaths(row["incident_summary"], lexicon)
        right += found == wanted
        near += found is not None and abs(found - wanted) <= 1
        anyone += wanted > 0
        anyone_right += wanted > 0 and found == wanted
        if found != wanted:
            wrong.append((wanted, found, row["incident_summary"]))
    return f"deaths exact {right / len(known):.3f} of {len(known)}, within 1 {near / len(known):.3f}, where anyone died {anyone_right / anyone:.3f} of {anyone}", wrong


ACTIONS = ("armed_assault", "arrest", "bombing", "infrastructure", "surrender", "seizure", "abduction")
CLASSES = ("Maoist", "Security", "Unknown")
_SAME = {
    "abduction_detention": "abduction", "attack.explosive": "bombing", "ied_mine": "bombing", "suicide_bombing": "bombing", "armed_clash": "armed_assault",
    "ground_assault": "armed_assault", "execution": "armed_assault", "sniper": "armed_assault", "looting": "seizure",
}
"""Acts of the language that are one of these actions."""
_NOT_NOW = ("negating", "halting", "hypothetical", "planned")
_CODED_AS_MAOIST = ("bombing", "infrastructure", "abduction")
_PLANTED = re.compile(r"\b(?:planted|placed|laid)\b", re.IGNORECASE)
_PROPERTY = re.compile(r"\b(?:blast\w*|blew|blow|explod\w*|detonat\w*|attack\w*|damag\w*|destroy\w*|trigger\w*|target\w*)\b.{0,60}?\b(?:towers?|tracks?|bridges?|culverts?|buildings?|schools?|offices?|railway|rail|panchayat|pipeline|station\s+building|roads?|guest\s+house|houses?|machines?|trucks?|tractors?|check-?post)\b", re.IGNORECASE)
_BACKGROUND = re.compile(r"\b(?:involved\s+in|accused\s+(?:in|of)|wanted\s+(?:in|for)|in\s+connection\s+with|involvement\s+in|suspected\s+to\s+be\s+involved)\b[^.;]*\Z", re.IGNORECASE)
_BODY = re.compile(r"\bbod(?:y|ies)\b", re.IGNORECASE)
_MINES = re.compile(r"\b(?:recover\w*|found|unearth\w*|detect\w*|defus\w*|diffus\w*)\b[^.;]{0,60}?\b(?:land-?\s?mines?|mines?|IEDs?|bombs?|gelatin|explosives?)\b|\b(?:land-?\s?mines?|mines?|IEDs?|bombs?|gelatin\s+sticks?)\b[^.;]{0,60}?\b(?:recovered|found|unearthed|detected|defused)\b", re.IGNORECASE)
_STORE = re.compile(r"\b(?:dump\w*|hide-?outs?|arrest\w*|caches?|arms|weapons?|rifles?|pistols?|guns?|camps?|encounter|killed|grenades?|exchange|fire|blast\w*|explo(?:ded|sion)|literature|uniforms?)\b", re.IGNORECASE)
_HELD = re.compile(r"\b(?:encounter|exchange\s+of\s+fire|exchanged\s+fire|gun-?\s?battle|cross-?fire|fired|firing|opened\s+fire|ambush\w*|attacked|raid)", re.IGNORECASE)


def coded(text: str, lexicon: Lexicon) -> tuple[str, set[str]]:
    """Return who did it and the kinds of action, from the cues that reading does not drop as unreal, in the first sentences."""
    found, mentions = read(text, lexicon), find_mentions(text, lexicon)
    unreal = {one["start"] for one in found.happenings if one["reason"] in _NOT_NOW}
    spans = [span for line in found.lines for span in ((one.start, one.end) for one in sentences_of(text, line["start"], line["end"], 0))]
    cues = [one for one in mentions.within(0, len(text), "event") if one.start not in unreal and not _was(text, one)]
    told = toll_of(text, lexicon).told
    acts = [(one.start, action) for one in cues if (action := _SAME.get(one.entry.value, one.entry.value)) in ACTIONS]
    acts += [(one.start, "armed_assault") for one in told]
    acts = [one for one in acts if one[0] < _reach(one[1], min(acts)[1], spans)]
    acts = [one for one in acts if (one[1] in ("arrest", "surrender") or not _BACKGROUND.search(text, max(0, one[0] - 90), one[0])) and not (one[1] == "seizure" and _BODY.search(text, max(0, one[0] - 60), one[0] + 40))]
    head = text[:spans[0][1]] if spans else ""
    if _MINES.search(head) and not _STORE.search(text):
        acts = [(0, "bombing")]
    if _PLANTED.search(head):
        acts = [one for one in acts if one[1] not in ("seizure", "armed_assault")]
    if any(action == "bombing" for _, action in acts):  # the dead of a blast are no assault of their own
        acts = [one for one in acts if one[1] != "armed_assault" or _HELD.search(text)]
    if any(action in ("bombing", "armed_assault") for _, action in acts) and _PROPERTY.search(head):
        acts.append((len(text), "infrastructure"))
    return _perpetrator(text, sorted(acts), told, mentions, spans[0][1] if spans else 0), {action for _, action in acts}


def _was(text: str, cue: Mention) -> bool:
    """“A surrendered Naxalite”, “had surrendered”, “the arrested Maoist”: told beside, not told as what happened."""
    return cue.entry.value in ("surrender", "arrest") and re.search(r"\b(?:an?|the|some|former|had|other|two|these|those|recently|earlier|to|of)\s+\Z", text[max(0, cue.start - 12):cue.start]) is not None


def _reach(action: str, first: str, spans: Sequence[tuple[int, int]]) -> int:
    """Return up to where an action counts: after a surrender or an arrest only what was found is still news."""
    if action == "seizure":
        return spans[-1][1]
    number = 1 if first in ("surrender", "arrest", "seizure") else 3
    return spans[min(number, len(spans)) - 1][1]


def _perpetrator(text: str, acts: Sequence[tuple[int, str]], told: Sequence[Told], mentions: Mentions, first_end: int) -> str:
    actors = [one for one in mentions.within(0, len(text), "actor") if not _PLACE.match(text, one.end)]
    first = acts[0][1] if acts else None
    if first == "surrender":
        return "Maoist"
    if first == "arrest":
        return "Security"
    by = next((one for one in actors if _BY.search(text, max(0, one.start - 45), one.start) and one.start < first_end), None)
    if by is not None and first != "surrender":
        return _class(by)
    if first in ("arrest", "seizure"):
        return "Security" if not (actors and actors[0].entry.value == "maoist" and _TOOK.search(text, 0, first_end)) else "Maoist"
    if told:
        dead = mentions.within(told[0].start, told[0].end, "actor")
        passive = text[told[0].start:told[0].end].rstrip().lower().endswith(_ENDS_PASSIVE) and re.search(r"\b(?:was|were|is|are|been)\b", text[told[0].start:told[0].end])
        if passive and dead:
            return "Security" if dead[0].entry.value == "maoist" else "Maoist"
    if first in _CODED_AS_MAOIST:
        return "Maoist"
    return _class(actors[0]) if actors else "Maoist" if acts else "Unknown"


def _class(actor: Mention) -> str:
    return "Maoist" if actor.entry.value == "maoist" else "Security"


_BY = re.compile(r"\bby\s+(?:the\s+|a\s+|an\s+)?(?:[\w’'-]+\s+){0,4}?\Z", re.IGNORECASE)
_PLACE = re.compile(r"[\s-]+(?:Stations?|stations?|station\s+limits|limits|[Ii]nformers?|[Oo]utposts?|[Pp]osts?|sources|said)\b")
"""After “Police”: a place or a reason, nobody who acts."""
_TOOK = re.compile(r"\b(?:looted|snatched|took\s+away|robbed)\b", re.IGNORECASE)
_ENDS_PASSIVE = ("killed", "dead", "down", "death", "died", "shot", "murdered", "slain")


def score_codes(part: Sequence[Row], lexicon: Lexicon) -> tuple[str, list[tuple[Any, ...]]]:
    right = known = 0
    hits: Counter[str] = Counter()
    wrong: list[tuple[Any, ...]] = []
    for row in part:
        who, acts = coded(row["incident_summary"], lexicon)
        wanted = {one for one in ACTIONS if row[one] == "1"}
        for one in ACTIONS:
            hits[f"{one} {'tp' if one in wanted & acts else 'fp' if one in acts else 'fn' if one in wanted else 'tn'}"] += 1
        if row["perpetrator"] in CLASSES:
            known += 1
            right += who == row["perpetrator"]
        if wanted != acts or who != row["perpetrator"]:
            wrong.append((row["perpetrator"], who, sorted(wanted - acts), sorted(acts - wanted), row["incident_summary"]))
    tp, fp, fn = (sum(hits[f"{one} {kind}"] for one in ACTIONS) for kind in ("tp", "fp", "fn"))
    each = ", ".join(f"{one} {2 * hits[f'{one} tp'] / max(1, 2 * hits[f'{one} tp'] + hits[f'{one} fp'] + hits[f'{one} fn']):.2f}" for one in ACTIONS)
    return f"perpetrator {right / known:.3f} of {known}, action micro-F1 {2 * tp / (2 * tp + fp + fn):.3f} ({each})", wrong


def main(file: Path, shown: int) -> None:
    lexicon = shipped_lexicon("india-maoist")
    everything = rows(file)
    chosen: list[tuple[str, Callable[[Row], bool]]] = [("first part (rules written with it)", first_part)]
    if not shown:
        chosen.append(("second part (only scored)", lambda row: not first_part(row)))
    for name, belongs in chosen:
        part = [row for row in everything if belongs(row)]
        begun = time.process_time()
        said, wrong = score_deaths(part, lexicon)
        print(f"{name}: {said} ({len(part) / (time.process_time() - begun):.0f} a second)")
        codes, others = score_codes(part, lexicon)
        print(f"  {codes}")
        for one in (others if "--codes" in sys.argv else wrong)[:shown]:
            print("  ", one)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[sys.argv.index("--wrong") + 1]) if "--wrong" in sys.argv else 0)
