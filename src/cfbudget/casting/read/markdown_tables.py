"""Markdown's tables: a row is a line of the file, and markup within a cell is taken off."""

import html
import re

from cfbudget.casting.read.printed_table import PrintedTable, TextRow, check_count, row_of

# Between the header and the rows: dashes, perhaps with colons for the alignment.
RULE = re.compile(r"\|?:?-+:?(?:\|:?-+:?)*\|?")
HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
LONGEST_NAME = 300  # characters
UNESCAPED = re.compile(r"(?<!\\)\|")

IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)")
LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
MARKS = (
    re.compile(r"`{1,3}([^`]+)`{1,3}"),
    re.compile(r"\*{1,3}(?!\s)([^*]+)(?<!\s)\*{1,3}"),
    re.compile(r"(?<!\w)_{1,3}(?!\s)([^_]+)(?<!\s)_{1,3}(?!\w)"),
    re.compile(r"~~([^~]+)~~"),
)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def is_rule(line: str) -> bool:
    """Whether a line is the one below a header: with a bar, as `---` alone may be anything."""
    return "|" in line and "-" in line and RULE.fullmatch("".join(line.split())) is not None


def read_markdown(lines: list[str]) -> list[PrintedTable]:
    """Every table of a file, each named by the nearest heading before it."""
    tables: list[PrintedTable] = []
    name, at = "", 0
    while at < len(lines):
        if HEADING.match(lines[at]):
            name = plain_text(lines[at][:LONGEST_NAME].strip("# \t"))
        end = _table_end(lines, at)
        if end > at:
            tables.append(PrintedTable(name, _rows(lines, at, end)))
            check_count(len(tables))
        at = max(end, at + 1)
    return tables


def _table_end(lines: list[str], at: int) -> int:
    """The line behind the table that begins here; `at` where none does.

    A table has a rule below its first line; one with bars at both ends may go without.
    """
    if "|" not in lines[at] or at + 1 == len(lines):
        return at
    ruled, end = is_rule(lines[at + 1]), at
    while end < len(lines) and "|" in lines[end] and (ruled or _fenced(lines[end])):
        end += 1
    return end if ruled or end > at + 1 else at


def _fenced(line: str) -> bool:
    written = line.strip()
    return len(written) > 2 and written.startswith("|") and written.endswith("|")


def _rows(lines: list[str], start: int, end: int) -> tuple[TextRow, ...]:
    """The lines from the file's first; those that are not of the table, and rules, are empty."""
    rows: list[TextRow] = [()] * start
    rows += [() if is_rule(line) else row_of(cells_of(line)) for line in lines[start:end]]
    return tuple(rows)


def cells_of(line: str) -> list[str]:
    """A line divided at its bars, without their escapes and without markup."""
    written = line.strip()
    cells = UNESCAPED.split(written)
    if not cells[0].strip() and len(cells) > 1:
        cells = cells[1:]
    if not cells[-1].strip() and len(cells) > 1:
        cells = cells[:-1]
    return [plain_text(cell.replace("\\|", "|")) for cell in cells]


def plain_text(text: str) -> str:
    """A text without inline markup. A lone star, as behind a footnote, stays."""
    text = BREAK.sub(" ", text)
    text = LINK.sub(r"\1", IMAGE.sub(r"\1", text))
    text = TAG.sub("", text)
    for mark in MARKS:
        text = mark.sub(r"\1", text)
    return html.unescape(ESCAPED.sub(r"\1", text)).strip()
