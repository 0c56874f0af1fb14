"""A bloc holds what its members of the day hold."""

from datetime import date

import pytest

from trucewatch.control.blocs import held_by_bloc, read_blocs
from trucewatch.errors import BadInput

TABLE = {
    "bloc": ["excluded", "excluded", "excluded"], "party": ["is", "nusra", "jfs"],
    "from": [None, None, "2016-07-28"], "to": [None, "2016-07-28", "2017-01-28"],
}
SHARES = {"is": 0.2, "jfs": 0.3, "jfs|opp": 0.1, "is|jfs": 0.1, "opp": 0.1, "contested": 0.05, "unknown": 0.15}


@pytest.mark.parametrize(("day", "least", "most"), [
    (date(2016, 7, 27), 0.2, 0.2 + 0.1 + 0.2), (date(2016, 7, 28), 0.6, 0.9), (date(2017, 1, 28), 0.2, 0.5),
])
def test_a_bloc_is_a_sum_over_its_members_of_the_day(day, least, most):
    assert held_by_bloc(SHARES, read_blocs(TABLE, "blocs.csv"), day)["excluded"] == pytest.approx((least, most))


def test_faults_of_the_table_are_told_together():
    with pytest.raises(BadInput) as refused:
        read_blocs({"bloc": ["a", "a", ""], "party": ["x", "y", "z"], "from": ["soon", "2016-02-01", None], "to": [None, "2016-01-01", None]}, "blocs.csv")
    assert [(one.line, one.column) for one in refused.value.problems] == [(2, "from"), (3, "to"), (4, None)]
