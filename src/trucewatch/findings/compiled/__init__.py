"""Judging compiled: each distinct element once for all legs, then the verdicts as plain SQL.

The interpreter (`findings.ruling`) is the specification; a property test keeps the two equal. What
is compiled here is what a verdict depends on: no words, no questions.
"""

from trucewatch.findings.compiled.judging import (
    DECIDED,
    ELEMENT_TABLE,
    VERDICT_TABLE,
    VERDICTS,
    Compiled,
    Elements,
)
from trucewatch.findings.compiled.plans import Column

__all__ = ["DECIDED", "ELEMENT_TABLE", "VERDICTS", "VERDICT_TABLE", "Column", "Compiled", "Elements"]
