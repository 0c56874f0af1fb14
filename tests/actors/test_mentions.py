from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

ON = datetime(2020, 10, 1, tzinfo=UTC)


def found(actors, text):
    return [(one.name, one.resolution.parties, one.resolution.basis) for one in actors.find(text, ON)]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Northern Army shells pier", [("Northern Army", ("north",), "stated")]),
        ("Pier shelled by Norlandic helicopters", [("Norlandic helicopters", ("north",), "stated")]),
        ("LMP's men and NA’s ships", [("LMP", ("lamp",), "stated"), ("NA", ("north",), "stated")]),
        ("the al-Lamp people", []),
        ("fire at Jabhat al-Lamp, says Eastland", [
            ("Jabhat al-Lamp", ("lamp",), "stated"), ("Eastland", ("east",), "stated"),
        ]),
        ("two rebels and a fisherman", [("rebels", ("front", "reef", "tide"), "generic")]),
        ("Helicopters bomb pier", [("Helicopters", ("east", "north"), "capability")]),
        ("struck by helicopters", [("helicopters", ("east", "north"), "capability")]),
        ("Northern Army, helicopters bomb pier", [
            ("Northern Army", ("north",), "stated"), ("helicopters", ("east", "north"), "capability"),
        ]),
        ("two Eastern fishermen", [("Eastern fishermen", ("fisher",), "stated")]),
        ("two Southern fishermen", [("fishermen", ("fisher",), "stated")]),
        ("Norlandic coast quiet", []),
        ("nothing known", []),
        ("", []),
    ],
)
def test_names_in_a_headline(actors, text, mentions):
    assert found(actors, text) == mentions


def test_spans_hold_the_words(actors):
    text = "Fire between the Northern Army’s guns and Hay’at al-Bahr"
    assert [(one.start, text[one.start : one.end]) for one in actors.find(text, ON)] == [
        (17, "Northern Army"), (42, "Hay’at al-Bahr"),
    ]


def test_the_longest_name_wins(actors):
    assert [one.name for one in actors.find("Norlandic insurgents near Harbour Police", ON)] == [
        "Norlandic insurgents", "Harbour Police",
    ]


@pytest.mark.parametrize(
    "text", ["LMP-held pier", "anti-LMP fire", "Eastland-backed fighters", "pro-Eastland fighters", "Eastlanders"]
)
def test_a_part_of_a_compound_is_no_mention(actors, text):
    assert found(actors, text) == []


@pytest.mark.parametrize("text", ["na, a word", "Na", "THE NA IS OVER", "lm of fire", "lmp"])
def test_an_abbreviation_needs_its_capitals(actors, text):
    assert found(actors, text) == []


@pytest.mark.parametrize(
    ("text", "name", "party"),
    [
        ("Free Northern Army shells pier", "Northern Army", "north"),
        ("They met Real LMP", "LMP", "lamp"),
        ("Jaish al-Islam al-Jadid shells pier", "Jaish al-Islam", "islam"),
        ("LMP of Westland shells pier", "LMP", "lamp"),
    ],
)
def test_a_part_of_an_unlisted_longer_name_stays_open(actors, text, name, party):
    mention, = actors.find(text, ON)
    assert (mention.name, mention.resolution.parties) == (name, (party,))
    assert (mention.resolution.basis, mention.resolution.closed) == ("generic", False)
    assert "longer name" in mention.resolution.note


@pytest.mark.parametrize(
    "text",
    ["Southern helicopters bomb pier", "southern helicopters", "US-made helicopters",
     "by LM’s helicopters", "rebels' helicopters"],
)
def test_an_unknown_owner_opens_a_closed_set(actors, text):
    mention = actors.find(text, ON)[-1]
    assert {"east", "north"} <= set(mention.resolution.parties)
    assert (mention.resolution.closed, mention.resolution.basis) == (False, "generic")


@pytest.mark.parametrize("text", ["Was it LMP?", "Pier. LMP fired", "In Eastland", "LMP of late", "Two LMP men"])
def test_a_sentence_word_beside_a_name_changes_nothing(actors, text):
    mention, = actors.find(text, ON)
    assert mention.resolution.basis == "stated"


WORDS = st.sampled_from([
    "Northern", "Army", "the", "LMP", "lmp", "Jaish", "al-Islam", "al-Fatah", "Norlandic", "helicopters", "rebels",
    "by", "Coast", "Wing", "-", ",", "’s", "Free", "Guard", "Home",
])


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=14))
def test_mentions_lie_in_the_text_apart_and_resolve_alone(actors, words):
    text = " ".join(words)
    end = 0
    for one in actors.find(text, ON):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.name
        alone = actors.resolve(one.name, ON)
        assert alone.parties == one.resolution.parties
        assert one.resolution == alone or one.resolution.basis == "generic"
        end = one.end
