"""Tampering shows: the first entry that was changed, dropped, put in or put elsewhere is named."""

SHOWN_BY = (
    "tests/ledger/test_verification.py",
    "tests/cli/test_ledger_proofs.py::test_verify_names_what_was_tampered_with",
    "tests/contracts/test_ledgers.py::test_no_statement_changes_or_removes_an_entry",
)
OPEN = "the tail can be cut off unseen unless somebody outside keeps a checkpoint"
