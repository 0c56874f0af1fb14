from __future__ import annotations

import pytest

from trucewatch.errors import UnknownName
from trucewatch.places import Gazetteer, Grade, Place, distance_m

ROWS = (
    ("syria", "Syria", 35.0, 38.0, 450_000, None, "country"),
    ("aleppo-gov", "Aleppo Governorate", 36.2, 37.6, 90_000, "syria", "governorate"),
    ("aleppo", "Aleppo", 36.2012, 37.1612, 9_000, "aleppo-gov", "city"),
    ("sukkari", "Sukkari", 36.176, 37.146, 600, "aleppo", "neighbourhood"),
    ("urum", "Urum al-Kubra", 36.1481, 36.9478, 2_500, "aleppo-gov", "town"),
    ("hadher", "al-Hadher", 35.99, 37.05, 3_000, "aleppo-gov", "town"),
    ("khan-tuman", "Khan Tuman", 36.117, 37.051, 2_500, "aleppo-gov", "village"),
    ("quneitra", "Quneitra Governorate", 33.03, 35.78, 30_000, "syria", "governorate"),
    ("hader", "Hader", 33.281, 35.8304, 2_000, "quneitra", "town"),
    ("tartus", "Tartus", 34.889, 35.8866, 5_000, None, "city"),
    ("damascus", "Damascus", 33.5134, 36.2916, 9_000, None, "city"),
    ("sabboura", "Sabboura", 33.51, 36.12, 2_500, None, "town"),
    ("misrin", "Maarrat Misrin", 36.0126, 36.6715, 2_500, None, "town"),
    ("numan", "Maarat al-Numan", 35.648, 36.676, 3_000, None, "town"),
    ("mayadin", "al-Mayadin", 35.02, 40.45, 3_000, None, "town"),
    ("dael", "Dael", 32.7539, 36.13, 2_000, None, "town"),
    ("daraa", "Daraa", 32.6189, 36.1021, 5_000, None, "city"),
    ("daraa-gov", "Daraa Governorate", 32.85, 36.21, 40_000, "syria", "governorate"),
    ("deir", "Deir ez-Zor", 35.3359, 40.1408, 6_000, None, "city"),
    ("tharda", "Jabal Tharda", 35.2566, 40.1147, 3_000, None, "mountain"),
    ("batna", "Kafr Batna", 33.515, 36.3717, 1_500, None, "suburb"),
    ("idlib", "Idlib", 35.93, 36.63, 5_000, None, "city"),
    ("menbij-sub", "Menbij", 36.4955, 37.9322, 19_703, None, "subdistrict"),
    ("zahraa-homs", "al-Zahraa", 34.74, 36.74, 1_500, None, "neighbourhood"),
    ("zahraa-aleppo", "al-Zahraa", 36.22, 37.10, 1_500, "aleppo", "neighbourhood"),
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(
        {
            key: Place(key, name, (), lat, lon, float(radius), parent, kind)
            for key, name, lat, lon, radius, parent, kind in ROWS
        }
    )


def keys(gazetteer: Gazetteer, text: str) -> tuple[str, ...]:
    return tuple(place.key for place in gazetteer.resolve(text))


@pytest.mark.parametrize(
    ("key", "spellings"),
    [
        ("urum", "Urum al-Kubra;Urm al-Kubra;Uram al-Kubra;Urem al-Kubra;Orem al Kubra"),
        ("misrin", "Maarrat Misrin;Maara Masrin;Ma'arrat Masrin;Maaret Misreen"),
        ("mayadin", "Mayadin;Mayadeen;al-Mayadin;Al Mayadeen town"),
        ("dael", "Dael;Da'el;Dael town;Da’el"),
        ("deir", "Deir ez-Zor;Deir Ezzor;Dayr az-Zawr;Deir-ez-Zor city;Deir el-Zour"),
        ("tharda", "Jabal Tharda;Jabal Thurdah;Jebel Tharda;Mount Tharda"),
        ("hader", "Hader;Hadar;Hader town"),
        ("batna", "Kafr Batna;Kafar Batna;Kafr Batnah suburb"),
        ("daraa-gov", "Daraa Governorate;Daraa province;Dar'a governorate"),
    ],
)
def test_spellings_of_one_place_meet(gazetteer: Gazetteer, key: str, spellings: str):
    for spelling in spellings.split(";"):
        assert keys(gazetteer, spelling) == (key,), spelling


@pytest.mark.parametrize(
    "text", ["", " , ", "()", "Nowhere", "Urum al-Sughra", "Maara", "Kafr Naha", "Tartus province"]
)
def test_what_is_not_known_gives_nothing(gazetteer: Gazetteer, text: str):
    assert gazetteer.resolve(text) == ()


def test_exact_beats_folded_beats_fuzzy(gazetteer: Gazetteer):
    assert [found.grade for found in gazetteer.locate("Daraa")] == [Grade.EXACT]
    assert [found.grade for found in gazetteer.locate("Mayadeen")] == [Grade.FOLDED]
    assert [found.grade for found in gazetteer.locate("Urem al-Kubra")] == [Grade.FUZZY]


def test_exact_name_wins_over_one_that_only_sounds_alike(gazetteer: Gazetteer):
    assert keys(gazetteer, "Hader") == ("hader",)
    assert keys(gazetteer, "Hadher") == ("hadher",)


def test_several_stay_several(gazetteer: Gazetteer):
    assert keys(gazetteer, "al-Zahraa") == ("zahraa-aleppo", "zahraa-homs")
    assert keys(gazetteer, "near Zahra'a") == ("zahraa-aleppo", "zahraa-homs")


def test_the_coarser_part_settles_what_the_finer_leaves_open(gazetteer: Gazetteer):
    assert keys(gazetteer, "Aleppo, al-Zahraa") == ("zahraa-aleppo",)
    assert keys(gazetteer, "Hadir (Quneitra Governorate)") == ("hader",)
    assert keys(gazetteer, "Aleppo, Hader") == ("hadher",)


def test_parts_that_contradict_each_other_stay_open(gazetteer: Gazetteer):
    assert keys(gazetteer, "Tartus, Sukkari") == ("sukkari", "tartus")


def test_a_list_of_places_stays_a_list(gazetteer: Gazetteer):
    assert keys(gazetteer, "al-Hadher, Khan Tuman") == ("hadher", "khan-tuman")


@pytest.mark.parametrize(
    ("text", "key", "relation", "radius_m"),
    [
        ("Aleppo, Sukkari", "sukkari", "at", 600),
        ("Sukkari, Aleppo", "sukkari", "at", 600),
        ("Tartus, Arzouna bridge", "tartus", "part_of", 25_000),
        ("Sabboura road, west of Damascus", "sabboura", "near", 25_000),
        ("near Urem al Kubra", "urum", "near", 25_000),
        ("outskirts of Idlib", "idlib", "near", 25_000),
        ("west of Damascus", "damascus", "near", 25_000),
        ("Idlib city market", "idlib", "part_of", 5_000),
        ("Urum al-Kubra, SARC warehouse", "urum", "part_of", 3_000),
        ("Khan Tuman medical point", "khan-tuman", "part_of", 3_000),
        ("Deir ez-Zor airport", "deir", "near", 25_000),
        ("Jabal Tharda, Deir ez-Zor airport", "tharda", "at", 3_000),
        ("Western Aleppo countryside", "aleppo-gov", "part_of", 90_000),
        ("Damascus countryside", "damascus", "near", 50_000),
        ("east Aleppo", "aleppo", "part_of", 25_000),
        ("Menbij town", "menbij-sub", "part_of", 19_703),
        ("Khan Tuman, Aleppo Governorate", "khan-tuman", "at", 2_500),
        ("10 km from Dael", "dael", "near", 14_000),
        ("Aleppo / Halabiya", "aleppo", "part_of", 25_000),
    ],
)
def test_the_part_that_is_known_sets_the_radius(
    gazetteer: Gazetteer, text: str, key: str, relation: str, radius_m: float
):
    (found,) = gazetteer.locate(text)
    assert (found.place.key, found.relation, found.radius_m) == (key, relation, radius_m)
    (place,) = gazetteer.resolve(text)
    assert (place.key, place.radius_m) == (key, radius_m)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Aleppo", True),
        ("aleppo", True),
        ("Sukkari, Aleppo", True),
        ("Idlib city market", True),
        ("Urum al-Kubra, SARC warehouse", True),
        ("Western Aleppo countryside", True),
        ("Tartus, Arzouna bridge", False),
        ("east Aleppo", False),
        ("near Urem al Kubra", False),
        ("Damascus countryside", False),
        ("5 km north of Aleppo", False),
        ("10 km from Dael", False),
        ("between Daraa and Dael", False),
    ],
)
def test_only_what_surely_lies_in_a_place_is_inside(gazetteer: Gazetteer, text: str, inside: object):
    assert [one.inside for one in gazetteer.locate(text)] == [inside]


def test_an_offset_moves_the_disk_and_widens_it(gazetteer: Gazetteer):
    (found,) = gazetteer.locate("5 km north of Aleppo")
    home = gazetteer.places["aleppo"]
    assert found.relation == "offset"
    assert distance_m(home.lat, home.lon, found.lat, found.lon) == pytest.approx(5_000, rel=1e-3)
    assert found.lat > home.lat
    # half an eighth of the wind rose and a fifth of the distance either way
    assert found.radius_m == pytest.approx(9_000 + 0.4718 * 5_000, abs=5)
    finer = gazetteer.locate("5 km NNE of Aleppo")[0]
    assert home.radius_m < finer.radius_m < found.radius_m


def test_between_two_places(gazetteer: Gazetteer):
    (found,) = gazetteer.locate("the road between Aleppo and Idlib")
    for key in ("aleppo", "idlib"):
        place = gazetteer.places[key]
        apart = distance_m(place.lat, place.lon, found.lat, found.lon)
        assert apart + place.radius_m <= found.radius_m + 1
    assert gazetteer.resolve("between Aleppo and Nowhere") == ()


def test_a_moved_or_widened_disk_loses_the_outline():
    outline = "POLYGON ((37 36, 38 36, 38 37, 37 36))"
    place = Place("a", "Azaz", (), 36.5, 37.4, 2_000, None, "town", outline)
    gazetteer = Gazetteer({"a": place})
    assert gazetteer.resolve("Azaz")[0].area_wkt == outline
    assert gazetteer.resolve("near Azaz")[0].area_wkt is None


def test_a_key_means_its_place(gazetteer: Gazetteer):
    assert keys(gazetteer, "daraa-gov") == ("daraa-gov",)


def test_answers_do_not_depend_on_the_order_of_rows(gazetteer: Gazetteer):
    turned = Gazetteer(dict(reversed(list(gazetteer.places.items()))))
    for text in ("al-Zahraa", "Hadir", "Aleppo, Hader", "al-Hadher, Khan Tuman", "Tartus, Sukkari"):
        assert turned.locate(text) == gazetteer.locate(text)


def test_near_is_sorted_and_complete(gazetteer: Gazetteer):
    found = gazetteer.near(36.2, 37.16, 25_000)
    assert [place.key for _, place in found][:2] == ["aleppo", "sukkari"]
    expected = {
        key
        for key, place in gazetteer.places.items()
        if distance_m(36.2, 37.16, place.lat, place.lon) <= 25_000
    }
    assert {place.key for _, place in found} == expected
    assert [metres for metres, _ in found] == sorted(metres for metres, _ in found)


def test_parents(gazetteer: Gazetteer):
    assert gazetteer.parents("sukkari") == ("aleppo", "aleppo-gov", "syria")
    assert gazetteer.parents("syria") == ()
    with pytest.raises(UnknownName, match="sukkari"):
        gazetteer.parents("sukari")
