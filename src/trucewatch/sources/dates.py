"""Days as people write them in tables, to ISO text; whatever is not surely one day stays as it is.

Read without being told: ``19 September 2016``, ``19-Sep-2016``, ``September 19, 2016``,
``19.09.2016`` (day first, as wherever dots are used) and ``2016/09/19``. A slashed ``09/10/2016``
is two days in one: it is read only in the form that the declaration gives. Months have English
names.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["AMBIGUOUS", "is_date_form", "iso_day"]

AMBIGUOUS = re.compile(r"\d{1,2}/\d{1,2}/(\d{4}|\d\d)(\D.*)?")
"""A day that may be day/month or month/day."""

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_CODES = {
    "%Y": r"(?P<year>\d{4})",
    "%y": r"(?P<short>\d\d)",
    "%m": r"(?P<month>\d{1,2})",
    "%b": r"(?P<name>[A-Za-z]+)\.?",
    "%B": r"(?P<name>[A-Za-z]+)\.?",
    "%d": r"(?P<day>\d{1,2})",
    "%H": r"(?P<hour>\d{1,2})",
    "%M": r"(?P<minute>\d\d)",
    "%S": r"(?P<second>\d\d)",
}
_KIND = {
    "%Y": "year",
    "%y": "year",
    "%m": "month",
    "%b": "month",
    "%B": "month",
    "%d": "day",
    "%H": "hour",
    "%M": "minute",
    "%S": "second",
}
_CLOCK = r"(?:[ T,]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
_KNOWN = tuple(
    re.compile(form + _CLOCK, re.ASCII)
    for form in (
        r"(?P<day>\d{1,2})[ -](?P<name>[A-Za-z]+)\.?,?[ -](?P<year>\d{4})",
        r"(?P<name>[A-Za-z]+)\.? (?P<day>\d{1,2}),? (?P<year>\d{4})",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
    )
)


def is_date_form(form: str) -> bool:
    """Whether a form has a year, a month and a day, each once, and only codes known here."""
    codes = re.findall(r"%.?", form)
    kinds = [_KIND.get(code) for code in codes]
    once = len(set(kinds)) == len(kinds)
    return once and None not in kinds and {"year", "month", "day"} <= set(kinds)


def iso_day(text: str, form: str | None) -> str:
    """Return `text` as an ISO day or instant if it has the declared or a known form, else as it is.

    Whether the day exists is not looked at: ``31.02.2016`` gives ``2016-02-31``.
    """
    for pattern in (*((_compiled(form),) if form else ()), *_KNOWN):
        match = pattern.fullmatch(text)
        if match is not None:
            return _written(match.groupdict()) or text
    return text


@lru_cache(maxsize=64)
def _compiled(form: str) -> re.Pattern[str]:
    parts = re.split(r"(%.)", form)
    clocked = "%H" in form
    whole = "".join(_CODES.get(part, re.escape(part)) for part in parts)
    return re.compile(whole if clocked else whole + _CLOCK, re.ASCII)


def _written(found: dict[str, str | None]) -> str | None:
    """Return the parts as ISO text; None for a month that has no such name."""
    month = found.get("month") or _month(found.get("name") or "")
    if month is None:
        return None
    year = found.get("year") or f"20{found.get('short')}"
    day = f"{year}-{int(month):02d}-{int(found.get('day') or 0):02d}"
    if found.get("hour") is None:
        return day
    clock = f"{int(found['hour'] or 0):02d}:{found.get('minute') or '00'}"
    second = found.get("second")
    return f"{day}T{clock}:{second}" if second and second != "00" else f"{day}T{clock}"


def _month(name: str) -> str | None:
    """Return the number of an English month, whole or cut to three letters (Sept too)."""
    wanted = name.casefold()
    for number, month in enumerate(_MONTHS, start=1):
        if wanted in (month, month[:3]) or (wanted == "sept" and month == "september"):
            return str(number)
    return None
