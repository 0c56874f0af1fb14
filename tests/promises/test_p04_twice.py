"""A file given twice, or in parts, changes nothing."""

SHOWN_BY = (
    "tests/case/test_case.py::test_the_same_bytes_twice_change_nothing",
    "tests/test_pipeline.py::test_rows_given_twice_change_nothing",
    "tests/test_pipeline.py::test_two_halves_say_what_the_whole_says",
)
OPEN = ""
