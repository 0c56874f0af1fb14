"""Evidence can be erased: it is gone, the log verifies, and what rested on it says so."""

SHOWN_BY = (
    "tests/case/test_erasing.py",
)
OPEN = "what was given away, backups, and what the disk keeps are out of reach"
