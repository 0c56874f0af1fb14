"""Serial number, day of issue, cut-off, zone and day of the truce from the head of a bulletin."""

from __future__ import annotations

import re
from datetime import date

from trucewatch.reading.bulletins.records import Header, Quoted

__all__ = ["day_in", "header_of"]

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = "|".join(f"{one[:3]}(?:{one[3:]})?" if one != "may" else "may" for one in _MONTHS)
_DAY = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{_MONTH})\.?,?\s+(?P<y>\d{{4}})|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}}))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b(?:report|bulletin|update|communiqu[eé]|sitrep|issue)\s*(?:no\.?|number|nr\.?|#)?\s*(?P<n>\d{1,4}(?:\s*/\s*\d{2,4})?)(?![\d,.]*\d)", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:report|bulletin|update|communiqu[eé]|sitrep)\b", re.IGNORECASE)
_ISSUED = re.compile(r"\b(?:issued|published|released|dated)\b(?:\s+on)?[^\n]{0,20}", re.IGNORECASE)
_CUT_OFF = re.compile(r"\bas\s+of\s+(?P<when>[^\n.;]{0,20}?\d{1,2}[:.]\d\d(?:\s*(?:hrs?|hours|h))?[^\n.;]{0,40}?(?=[\n.;)]|\Z))|\bas\s+of\s+(?P<other>[^\n.;)]{4,50})", re.IGNORECASE)
_ZONE = re.compile(r"\b(?:all\s+)?times\s+(?:are|given|stated)?\s*(?:given\s+|stated\s+)?in\s+(?P<zone>[^\n.;()]{2,50}(?:\([^()\n]{1,20}\))?)", re.IGNORECASE)
_TRUCE_DAY = re.compile(r"\b(?:day\s+(?P<n>\d{1,4})\s+of\s+the\s+(?:truce|cease-?\s?fire|cessation|armistice|lull)|(?P<n2>\d{1,4})(?:st|nd|rd|th)\s+day\s+of\s+the\s+(?:truce|cease-?\s?fire|cessation|armistice|lull))", re.IGNORECASE)
_HEAD = 2500
"""Characters in which a bulletin speaks of itself."""


def header_of(text: str) -> Header:
    """Return what the first lines say about the bulletin; a day of issue stands with “issued” or in the line of the number or title."""
    number, cut_off, zone, truce = (one.search(text, 0, _HEAD) for one in (_NUMBER, _CUT_OFF, _ZONE, _TRUCE_DAY))
    issued = _ISSUED.search(text, 0, _HEAD)
    day = day_in(text, issued.start(), min(len(text), issued.end() + 40)) if issued else None
    if day is None and (title := number or _TITLE.search(text, 0, _HEAD)) is not None:
        end = text.find("\n", title.end())
        day = day_in(text, text.rfind("\n", 0, title.start()) + 1, len(text) if end < 0 else end)
    return Header(
        _quoted(text, number, "n"), day, _quoted(text, cut_off, "when") or _quoted(text, cut_off, "other"),
        _quoted(text, zone, "zone"), int(truce["n"] or truce["n2"]) if truce else None,
    )  # fmt: skip


def day_in(text: str, start: int, end: int) -> date | None:
    """Return the first day with its year in ``[start, end)``; None for none, or one that no calendar has."""
    found = _DAY.search(text, start, end)
    if found is None:
        return None
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        month = (found["m"] or found["m2"]).lower()[:3]
        number = next(row for row, name in enumerate(_MONTHS, 1) if name.startswith(month))
        return date(int(found["y"] or found["y2"]), number, int(found["d"] or found["d2"]))
    except ValueError:
        return None


def _quoted(text: str, found: re.Match[str] | None, group: str) -> Quoted | None:
    if found is None or not found[group]:
        return None
    start, end = found.span(group)
    end = start + len(text[start:end].rstrip())
    return Quoted(start, end, text[start:end]) if end > start else None
