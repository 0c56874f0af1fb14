"""Who held the ground of each incident of September 2016 in Syria: `python bench/control_syria.py`.

Claims are control sentences found by rule in the headlines of the UCDP GED; for each incident only those dated before its day, and
none of its own articles, count. There are no labels: what is counted is how many incidents are decided (P(held by an excluded group) > .9, or
< .1 with all that is contested, unknown or held by factions of which nobody says which), how many are not, and in which places one more claim would decide most.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import trucewatch as tw
from trucewatch.control import ControlWeights
from trucewatch.control.headlines import Headline, claims_in_headlines

SIDES = {
    "regime forces": "gov", "regime": "gov", "government forces": "gov", "NDF": "gov", "factions": "opp", "rebels": "opp", "rebel": "opp",
    "islamic factions": "opp", "al-nusra": "nusra", "nusra": "nusra", "fath al-sham": "nusra", "fateh al-sham": "nusra",
    "IS": "is", "ISIS": "is", "islamic state": "is", "SDF": "sdf", "syria democratic forces": "sdf", "YPG": "sdf", "kurdish forces": "sdf",
    "euphrates shield": "tb", "turkish-backed": "tb", "turkish forces": "tb", "backed by turkish": "tb", "supported by turkish": "tb",
}
EXCLUDED = ("is", "nusra")
EITHER = ("opp",)
"""“Factions” and “rebels” may mean an excluded group too: their word does not clear the ground."""
RADIUS_M = {"1": 2_000.0, "2": 25_000.0, "3": 30_000.0, "5": 30_000.0}
CANDIDATES = 12


def events(folder: Path) -> dict[str, dict[str, str]]:
    with gzip.open(folder / "ged_syria_2016_2019.csv.gz", "rt", encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file) if row["where_prec"] in RADIUS_M}


def headlines(folder: Path, known: dict[str, dict[str, str]], last: date) -> list[tuple[str, Headline]]:
    found = []
    with gzip.open(folder / "article_event.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            event, day = known.get(row["event_id"]), None
            with suppress(ValueError):
                day = date.fromisoformat(row["article_date"])
            if event and day and date(2016, 1, 1) <= day <= last:
                lat, lon = float(event["latitude"]), float(event["longitude"])
                where = (event["where_coordinates"], lat, lon, RADIUS_M[event["where_prec"]])
                found.append((row["event_id"], Headline(row["headline"], day, row["office"], *where)))
    return found


def excluded(claims: dict[str, list[Any]], incident: dict[str, str], day: date, weights: ControlWeights) -> str:
    """Return whether an excluded group surely held it on the eve; `contested` and `unknown` count against being sure."""
    spot = {"place": [incident["id"]], "lat": [float(incident["latitude"])], "lon": [float(incident["longitude"])]}
    held = tw.estimate_control(claims, spot, [day - timedelta(days=1)], mode="filter", weights=weights)
    shares = held.at(incident["id"], day - timedelta(days=1))
    least = sum(shares.get(name, 0.0) for name in EXCLUDED)
    most = least + sum(shares.get(name, 0.0) for name in (*EITHER, "contested", "unknown"))
    return "yes" if least > 0.9 else "no" if most < 0.1 else "undecided"


def without(rows: list[tuple[str, Headline]], incident: str) -> dict[str, list[Any]]:
    """Return the claims but for those of the articles that tell of the incident itself."""
    own = {one.text for event, one in rows if event == incident}
    return claims_in_headlines([one for _, one in rows if one.text not in own], SIDES)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    beside = Path(__file__).resolve().parents[2] / "shared" / "data" / "ucdp_ged_syria"
    parser.add_argument("--data", type=Path, default=beside)
    folder = parser.parse_args().data
    if not (folder / "article_event.csv.gz").is_file():
        print(f"no GED in {folder}: not measured")
        return
    known = events(folder)
    rows = headlines(folder, known, date(2016, 9, 30))
    claims = claims_in_headlines([one for _, one in rows], SIDES)
    print(f"{len(claims['place'])} claims, January to September 2016: {dict(Counter(claims['holder']))}, {dict(Counter(claims['kind']))}")
    weights = tw.estimate_control(claims, claims["place"][:1], [date(2016, 8, 31)], mode="filter").weights[-1]
    asked = [one for one in known.values() if one["date_start"][:7] == "2016-09" and one["date_end"][:7] == "2016-09"]
    answer = {one["id"]: excluded(without(rows, one["id"]), one, date.fromisoformat(one["date_start"]), weights) for one in asked}
    print(f"{len(asked)} incidents placed to a district or better, held by an excluded group: {dict(Counter(answer.values()))}")
    open_ = [one for one in asked if answer[one["id"]] == "undecided"]
    for place, decided, of in deciding(claims, open_, weights)[:10]:
        print(f"  {place}: one more claim would decide {decided} of {of} undecided incidents within 25 km, on the average of what it may say")


def deciding(claims: dict[str, list[Any]], open_: list[dict[str, str]], weights: ControlWeights) -> list[tuple[str, float, int]]:
    """Return places with the mean number of incidents nearby that a claim about them, whatever it says, would decide."""
    at: dict[str, list[dict[str, str]]] = defaultdict(list)
    for one in open_:
        at[one["where_coordinates"]].append(one)
    busiest = sorted(at, key=lambda place: (-len(at[place]), place))[:CANDIDATES]
    found = []
    for place in busiest:
        lat, lon = float(at[place][0]["latitude"]), float(at[place][0]["longitude"])
        near = [one for one in open_ if abs(float(one["latitude"]) - lat) < 0.22 and abs(float(one["longitude"]) - lon) < 0.27]
        decided = [sum(excluded(more, one, date(2016, 10, 1), weights) != "undecided" for one in near) for more in said(claims, place, lat, lon)]
        found.append((place, round(sum(decided) / len(decided), 1), len(near)))
    return sorted(found, key=lambda one: (-one[1], one[0]))


def said(claims: dict[str, list[Any]], place: str, lat: float, lon: float) -> list[dict[str, list[Any]]]:
    """Return the claims with one more of 30 September, for each holder that it may name."""
    day = date(2016, 9, 30)
    made = []
    for holder in sorted(set(claims["holder"])):
        row = {"place": place, "lat": lat, "lon": lon, "radius_m": 0.0, "holder": holder, "kind": "held", "valid_from": day, "published_at": day, "source": "asked"}
        made.append({name: [*values, row[name]] for name, values in claims.items()})
    return made


if __name__ == "__main__":
    main()
