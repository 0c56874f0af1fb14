"""Two reviewers never overwrite each other: the second sees the conflict."""

SHOWN_BY = (
    "tests/case/test_people.py::test_the_second_of_two_reviewers_sees_the_first",
    "tests/case/test_people.py::test_many_at_once_decisions_and_conflicts_are_all_the_attempts",
    "tests/case/test_people.py::test_at_the_command_line_a_conflict_is_exit_1_and_nothing_is_recorded",
    "tests/case/test_merging.py::test_where_they_disagree_neither_wins_until_somebody_decides",
    "tests/contracts/test_ledgers.py::test_two_programs_at_once_lose_nothing",
)
OPEN = "20 at once with 100 decisions each (here four with ten; `bench/reviewers.py` counts them)"
