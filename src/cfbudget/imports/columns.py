"""What each column is: of figures the measure, year and unit; of words a name, a ref, an owner."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from cfbudget.imports.headings import headings_of, label_headings
from cfbudget.imports.printed_words import is_later, unit_in, years_in
from cfbudget.imports.source_tables import SourceTable
from cfbudget.money import Unit
from cfbudget.years import FinancialYear

WordRole = Literal[
    "name", "ref", "owner", "portfolio", "category", "kind", "status", "level", "note", "other"
]

OUT = re.compile(
    r"\b(?:variance|difference|movement|increase|decrease|outturn|actuals?|forecast|% )"
    r"|%|\bper ?cent|\bpercentage\b",
    re.IGNORECASE,
)
FTE = re.compile(r"\b(?:FTEs?|WTEs?|posts?|headcount|staffing)\b", re.IGNORECASE)
PATTERNS: tuple[tuple[WordRole, str], ...] = (
    ("ref", r"^(?:ref(?:erence)?\.?|ref no\.?|no\.?|id|code|number|line)$|\bref\b"),
    ("owner", r"\bowner\b|\blead\b|\bofficer\b|\bresponsible\b|^director$|\bhead of\b"),
    ("portfolio", r"\bportfolio\b|\bcabinet member\b"),
    ("kind", r"^(?:type|kind|nature)\b|\b(?:saving|budget change) type\b"),
    ("status", r"^status\b|\bnew or\b"),
    ("level", r"\bdirectorate\b|\bdepartment\b|\bdivision\b|\bservice(?: area)?s?\b|\bteam\b"),
    ("category", r"\bcategory\b|\btheme\b|\bworkstream\b|\bprogramme area\b"),
    ("note", r"^(?:notes?|comments?|narrative|detail|rationale)\b"),
    (
        "name",
        r"\bdescription\b|\bproposal\b|\btitle\b|\bscheme\b|\bproject\b|\boption\b"
        r"|\binitiative\b|\bname\b|\bsavings?\b|\breserve\b|\bitem\b",
    ),
)
WORD_ROLES = tuple((role, re.compile(words, re.IGNORECASE)) for role, words in PATTERNS)
"""What a heading over words says of them; the first that fits."""


class SourceColumn(NamedTuple):
    """A column of figures: its words from the top down, and what they say."""

    column: int
    words: tuple[str, ...]
    year: FinancialYear | None
    is_later: bool
    unit: Unit | None
    is_fte: bool
    out: str
    """Why it is none of the plan's, in a clause; empty where it may be."""

    @property
    def heading(self) -> str:
        return " ".join(dict.fromkeys(self.words))

    def says(self, words: re.Pattern[str]) -> bool:
        """Whether its own heading has the words."""
        return any(words.search(text) for text in self.words)

    def first_said(self, meanings: Iterable[tuple[str, re.Pattern[str]]]) -> str:
        """The meaning whose words stand lowest over the column; empty where none does."""
        listed = list(meanings)
        for text in reversed(self.words):
            for meaning, words in listed:
                if words.search(text):
                    return meaning
        return ""


def figure_columns(table: SourceTable) -> list[SourceColumn]:
    """The columns of figures from left to right."""
    return [_column(table, at, words) for at, words in headings_of(table).items()]


def _column(table: SourceTable, at: int, words: tuple[str, ...]) -> SourceColumn:
    found: tuple[FinancialYear, ...] = ()
    later = False
    for text in reversed(words):
        if is_later(text):
            later = True
            break
        if years := years_in(text):
            found = years
            break
    unit = next((unit for text in reversed(words) if (unit := unit_in(text))), None)
    fte = any(FTE.search(text) for text in words)
    return SourceColumn(
        at,
        words,
        found[0] if found else None,
        later,
        unit,
        fte,
        _left_out(table, at, words, is_fte=fte),
    )


def _left_out(table: SourceTable, at: int, words: tuple[str, ...], *, is_fte: bool) -> str:
    cells = [cell for (_, column), cell in table.grid.cells.items() if column == at]
    if cells and sum(cell.percent for cell in cells) * 2 > len(cells):
        return "a percentage"
    if at in table.grid.grades and not is_fte:
        return "a level, a rank or a code"
    for text in reversed(words):
        if found := OUT.search(text):
            return f"its heading says {found[0].strip().lower()!r}"
    return ""


def word_columns(table: SourceTable) -> dict[int, WordRole]:
    """What the columns of words are. One of them at least is that of names."""
    headings = label_headings(table)
    filled = {column: _filled(table, column) for column in headings}
    found: dict[int, WordRole] = {}
    for column, heading in headings.items():
        fits = (role for role, words in WORD_ROLES if heading and words.search(heading))
        found[column] = next(fits, "other")
    names = [column for column, role in found.items() if role == "name" and filled[column]]
    if not names:
        names = _likely_names(found, filled)
    for column in names[1:]:
        found[column] = "note"
    if names:
        found[names[0]] = "name"
    return found


def _likely_names(found: Mapping[int, WordRole], filled: Mapping[int, int]) -> list[int]:
    """The column of names where no heading says it: the last of nested levels, else the fullest."""
    levels = [column for column, role in found.items() if role == "level" and filled[column]]
    if levels:
        return levels[-1:]
    others = [column for column, role in found.items() if role == "other" and filled[column]]
    return sorted(others, key=lambda column: (-filled[column], column))[:1]


def _filled(table: SourceTable, column: int) -> int:
    """Beside how many rows of figures a column has words."""
    return sum(bool(table.text(row, column)) for row in table.grid.rows)
