"""Events and articles of UCDP GED as written rows.

Two kinds of knowledge stay apart. A coded row holds what the coders made of everything; it is known
from the release of the data set. An article row holds what its headline says; it is known from
the day of the article. Both name the coders' event as `grouping`: that is a judgement of the
data set and known from its release only, also on an article row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trucewatch.reports.written import Written
from trucewatch.sources.ucdp_articles import Article
from trucewatch.sources.ucdp_events import Event
from trucewatch.sources.ucdp_headlines import (
    deaths_in,
    headline_act,
    is_round_up,
    names_area,
    names_place,
    strange_sides,
)
from trucewatch.sources.ucdp_words import ged_words

__all__ = ["GROUPING", "Use", "article_row", "coded_row", "contradictions", "distrusted"]

GROUPING = "ucdp-ged:"
"""Prefix of the name of a happening that the data set gives."""

_STATED_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_FIRST_NUMBER = re.compile(r"\D{0,20}(\d{1,5})(?!\d)")


@dataclass(frozen=True, slots=True)
class Use:
    """An article as it stands behind one event."""

    event: Event
    number: int
    """Position in `source_article`, counted from 1."""

    @property
    def locator(self) -> str:
        """Where it stands."""
        return f"row {self.event.row}, source_article {self.number}"


def coded_row(event: Event, own: Sequence[Article], source: str, licence: str) -> Written:
    """Return what the data set says of an event; a claim if it is a total over a long period.

    `own` are the articles that are given for this event and no other.
    """
    values = _total(event, source) if event.long else _happening(event, own)
    values |= {
        "id": event.event_id,
        "source": source,
        "licence": licence,
        "document": f"{ged_words().form} {event.event_id}",
        "place": event.place,
        "lat": repr(event.lat),
        "lon": repr(event.lon),
        "radius_m": str(event.radius_m),
        "text": "; ".join(dict.fromkeys(one.headline for one in event.articles)),
        **_chain(event.originals, event.articles[0].office if event.articles else None),
    }
    kind = "claim" if event.long else "report"
    return Written(kind, f"row {event.row}", _stated(values), event.raw)


def _happening(event: Event, own: Sequence[Article]) -> dict[str, str]:
    words = ged_words()
    strange = contradictions(event, own)
    candidates = ";".join((*event.candidates, *strange))
    basis = "conflict" if strange else "coded"
    headlines = [one.headline for one in own if not is_round_up(one.headline)]
    first, last = event.days
    least, most = event.span
    deaths = event.deaths
    values = {
        "occurred": first.isoformat() if first == last else f"{first}/{last}",
        "act": headline_act(headlines, words.aircraft if event.kind == "2" else None)
        or words.unclear_act,
        "by": candidates,
        "by_basis": basis,
        "killed": str(deaths["best"]),
        "killed_low": str(least),
        "killed_high": str(most),
        "killed_civilian": str(deaths["deaths_civilians"]),
        "killed_fighter": str(deaths["deaths_a"] + deaths["deaths_b"]),
        "killed_unknown": str(deaths["deaths_unknown"]),
        "grouping": GROUPING + event.event_id,
    }
    if event.one_sided:
        return values | {"affected": ";".join(event.side_b)}
    return values | {"against": candidates, "against_basis": basis}


def contradictions(event: Event, own: Sequence[Article]) -> tuple[str, ...]:
    """Return the sides that headlines set against the dyad, and the dyad does not have."""
    dyad = event.candidates
    found = [
        name
        for article in event.articles
        if not is_round_up(article.headline)
        for name in strange_sides(article.headline, dyad, (1, 2) if article in own else (2,))
    ]
    return tuple(dict.fromkeys(name for name in found if name not in dyad))


def _total(event: Event, source: str) -> dict[str, str]:
    """A total over a period is a count that the data set claims."""
    least, most = event.span
    return {
        "kind": "aggregate",
        "asserter": source,
        "subject": event.dyad,
        "value": str(event.deaths["best"]),
        "low": str(least),
        "high": str(most),
        "unit": "persons killed",
        "valid_from": event.first_day.isoformat(),
        "valid_to_earliest": event.last_day.isoformat(),
        "valid_to_latest": event.last_day.isoformat(),
    }


def article_row(article: Article, uses: Sequence[Use], source: str, licence: str) -> Written:
    """Return what an article's headline says; `uses` are the places where it stands.

    A report, unless the headline sums up a day (a claim of an aggregate) or stands behind
    long totals only (a claim of a statement). An article without a day that can be true is
    carried by the data set (`source`): it is known no earlier than that.
    """
    events = list({use.event.event_id: use.event for use in uses}.values())
    happenings = [event for event in events if not event.long]
    published = None if distrusted(article, events) else article.day
    values = {
        "source": article.office if published and article.office else source,
        "id": article.document,
        "document": article.document,
        "published_at": published.isoformat() if published else "",
        "text": article.headline,
        "licence": licence,
        **_chain(_first_said(article, events), article.office or None),
    }
    if is_round_up(article.headline):
        kind, more = "claim", _round_up(article, published, source)
    elif not happenings:
        kind, more = (
            "claim",
            {"kind": "statement", "asserter": article.office or source, "subject": events[0].dyad},
        )
    else:
        kind, more = "report", _told(article, happenings, published)
    raw = {
        "office": article.office,
        "date": article.day.isoformat() if article.day else "",
        "headline": article.headline,
    }
    return Written(
        kind, "; ".join(use.locator for use in uses), _stated(values | more), _stated(raw)
    )


def distrusted(article: Article, events: Sequence[Event]) -> bool:
    """Whether the article's date cannot be: it is earlier than every event that it tells of."""
    return article.day is not None and all(article.day < event.first_day for event in events)


def _round_up(article: Article, published: date | None, source: str) -> dict[str, str]:
    match = _FIRST_NUMBER.match(article.headline)
    values = {
        "kind": "aggregate" if match else "statement",
        "asserter": article.office or source,
        "subject": ged_words().round_up_subject,
    }
    if match:
        values |= {name: match[1] for name in ("value", "low", "high")} | {"unit": "persons killed"}
    first, last = _summed_up(article.headline, published)
    if first and last:
        values |= {"valid_from": first} | dict.fromkeys(
            ("valid_to_earliest", "valid_to_latest"), last
        )
    return values


def _summed_up(headline: str, published: date | None) -> tuple[str | None, str | None]:
    """Return the first and last day counted: as stated, else yesterday, else up to its own day."""
    stated = _STATED_DAY.search(headline)
    if stated:
        day = f"{stated[3]}-{int(stated[2]):02d}-{int(stated[1]):02d}"
        try:
            return date.fromisoformat(day).isoformat(), day
        except ValueError:
            return None, None
    if published is None:
        return None, None
    before = (published - timedelta(days=1)).isoformat()
    return before, before if "yesterday" in headline.casefold() else published.isoformat()


def _told(article: Article, events: Sequence[Event], published: date | None) -> dict[str, str]:
    """What a headline tells of a happening; of several it tells only when and perhaps what."""
    values = {"occurred": _when(events, published), "act": headline_act([article.headline]) or ""}
    if len(events) > 1:
        return values
    event = events[0]
    named = (names_area if event.area else names_place)(article.headline, event.place)
    return values | {
        "place": event.place if named else "",
        "killed": deaths_in(article.headline) or "",
        "grouping": GROUPING + event.event_id,
    }


def _when(events: Sequence[Event], published: date | None) -> str:
    """Return the days that surely hold what the article tells.

    The days just before it, if the coded days agree; else any day up to it (an inquiry, a look
    back); without a date the coded days, which are known no earlier than the row itself.
    """
    if published is None:
        first = min(event.days[0] for event in events)
        last = max(event.days[1] for event in events)
        return first.isoformat() if first == last else f"{first}/{last}"
    earliest = published - timedelta(days=ged_words().days_before)
    fresh = all(event.days[0] <= published and earliest <= event.days[1] for event in events)
    return f"{earliest if fresh else '..'}/{published}"


def _first_said(article: Article, events: Sequence[Event]) -> tuple[str, ...]:
    """Return who said it first: the article's own office, if the coders name it among others."""
    originals = tuple(dict.fromkeys(one for event in events for one in event.originals))
    folded = article.office.casefold()
    return next(((one,) for one in originals if one.casefold() == folded), originals)


def _chain(originals: Sequence[str], office: str | None) -> dict[str, str]:
    """Return origin and chain; of several originals the first: a list is no source of its own."""
    first = originals[0] if originals else None
    links = [name for name in (first, office) if name]
    if len(links) == 2 and links[0].casefold() == links[1].casefold():
        links = links[1:]
    return {"origin": first or "", "chain": " > ".join(link.replace(">", "-") for link in links)}


def _stated(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
