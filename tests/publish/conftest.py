from datetime import date

import pytest

from trucewatch.case import open_case
from trucewatch.case.reporting import daily_frame
from trucewatch.publish.daily_view import daily_view

DAY = date(2016, 9, 19)


@pytest.fixture(scope="session")
def case(demo_root):
    with open_case(demo_root, who="tester") as opened:
        yield opened


@pytest.fixture(scope="session")
def frame(case):
    """What the public report of 19 September is made from."""
    return daily_frame(case, DAY, known_at=None, audience="public")


@pytest.fixture(scope="session")
def report(frame):
    return daily_view(frame)


@pytest.fixture(scope="session")
def internal(case):
    return daily_view(daily_frame(case, DAY, known_at=None, audience="internal"))


@pytest.fixture(scope="session")
def busy(case):
    """The internal report of 17 September with everything that became known later."""
    later = case.instant("2017-06-01T00:00")
    return daily_view(daily_frame(case, date(2016, 9, 17), known_at=later, audience="internal"))
