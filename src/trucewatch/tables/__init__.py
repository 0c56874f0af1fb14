"""The columnar table that travels between stages, and the schema that documents it.

A `Table` holds one NumPy array per field of its `Schema`. Unknown is null and stays null; rows are
handed out as plain dicts of Python values, an `instant` as an aware datetime in UTC.
"""

from trucewatch.tables.columns import from_micros, to_micros
from trucewatch.tables.schema import Field, Kind, Schema
from trucewatch.tables.table import Table

__all__ = ["Field", "Kind", "Schema", "Table", "from_micros", "to_micros"]
