import re
import string
from pathlib import Path

import pytest

import trucewatch.publish
from trucewatch.errors import UnknownName
from trucewatch.findings.schema import STATES, VERDICTS
from trucewatch.incidents.schema import ELEMENTS
from trucewatch.publish.phrases import LANGUAGES, phrases, verdict_words
from trucewatch.reports.schema import METHODS

FOLDER = Path(trucewatch.publish.__file__).parent
USED = "\n".join(
    one.read_text(encoding="utf-8")
    for one in sorted([*FOLDER.rglob("*"), *FOLDER.with_name("case").glob("*.py")])
    if one.suffix in (".py", ".html") and one.name not in ("english.py", "headings.py")
)
COMPUTED = re.compile(r"""(?:say\(f?["'](\w+)\.(?:["'] ~|\{)|word\(["'](\w+)["'])""")


def test_every_phrase_is_used():
    groups = {one for pair in COMPUTED.findall(USED) for one in pair if one}
    dead = [key for key in LANGUAGES["en"] if not re.search(rf"""["']{re.escape(key)}["']""", USED) and key.partition(".")[0] not in groups]
    assert dead == []


def test_every_language_has_the_same_keys_and_values():
    for table in LANGUAGES.values():
        assert table.keys() == LANGUAGES["en"].keys()
        for key, phrase in table.items():
            wanted = {name for _, name, _, _ in string.Formatter().parse(LANGUAGES["en"][key]) if name}
            assert {name for _, name, _, _ in string.Formatter().parse(phrase) if name} == wanted


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_nothing_is_called_a_violation_that_was_not_found_to_be_one(language):
    said = phrases(language)
    for verdict in VERDICTS:
        words = f"{said.verdict(verdict)} {said.say(f'says.{verdict}')}"
        assert ("violation" in words) is (verdict == "violation")


def test_what_is_not_covered_leaves_room_for_other_law():
    assert phrases("en").say("says.not_covered") == "Not judged under this text; other law may apply."
    assert verdict_words("not_covered") == "not judged under this text; other law may apply"
    assert verdict_words("undetermined") == "undetermined"


@pytest.mark.parametrize("element", ELEMENTS)
def test_every_element_has_words_for_its_reasons(element):
    said = phrases("en")
    for key in (f"reason.{element}", f"element.{element}", f"missing.{element}"):
        assert said.say(key)
    assert said.element(element) in said.reason(f"evidence:{element}")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("no_breach", "what was done is not what the term forbids"),
        ("excused:self-defence", "excused by self-defence"),
        ("self-defence", "whether self-defence excuses it"),
        ("coverage", "who could look"),
    ],
)
def test_reasons(reason, words):
    assert phrases("en").reason(reason) == words


def test_every_method_and_state_has_words():
    table = LANGUAGES["en"]
    assert all(f"method.{one}" in table for one in METHODS)
    assert all(f"state.{one}" in table for one in STATES)


def test_an_unknown_phrase_is_refused_and_an_unknown_language_falls_back():
    with pytest.raises(UnknownName, match=r"verdict\.guilty"):
        phrases("en").say("verdict.guilty")
    assert phrases("xx").language == "en"
    assert phrases("en-GB").language == "en"
