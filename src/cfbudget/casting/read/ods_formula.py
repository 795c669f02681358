"""A formula of an OpenDocument spreadsheet as Excel writes it."""

import re

TOKEN = re.compile(r'"[^"]*"|\[(?P<cells>[^\]]*)\]|(?P<next>;)')


def formula_of(written: str) -> str | None:
    """`of:=SUM([.B2:.B4];2)` as `=SUM(B2:B4,2)`; None where there is none."""
    _, sign, rest = written.partition("=")
    return f"={TOKEN.sub(_token, rest)}" if sign else None


def _token(match: re.Match[str]) -> str:
    if match["cells"] is not None:
        return ":".join(_cell(part) for part in match["cells"].split(":"))
    return "," if match["next"] else match[0]


def _cell(written: str) -> str:
    sheet, _, cell = written.rpartition(".")
    return f"{sheet.removeprefix('$')}!{cell}" if sheet else cell
