"""What changed between two agreement files, in words and in findings."""

import json

import pytest

from trucewatch.actors import load_actors
from trucewatch.agreement import load_agreement
from trucewatch.agreement.differences import differences

ACTORS = load_actors("trucewatch: actors/0.1\nactors:\n  north: {name: North}\n  south: {name: South}\n", "a.yaml", zone="UTC")[0]
TEXT = """trucewatch: agreement/1.0
id: a
title: A
timezone: UTC
zones: {land: {wkt: "POLYGON((10 10, 11 10, 11 11, 10 11, 10 10))"}}
phases: {truce: {starts: 2031-05-01T06:00, open_ended: true}}
evidence: {violation: {who: reported, act: reported, against: reported, where: reported, when: reported}}
clauses:
  - {id: peace, who: north, must_not: {act: mortar, target: hospital}, where: land, when: truce, unless: [{id: need, if: {circumstance: response}, note: n}]}
"""


def diff(old, new):
    return [one.words for one in differences(*(load_agreement(text, "a.yaml", actors=ACTORS)[0] for text in (old, new)))]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("who: north", "who: south", ["clause peace, who: north → south"]),
        ("target: hospital", "target: market", ["clause peace, acts: act mortar; targets hospital → act mortar; targets market"]),
        (", where: land", "", ["clause peace, where: land → nothing"]),
        ("T06:00", "T07:00", ["phase truce, start.at: 2031-05-01T06:00:00Z → 2031-05-01T07:00:00Z"]),
        ("who: reported", "who: verified", ["evidence evidence, required[who]: reported → verified"]),
        (", unless: [{id: need, if: {circumstance: response}, note: n}]", "", ["clause peace, exceptions: key need; condition circumstance response; enabled yes; note n → nothing"]),
        ("circumstance: response", "circumstance: warned", ["clause peace, exceptions[need].condition.circumstance: response → warned"]),
        ("id: peace", "id: quiet", ["clause peace: removed", "clause quiet: added"]),
        ("title: A", "title: B", ["agreement a, title: A → B"]),
        ("title: A", "title: A  # a remark", []),
    ],
)
def test_what_changed_in_words(old, new, words):
    assert old in TEXT
    assert diff(TEXT, TEXT.replace(old, new, 1)) == words


def test_a_case_shows_which_findings_move(trucewatch, own_demo, tmp_path):
    shipped = own_demo / "agreement.yaml"
    text = shipped.read_text(encoding="utf-8")
    new = tmp_path / "new.yaml"
    new.write_text(text.replace("reply_within:", "exception: verified\n  reply_within:").replace("  exception: corroborated\n", "", 1).replace("who: corroborated, act: corroborated", "who: verified, act: verified", 1), encoding="utf-8")
    before = {one: one.read_bytes() for one in own_demo.rglob("*") if one.is_file()}
    answer = trucewatch("agreement", "diff", shipped, new, "--json", case=own_demo)
    assert answer.code == 0, answer.err
    rows = json.loads(answer.out)["rows"]
    terms = [one["words"] for one in rows if one["kind"] == "term"]
    assert "evidence evidence, required[who]: corroborated → verified" in terms
    moved = [one for one in rows if one["kind"] == "finding"]
    assert moved
    assert all(one["old_verdict"] != one["new_verdict"] or one["old_reason"] != one["new_reason"] for one in moved)
    assert {path: path.read_bytes() for path in before} == before
    told = trucewatch("agreement", "diff", shipped, new, case=own_demo)
    assert f"{len(moved)} finding(s) of the case change" in told.err


def test_without_a_case_the_actors_stand_beside_the_file(trucewatch, shipped, tmp_path):
    same = trucewatch("agreement", "diff", shipped / "agreement.yaml", shipped / "agreement.yaml")
    assert (same.code, "0 difference(s)" in same.err) == (0, True)
    lonely = tmp_path / "agreement.yaml"
    lonely.write_text(TEXT, encoding="utf-8")
    answer = trucewatch("agreement", "diff", lonely, lonely)
    assert answer.code != 0
    assert "actors" in answer.err
