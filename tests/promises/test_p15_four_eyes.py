"""Where the case asks for four eyes, one person releases nothing, under whatever name."""

SHOWN_BY = (
    "tests/case/test_people.py::test_where_the_case_asks_for_four_eyes_one_person_alone_releases_nothing",
    "tests/case/test_people.py::test_a_broken_duty_becomes_public_after_two_people_have_released_what_it_rests_on",
    "tests/release/test_holding.py",
)
OPEN = "one person with two keys, or who edits `case.toml`, is alone again"
