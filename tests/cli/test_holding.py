"""`trucewatch control --claims` on tables as people have them."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from trucewatch.cli import app

HEADER = "place,lat,lon,holder,kind,valid_from,published_at,source\n"
ROWS = (
    "alpha,36,37,north,held,2016-09-01,2016-09-02,monitor\n\n"
    "beta,36.1,37.1,south,captured,2016-09-03,2016-09-03,press\n"
    "alpha,136,37,south,held,2016-09-03,2016-09-03,press\n"
    "alpha,36,37,south,captured,2016-09-20,2016-09-20,monitor\n"
)


def asked(path, *arguments, text=HEADER + ROWS):
    path = path / "claims.csv"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["control", "2016-09-10", "--claims", str(path), *arguments])


def shares(answer, place):
    return {row["holder"]: float(row["probability"]) for row in csv.DictReader(io.StringIO(answer.stdout)) if row["place"] == place}


def test_every_place_of_the_claims_has_its_distribution(tmp_path):
    answer = asked(tmp_path)
    assert answer.exit_code == 0, answer.output
    assert {row["place"] for row in csv.DictReader(io.StringIO(answer.stdout))} == {"alpha", "beta"}
    assert shares(answer, "alpha")["north"] > 0.5
    assert sum(shares(answer, "beta").values()) == pytest.approx(1)
    assert "claims.csv, line 5, lat: found “136”" in answer.stderr


def test_hindsight_lets_later_claims_count(tmp_path):
    assert shares(asked(tmp_path, "--hindsight"), "alpha") != shares(asked(tmp_path), "alpha")


def test_one_place_has_its_reasons_with_the_row_of_the_file(tmp_path):
    answer = asked(tmp_path, "--place", "alpha", "--json")
    document = json.loads(answer.stdout)
    assert [one["row"] for one in document["rows"][0]["reasons"]] == [2, 4]
    assert document["problems"][0]["line"] == 5
    assert "contribution" in asked(tmp_path, "--place", "alpha").stderr


def test_what_cannot_be_asked_says_so(tmp_path):
    assert asked(tmp_path, "--place", "alfa").exit_code == 2
    missing = asked(tmp_path, text="place,lat\nalpha,36\n")
    assert missing.exit_code == 3 and "valid_from" in missing.stderr
