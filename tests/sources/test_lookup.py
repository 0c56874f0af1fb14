import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from trucewatch import sources
from trucewatch.errors import BadCall, UnknownName
from trucewatch.sources import ADAPTERS, Adapter, Parsed, adapter_names, find_adapter


class Added:
    name = "added"

    def read(self, raw, declaration):
        return Parsed((), (), len(raw), (declaration.file,))


ADDED = Added()
NO_ADAPTER = "just a text"


@pytest.fixture
def added(monkeypatch):
    points = [
        EntryPoint("added", "added_module:ADDED", "trucewatch.sources"),
        EntryPoint("table", "added_module:NO_ADAPTER", "trucewatch.sources"),
        EntryPoint("broken", "added_module:NO_ADAPTER", "trucewatch.sources"),
    ]
    monkeypatch.setitem(sys.modules, "added_module", sys.modules[__name__])
    monkeypatch.setattr(sources, "entry_points", lambda group: points if group == sources.GROUP else [])


@pytest.mark.parametrize("name", sorted(ADAPTERS))
def test_shipped_adapters_are_found_under_their_names(name):
    found = find_adapter(name)
    assert isinstance(found, Adapter)
    assert found.name == name


def test_hyphens_and_underscores_are_one():
    assert find_adapter("ucdp-ged") is find_adapter("ucdp_ged")


def test_an_unknown_name_offers_the_nearest():
    with pytest.raises(UnknownName, match="did you mean “table”"):
        find_adapter("tabel")


def test_entry_points_are_found_and_shipped_adapters_win(added):
    assert find_adapter("added") is ADDED
    assert find_adapter("table").name == "table"
    assert adapter_names() == ("added", "article", "broken", "bulletin", "table", "ucdp_ged")


def test_an_entry_point_that_is_no_adapter_is_a_bad_call(added):
    with pytest.raises(BadCall, match="no name and read"):
        find_adapter("broken")


def test_importing_the_package_loads_no_adapter():
    code = (
        "import sys, trucewatch.sources; "
        "print([m for m in sys.modules if m.endswith(('sources.table', 'ucdp_ged', 'openpyxl'))])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
