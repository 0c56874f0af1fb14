"""Event files in the layout of UCDP GED, and the real one where it lies beside the checkout."""

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

GED_FOLDER = Path(__file__).parents[3] / "shared" / "data" / "ucdp_ged_syria"

LINE_41 = (
    "id,year,active_year,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,dyad_name,"
    "side_a_new_id,side_a,side_b_new_id,gwnob,side_b,number_of_sources,source_article,source_office,"
    "source_date,source_headline,source_original,where_prec,where_coordinates,adm_1,adm_2,latitude,"
    "longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,"
    "date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,low,best,high"
)
LINE_49 = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,"
    "conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,"
    "side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,"
    "source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,"
    "latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,"
    "date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)
COLUMNS_41, COLUMNS_49 = csv.reader([LINE_41, LINE_49])

EVENT = {
    "id": "1001",
    "year": "2031",
    "active_year": "1",
    "type_of_violence": "1",
    "dyad_name": "Government of Syria - Syrian insurgents",
    "side_a": "Government of Syria",
    "side_b": "Syrian insurgents",
    "number_of_sources": "1",
    "source_article": '"Wire,2016-09-15,Shelling of Harbourtown kills 4"',
    "source_original": "Wire",
    "where_prec": "1",
    "where_coordinates": "Harbourtown village",
    "latitude": "35.5",
    "longitude": "36.25",
    "country": "Syria",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2016-09-14",
    "date_end": "2016-09-14",
    "deaths_a": "1",
    "deaths_b": "2",
    "deaths_civilians": "1",
    "deaths_unknown": "0",
    "low": "3",
    "best": "4",
    "high": "6",
}


def ged_csv(*changes: dict[str, str], columns: list[str] = COLUMNS_41) -> bytes:
    """An event file with one event for each dict of changed cells; ids differ unless given."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for number, changed in enumerate(changes):
        writer.writerow(EVENT | {"id": str(1001 + number)} | changed)
    return text.getvalue().encode()


@pytest.fixture(scope="session")
def ged_bytes() -> Callable[..., bytes]:
    return ged_csv


@pytest.fixture(scope="session")
def columns_49() -> list[str]:
    return COLUMNS_49


@pytest.fixture(scope="session")
def real_ged() -> Callable[[str], bytes]:
    """The bytes of a file of the real data set; skipped where it is absent, failed with CI=true."""

    def read(name: str) -> bytes:
        path = GED_FOLDER / name
        if not path.exists():
            message = f"the UCDP GED file {path} is not beside the checkout"
            if os.environ.get("CI") == "true":
                pytest.fail(message)
            pytest.skip(message)
        return path.read_bytes()

    return read
