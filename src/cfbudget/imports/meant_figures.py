"""Words in a line's own cell that were meant as a figure: what would be lost without a word."""

import re

from cfbudget.casting.table.grid import NO_FIGURE
from cfbudget.imports.printed_words import YEARS
from cfbudget.problem import Refusal

CORRECT = "correct it in the source, or leave its row out with --rows"

ERROR = re.compile(r"#[¡¿]?[^\W\d_][^\W\d_/0?]{0,20}(?:/[A0])?[!?]?|Err:\d{3}", re.IGNORECASE)
OVERFLOWING = re.compile(r"#{2,}")
"""What a spreadsheet shows, and prints, of a figure that its column is too narrow for."""
REFERENCE = re.compile(
    r"\b(?:notes?|see|pages?|pp?\.|appendix|annex|tables?|lines?|rows?|refs?\.?|paras?\.?"
    r"|sections?|schedules?|items?|minutes?|phases?|stages?|q(?:uarters?)?|years?|from|until"
    r"|by|in|since|ends?|ended|ending)\s*\(?[A-Z]{0,3}[\d./]+\)?",
    re.IGNORECASE,
)
"""A number that words point to, or a year that they name."""
REMARK = re.compile(r"(?<=[^\W\d_.])\s*\(?\d\)?$")
"""The number of a footnote behind a word."""
MEANT = re.compile(
    r"[(~<>-]*(?:£\d[\d,]*|\d{1,3}(?:,\d{3})+)(?:\.\d+)?\)?\s?[^\W\d_]{1,12}\.?", re.ASCII
)
"""An amount with letters behind it, which heads no column."""


def is_meant_above(text: str) -> bool:
    """Whether a text among the headings of a column was meant as a figure of its first line."""
    return bool(
        NO_FIGURE.fullmatch(text)
        or MEANT.fullmatch(text)
        or OVERFLOWING.fullmatch(text)
        or ERROR.fullmatch(text)
        or text.startswith("=")
    )


def why_no_figure(text: str) -> Refusal | None:
    """Why a text in the place of a line's figure cannot be passed over; None where it only says
    that there is no figure (n/a, tbc, see note 3)."""
    if text.startswith("="):
        save = "open the workbook in Excel or LibreOffice, and save it"
        return Refusal("it is a formula without a stored result", save)
    if OVERFLOWING.fullmatch(text):
        widen = "widen the column in the spreadsheet, and print it again"
        return Refusal("its column was too narrow to show the figure", widen)
    if ERROR.fullmatch(text):
        return Refusal("it is an error of a spreadsheet", CORRECT)
    rest = REMARK.sub("", REFERENCE.sub("", YEARS.sub("", text)))
    if any(character.isdecimal() for character in rest):
        return Refusal("it has digits, and is no figure", CORRECT)
    return None
