"""What did not resolve, by frequency, each with a row to paste into the file that would know it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from trucewatch.acts import act_keys
from trucewatch.errors import nearest
from trucewatch.reports.resolved import Mention, MentionKind
from trucewatch.tables import Field, Schema, Table

__all__ = ["UNRESOLVED", "fold", "list_unresolved", "slug"]

UNRESOLVED = Schema(
    "unresolved",
    (
        Field("kind", "text", "what sort of thing", required=True,
              values=("name", "place", "act", "source")),
        Field("value", "text", "as written; the commonest spelling", required=True),
        Field("count", "integer", "how often it was used", required=True),
        Field("example", "text", "file and locator of one use", required=True),
        Field("paste", "text", "a row for actors.yaml (name), places.csv (place), "
              "case.toml (source) or the declaration of the file (act)", required=True),
    ),
    key=("kind", "value"),
    meaning="what the case does not know, most frequent first",
)


def fold(text: str) -> str:
    """Return `text` without accents, case and doubled spaces, to compare spellings of one name."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(bare.casefold().split())


def slug(text: str) -> str:
    """Return a key made from a name: folded words and hyphens; of signs alone “unnamed”."""
    return re.sub(r"[^\w]+", "-", fold(text)).strip("-_") or "unnamed"


def list_unresolved(mentions: Iterable[Mention]) -> Table:
    """Count the mentions by kind and folded value; schema UNRESOLVED, most frequent first."""
    spelled: dict[tuple[MentionKind, str], list[Mention]] = defaultdict(list)
    for one in mentions:
        spelled[one.kind, one.value].append(one)
    grouped: dict[tuple[MentionKind, str], list[Mention]] = defaultdict(list)
    for (kind, value), uses in spelled.items():
        grouped[kind, fold(value)] += uses
    rows = [_row(kind, uses) for (kind, _), uses in grouped.items()]
    rows.sort(key=lambda row: (-int(row["count"]), row["kind"], row["value"]))
    return Table.from_rows(UNRESOLVED, rows)


def _row(kind: MentionKind, uses: Sequence[Mention]) -> dict[str, str | int]:
    ordered = sorted(uses, key=lambda one: (one.value, one.example))
    spellings: dict[str, int] = defaultdict(int)
    for one in ordered:
        spellings[one.value] += 1
    value = max(spellings, key=lambda text: (spellings[text], [-ord(sign) for sign in text]))
    first = next(one for one in ordered if one.value == value)
    paste = _PASTE[kind](value, ordered)
    return {
        "kind": kind, "value": value, "count": len(ordered), "example": first.example,
        "paste": paste,
    }


def _paste_name(value: str, uses: Sequence[Mention]) -> str:
    spellings = sorted({one.value for one in uses} - {value})
    aliases = ", ".join(map(_quoted, spellings))
    return f"  {slug(value)}: {{name: {_quoted(value)}, aliases: [{aliases}]}}"


def _paste_place(value: str, uses: Sequence[Mention]) -> str:
    """Columns key,name,names,lat,lon,radius_m,parent,kind; coordinates where a row gives them."""
    spellings = ";".join(sorted({one.value for one in uses} - {value}))
    put = next((one for one in uses if one.lat is not None and one.lon is not None), None)
    position = f"{put.lat},{put.lon}" if put else ","
    return f"{slug(value)},{_cell(value)},{_cell(spellings)},{position},,,"


def _paste_act(value: str, _uses: Sequence[Mention]) -> str:
    near = nearest(value.replace(" ", "_"), act_keys()) or ""
    return f"values: {{act: {{{_quoted(value)}: {near}}}}}"


def _paste_source(value: str, _uses: Sequence[Mention]) -> str:
    return f"[source.{_toml_key(slug(value))}]\nname = {_quoted(value)}"


def _quoted(text: str) -> str:
    """A JSON string is a YAML double-quoted scalar and a TOML basic string as well."""
    return json.dumps(text, ensure_ascii=False)


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _quoted(key)


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\n\r]', text) else text


_PASTE = {
    "name": _paste_name,
    "place": _paste_place,
    "act": _paste_act,
    "source": _paste_source,
}
