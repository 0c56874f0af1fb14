import tracemalloc
import warnings
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.documents import MAX_CHARACTERS, MAX_DEPTH, Node, read_yaml
from trucewatch.errors import Problem, Severity


def plain(text: str) -> Any:
    node, problems = read_yaml(text, "x.yaml")
    assert problems == []
    assert node is not None
    return node.plain()


def refused(text: str) -> list[Problem]:
    _, problems = read_yaml(text, "x.yaml")
    assert problems
    assert all(one.place == "x.yaml" and one.severity is Severity.ERROR for one in problems)
    return problems


def value(text: str) -> Node:
    node, problems = read_yaml(f"key: {text}\n", "x.yaml")
    assert problems == []
    assert node is not None
    found = node.get("key")
    assert found is not None
    return found


@pytest.mark.parametrize(
    "written",
    ["19:00", "1:30:00", "NO", "No", "on", "off", "y", "012", "0x1F", "0o17", "1_000", "1e3",
     ".inf", "2016-09-19", "2016-09-19T19:12:00+03:00", "1.20", "Null", "NULL", "+5", "12e400", "=", "<<"],
)
def test_a_scalar_stays_the_text_that_was_written(written):
    assert value(written).text() == written
    assert plain(f"- {written}\n") == [written]


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_nothing_is_nothing_unless_quoted(written):
    assert value(written).text() is None
    assert value(written).is_text
    assert value(f'"{written}"').text() == written


@pytest.mark.parametrize(
    ("written", "number"),
    [("5", 5.0), ("-0.5", -0.5), ("+5", 5.0), ("1_000", 1000.0), ("1e3", 1000.0), ("0", 0.0),
     ("012", None), ("0x1F", None), ("19:00", None), (".5", None), ("5.", None), ('"5"', None),
     ("1e400", None), ("nan", None), (".inf", None), ("five", None), ("[5]", None),
     ("\u0665", None)],
)
def test_numbers(written, number):
    assert value(written).number() == number


@pytest.mark.parametrize(
    ("written", "flag"),
    [("true", True), ("yes", True), ("false", False), ("no", False), ("NO", None), ("on", None),
     ("True", None), ("y", None), ("1", None), ('"yes"', None)],
)
def test_flags(written, flag):
    assert value(written).flag() is flag


def test_every_value_knows_its_line_and_column():
    node, problems = read_yaml("a:\n  b: [x, {c: 'y'}]\nd: |\n  long\n  text\n", "x.yaml")
    assert problems == []
    assert node is not None
    inner = node.get("a").get("b")
    assert (inner.line, inner.column) == (2, 6)
    x, mapping = inner.elements()
    assert (x.line, x.column, x.quoted) == (2, 7, False)
    y = mapping.get("c")
    assert (y.line, y.column, y.quoted) == (2, 14, True)
    block = node.get("d")
    assert (block.text(), block.line, block.quoted) == ("long\ntext\n", 3, True)


def test_asking_a_value_for_what_it_is_not():
    node, _ = read_yaml("a: [1]\nb: {c: d}\ne: x\nf:\n", "x.yaml")
    assert [key for key, _ in node.items()] == ["a", "b", "e", "f"]
    a, b, e, f = (child for _, child in node.items())
    assert (a.is_list, b.is_map, e.is_text, f.is_text) == (True, True, True, True)
    assert a.get("c") is None
    assert b.text() is None
    assert list(e.items()) == []
    assert node.get("zzz") is None
    assert [one.text() for one in e.elements()] == ["x"]
    assert f.elements() == []


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem():
    assert plain("\ufeffa: 1\r\nb: 2\r\n") == {"a": "1", "b": "2"}
    sham = "\u0627\u0644\u0634\u0627\u0645"
    assert plain(f"# only a note\na: {sham} # Damascus\n") == {"a": sham}


@pytest.mark.parametrize(
    ("text", "line", "column", "found", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "a", "each key once"),
        ("a: {b: 1, b: 2}\n", 1, 11, "b", "each key once"),
        ("a: 1\n'a': 3\n", 2, 1, "a", "each key once"),
        ("a:\n\t- b\n", 2, 1, "- b", "cannot start any token"),
        ("a: !!python/object:os.system x\n", 1, 4, "python/object", "no tags"),
        ("a: !!str 5\n", 1, 4, "str", "no tags"),
        ("a: ! 5\n", 1, 4, "!", "no tags"),
        ("a: !foo [1]\n", 1, 4, "!foo", "no tags"),
        ("!!set {a}\n", 1, 1, "set", "no tags"),
        ("!k a: 1\n", 1, 1, "!k", "no tags"),
        ("a: &x 1\n", 1, 4, "&x", "no anchors"),
        ("&x a: 1\n", 1, 1, "&x", "no anchors"),
        ("a: &x [1]\n", 1, 4, "&x", "no anchors"),
        ("? [a]\n: b\n", 1, 3, None, "plain text"),
        ("? {a: b}\n: c\n", 1, 3, None, "plain text"),
        (": b\n", 1, 1, ": b", "expected"),
        ("~: b\n", 1, 1, None, "plain text"),
        ("'': b\n", 1, 1, "", "plain text"),
        ("a: 1\n---\nb: 2\n", 2, 1, "---", "one document"),
        ("a: 1\nb: [1, 2\n", 3, 1, "", "expected"),
        ("a: b: c\n", 1, 5, "a: b: c", "mapping values"),
        ("a: 'x\n", 2, 1, "", "end of stream"),
        ("a: x\nb: \x00\n", 2, 4, "U+0000", "a character that YAML admits"),
        ("a: %x\n", 1, 4, "a: %x", "cannot start any token"),
        ("", 1, 1, None, "a YAML document"),
        ("# only a note\n", 1, 1, None, "a YAML document"),
    ],
)
def test_what_is_refused_is_named_with_its_place(text, line, column, found, expected):
    first = refused(text)[0]
    assert (first.line, first.column) == (line, f"column {column}")
    assert first.value == found or (found and found in (first.value or ""))
    assert expected in first.expected


def test_aliases_are_refused_one_by_one():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        problems = refused("a: &x 1\nb: *x\nc: &x 2\n")
    assert [(one.line, one.value) for one in problems] == [(1, "&x"), (2, "*x"), (3, "&x")]


def test_an_anchor_that_holds_itself_ends():
    assert "no anchors" in refused("- &a [*a]\n")[0].expected


def test_every_problem_is_reported_at_once():
    assert len(refused("a: !t 1\nb: &x 2\nc: *x\na: 3\n")) == 4


def test_a_bomb_of_aliases_is_not_expanded():
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    tracemalloc.start()
    problems = refused("\n".join(levels))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(problems) == 12 + 11 * 9
    assert peak < 20_000_000


@pytest.mark.parametrize("form", ["[", "{a: ", "- ", "- a:\n"])
def test_deep_nesting_is_refused_where_it_becomes_too_deep(form):
    text = (
        "".join("  " * depth + form for depth in range(500)) if form.endswith("\n") else form * 5000
    )
    problems = refused(text)
    assert problems[0].expected == f"nesting of at most {MAX_DEPTH} levels"
    assert len(problems) == 1


def test_the_deepest_admitted_nesting_is_read():
    found = plain("[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH)
    for _ in range(MAX_DEPTH):
        (found,) = found
    assert found == "x"


def test_ten_megabytes_are_refused_before_they_are_read():
    (problem,) = refused("a: 1\n" * 2_000_000)
    assert problem.value == "10000000 characters"
    assert problem.expected == f"at most {MAX_CHARACTERS}"


def test_a_document_with_problems_still_holds_the_rest():
    node, problems = read_yaml("a: &x 1\nb: 2\n", "x.yaml")
    assert len(problems) == 1
    assert node is not None
    assert node.plain() == {"a": "1", "b": "2"}


trees = st.recursive(
    st.text("abc019:#-'\" \u00e9", max_size=6),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text("abcNO01", min_size=1, max_size=3), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(trees)
def test_what_was_quoted_is_read_back_as_it_was(tree):
    def quoted(part: object) -> str:
        if isinstance(part, dict):
            pairs = (f"{quoted(key)}: {quoted(one)}" for key, one in part.items())
            return "{" + ", ".join(pairs) + "}"
        if isinstance(part, list):
            return "[" + ", ".join(quoted(one) for one in part) + "]"
        return "'" + str(part).replace("'", "''") + "'"

    assert plain(quoted(tree)) == tree


@settings(max_examples=150, deadline=None)
@given(st.text("ab:-[]{}&*!|>'\"#%@`,? \n\t~\u0085\u2028\x07", max_size=40))
def test_any_text_gives_a_value_or_problems(text):
    node, problems = read_yaml(text, "x.yaml")
    assert node is not None or problems
    assert all(one.line >= 1 for one in problems)
