"""Headlines in a table, or behind the events of a UCDP GED file, as control claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from trucewatch.control.headlines import Headline, claims_in_headlines
from trucewatch.control.words import Imported, Said
from trucewatch.errors import BadInput, Problem, Severity
from trucewatch.sources.ucdp_articles import split_articles
from trucewatch.sources.ucdp_words import ged_words

__all__ = ["headline_claims"]

_GED = ("source_article", "latitude", "longitude", "where_prec", "where_coordinates", "date_end")
_OWN = ("headline", "published_at", "place", "lat", "lon", "source")
_WIDEST_M = 60_000.0
"""A headline whose event lies no better is of no place: what it says is not placed."""


def headline_claims(table: Mapping[str, Sequence[Any]], lines: Sequence[int], words: Mapping[str, Said], source: str | None, name: str) -> Imported:
    """Return what the headlines say of control.

    `table`: the columns of the UCDP GED, or headline, published_at, place, lat, lon, source and, if there, radius_m. `source` is who
    says all of them, where the table does not say it. A headline that says nothing of control, or two things, gives nothing and is
    no problem. BadInput for other columns.
    """
    sides = {word: said.holder for word, said in words.items() if said.holder}
    ged = all(one in table for one in _GED)
    missing = [one for one in _OWN if one not in table and not (one == "source" and source)]
    if not ged and missing:
        message = f"{name} has no headlines: {len(missing)} problem(s)"
        raise BadInput(message, [Problem(name, 1, one, None, f"a column {one}, or those of the UCDP GED: {', '.join(_GED)}") for one in missing])
    problems: list[Problem] = []
    told: dict[tuple[Any, ...], int] = {}
    for line, headline in _ged(table, lines, name, problems) if ged else _own(table, lines, source, name, problems):
        for row in zip(*claims_in_headlines([headline], sides).values(), strict=True):
            told.setdefault(row, line)
    columns = {one: [row[at] for row in told] for at, one in enumerate(claims_in_headlines([], sides))}
    return Imported(columns, tuple(told.values()), tuple(problems))


def _ged(table: Mapping[str, Sequence[Any]], lines: Sequence[int], name: str, problems: list[Problem]) -> Iterator[tuple[int, Headline]]:
    radii = ged_words().radii_m
    for at, values in enumerate(zip(*(table[one] for one in _GED), strict=True)):
        articles, lat, lon, precision, place, last = values
        line, radius = lines[at], float(radii.get(str(precision), _WIDEST_M + 1))
        if radius > _WIDEST_M:
            continue
        try:
            spot, end = (float(lat), float(lon)), date.fromisoformat(str(last)[:10])
        except (TypeError, ValueError):
            problems.append(Problem(name, line, "latitude, longitude, date_end", f"{lat}, {lon}, {last}", "numbers and a day", "the event is kept aside", Severity.REJECTED))
            continue
        for one in split_articles(str(articles or ""), end) or ():
            if one.day is not None:
                yield line, Headline(one.headline, one.day, one.office, str(place), *spot, radius)


def _own(table: Mapping[str, Sequence[Any]], lines: Sequence[int], source: str | None, name: str, problems: list[Problem]) -> Iterator[tuple[int, Headline]]:
    rows = {**table, "source": table.get("source") or [source] * len(lines), "radius_m": table.get("radius_m") or [None] * len(lines)}
    for at, line in enumerate(lines):
        row = {one: rows[one][at] for one in (*_OWN, "radius_m")}
        spot: tuple[float, ...] = ()
        with suppress(TypeError, ValueError):
            spot = (float(row["lat"]), float(row["lon"]), float(row["radius_m"] or 0.0))
        day = None
        with suppress(TypeError, ValueError):
            day = date.fromisoformat(str(row["published_at"])[:10])
        if len(spot) == 3 and abs(spot[0]) <= 90 and abs(spot[1]) <= 180 and day and row["headline"] and row["place"]:
            yield line, Headline(str(row["headline"]), day, str(row["source"] or source), str(row["place"]), *spot)
        else:
            found = ", ".join(f"{key} {row[key]}" for key in ("place", "lat", "lon", "published_at"))
            problems.append(Problem(name, line, None, found, "a place with its degrees WGS84, a day and a headline", "the row is kept aside", Severity.REJECTED))


