"""A published finding can be proven to a stranger, offline, with the public key alone."""

SHOWN_BY = (
    "tests/cli/test_ledger_proofs.py",
    "tests/ledger/test_disclosure.py",
)
OPEN = "a checker of a hundred lines: it has 179"
