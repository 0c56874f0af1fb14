"""The column `source_article` taken apart: ``"OFFICE,date,headline";"OFFICE,date,headline"``.

Headlines hold commas, quotes, line breaks and marks of writing direction; an office may hold commas
too. Dates far outside the event are placeholders for a missing date.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from trucewatch.sources.ucdp_words import ged_words

__all__ = ["Article", "cleaned", "split_articles"]

_NEXT = re.compile(r'"\s*;\s*"(?=[^"]{0,120}?,\d{4}-\d\d-\d\d,)')
_ARTICLE = re.compile(r"(.*?),\s*(\d{4}-\d\d-\d\d),(.*)", re.DOTALL)
_MARKS = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BYLINE = re.compile(r"\s*\n\s*(?:AU|CR)\s.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Article:
    """One article behind an event, as the coders noted it."""

    office: str
    """Who published it, as written."""
    day: date | None
    """Day of publication; None where the data set holds a placeholder."""
    headline: str
    """Without marks, bylines and line breaks."""

    @property
    def document(self) -> str:
        """The name by which one publication is known."""
        return " | ".join(
            (self.office, self.day.isoformat() if self.day else "no date", self.headline)
        )


def split_articles(text: str, last_day: date) -> tuple[Article, ...] | None:
    """Return the articles in their order; None when the text has another form.

    `last_day` is the last day of the event: an article that is dated years later has no true date.
    """
    body = text.strip()
    if not body:
        return ()
    body = body.removeprefix('"').removesuffix('"')
    found = []
    for part in _NEXT.split(body):
        match = _ARTICLE.fullmatch(part)
        if match is None:
            return None
        office, day, headline = match.groups()
        found.append(Article(cleaned(office), _day(day, last_day), cleaned(headline)))
    return tuple(found)


@lru_cache(maxsize=65_536)
def cleaned(text: str) -> str:
    """Return text without direction marks, entities, agency bylines and doubled spaces."""
    plain = text if text.isascii() else _MARKS.sub("", text)
    plain = _MARKS.sub("", html.unescape(plain)) if "&" in plain else plain
    return " ".join((_BYLINE.sub("", plain) if "\n" in plain else plain).split())


def _day(text: str, last_day: date) -> date | None:
    words = ged_words()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if words.first_year <= day.year <= last_day.year + words.years_after else None
