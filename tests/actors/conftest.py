"""A small theatre of its own: a harbour, two coasts, groups that change their names."""

from __future__ import annotations

import pytest

from trucewatch.actors import Actors, load_actors

HARBOUR = """\
trucewatch: actors/0.1
actors:
  north:
    name: Northern Army
    kind: state
    aliases:
      - Government of Norland
      - NA
      - {name: Coast Wing, of: aviation}
      - {name: Home Guard, relation: member}
      - {name: Harbour Police, relation: member, answers: true, cite: decree of 4 May}
      - {name: Norlandic, relation: adjective}
  east: {name: Eastland, kind: state, aliases: [{name: Eastern, relation: adjective}]}
  front: {name: Coastal Front, kind: bloc, aliases: [rebels]}
  tide: {name: Tide Brigade, member_of: [front, {actor: pact, from: 2020-03-01}]}
  reef: {name: Reef Brigade, member_of: [{actor: front, certainty: disputed}]}
  pact: {name: Harbour Pact, kind: coalition}
  lamp:
    name: Jabhat al-Lamp
    aliases:
      - {name: Lamp Front, to: 2020-06-10}
      - {name: Jabhat Fateh al-Bahr, from: 2020-06-10, to: 2021-02}
      - {name: Hay'at al-Bahr, from: 2021-02, relation: disputed}
      - LMP
    member_of: [{actor: pact}]
  lampist: {name: Young Lamp, member_of: [lamp]}
  lm: {name: LM}
  islam: {name: Jaish al-Islam}
  fatah: {name: Jaish al-Fatah}
  fisher: {name: Fishermen, kind: protected}
  old: {name: Old Guard, aliases: [{name: Guard, to: 2020-01-01}]}
  new: {name: New Guard, aliases: [{name: Guard, from: 2020-01-01}]}
generic:
  - {words: [gunmen, Norlandic insurgents], may_be: [front, lamp]}
  - {words: [jets, unidentified aircraft], may_be: [north, east]}
  - {words: [helicopters], may_be: [north, east], closed: true, cite: "nobody else flies them"}
designations:
  - {subject: lamp, as: terrorist, by: COUNCIL, from: 2019-05-14, names: [Lamp Front]}
  - {subject: lamp, as: terrorist, by: WEST, from: 2020-11-10, names: [Jabhat Fateh al-Bahr]}
  - {subject: lm, as: partner, by: WEST}
  - {subject: north, as: terrorist, by: EXILES, names: [Home Guard]}
"""


@pytest.fixture
def harbour_text() -> str:
    return HARBOUR


@pytest.fixture(scope="session")
def actors() -> Actors:
    loaded, problems = load_actors(HARBOUR, "actors.yaml", zone="Asia/Damascus")
    assert problems == []
    return loaded
