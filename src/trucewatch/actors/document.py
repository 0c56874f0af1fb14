"""actors.yaml: the one home of names, memberships, designations and capabilities.

The format `actors/0.1` (strict YAML, see `trucewatch.documents`; brackets: may be absent)::

    trucewatch: actors/0.1
    actors:
      KEY:                     small letters, digits, hyphens; every other file uses it
        name: words            always a name of the party
        [kind]: state | coalition | bloc | group | protected | observer     (group)
        [aliases]: [words, or {name, [from, to, relation, of, answers, cite, note]}, …]
        [members, member_of]: [KEY, or {actor: KEY, [from, to, certainty, cite, note]}, …]
        [note]: words
    [generic]: [{words, may_be, [closed, from, to, cite, note]}, …]
    [designations]: [{subject, as, by, [from, to, names, cite, note]}, …]

**Dates** are half-open, `from` included and `to` excluded, days of the case's time zone. A month
or a year means some day of it: what depends on that day is unknown within.

**A name used outside its dates** leads to its party as an open candidate: a writer may keep an old
name or use it for a successor, and nobody is charged on such a name. An alias with the letters of
the party's own name dates that name. One name of several parties leaves all of them open, unless
its dates decide.

**relation** of an alias. `same` (also with `of: aviation`, a part of the party): the party.
`member`: a body that belongs to the party. The party is an open candidate, because which tie makes
a party answer is for the agreement to say; `answers: true` with a `cite` settles that it does. A
body that should be judged as itself is better an actor with `member_of`. `disputed`: an open
candidate. `adjective`: names the party only before a common word that may mean it: with
{name: Syrian, relation: adjective} "Syrian helicopters" is the party, "Syrian insurgents" stays
the set, and "Syrian" alone is nobody.

**A bloc's name** means the bloc and everybody who may be in it, open; its key means the bloc
itself. A coalition's name means the coalition, which acts as one.

**generic** words mean every actor of `may_be` (a bloc with its members), open unless `closed: true`
with a `cite`: a stated capability, which narrows and never charges. Found in singular and plural.

**designations** are facts about the observer `by`; `names` are those on the observer's list.

**Faults.** What narrows or judges (actors, memberships, designations) must be right, or the file
cannot be used. A fault in a name leaves the file usable and that name open: an alias becomes
`disputed`, a generic list is not closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from trucewatch.actors.entries import (
    read_alias,
    read_designation,
    read_generic,
    read_memberships,
    read_party,
)
from trucewatch.actors.membership import Memberships
from trucewatch.actors.names import Form, form_of
from trucewatch.actors.party import Alias, Membership, Party
from trucewatch.actors.reader import Reader
from trucewatch.actors.registry import Actors
from trucewatch.documents import Node, read_yaml
from trucewatch.errors import BadCaseFile, Problem, Severity
from trucewatch.periods import Zone

__all__ = ["VERSION", "load_actors"]

VERSION = "actors/0.1"

_TOP = ("trucewatch", "actors", "generic", "designations", "note")


def load_actors(text: str, place: str, *, zone: Zone = "UTC") -> tuple[Actors, list[Problem]]:
    """Read actors.yaml; `place` names the file in problems, `zone` is where its days begin.

    Returns the actors and every warning. Raises BadCaseFile with every problem, ordered by
    position, when the file cannot be used.
    """
    root, problems = read_yaml(text, place)
    reader = Reader(place, problems=list(problems))
    actors = None if root is None else _read(reader, root, zone)
    found = sorted(reader.problems, key=_position)
    if actors is None:
        message = f"{place} cannot be used as it stands: {len(found)} problems"
        raise BadCaseFile(message, found)
    return actors, found


def _position(problem: Problem) -> tuple[int, int, str]:
    column = (problem.column or "").removeprefix("column ")
    return problem.line or 0, int(column) if column.isdigit() else 0, problem.expected


def _read(reader: Reader, root: Node, zone: Zone) -> Actors | None:
    listed = _actor_nodes(reader, root)
    if listed is None:
        return None
    keys = tuple(key for key, _ in listed.items())
    parties = _parties(reader, listed)
    aliases = _aliases(reader, listed)
    _look_for_shared_names(reader, listed, parties, aliases)
    memberships = _memberships(reader, listed, keys)
    generic = [read_generic(reader, node, keys) for node in _elements(root, "generic")]
    names = _names_by_party(keys, parties, aliases)
    listings = [read_designation(reader, node, names) for node in _elements(root, "designations")]
    if any(one.severity is Severity.ERROR for one in reader.problems):
        return None
    return Actors(
        parties,
        tuple(alias for alias, _ in aliases),
        memberships,
        tuple(filter(None, generic)),
        tuple(filter(None, listings)),
        zone,
    )


def _actor_nodes(reader: Reader, root: Node) -> Node | None:
    """Check the frame of the file and return the mapping of its actors."""
    if not reader.fields(root, "the file", _TOP):
        return None
    version = reader.required(root, "trucewatch", "the file")
    if version not in (VERSION, None):
        reader.fault(root.get("trucewatch") or root, version, VERSION)
    listed = root.get("actors")
    if listed is None or not listed.value or not listed.is_map:
        reader.fault(listed or root, None, "“actors” as a mapping from keys")
        return None
    return listed


def _parties(reader: Reader, listed: Node) -> dict[str, Party]:
    read = [read_party(reader, key, node) for key, node in listed.items()]
    return {one.key: one for one in sorted(filter(None, read), key=lambda one: one.key)}


def _elements(node: Node, key: str) -> list[Node]:
    child = node.get(key)
    return [] if child is None else child.elements()


def _aliases(reader: Reader, listed: Node) -> list[tuple[Alias, Node]]:
    return [
        (alias, node)
        for key, actor in listed.items()
        for node in _elements(actor, "aliases")
        if (alias := read_alias(reader, key, node)) is not None
    ]


def _look_for_shared_names(
    reader: Reader,
    listed: Node,
    parties: Mapping[str, Party],
    aliases: Sequence[tuple[Alias, Node]],
) -> None:
    """A name that is another's key would hide it; one of two parties at a time leaves both open."""
    own = [(Alias(key, one.name), listed.get(key) or listed) for key, one in parties.items()]
    named = [pair for pair in (*own, *aliases) if pair[0].relation != "adjective"]
    before: dict[Form, list[Alias]] = defaultdict(list)
    for alias, node in named:
        if alias.name in parties and alias.name != alias.party:
            reader.fault(node, alias.name, "a name that is no key of another actor")
        earlier = before[form_of(alias.name)]
        others = sorted({one.party for one in earlier if _at_one_time(one, alias)})
        earlier.append(alias)
        if others:
            expected = f"a name that is not also one of {', '.join(others)} at the same time"
            advice = "it is used, and leaves them all open"
            reader.lenient().fault(node, alias.name, expected, advice)


def _at_one_time(one: Alias, other: Alias) -> bool:
    return one.party != other.party and one.validity.overlaps(other.validity)


def _memberships(reader: Reader, listed: Node, keys: Sequence[str]) -> tuple[Membership, ...]:
    read = [
        pair for key, actor in listed.items() for pair in read_memberships(reader, key, actor, keys)
    ]
    nodes = {(link.member, link.whole): node for link, node in read}
    links = tuple(link for link, _ in read)
    for link in Memberships(links).circles():
        found = f"{link.member} in {link.whole}"
        expected = "no party that belongs to itself, not even through others"
        reader.fault(nodes[link.member, link.whole], found, expected)
    return links


def _names_by_party(
    keys: Sequence[str], parties: Mapping[str, Party], aliases: Sequence[tuple[Alias, Node]]
) -> dict[str, list[str]]:
    """Return what each party may be listed as."""
    names: dict[str, list[str]] = {key: [] for key in keys}
    for key, party in parties.items():
        names[key].append(party.name)
    for alias, _ in aliases:
        if alias.relation != "adjective":
            names[alias.party].append(alias.name)
    return names
