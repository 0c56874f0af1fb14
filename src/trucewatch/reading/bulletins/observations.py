"""What observers heard and saw, one record for each number of things; who fired is not said, and not guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.errors import BadCall
from trucewatch.reading.bulletins.amounts import AMOUNT, bounds, plain_number
from trucewatch.reading.bulletins.notes import EXERCISE, ZONE
from trucewatch.reading.bulletins.observers import (
    Bearings,
    Reach,
    Stand,
    bearings_in,
    position_in,
    reach_in,
    stand_of,
)
from trucewatch.reading.bulletins.records import Observation, Quoted
from trucewatch.reading.lexicon import Lexicon
from trucewatch.reading.sentences import Sentence
from trucewatch.reports.sightings import Sighting, sector

__all__ = ["observations_in"]

_METHODS = (
    ("camera", re.compile(r"\bcameras?\b", re.IGNORECASE)),
    ("drone", re.compile(r"\b(?:uavs?|unmanned\s+aerial|mini-uav|quadcopter)\b", re.IGNORECASE)),
    ("told", re.compile(r"\b(?:(?:was|were)\s+told|told\s+(?:the|it|us|them|monitors)|according\s+to\s+(?:residents|interlocutors|locals))\b", re.IGNORECASE)),
    ("heard", re.compile(r"\b(?:heard|hearing)\b", re.IGNORECASE)),
    ("seen", re.compile(r"\b(?:saw|seen|sighted|spotted|observed)\b", re.IGNORECASE)),
)  # fmt: skip
_CUE = re.compile(r"\b(?:heard|hearing|seeing|saw|seen|sighted|spotted|observed|recorded|told)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:violations?|breach(?:es)?|total)\b", re.IGNORECASE)
"""Such a sentence sums up; its explosions are no observation of their own."""
_WHATS = {
    "muzzle_flash": r"muzzle\s+flash(?:es)?", "airburst": r"air-?\s?bursts?", "explosion": r"(?:undetermined\s+)?(?:explosions?|detonations?)",
    "projectile": r"(?:undetermined\s+|tracer\s+|illumination\s+)?projectiles?|(?:tracer|illumination)\s+rounds?|flares?", "burst": r"bursts?",
    "shot": r"shots?|(?:mortar|artillery|tank|small-arms|rocket)\s+rounds?", "exchange": r"exchanges?\s+of\s+fire",
}  # fmt: skip
_WHAT = "|".join(f"(?P<{key}>{one})" for key, one in _WHATS.items())
_THING = re.compile(rf"(?:(?P<n>{AMOUNT})|\b(?P<vague>uncountable|continuous|numerous|several|multiple|sporadic))\s+(?:[a-z][a-z-]*\s+){{0,2}}?(?:{_WHAT})\b(?:\s+in\s+flight)?", re.IGNORECASE)
_STATE = re.compile(rf"(?P<n>{AMOUNT}|\ball\b)?\s*(?:assessed\s+as\s+)?\b(?P<state>outgoing|incoming|impacts?|undetermined(?!\s+(?:explosion|projectile|weapon|distance|direction)))\b", re.IGNORECASE)
_WEAPON = re.compile(
    r"\b(?:\d{1,3}(?:\.\d+)?\s?mm\s+)?(?:small-?\s?arms(?:\s+and\s+light\s+weapons)?(?:\s+fire)?|heavy-?\s?machine-?\s?gun(?:\s*\([^)\n]{1,15}\))?(?:\s+fire)?|HMG|automatic\s+grenade\s+launchers?|AGL|mortars?(?:\s+rounds?)?(?:\s*\(?\d{2,3}\s?mm\)?)?|artillery(?:\s*\(?\d{2,3}\s?mm\)?)?|howitzers?|multiple[- ]launch\s+rocket\s+systems?|MLRS|recoilless\s+guns?(?:\s*\([^)\n]{1,20}\))?|infantry\s+fighting\s+vehicles?(?:\s*\([^)\n]{1,12}\))?(?:\s+cannons?)?(?:\s*\(\d{2}\s?mm\))?|anti-aircraft\s+(?:guns?|cannons?)(?:\s*\([^)\n]{1,20}\))?|tanks?(?:\s+rounds?)?|rockets?|grenades?)(?![\w-])",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:between\s+|from\s+)?(?P<a>[01]?\d|2[0-4])[:.](?P<am>[0-5]\d)\s*(?:hrs?|hours)?\s*(?:and|to|-|–)\s*(?P<b>[01]?\d|2[0-4])[:.](?P<bm>[0-5]\d)", re.IGNORECASE)
_INSIDE = re.compile(r"\s*(?:inside|outside|within|beyond)", re.IGNORECASE)
_LATER = re.compile(r"(?P<all>,\s+all\b|\ball\s+of\s+(?:them|which)|\ball\s+assessed)", re.IGNORECASE)


def observations_in(text: str, sentences: Sequence[Sentence], lexicon: Lexicon) -> tuple[Observation, ...]:
    """Return the observations; “from the same position” has the position of the sentence before."""
    found: list[Observation] = []
    last: Quoted | None = None
    for one in sentences:
        here = position_in(text, one.start, one.end, last)
        last = here or last
        if _CUE.search(text, one.start, one.end) and not _COUNTED.search(text, one.start, one.end):
            found += _of_sentence(text, one, here, stand_of(here, lexicon))
    return tuple(found)


def _of_sentence(text: str, sentence: Sentence, position: Quoted | None, stand: Stand | None) -> list[Observation]:
    things = [one for one in _THING.finditer(text, sentence.start, sentence.end) if position is None or not position.start <= one.start() < position.end]
    found = []
    for row, thing in enumerate(things):
        end = things[row + 1].start() if row + 1 < len(things) else sentence.end
        before = things[row - 1].end() if row else sentence.start
        found.append(_observation(text, sentence, thing, (before, end), position, stand, alone=len(things) == 1, shared=_shared(text, things, sentence)))
    return found


def _shared(text: str, things: Sequence[re.Match[str]], sentence: Sentence) -> int | None:
    """Where words begin that speak of all things of the sentence: “…, all 2km west”."""
    found = _LATER.search(text, things[-1].end(), sentence.end)
    return found.start() if found else None


def _observation(
    text: str, sentence: Sentence, thing: re.Match[str], span: tuple[int, int], position: Quoted | None, stand: Stand | None,
    *, alone: bool, shared: int | None,
) -> Observation:  # fmt: skip
    low, high = bounds(thing["n"]) if thing["n"] else (None, None)
    windows = [(thing.end(), span[1])] + ([(shared, sentence.end)] if shared is not None else [])
    reach = next((hit for window in windows if (hit := reach_in(text, *window))), None)
    bearings = next((way for window in windows if (way := bearings_in(text, *window))), None)
    weapon = next((arm for window in windows if (arm := _WEAPON.search(text, *window))), None)
    around = (sentence.start, sentence.end) if alone else (thing.end(), sentence.end if shared is not None else span[1])
    area = ZONE.search(text, *around)
    interval = _UNTIL.search(text, sentence.start, sentence.end)
    what = next(key for key in _WHATS if thing[key])
    return Observation(
        _quoted(text, (thing.start(), _end(thing, reach, bearings, span[1]))), _method(text, sentence, thing), low, high, what,
        _states(text, thing.end(), span[1], high if low == high else None), _quoted(text, weapon.span()) if weapon else None, position,
        (f"{int(interval['a']):02}:{interval['am']}", f"{int(interval['b']):02}:{interval['bm']}") if interval else None,
        bearings.words if bearings else None, bearings.first if bearings else None, bearings.last if bearings else None,
        reach.words if reach else None, reach.near if reach else None, reach.far if reach else None,
        stand.lat if stand else None, stand.lon if stand else None, stand.radius_m if stand else None, _sector(stand, bearings, reach),
        EXERCISE.search(text, *around) is not None, ("inside" if area["where"].lower() in ("inside", "within") else "outside") if area else None,
    )  # fmt: skip


def _end(thing: re.Match[str], reach: Reach | None, bearings: Bearings | None, end: int) -> int:
    """The quotation runs from the number to the last of what is said of it alone."""
    ends = [one.words.end for one in (reach, bearings) if one is not None and one.words.end <= end]
    return max([thing.end(), *ends])


def _method(text: str, sentence: Sentence, thing: re.Match[str]) -> str | None:
    before = [(match.start(), key) for key, rule in _METHODS for match in rule.finditer(text, sentence.start, thing.start())]
    strong = [one for one in before if one[1] in ("camera", "drone", "told")]
    if strong or before:
        return max(strong or before)[1]
    return next((key for key, rule in _METHODS if rule.search(text, thing.end(), sentence.end)), None)


def _states(text: str, start: int, end: int, number: int | None) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for one in _STATE.finditer(text, start, end):
        state = {"incoming": "impact", "impact": "impact", "impacts": "impact"}.get(one["state"].lower(), one["state"].lower())
        written = (one["n"] or "all").strip().lower()
        count = number if written == "all" else plain_number(re.sub(r"^\D*?(?=\d|\b[a-z-]+\Z)", "", written))
        if count is not None:
            found[state] = found.get(state, 0) + count
    return tuple(found.items())


def _sector(stand: Stand | None, bearings: Bearings | None, reach: Reach | None) -> str | None:
    if stand is None or bearings is None or reach is None:
        return None
    try:
        seen = sector(Sighting(stand.lat, stand.lon, stand.radius_m, bearings.first, bearings.last, reach.near, reach.far))
    except BadCall:  # farther than anything is seen
        return None
    return seen.wkt if seen else None


def _quoted(text: str, span: tuple[int, int]) -> Quoted:
    return Quoted(*span, text[slice(*span)])
