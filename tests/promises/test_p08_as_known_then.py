"""Any past daily report can be rebuilt as it was known on its day, byte for byte."""

SHOWN_BY = (
    "tests/case/test_publishing.py::test_an_issue_computed_again_is_the_same_to_the_byte_whatever_was_recorded_since",
    "tests/case/test_publishing.py::test_a_live_report_names_the_log_as_it_stood_at_its_cut_off",
    "tests/case/test_publishing.py::test_an_issue_is_kept_once_and_returned_as_it_went_out",
    "tests/scenarios/test_known_then.py",
    "tests/test_pipeline.py::test_nothing_is_known_too_early_in_any_table",
    "tests/test_pipeline.py::test_what_was_known_only_grows",
)
OPEN = ""
