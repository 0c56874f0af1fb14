"""Files of five forms as claims, from the command line; what cannot be used is shown and the rest used."""

import csv
import io
import json
import zipfile

import pytest
from typer.testing import CliRunner

from trucewatch.cli import app

PLACES = "place,lat,lon\nin,48.1,37.1\nout,48.1,39.0\nbetween,48.1,37.4\n"
RING = [[37, 48], [37.3, 48], [37.3, 48.5], [37, 48.5], [37, 48]]
NEXT = [[37.25, 48], [37.6, 48], [37.6, 48.5], [37.25, 48.5], [37.25, 48]]
BOWTIE = [[37, 48], [37.5, 48.5], [37.5, 48], [37, 48.5], [37, 48]]


def run(*arguments):
    return CliRunner().invoke(app, ["control", *map(str, arguments)])


def claims(*arguments):
    answer = run("claims", *arguments)
    assert answer.exit_code == 0, answer.output
    return list(csv.DictReader(io.StringIO(answer.stdout))), answer.stderr


@pytest.fixture
def write(tmp_path):
    def written(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return written


def area(ring, **properties):
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_maps_of_several_days_in_a_folder_are_one_source(write, tmp_path):
    (tmp_path / "maps").mkdir()
    for day in ("2024-07-08", "2024-07-18"):
        write(f"maps/front_{day}.geojson", collection(area(RING), area(BOWTIE)))
    places = write("places.csv", PLACES)
    rows, told = claims("--claims", tmp_path / "maps", "--as", "geojson", "--places", places, "--holder", "east", "--outside", "west")
    assert [(one["place"], one["valid_from"], one["source"]) for one in rows] == [("in", "2024-07-08", "front"), ("in", "2024-07-18", "front")]
    assert told.count("rings that do not cross") == 2
    answer = run("2024-07-18", "--claims", tmp_path / "maps", "--as", "geojson", "--places", places, "--holder", "east", "--place", "in", "--json")
    assert {one["holder"]: one["probability"] for one in json.loads(answer.stdout)["rows"]}["east"] > 0.5


def test_areas_say_whose_they_are_and_overlaps_are_not_guessed(write):
    shown = write("map_20240708.geojson", collection(area(RING, side="E"), area(NEXT, side="W"), area(NEXT, side="?"), area(RING, side="W")))
    words, places = write("words.csv", "word,holder\nE,east\nW,west\n"), write("places.csv", PLACES)
    rows, told = claims("--claims", shown, "--as", "geojson", "--places", places, "--property", "side", "--holders", words)
    assert [(one["place"], one["holder"]) for one in rows] == [("between", "west")]
    assert "line 3, side: found “?”" in told and "in: east, west" in told


def test_a_module_of_wikipedia_and_holders_that_actors_do_not_know(write, shipped):
    marks = '{ marks = { { lat = "36.2", long = "37.1", mark = m.gov, label = "[[Aleppo]]" }, { lat = "36", long = "37", mark = m.IS, label = "B" } } }'
    module, words = write("syria_2016-09-15.lua", marks), write("words.csv", "word,holder\ngov,syrian_government\nIS,nobody_known\n")
    from trucewatch.actors import load_actors

    known = sorted(load_actors((shipped / "actors.yaml").read_text(encoding="utf-8"), "actors.yaml")[0].parties)
    words.write_text(f"word,holder\ngov,{known[0]}\nIS,nobody_known\n", encoding="utf-8")
    rows, told = claims("--claims", module, "--as", "lua", "--holders", words, "--actors", shipped / "actors.yaml")
    assert [(one["place"], one["holder"], one["valid_from"]) for one in rows] == [("Aleppo", known[0], "2016-09-15")]
    assert "found “nobody_known”, expected a party of actors.yaml" in told


def test_a_zip_of_viina(tmp_path, write):
    with zipfile.ZipFile(tmp_path / "control_latest_2022.zip", "w") as packed:
        packed.writestr("control_latest_2022.csv", "geonameid,date,status_wiki,status_isw\n700,20220901,RU,UA\n700,20220902,RU,RU\n")
    places = write("gn.csv", "geonameid,asciiname,latitude,longitude\n700,Lyman,48.98,37.8\n")
    rows, _ = claims("--claims", tmp_path / "control_latest_2022.zip", "--as", "viina", "--places", places)
    assert [(one["place"], one["holder"], one["source"]) for one in rows] == [
        ("Lyman (700)", "ru", "VIINA wiki"), ("Lyman (700)", "ua", "VIINA isw"), ("Lyman (700)", "ru", "VIINA isw"),
    ]


def test_headlines_in_a_table_and_behind_events(write):
    words = write("words.csv", "word,holder\nSDF,sdf\nIS,is\n")
    own = write("own.csv", "headline,published_at,place,lat,lon,source\nSDF captured the town,2016-08-12,Menbej,36.5,37.9,SOHR\nSDF captured it,2016-08-12,Off,136,37.9,SOHR\nRain,2016-08-12,Menbej,36.5,37.9,SOHR\n")
    rows, told = claims("--claims", own, "--as", "headlines", "--holders", words)
    assert [(one["place"], one["holder"], one["kind"]) for one in rows] == [("Menbej", "sdf", "captured")]
    assert "line 3: found “place Off" in told
    ged = write("ged.csv", 'source_article,latitude,longitude,where_prec,where_coordinates,date_end\n"""SOHR,2016-08-12,SDF captured the town"";""SOHR,2016-08-13,IS retakes the town""",36.5,37.9,1,Menbej town,2016-08-12\n"""SOHR,2016-08-12,SDF captured the town""",36.5,37.9,4,Aleppo governorate,2016-08-12\n')
    rows, _ = claims("--claims", ged, "--as", "headlines", "--holders", words)
    assert [(one["holder"], one["published_at"], one["radius_m"]) for one in rows] == [("sdf", "2016-08-12", "1500.0"), ("is", "2016-08-13", "1500.0")]


def test_what_is_missing_is_said(write):
    module = write("syria.lua", "{}")
    assert "--holders" in run("claims", "--claims", module, "--as", "lua").stderr
    words = write("words.csv", "word,holder,kind\nred,gov,owned\nred,gov,\n")
    answer = run("claims", "--claims", module, "--as", "lua", "--holders", words)
    assert answer.exit_code == 3 and "found “owned”" in answer.stderr
    words.write_text("word,holder\nred,gov\n", encoding="utf-8")
    assert "--on" in run("claims", "--claims", module, "--as", "lua", "--holders", words).stderr


def test_a_siege_is_told_beside_who_holds_the_place(write):
    table = write("claims.csv", "place,lat,lon,holder,kind,valid_from,source\nTown,36,37,opp,besieged,2016-09-01,press\nTown,36,37,gov,besieged_by,2016-09-01,press\n")
    answer = run("2016-09-10", "--claims", table, "--json")
    document = json.loads(answer.stdout)
    assert document["problems"] == [] and [(one["kind"], one["holder"]) for one in document["overlays"]] == [("besieged", "opp"), ("besieged_by", "gov")]
    shares = {one["holder"]: one["probability"] for one in document["rows"]}
    assert "gov" not in shares and shares["opp"] > 0.5


TWO_DAYS = (
    "place,lat,lon,holder,kind,valid_from,source\nWest,36,36,gov,held,2016-09-01,press\nEast,36,38,opp,held,2016-09-01,press\n"
    "East,36,38,gov,captured,2016-09-20,press\nEast,36,38,opp,held,2016-09-22,radio\nWest,36,36,opp,besieged_by,2016-09-01,press\n"
)


def test_days_are_drawn_written_and_compared(write, tmp_path):
    table = write("claims.csv", TWO_DAYS)
    drawn = run("map", "2016-09-10", "--claims", table)
    assert drawn.exit_code == 0 and drawn.stdout.startswith("<svg") and 'class="siege"' in drawn.stdout
    answer = run("map", "2016-09-10", "--claims", table, "--format", "geojson", "--out", tmp_path / "day.geojson")
    assert answer.exit_code == 0 and json.loads((tmp_path / "day.geojson").read_text(encoding="utf-8"))["type"] == "FeatureCollection"
    rows = list(csv.DictReader(io.StringIO(run("map", "2016-09-10", "--claims", table, "--format", "places").stdout)))
    assert [(one["place"], one["status"]) for one in rows] == [("West", "gov"), ("East", "opp")]
    moved = json.loads(run("diff", "2016-09-10", "2016-09-25", "--claims", table, "--json").stdout)
    assert moved["first"] == "2016-09-10" and moved["rows"][0]["place"] == "East"
    said = json.loads(run("disagreement", "2016-09-25", "--claims", table, "--json").stdout)["rows"]
    assert {(one["source"], one["says"]) for one in said} == {("press", "gov"), ("radio", "opp")}


def test_a_case_is_drawn_and_compared(demo_root):
    drawn = run("map", "2016-09-15", "--case", demo_root)
    assert drawn.exit_code == 0 and drawn.stdout.startswith("<svg") and 'class="siege"' in drawn.stdout, drawn.output
    told = json.loads(run("2016-09-15", "--case", demo_root, "--place", "East Aleppo", "--json").stdout)
    assert [one["kind"] for one in told["overlays"]] == ["besieged"] and told["rows"]
    places = run("map", "2016-09-15", "--case", demo_root, "--format", "places")
    assert places.exit_code == 0 and places.stdout.startswith("place,longitude,latitude,date,status,probability,p_")
    for arguments in (("diff", "2016-09-10", "2016-09-20"), ("disagreement", "2016-09-15")):
        answer = run(*arguments, "--case", demo_root, "--json")
        assert answer.exit_code == 0 and json.loads(answer.stdout)["case"], answer.output


def test_blocs_are_told_beside_the_holders(write):
    table = write("claims.csv", TWO_DAYS)
    blocs = write("blocs.csv", "bloc,party,from,to\nrebels,opp,2016-01-01,\nrebels,old,,2016-01-01\n")
    document = json.loads(run("2016-09-10", "--claims", table, "--blocs", blocs, "--place", "East", "--json").stdout)
    (told,) = document["blocs"]
    shares = {one["holder"]: one["probability"] for one in document["rows"]}
    assert told["least"] == pytest.approx(shares["opp"]) and told["most"] == pytest.approx(shares["opp"] + shares["contested"] + shares["unknown"])
    assert "held by rebels with at least" in run("2016-09-10", "--claims", table, "--blocs", blocs).stderr
