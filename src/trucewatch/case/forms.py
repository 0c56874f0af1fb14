"""The questionnaire as a file: YAML or XLSX, empty to be filled in, and read back when it is."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from trucewatch.case.questionnaire import TOPICS, Answer, checked
from trucewatch.documents import read_yaml
from trucewatch.errors import BadInput, Problem, Severity
from trucewatch.sources.workbook import MAGIC, read_workbook

__all__ = ["blank", "read_answers"]

Answers = Mapping[str, tuple[Answer, ...]]
_LIST_ROWS = 200
"""Rows of a sheet that get a drop-down list."""


def blank(path: Path) -> bytes:
    """Return the empty questionnaire, as XLSX if `path` ends so, else as YAML."""
    return _workbook() if path.suffix.lower() == ".xlsx" else _document().encode()


def _document() -> str:
    lines = ["# Fill in what you know, one entry (a line that starts with -) for each. Leave out what you do not know."]
    for topic in TOPICS:
        lines += ["", f"# {topic.told}", f"{topic.name}:"]
        for number, column in enumerate(topic.columns):
            words = f" ({', '.join(column.words[:8])}{' …' if len(column.words) > 8 else ''})" if column.words else ""
            lines.append(f"{'  - ' if number == 0 else '    '}{column.name}:    # {column.told}{words}")
    return "\n".join(lines) + "\n"


def _workbook() -> bytes:
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    book.remove(book.active)
    words = book.create_sheet("words")
    for topic in TOPICS:
        sheet = book.create_sheet(topic.name)
        sheet.append([one.name for one in topic.columns])
        for place, column in enumerate(topic.columns, 1):
            cell = sheet.cell(1, place)
            cell.font = Font(bold=True)
            cell.comment = Comment(column.told, "trucewatch")
            letter = get_column_letter(place)
            sheet.column_dimensions[letter].width = 22
            if column.words:
                at = get_column_letter(words.max_column + 1 if words.cell(1, 1).value else 1)
                for row, word in enumerate(column.words, 1):
                    words[f"{at}{row}"] = word
                listed = DataValidation(type="list", formula1=f"=words!${at}$1:${at}${len(column.words)}", allow_blank=True)
                listed.showErrorMessage = not column.several
                sheet.add_data_validation(listed)
                listed.add(f"{letter}2:{letter}{_LIST_ROWS}")
        sheet.freeze_panes = "A2"
    words.sheet_state = "hidden"
    book.move_sheet(words, len(TOPICS))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read_answers(raw: bytes, file: str) -> Answers:
    """Read a filled questionnaire; BadInput carries every problem with sheet or line, and column."""
    found = dict(_of_workbook(raw, file) if raw.startswith(MAGIC) else _of_document(raw, file))
    ids = {name: {row["id"] for _, row in rows if "id" in row} for name, rows in found.items()}
    problems = [
        problem
        for topic in TOPICS
        for line, row in found.get(topic.name, ())
        for problem in checked(topic, row, f"{file}, {topic.name}", line, ids)
    ]
    problems += [
        Problem(f"{file}, {name}", None, None, None, wanted, "fill in a row", Severity.ERROR)
        for name, wanted in (("about", "one row: id, title, timezone"), ("parties", "who is named"))
        if not found.get(name)
    ]
    if problems:
        message = f"{file}: {len(problems)} answer(s) cannot be used"
        raise BadInput(message, sorted(problems))
    return {name: tuple(row for _, row in rows) for name, rows in found.items()}


def _of_workbook(raw: bytes, file: str) -> Iterator[tuple[str, list[tuple[int, Answer]]]]:
    for topic in TOPICS:
        records = read_workbook(raw, file, topic.name).records
        if not records:
            continue
        names = records[0].cells
        rows = [(one.number, _row(names, one.cells)) for one in records[1:]]
        yield topic.name, [(number, row) for number, row in rows if row]


def _row(names: tuple[str, ...], cells: tuple[str, ...]) -> Answer:
    return {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}


def _of_document(raw: bytes, file: str) -> Iterator[tuple[str, list[tuple[int, Answer]]]]:
    root, problems = read_yaml(raw.decode("utf-8-sig", errors="replace"), file)
    if root is None or problems:
        message = f"{file} is no questionnaire"
        raise BadInput(message, problems)
    known = {one.name for one in TOPICS}
    strange = [
        Problem(file, node.line, None, key, f"one of {', '.join(sorted(known))}", "", Severity.ERROR)
        for key, node in root.items() if key not in known
    ]
    if strange:
        message = f"{file} is no questionnaire"
        raise BadInput(message, strange)
    for key, node in root.items():
        rows = [(one.line, {name: value for name, cell in one.items() if (value := cell.text())}) for one in node.elements()]
        yield key, [(line, row) for line, row in rows if row]


