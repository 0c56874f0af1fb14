"""Shared by all tests: one Hypothesis profile, because a busy machine is no defect; the demo case."""

import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from trucewatch.case import Case, create_case, open_case
from trucewatch.pipeline import Result

settings.register_profile(
    "trucewatch", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("trucewatch")


@pytest.fixture(scope="session")
def shipped():
    """The folder of the shipped case."""
    with as_file(files("trucewatch") / "demo_case") as folder:
        yield folder


@pytest.fixture(scope="session")
def demo_root(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo case with its files added and run once; read it, never change it."""
    root = tmp_path_factory.mktemp("demo") / "syria-2016-09"
    with create_case(root, shipped, who="tester") as case:
        for given in case.settings.inputs:
            case.add(shipped / given.file, adapter=given.adapter, source=given.source)
        case.run()
    return root


@pytest.fixture(scope="session")
def demo_result(demo_root: Path) -> Result:
    """What the demo case says when everything is known."""
    with open_case(demo_root, who="tester") as case:
        return case.run()


@pytest.fixture
def own_demo(demo_root: Path, tmp_path: Path) -> Path:
    """A copy of the demo case that a test may change."""
    return Path(shutil.copytree(demo_root, tmp_path / "own"))


@pytest.fixture
def make_case(shipped: Path, tmp_path: Path) -> Callable[[], Case]:
    """Return a maker of cases with the demo's four files and no evidence."""
    made: list[Case] = []

    def make() -> Case:
        made.append(create_case(tmp_path / f"case-{len(made)}", shipped, who="tester"))
        return made[-1]

    yield make
    for case in made:
        case.close()
