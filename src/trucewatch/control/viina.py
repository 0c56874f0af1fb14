"""VIINA 2.0, the daily status of Ukrainian places by several votes → claims of these votes, one source each.

The file keeps the votes beside their majority; each vote errs in its own way, so the majority is left alone. A status
that stays is a map that was not redrawn: it is one claim when it comes and one every 30 days that it stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import groupby
from typing import Any

from trucewatch.control.words import Imported, Said, collected
from trucewatch.errors import BadInput, Problem, Severity

__all__ = ["VIINA_WORDS", "claims_in_viina"]

VIINA_WORDS: Mapping[str, Said] = {"UA": Said("ua"), "RU": Said("ru"), "CONTESTED": Said("contested", "contested")}
"""What the words of the file say where nobody says otherwise."""
_VOTES = {"status_wiki": "wiki", "status_boost": "boost", "status_dsm": "dsm", "status_isw": "isw"}
_WHOLE = {"status": "majority"}
_PLACES = ("geonameid", "katottg", "KATOTTG", "katotth", "KATOTTH")
_AGAIN_DAYS = 30

_Row = tuple[int, str, date, dict[str, str]]


def claims_in_viina(
    table: Mapping[str, Sequence[Any]], places: Mapping[str, tuple[str, float, float]], words: Mapping[str, Said], name: str
) -> Imported:
    """Return the claims of a VIINA control table.

    `table`: geonameid (or katottg), date (20220224 or 2022-02-24) and at least one of status_wiki, status_boost, status_dsm, status_isw;
    status alone where the file has no votes. `places`: that id → (name, lat, lon); where it is not there, the columns
    latitude and longitude of the table. `words`: status → holder. What the wiki and the news-boosted wiki say alike has one
    origin. BadInput for missing columns.
    """
    key = next((one for one in _PLACES if one in table), None)
    votes = {column: vote for column, vote in _VOTES.items() if column in table} or {one: vote for one, vote in _WHOLE.items() if one in table}
    missing = [column for column, there in (("geonameid", key), ("date", "date" in table), ("status_wiki, status_dsm, status_isw or status", votes)) if not there]
    if key is None or missing:
        message = f"{name} is no control table of VIINA: {len(missing)} problem(s)"
        raise BadInput(message, [Problem(name, 1, one, None, f"a column {one}") for one in missing])
    problems: list[Problem] = []
    rows = sorted(_rows(table, key, tuple(votes), name, problems), key=lambda one: (one[1], one[2], one[0]))
    spots = {**_own_places(table, key), **places}
    claims: list[tuple[int, dict[str, Any]]] = []
    for place, mine in groupby(rows, key=lambda one: one[1]):
        listed = list(mine)
        spot = spots.get(place)
        if spot is None:
            problems.append(Problem(name, listed[0][0], key, place, "a place with coordinates", "Give --places with this id, latitude and longitude", Severity.REJECTED))
            continue
        for column, vote in votes.items():
            claims.extend(_claims(listed, column, vote, spot, words))
    strange = {one.strip() for column in votes for one in map(str, table[column]) if one not in ("None", "") and one.strip() not in words}
    problems += [Problem(name, None, ", ".join(votes), one, "a status that --holders names", "its rows are kept aside", Severity.REJECTED) for one in sorted(strange)]
    return collected(sorted(claims, key=lambda one: one[0]), problems)


def _rows(table: Mapping[str, Sequence[Any]], key: str, votes: Sequence[str], name: str, problems: list[Problem]) -> Iterator[_Row]:
    for at, (place, written) in enumerate(zip(table[key], table["date"], strict=True)):
        day = _day(written)
        if not place or day is None:
            column, value, wanted = (key, place, "the id of a place") if not place else ("date", written, "a day such as 20220224")
            problems.append(Problem(name, at + 1, column, None if value is None else str(value), wanted, "the row is kept aside", Severity.REJECTED))
            continue
        yield at + 1, str(place), day, {one: str(table[one][at] or "").strip() for one in votes}


def _day(written: object) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(str(written)[:10])
    return None


def _own_places(table: Mapping[str, Sequence[Any]], key: str) -> dict[str, tuple[str, float, float]]:
    if "latitude" not in table or "longitude" not in table:
        return {}
    names = next((table[one] for one in ("asciiname", "name") if one in table), table[key])
    found: dict[str, tuple[str, float, float]] = {}
    for place, name, lat, lon in zip(table[key], names, table["latitude"], table["longitude"], strict=True):
        with suppress(TypeError, ValueError):
            found.setdefault(str(place), (f"{name} ({place})" if name and name != place else str(place), float(lat), float(lon)))
    return found


def _claims(rows: Sequence[_Row], column: str, vote: str, spot: tuple[str, float, float], words: Mapping[str, Said]) -> Iterator[tuple[int, dict[str, Any]]]:
    last: tuple[str, date] | None = None
    for line, _, day, statuses in rows:
        status = statuses[column]
        said = words.get(status)
        if said is None:
            last = None
            continue
        if last is not None and last[0] == status and (day - last[1]).days < _AGAIN_DAYS:
            continue
        last = status, day
        alike = column == "status_boost" and statuses.get("status_wiki") == status
        yield line, {
            "place": spot[0], "lat": spot[1], "lon": spot[2], "holder": said.holder, "kind": said.kind, "valid_from": day, "published_at": day,
            "source": f"VIINA {vote}", "origin": "VIINA wiki" if alike else None,
        }
