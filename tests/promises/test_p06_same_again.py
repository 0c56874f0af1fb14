"""The same evidence, agreement and version give the same bytes, whatever order, hash seed, language or zone."""

SHOWN_BY = (
    "tests/test_pipeline.py::test_the_order_of_rows_changes_nothing",
    "tests/test_pipeline.py::test_the_same_bytes_whatever_the_hash_seed_the_zone_and_the_language",
    "tests/case/test_reporting.py::test_two_ledgers_of_the_same_evidence_give_the_same_report",
)
OPEN = ""
