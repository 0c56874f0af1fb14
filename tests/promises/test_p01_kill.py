"""An acknowledged report or decision survives kill -9."""

SHOWN_BY = (
    "tests/contracts/test_ledgers.py::test_kill_9_keeps_what_was_acknowledged",
    "tests/contracts/test_ledgers.py::test_an_interruption_after_the_commit_keeps_the_bytes",
    "tests/contracts/test_ledgers.py::test_a_draft_that_fails_leaves_nothing_of_its_transaction",
    "tests/ledger/test_lost_server.py",
)
OPEN = "200 random kills (here three), and kills in the middle of `decide`"
