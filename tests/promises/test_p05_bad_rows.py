"""Every bad row is kept aside with a reason, and the good ones go in."""

SHOWN_BY = (
    "tests/contracts/test_adapters.py::test_rows_in_are_accepted_or_rejected_and_each_is_found_again",
    "tests/sources/test_table.py::test_a_bad_cell_rejects_its_row_and_names_the_files_own_column",
    "tests/sources/test_ucdp_events.py::test_all_faults_of_a_row_come_at_once",
)
OPEN = "fuzzing of workbooks and GeoJSON"
