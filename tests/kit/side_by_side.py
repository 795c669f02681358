"""Scenarios side by side, as tests lay them out, and their workbook."""

from collections.abc import Sequence

from cfbudget.checks.report import check
from cfbudget.plan.plan import Plan
from cfbudget.tables.alternatives import Alternatives, Candidate, alternatives
from cfbudget.workbook.book.book import Book
from cfbudget.workbook.book.proof import prove
from cfbudget.workbook.sheets.about import Origin
from cfbudget.workbook.sheets.plan_book import build
from tests.kit.scenarios import Change, applied
from tests.kit.support import plan_of
from tests.kit.whole_council import council
from tests.kit.workbooks import shipped_texts

TRAVEL: Change = {"set": "personal-travel-budgets", "to": {"2024-25": -400}}
HALF: Change = {"deliver": "education/saving", "share": "50%", "from": "2025-26"}
LATER: Change = {"reprofile": "school-basic-need", "from": "2024-25", "to": "2025-26", "amount": 2}
THREE: list[Sequence[Change]] = [[TRAVEL], [HALF], [TRAVEL, LATER]]
"""Of the shipped plan."""
GAPS: list[Sequence[Change]] = [
    [{"set": "general", "measure": "draw", "to": {"2026-27": 2}}],
    [{"set": "council-tax", "measure": "rise", "year": "2025-26", "to": "2.99%"}],
    [{"set": "fees", "to": {"2025-26": -5}}],
]
"""Of the small council with funding and a reserve."""


def laid_out(plan: Plan, each: Sequence[Sequence[Change]]) -> Alternatives:
    """Scenarios of a plan side by side, called A, B, C ..."""
    return alternatives(
        [
            Candidate(applied(plan, *changes, allow_conflicts=True), f"{title}.yaml", title)
            for title, changes in zip("ABCDEFGHIJKLMN", each, strict=False)
        ]
    )


def book_of(plan: Plan, each: Sequence[Sequence[Change]]) -> Book:
    """The workbook of scenarios side by side, proved."""
    book = build(plan, check(plan), Origin("0.0.0", {}), laid_out(plan, each))
    prove(book)
    return book


def shipped(each: Sequence[Sequence[Change]] = THREE) -> Book:
    """That of scenarios of the shipped plan."""
    return book_of(plan_of(dict(shipped_texts())), each)


def of_council() -> Book:
    """That of scenarios of a council with a gap."""
    return book_of(council(), GAPS)
