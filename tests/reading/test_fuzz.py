"""Any text may be read: no crash, no span that lies."""

import importlib.util
import random  # noqa: TID251 - seeded, outside the core
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

FILE = Path(__file__).resolve().parents[2] / "bench" / "reading_fuzz.py"
SPEC = importlib.util.spec_from_file_location("reading_fuzz", FILE)
fuzz = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(fuzz)
ORIGINALS = fuzz.originals()
MUTATED = st.builds(fuzz.mutated, st.sampled_from(ORIGINALS), st.sampled_from(ORIGINALS), st.integers(0, 2**32).map(random.Random))


@pytest.mark.parametrize("check", [fuzz.check_article, fuzz.check_bulletin])
@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), MUTATED))
def test_no_text_makes_reading_crash_or_lie(check, text):
    check(text)
