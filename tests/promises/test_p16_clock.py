"""The order of the log does not rest on the clock."""

SHOWN_BY = (
    "tests/contracts/test_ledgers.py::test_a_clock_that_goes_back_does_not_take_the_stamps_with_it",
    "tests/case/test_case.py::test_a_live_run_without_known_at_is_dated_even_when_the_clock_went_back",
    "tests/case/test_people.py::test_a_lease_ends_by_the_stamps_of_the_ledger_whatever_the_clock_says",
)
OPEN = ""
