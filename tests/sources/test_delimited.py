import pytest

from trucewatch.sources.delimited import guess_delimiter, records


def cells(text, delimiter=","):
    return [(one.number, one.cells, one.fault) for one in records(text, delimiter)]


def test_quotes_line_breaks_and_empty_lines_keep_the_count():
    text = 'a,b\r\n"1,5"," x\ny "\n\n3,"say ""hi"""\n'
    assert cells(text) == [
        (1, ("a", "b"), None),
        (2, ("1,5", "x\ny"), None),
        (3, (), None),
        (4, ("3", 'say "hi"'), None),
    ]


def test_a_faulty_record_does_not_hide_the_next_one():
    found = cells('a,b\n"x"y,1\n2,3\n')
    assert "quotes that do not fit" in found[1][2]
    assert found[2] == (3, ("2", "3"), None)


def test_an_unclosed_quote_is_told_and_not_swallowed():
    found = cells('a,b\n1,2\n3,"open\n4,5\n')
    assert found[1] == (2, ("1", "2"), None)
    assert "never closed" in found[2][2]
    assert len(found) == 3


def test_a_cell_that_never_ends_is_a_fault():
    found = cells("a,b\n1," + "x" * 200_000 + "\n2,3\n")
    assert "131072" in found[1][2]
    assert found[-1][1] == ("2", "3")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("occurred,place,notes\n2016-09-19,Urum,a;b;c;d;e\n", ","),
        ("occurred;place;lat\n2016-09-19;Urum, al-Kubra;36,15\n", ";"),
        ("occurred\tplace\n2016-09-19\tUrum, x, y, z\n", "\t"),
        ("occurred|place\n2016-09-19|Urum\n", "|"),
        ("foo;bar\n1;2\n3;4\n", ";"),
        ("one column\nno delimiter\n", ","),
        ("", ","),
    ],
)
def test_delimiters_are_told_by_the_known_names_then_by_evenness(text, delimiter):
    known = {"occurred", "place", "lat"}
    assert guess_delimiter(text, lambda row: len(known & set(row))) == delimiter
