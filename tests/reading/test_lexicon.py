"""A lexicon explains itself, its cases hold, and a new theatre begins from places and parties."""

import json

import pytest
from typer.testing import CliRunner

import trucewatch as tw
from trucewatch.case.lexicons import lexicon_of, shipped_lexicon
from trucewatch.cli import app
from trucewatch.errors import BadCall
from trucewatch.reading import load_lexicon
from trucewatch.reading.cases import failed_cases
from trucewatch.reading.explaining import explain

PLACES = "key,name,names,lat,lon,radius_m,parent,kind\nborland,Borland,,10,20,90000,,country\nelm,Elmford,Elm Ford;Elmfurt,10.1,20.1,4000,borland,town\nhit,Hit,,10.2,20.1,4000,borland,town\nash1,Ashby,,10.3,20.2,3000,,town\nash2,Ashby,,10.4,20.3,3000,,town\n"
ACTORS = "trucewatch: actors/0.1\nactors:\n  gov: {name: Borland army, kind: state, aliases: [army of Borland]}\n  north: {name: Northern League}\n  civ: {name: Civilians, kind: protected}\n"


def test_the_cases_beside_the_entries_hold_and_every_act_has_one_that_codes_nothing():
    lexicon = shipped_lexicon()
    assert [(one.case.text, one.why) for one in failed_cases(lexicon)] == []
    acts = {one.value for entries in lexicon.entries.values() for one in entries if one.kind == "event"}
    silent = {one.value for one in lexicon.cases if one.section == "events" and not one.gives}
    assert silent == acts
    assert {one.value for one in lexicon.cases if one.section == "events" and one.gives} == acts


def test_a_case_that_comes_out_otherwise_is_named():
    broken = load_lexicon('lexicon = "reading/0.1"\nname = "x"\n[[place]]\nnames = ["Elmford"]\nlat = 1\nlon = 1\nradius_m = 1\n[[place.cases]]\ntext = "In Ashby."\ngives = ["Elmford"]\n[[place.cases]]\ntext = "In Elmford."\ngives = []\n')
    assert [one.why for one in failed_cases(broken)] == ["does not give Elmford", "gives Elmford and must not"]
    with pytest.raises(BadCall, match="no section"):
        list(failed_cases(load_lexicon('lexicon = "reading/0.1"\nname = "x"\n[lines]\n[[lines.cases]]\ntext = "A."\ngives = ["A"]\n')))


@pytest.mark.parametrize(("text", "written", "fired", "why"), [
    ("Rebels left Homs.", "Homs", True, ""),
    ("We left homs.", "Homs", False, "a name, needs a capital"),
    ("They said fsa.", "FSA", False, "an abbreviation, only in capitals"),
    ("The Syrian president spoke.", "Syrian army", False, "“army” does not follow"),
    ("They struck a deal.", "struck", False, "hidden by “struck a deal”"),
    ("There was no breakthrough, a breakthrough.", "progress", False, "stands before it"),
    ("The Nusra, Front left.", "Nusra Front", False, "something else stands between its words"),
    ("He was close by.", "near", False, "a cue stands there, the pattern does not match"),
])
def test_why_an_entry_fired_or_not(text, written, fired, why):
    rows = [one for one in explain(text, shipped_lexicon()) if one.written == written and one.fired == fired]
    assert any(why in one.why and bool(one.why) == (not fired) for one in rows), explain(text, shipped_lexicon())


def test_explain_on_the_command_line_tells_what_became_of_it():
    answer = CliRunner().invoke(app, ["lexicon", "explain", "The deal would ban air strikes in Idlib.", "--json"])
    rows = json.loads(answer.stdout)["rows"]
    assert {"row": "happening", "start": 19, "end": 30, "trigger": "air strikes", "act": "air_strike", "outcome": "dropped", "reason": "halting"} in rows
    assert any(one["row"] == "entry" and one["written"] == "Idlib" and one["fired"] for one in rows)


@pytest.fixture
def begun(tmp_path):
    (tmp_path / "places.csv").write_text(PLACES)
    (tmp_path / "actors.yaml").write_text(ACTORS)
    command = ["lexicon", "init", str(tmp_path / "new"), "--gazetteer", str(tmp_path / "places.csv"), "--actors", str(tmp_path / "actors.yaml"), "--name", "Borland", "--zone", "Europe/Kyiv"]
    answer = CliRunner().invoke(app, command)
    assert answer.exit_code == 0, answer.stderr
    return tmp_path / "new" / "lexicon.toml", command


def test_a_new_theatre_begins_from_places_and_parties(begun):
    file, command = begun
    found = tw.read_article("The Borland army shelled Elmfurt, killing two people.", lexicon=lexicon_of(file)).happenings
    (one,) = found
    assert (one["outcome"], one["by"], one["place"], one["deaths_low"]) == ("emitted", ["gov"], "Elmfurt", 2)
    text = file.read_text(encoding="utf-8")
    assert '# left out: "Ashby" may mean ash1 or ash2' in text, "no place is chosen for a name of two"
    assert '# left out: "Hit" (hit) is a word of the language too' in text
    assert "Civilians" not in text
    again = CliRunner().invoke(app, command)
    assert again.exit_code == 2 and file.read_text(encoding="utf-8") == text


def test_the_draft_passes_its_own_cases_and_a_broken_one_fails(begun):
    file, _ = begun
    assert CliRunner().invoke(app, ["lexicon", "test", "--lexicon", str(file)]).exit_code == 0
    file.write_text(file.read_text(encoding="utf-8").replace('gives = ["gov"]', 'gives = ["north"]', 1), encoding="utf-8")
    assert CliRunner().invoke(app, ["lexicon", "test", "--lexicon", str(file)]).exit_code == 1


def test_the_demo_case_can_begin_a_lexicon(demo_root, tmp_path):
    command = ["lexicon", "init", str(tmp_path), "--gazetteer", str(demo_root / "places.csv"), "--actors", str(demo_root / "actors.yaml"), "--name", "Syria"]
    answer = CliRunner().invoke(app, command)
    assert answer.exit_code == 0, answer.stderr
    assert CliRunner().invoke(app, ["lexicon", "test", "--lexicon", str(tmp_path / "lexicon.toml")]).exit_code == 0
