from datetime import date

import pytest

from trucewatch.case import open_case
from trucewatch.release import Stages


@pytest.fixture(scope="session")
def case(demo_root):
    with open_case(demo_root, who="tester") as opened:
        yield opened


@pytest.fixture(scope="session")
def stages(case):
    """The demo case as known at the cut-off of 17 September, under two readings."""
    result = case.run(case.cut_off(date(2016, 9, 17)), readings=("default", "us-bound"))
    files = case.files()
    return Stages(
        known_at=result.known_at, readings=result.readings, resolved=result.resolved, linked=result.linked,
        findings=result.findings, actors=files.actors, gazetteer=files.gazetteer, agreement=files.agreement,
    )
