"""A lexicon for a new theatre, to start from: the places of a gazetteer and the parties of actors.yaml as TOML.

What could mean two things is left out and listed: a name of several places or parties, a word of the language.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from trucewatch.actors import Actors
from trucewatch.places import Gazetteer, Place
from trucewatch.places.distance import METRES_PER_DEGREE
from trucewatch.reading.lexicon import FORMAT, WORD, Lexicon

__all__ = ["theatre_lexicon"]

_KINDS = {"state": "state", "observer": "observer"}
"""What `kind` of actors.yaml is in a lexicon; all others are parties."""
_CASES = 2
"""So many names get a case of their own, as an example."""


def theatre_lexicon(name: str, gazetteer: Gazetteer, actors: Actors, language: Lexicon, zone: str) -> str:
    """Return the TOML text of a theatre; `language` tells which names are common words.

    Aliases of actors are taken without their dates. Protected persons and words that mean several parties are left out.
    """
    common = {words for entries in language.entries.values() for words in (one.words for one in entries if one.kind != "elsewhere")}
    parties, about_parties = _unambiguous(_party_names(actors), common)
    places, about_places = _unambiguous(_place_names(gazetteer), common)
    parts = [
        _head(name, gazetteer, zone), *(f"# left out: {one}" for one in (*about_parties, *about_places)), "",
        *(_actor(key, names, actors, number < _CASES) for number, (key, names) in enumerate(parties.items())),
        *(_place(gazetteer.places[key], names, number < _CASES) for number, (key, names) in enumerate(places.items())),
    ]  # fmt: skip
    return "\n".join(parts)


def _head(name: str, gazetteer: Gazetteer, zone: str) -> str:
    countries = [one for one in gazetteer.places.values() if one.kind == "country"]
    words = [name, *(word for one in countries for word in (one.name, *one.names) if word != name)]
    lines = [
        f"# The theatre of {name}: the places of a gazetteer, the parties of actors.yaml. A draft: read it, correct it, add adjectives",
        "# (adjectives = [\"rebel\"]: “rebel positions”), persons ([[person]] names, side, sex), capitals and media, and cases beside what you add.",
        f'lexicon = "{FORMAT}"', f"name = {_text(name.lower())}",
    ]  # fmt: skip
    if gazetteer.places:
        lat, lon, radius = _extent(countries or list(gazetteer.places.values()))
        lines.append(f"country = {{ name = {_text(name)}, lat = {lat:.4f}, lon = {lon:.4f}, radius_m = {radius:.0f} }}")
    return "\n".join([*lines, f"zone = {_text(zone)}", "# words that say that a sentence is about this theatre", f"words = {_list(words)}"])


def _extent(places: list[Place]) -> tuple[float, float, float]:
    """Return the middle of the places and the radius in metres that holds them, each with its own."""
    lats, lons = [one.lat for one in places], [one.lon for one in places]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    reach = max(((one.lat - lat) ** 2 + (one.lon - lon) ** 2) ** 0.5 * METRES_PER_DEGREE + one.radius_m for one in places)
    return lat, lon, reach


def _party_names(actors: Actors) -> Iterator[tuple[str, str]]:
    generic = {word.lower() for one in actors.generic for word in one.words}
    kept = {key: party for key, party in actors.parties.items() if party.kind != "protected"}
    own = [(key, party.name) for key, party in kept.items()]
    other = [(one.party, one.name) for one in actors.aliases if one.party in kept and one.relation in ("same", "member")]
    return (pair for pair in (*own, *other) if pair[1].lower() not in generic)


def _place_names(gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    return ((key, name) for key, one in gazetteer.places.items() if one.kind != "country" for name in (one.name, *one.names))


def _unambiguous(
    pairs: Iterable[tuple[str, str]], common: set[tuple[str, ...]]
) -> tuple[Mapping[str, list[str]], list[str]]:
    """Return the names by key, and a sentence for each that is left out."""
    keys: dict[tuple[str, ...], list[str]] = defaultdict(list)
    pairs = [(key, name) for key, name in dict.fromkeys(pairs) if WORD.search(name)]
    for key, name in pairs:
        keys[_words(name)].append(key)
    several = {words: Counter(found) for words, found in keys.items() if len(set(found)) > 1}
    kept: dict[str, list[str]] = {}
    out = []
    for key, name in pairs:
        words = _words(name)
        if words in several:
            out.append(f"{_text(name)} may mean {' or '.join(sorted(several[words]))}")
        elif words in common:
            out.append(f"{_text(name)} ({key}) is a word of the language too")
        else:
            kept.setdefault(key, []).append(name)
    return kept, list(dict.fromkeys(out))


def _words(name: str) -> tuple[str, ...]:
    return tuple(one.lower() for one in WORD.findall(name))


def _actor(key: str, names: list[str], actors: Actors, example: bool) -> str:  # noqa: FBT001 - private
    adjectives = [one.name for one in actors.aliases if one.party == key and one.relation == "adjective"]
    lines = ["[[actor]]", f"key = {_text(key)}", f"kind = {_text(_KINDS.get(actors.parties[key].kind, 'party'))}", f"names = {_list(names)}"]
    lines += [f"adjectives = {_list(adjectives)}"] if adjectives else []
    if example:
        lines += _case("actor", f"The text speaks of {names[0]} here.", [key]) + _case("actor", "The text speaks of nobody.", [])
    return "\n".join([*lines, ""])


def _place(one: Place, names: list[str], example: bool) -> str:  # noqa: FBT001 - private
    lines = ["[[place]]", f"names = {_list(names)}", f"lat = {one.lat}", f"lon = {one.lon}", f"radius_m = {one.radius_m}"]
    if example:
        lines += _case("place", f"The road to {names[0]} is open.", [names[0]]) + _case("place", "The road is open.", [])
    return "\n".join([*lines, ""])


def _case(section: str, text: str, gives: list[str]) -> list[str]:
    return [f"[[{section}.cases]]", f"text = {_text(text)}", f"gives = {_list(gives)}"]


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _text(value: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
