"""The lines that claim to be totals: by a word, by no label, by a line drawn, or by their place.

A word for a total says so. `Net`, `requirement` and the like tell of a result, and so does the
place of a line below others that no sum has, if a sum further down adds it, or if it is the last.
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from cfbudget.casting.proof.open_lines import RowSums
from cfbudget.casting.proof.sum_lines import SumLines
from cfbudget.casting.search.page_ends import page_ends
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import (
    SAYS_TOTAL,
    TOTAL_WORDS,
    WORD,
    row_hints,
    row_label,
    words_of,
)

ClaimStrength = Literal["said", "telling", "placed", "skipped", "made", "resulting"]
"""`made` and `resulting`: a word says so or tells of it, and a sum makes it, it may be of lines on
the other side. `skipped`: a sum has the lines around it, and not it."""

TELLING = frozenset(["net", "gross", "requirement", "closing", "netto", "saldo"])
TELLING_FIRST = frozenset(["balance", "balances", "surplus", "deficit"])
"""These tell of a result at the head of a label: a collection fund's surplus is a line."""
CHANGES = frozenset(["increase", "decrease", "reduction", "growth"])
"""A net increase is as often a line as a total."""
NO_TOTAL = re.compile(
    r"\b(?:of|to|in) (?:the |all )?total\b|%|\bper ?cent|\bshare\b|\baverage\b|\bratio\b|\brate\b",
    re.IGNORECASE,
)
"""A share of a total is none."""
MUST_BE_NIL = re.compile(
    r"\b(?:must|should|ought to|has to) (?:be|equal|(?:come|sum|add|add up|balance) to)"
    r" (?:£ ?)?(?:nil|zero|0)\b",
    re.IGNORECASE,
)
"""A row of nils with such a label is a total, if one that prints nothing."""
CARRIED = "it is carried forward to the next page"


class ClaimedTotal(NamedTuple):
    """A line that claims to be a total, how surely, and why, in a clause."""

    line: int
    strength: ClaimStrength
    why: str


def _is_claim(lines: SumLines, line: int, label: str, sums: RowSums) -> bool:
    """Whether a word for a total is one for this line: not a share's, nor one of nothing."""
    return (
        any(lines.side.values[line])
        and not NO_TOTAL.search(label)
        and (bool(label) or not sums.above)
    )


def _why(grid: PrintedGrid, row: int, label: str) -> str:
    """Why a line that its label, or a line drawn beside it, says to be a total is one."""
    if words_of(label) & TOTAL_WORDS:
        return "its label says so"
    if row in grid.ruled:
        return "a line is drawn to mark it"
    return "its label says so" if label else "it has no label, as totals have none"


def _must_be_nil(lines: SumLines, line: int, label: str) -> bool:
    """Whether a row prints nils and nothing else, and says that this is what it must do."""
    stated = [value for value in lines.side.values[line] if value is not None]
    return bool(stated) and not any(stated) and MUST_BE_NIL.search(label) is not None


def tells_result(label: str) -> bool:
    """Whether a label has a word for a result."""
    words = words_of(label)
    first = WORD.search(label)
    at_head = first is not None and first[0].casefold() in TELLING_FIRST
    return bool(at_head or words & TELLING) and not words & CHANGES


def claimed_totals(
    grid: PrintedGrid, lines: SumLines, sums: RowSums, doubtful: Mapping[int, str]
) -> dict[int, ClaimedTotal]:
    """The lines that claim to be totals, by their index.

    Args:
        doubtful: lines that are sums only in a way that no table means, and which.
    """
    hints = dict(zip(grid.rows, row_hints(grid), strict=True))
    carried = {page.carried for page in page_ends(grid)}
    found: dict[int, ClaimedTotal] = {}
    for line in range(len(lines.side.lines)):
        row = lines.row(line)
        label = row_label(grid, row)
        if line in doubtful:
            found[line] = ClaimedTotal(line, "said", doubtful[line])
        elif row in carried and any(lines.side.values[line]):
            found[line] = ClaimedTotal(line, "made" if line in sums.terms else "said", CARRIED)
        elif line not in sums.terms and _must_be_nil(lines, line, label):
            found[line] = ClaimedTotal(line, "said", "its label says that it must be nil")
        elif hints[row] >= SAYS_TOTAL and _is_claim(lines, line, label, sums):
            why = _why(grid, row, label)
            made = line in sums.terms and (bool(label) or min(sums.terms[line]) < line)
            found[line] = ClaimedTotal(line, "made" if made else "said", why)
        elif line in sums.terms and not sums.above and tells_result(label):
            why = "its label says that it is a result"
            found[line] = ClaimedTotal(line, "resulting", why)
        elif line not in sums.terms and line not in sums.again and not sums.above:
            # of totals above their lines none but a word is sure
            found |= _less_sure(grid, lines, line, label, sums)
    return found


def _is_headed(grid: PrintedGrid, row: int) -> bool:
    """Whether a heading stands right above a row: then no line before it is one of its lines."""
    above = any(grid.text(row - 1, column) for column in grid.labels) if row else False
    return above and row - 1 >= grid.heads and row - 1 not in grid.rows


def _less_sure(
    grid: PrintedGrid, lines: SumLines, line: int, label: str, sums: RowSums
) -> dict[int, ClaimedTotal]:
    """The claim of a line that no word for a total makes one."""
    if not any(lines.side.values[line]):
        return {}
    if any(total < line == max(sums.terms[total]) for total in sums.totals.get(line, ())):
        return {}  # what is left of that one
    if tells_result(label):
        return {line: ClaimedTotal(line, "telling", "its label says that it is a result")}
    if _is_headed(grid, lines.row(line)):
        return {}
    if any(len(sums.terms[total]) > 1 for total in sums.totals.get(line, ())):
        why = "a sum adds it, and none has the lines before it"
        return {line: ClaimedTotal(line, "placed", why)}
    if line == len(lines.side.lines) - 1:
        return {line: ClaimedTotal(line, "placed", "it stands last")}
    if any(max(sums.terms[total]) > line for total in sums.totals.get(line - 1, ())):
        why = "a sum has the lines around it, and not it"
        return {line: ClaimedTotal(line, "skipped", why)}
    return {}
