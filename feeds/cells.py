"""Cells of a CSV file that a spreadsheet opens: text stays text.

A spreadsheet takes a cell that begins with "=" (or another of a few signs) for a formula, whoever wrote it,
and a formula can call programs or send what stands beside it elsewhere (OWASP, "CSV Injection").
"""

from __future__ import annotations

import re

# What begins a formula in Excel, LibreOffice or Google Sheets; the full-width ones in Excel for East Asia.
_SIGNS = "=+@\uff1d\uff0b\uff0d\uff20-"
_FORMULA = re.compile(rf"[\s\x00]*[{_SIGNS}]|[\t\r\n]")
# Where a semicolon parts cells, as in Kazakh and Russian settings of Excel, a cell may begin inside of ours.
_INNER = re.compile(rf"(?<=[;\t\r\n])(?=[ \x00]*[{_SIGNS}]\S)")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Value = str | int | float | None


def cell(value: Value) -> Value:
    """Give a value as a cell may hold it.

    Numbers stay numbers, also negative ones. Text that a spreadsheet would take for a formula gets an
    apostrophe before it, by which spreadsheets mark text; control characters but tabs and line ends go.
    """
    if not isinstance(value, str):
        return value
    text = _INNER.sub("'", _NOT_TEXT.sub("", value))
    return f"'{text}" if _FORMULA.match(text) else text
