"""Tables of any plan, printed in any of the usual styles, come to that plan again."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.casting.read.printed_table import PrintedTable, row_of
from cfbudget.imports.answers import Asking
from cfbudget.imports.importing import TableKind, draft
from cfbudget.imports.known import Known
from cfbudget.imports.proof import Proof, prove
from cfbudget.imports.source_tables import source_tables

FEW = settings(max_examples=10, deadline=None)
SEEDS = st.integers(0, 10**6)
"""Figures come of a seed: equal or tiny ones, which shrinking would find, tell of no sum."""


class Style(NamedTuple):
    """How figures are printed."""

    brackets: bool
    commas: bool
    title: bool
    blank: bool
    """Whether a blank column stands before the table."""

    def text(self, amount: int) -> str:
        if not amount:
            return "-"
        size = f"{abs(amount):,}" if self.commas else str(abs(amount))
        return size if amount > 0 else f"({size})" if self.brackets else f"-{size}"

    def table(self, rows: Sequence[Sequence[str]]) -> PrintedTable:
        titles: list[list[str]] = [["A title of 2024-25"], []] if self.title else []
        moved = [["", *row] if self.blank else list(row) for row in [*titles, *rows]]
        return PrintedTable("", tuple(row_of(row) for row in moved))


STYLES = st.builds(Style, st.booleans(), st.booleans(), st.booleans(), st.booleans())


def _gross_and_share(drawn: Random) -> tuple[int, int]:
    """A gross, and how much of it is income, per cent."""
    return drawn.randint(10**5, 10**7), drawn.randint(0, 95)


def _change(drawn: Random) -> int:
    """A change, or nil in one of three."""
    return drawn.choice((0, 1, -1)) * drawn.randint(1_000, 10**6)


def proved(table: PrintedTable, kind: TableKind, given_: dict[tuple[str, str], str]) -> Proof:
    (found,) = source_tables([table], exact=None)
    asking = Asking(given_)
    made = draft(found, kind, asking, Known({}), "table.csv")
    assert not asking.open, [question.typed for question in asking.open.values()]
    assert not made.reading.troubles
    proof = prove(made.reading, made.files, {}, "", "table.csv")
    assert proof.holds, (proof.problems, proof.apart)
    # Every figure of the source is accounted for, each once.
    assert set(proof.fates) == {*found.grid.cells, *found.grid.unreadable}
    return proof


@FEW
@given(st.lists(st.integers(2, 4), min_size=2, max_size=4), SEEDS, STYLES)
def test_budgets_of_directorates(sizes: list[int], seed: int, style: Style) -> None:
    drawn = Random(seed)
    groups = [
        [(drawn.randint(10**5, 10**7), drawn.randint(0, 95)) for _ in range(n)] for n in sizes
    ]
    rows = [["Service", "Gross 2024-25 £000", "Income 2024-25 £000", "Net 2024-25 £000"]]
    whole = [0, 0]
    for number, services in enumerate(groups):
        rows.append([f"Directorate {'ABCD'[number]}"])
        sums = [0, 0]
        for at, (gross, share) in enumerate(services):
            income = -(gross * share // 100)
            figures = (gross, income, gross + income)
            rows.append([f"Service {number} {at}", *map(style.text, figures)])
            sums = [sums[0] + gross, sums[1] + income]
        rows.append([f"Total Directorate {'ABCD'[number]}", *map(style.text, (*sums, sum(sums)))])
        whole = [whole[0] + sums[0], whole[1] + sums[1]]
    rows.append(["Total", *map(style.text, (*whole, sum(whole)))])
    proof = proved(style.table(rows), "revenue", {("contains", ""): "none"})
    assert [fate.why for fate in proof.fates.values() if fate.name == "left out"] == []
    read = {(one.of, one.when): one.read for one in proof.sums()}
    assert read["gross", "2024-25"] == whole[0] * 100_000
    assert read.get(("income", "2024-25"), 0) == whole[1] * 100_000
    assert proof.differing == ()


@FEW
@given(st.lists(st.integers(1, 4), min_size=2, max_size=4), SEEDS, STYLES)
def test_options_of_services(sizes: list[int], seed: int, style: Style) -> None:
    drawn = Random(seed)
    groups = [[[_change(drawn) for _ in range(3)] for _ in range(n)] for n in sizes]
    rows = [["Options", "2024-25 £000", "2025-26 £000", "2026-27 £000", "Total £000"]]
    whole = [0, 0, 0]
    for number, lines in enumerate(groups):
        rows += [[f"Area {'ABCD'[number]}"], ["New Savings"]]
        for at, changes in enumerate(lines):
            rows.append([f"Line {number} {at}", *map(style.text, (*changes, sum(changes)))])
        sums = [sum(column) for column in zip(*lines, strict=True)]
        rows.append([f"Total Area {'ABCD'[number]}", *map(style.text, (*sums, sum(sums)))])
        whole = [one + other for one, other in zip(whole, sums, strict=True)]
    rows.append(["Total", *map(style.text, (*whole, sum(whole)))])
    answers = {("basis", ""): "change", ("income", ""): "minus"}
    proof = proved(style.table(rows), "options", answers)
    read = {(one.of, one.when): one.read for one in proof.sums()}
    for year, amount in zip(("2024-25", "2025-26", "2026-27"), whole, strict=True):
        assert read.get(("changes", year), 0) == amount * 100_000
    assert proof.differing == ()
