import pytest

from trucewatch.actors import load_actors
from trucewatch.agreement import load_agreement
from trucewatch.errors import BadAgreement

ACTORS = """
trucewatch: actors/0.1
actors:
  north: {name: Northern Army, kind: state}
  south: {name: Southern Front, kind: bloc}
  east: {name: Eastern Group, member_of: [{actor: south, cite: test}]}
  raiders: {name: Raiders}
"""
SECTIONS = {
    "trucewatch": " agreement/1.0",
    "id": " test-truce",
    "title": " Truce",
    "timezone": " Asia/Damascus",
    "texts": "\n  deed: {title: Deed, kind: official, date: 2016-09-09}",
    "bound": "\n  north: {from: 2016-09-01, cite: deed}\n  south: {by: acceptance, cite: [deed, '§1']}",
    "groups": "\n  sides: {any_of: [north, south], when: bound}",
    "zones": "\n  land: {wkt: 'POLYGON((36 35, 37 35, 37 36, 36 36, 36 35))', accuracy_m: 100}",
    "phases": "\n  truce: {starts: 2016-09-12T19:00, open_ended: true}",
    "evidence": (
        "\n  violation: {who: corroborated, act: corroborated, against: reported, where: reported,"
        " when: reported}"
    ),
    "clauses": (
        "\n  - {id: peace, cite: {text: deed, at: '§2', quote: no attacks}, who: sides,"
        " must_not: {act: attack}, against: sides, where: land, when: truce}"
    ),
}


def _placed(value):
    """Put a section of several entries on lines of its own, a single value behind the colon."""
    if not value:
        return None
    return f"\n{value}" if value.startswith("  ") else f" {value}"


@pytest.fixture(scope="session")
def actors():
    return load_actors(ACTORS, "actors.yaml", zone="Asia/Damascus")[0]


@pytest.fixture(scope="session")
def text_of():
    """Return the text of a small agreement; a section given replaces, one given as None is left out."""

    def build(**sections):
        chosen = {**SECTIONS, **{key: _placed(value) for key, value in sections.items()}}
        return "".join(f"{key}:{value}\n" for key, value in chosen.items() if value)

    return build


@pytest.fixture(scope="session")
def load(actors, text_of):
    """Load the small agreement with some sections replaced."""

    def loaded(words=None, **sections):
        return load_agreement(text_of(**sections), "a.yaml", actors=actors, texts=words or {})

    return loaded


@pytest.fixture(scope="session")
def problems_of(load):
    """Return the errors of an agreement that must be refused."""

    def refused(words=None, **sections):
        with pytest.raises(BadAgreement) as caught:
            load(words, **sections)
        return caught.value.problems

    return refused
