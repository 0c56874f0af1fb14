"""The lines of a page and what each is: boilerplate, headline, related headline, caption, dateline, body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trucewatch.reading.lexicon import Lexicon

__all__ = ["DATELINE", "Line", "lines_of"]

DATELINE = re.compile(r"[A-Z][A-Z .,’'-]{2,40}(?:,[^—–-]{0,30})?\s*(?:\([A-Za-z /.]{2,20}\)\s*)?[—–-]")
_ENDS = (".", "!", "?", "”", '"', "’", "…", ":", ")", "»")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, half-open ``[start, end)`` without the blanks around it."""

    start: int
    end: int
    role: str
    """boilerplate, headline, related_headline, caption, dateline (a body that begins with one) or body."""


def lines_of(text: str, lexicon: Lexicon) -> tuple[Line, ...]:
    """Return the lines of `text` (parted by LF) that hold anything, with their roles."""
    spans = []
    place = 0
    for raw in text.split("\n"):
        bare = raw.strip()
        if bare:
            start = place + len(raw) - len(raw.lstrip())
            spans.append((start, start + len(bare)))
        place += len(raw) + 1
    roles = [_plain_role(text[start:end], lexicon) for start, end in spans]
    bodies = [number for number, role in enumerate(roles) if role in ("body", "dateline")]
    titles = [number for number, role in enumerate(roles) if role == "title"]
    first_body = bodies[0] if bodies else len(roles)
    last_body = bodies[-1] if bodies else -1
    headline = next((one for one in titles if one < first_body), None)
    for number in titles:
        before = headline is not None and headline <= number < first_body
        roles[number] = "headline" if before and number - (headline or 0) <= 1 else (
            "related_headline" if number > last_body or before else "body")
        if number < first_body and not before:
            roles[number] = "headline"
    return tuple(Line(start, end, role) for (start, end), role in zip(spans, roles, strict=True))


def _plain_role(line: str, lexicon: Lexicon) -> str:
    low = line.lower().strip(" .:!|»›-–—*#")
    if not low or low in lexicon.boilerplate or line.lower().startswith(lexicon.boilerplate_starts):
        return "boilerplate"
    if line.lower().startswith(lexicon.caption_starts):
        return "caption"
    if DATELINE.match(line):
        return "dateline"
    words = line.count(" ") + 1
    titled = words >= 3 and words <= 22 and not line.endswith(_ENDS) and not line.startswith(("“", '"'))
    quoted_end = words <= 22 and words >= 3 and line.endswith(("’", "'")) and ". " not in line
    return "title" if titled or quoted_end else "body"
