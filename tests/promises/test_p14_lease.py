"""What a reviewer has taken becomes free when the reviewer vanishes."""

SHOWN_BY = (
    "tests/case/test_people.py::test_a_lease_keeps_others_off_until_it_ends",
    "tests/case/test_people.py::test_a_lease_ends_by_the_stamps_of_the_ledger_whatever_the_clock_says",
    "tests/case/test_people.py::test_a_lease_is_lengthened_and_given_back_by_its_holder_only",
)
OPEN = ""
