"""docs/promises.md lists every promise, with tests that exist and no failure."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
spec = importlib.util.spec_from_file_location("make_promises", ROOT / "docs" / "make_promises.py")
maker = importlib.util.module_from_spec(spec)
spec.loader.exec_module(maker)
PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")


def test_the_page_is_that_of_the_files():
    assert maker.page(maker.promises(), maker.told(PAGE)) == PAGE, "run: python docs/make_promises.py"


def test_there_is_one_file_for_each_promise():
    assert [one.number for one in maker.promises()] == [*(f"P{number}" for number in range(1, 17)), "P33"]


@pytest.mark.parametrize("promise", maker.promises(), ids=lambda one: one.number)
def test_its_tests_exist(promise):
    assert promise.words
    assert promise.shown_by
    for one in promise.shown_by:
        file, _, name = one.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^def {name or 'test_'}", text, re.MULTILINE), one


def test_every_promise_was_run_and_held():
    results = maker.told(PAGE)
    assert {one.number for one in maker.promises()} == results.keys()
    assert all(re.fullmatch(r"\d+ passed(, \d+ skipped)?", one) for one in results.values()), results
