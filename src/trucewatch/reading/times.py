"""When: today, yesterday and days of the week, counted from the day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta

from trucewatch.periods import Period, day_period

__all__ = ["when"]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = re.compile(rf"\b(?:today|yesterday|(?:last )?(?P<day>{'|'.join(_DAYS)}))\b", re.IGNORECASE)


def when(text: str, start: int, end: int, published: date | None, zone: str) -> Period | None:
    """Return the day that the sentence ``[start, end)`` names, None without an anchor or with two days.

    A day of the week is the last one up to `published`; in `zone`, half-open, UTC.
    """
    found = list(_WORDS.finditer(text, start, end))
    if published is None or len(found) != 1:
        return None
    (one,) = found
    back = 0 if one.group().lower() == "today" else 1
    if one["day"]:
        back = (published.weekday() - _DAYS.index(one["day"].lower())) % 7
        back = 7 if back == 0 and one.group().lower().startswith("last") else back
    return day_period(published - timedelta(days=back), zone) if published.toordinal() > 8 else None
