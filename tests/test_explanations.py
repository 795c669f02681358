"""Where a figure comes from: its parts add up to it, at every level, in every table of any plan."""

import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings

from cfbudget.calculate.amounts import Key
from cfbudget.explanations.explained_plan import ExplainedPlan
from cfbudget.explanations.explanation import Explanation, SignedPart
from cfbudget.explanations.signed_cells import signed_cells
from cfbudget.loaded import load_folder
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.workbook.book.book import Formula, amount
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import NIL, Between, Expression, Fixed, Minus, Rounded, Sum
from tests.kit.plans_awkward import AWKWARD, Printed, printed_plans
from tests.kit.support import ROOT, plan_of
from tests.kit.workbooks import book_of, shipped_texts

EXAMPLES = ("data", "examples/ring-fenced", "examples/gateshead-2023", "examples/west-norfolk-2024")


def explained(folder: str) -> ExplainedPlan:
    plan = load_folder(str(ROOT / folder)).plan
    assert plan is not None
    return ExplainedPlan(plan)


def unexplained(plan: ExplainedPlan) -> Iterator[Explanation]:
    """Figures that their parts do not come to, or that are made of nothing and given by no file."""
    for one in plan.explanations():
        if one.parts:
            if sum(part.pence for part in one.parts) != one.figure.pence:
                yield one
        elif one.figure.pence and not one.figure.is_input and not one.working:
            yield one


def leaves(plan: ExplainedPlan, of: Explanation, sign: int = 1) -> Iterator[int]:
    """The amounts at the ends of a figure's tree, each with the sign that it has in the figure."""
    if not of.parts:
        yield sign * of.figure.pence
    for part in of.parts:
        yield from leaves(plan, plan.explanation(part.figure), sign * part.sign)


def assert_explained(plan: ExplainedPlan) -> None:
    assert [one.figure.title for one in unexplained(plan)] == []
    for one in plan.explanations():
        assert sum(leaves(plan, one)) == one.figure.pence
    # Whatever the tables show is explained.
    shown = {
        (t.name, key): cell.pence for t in plan_tables(plan.plan) for key, cell in t.cells.items()
    }
    found = {(f.id.table, f.id.key): f.pence for f in plan.figures.values()}
    assert found.items() >= shown.items()


@pytest.mark.parametrize("folder", EXAMPLES)
def test_the_parts_of_every_figure_add_up_to_it(folder: str) -> None:
    assert_explained(explained(folder))


@pytest.mark.parametrize("name", AWKWARD)
def test_so_do_those_of_awkward_plans(name: str) -> None:
    assert_explained(ExplainedPlan(plan_of(AWKWARD[name])))


@settings(max_examples=30, deadline=None)
@given(printed_plans())
def test_so_do_those_of_any_plan(plan: Printed) -> None:
    assert_explained(ExplainedPlan(plan_of(plan.texts)))


@pytest.mark.parametrize("texts", AWKWARD.values(), ids=AWKWARD)
def test_every_printed_figure_is_told_beside_its_own(texts: dict[str, str]) -> None:
    plan = ExplainedPlan(plan_of(texts))
    told = [one for figure in plan.figures.values() for one in figure.printed]
    for one in plan.compared:
        # What pays for spending is held to the spending, which no file prints as a total.
        assert one in told or one.parts or one.computed is None
    for figure in plan.figures.values():
        assert all(one.computed == figure.pence for one in figure.printed)


def worth(formula: str) -> Fraction:
    """What the figures of a formula come to, worked out from its words alone."""
    words = formula.rpartition(": ")[2].replace("£", "").replace(",", "")
    words = re.sub(r"\((?=[\d.]+%?\))", "(-", words)  # an amount in brackets is minus
    words = re.sub(r"[\d.]+%?", lambda one: f"one('{one[0]}')", words)
    words = words.replace("×", "*").replace("÷", "/").replace("−", "-")

    def one(text: str) -> Fraction:
        return Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)

    found = eval(words, {"one": one})
    assert isinstance(found, Fraction)
    return found


def expected(made: Explanation) -> Fraction:
    """What its formula says that a figure is, as its cell holds it."""
    value, measure = worth(made.formula), made.figure.id.key.measure
    if measure == "amount":  # of a council tax: pounds, as funding
        return -value * 100
    if measure == "band_d":  # from an amount in its table's unit
        return -value * made.working[0].unit.pence
    return value * made.figure.unit.pence * (100 if measure == "rise" else 1)


@pytest.mark.parametrize("name", ["examples", "assumptions", "whole council"])
def test_a_formula_comes_to_its_figure(name: str) -> None:
    plan = ExplainedPlan(plan_of(AWKWARD[name])) if name in AWKWARD else explained(EXAMPLES[1])
    worked = [one for one in plan.explanations() if one.formula]
    assert worked
    for one in worked:
        # A rise is held to six places of one per cent, all else to the penny.
        finest = 10**12 if one.figure.id.key.measure == "rise" else 1
        assert abs(expected(one) - one.figure.pence) * 2 <= finest, one.formula
        assert one.working


def test_every_printed_figure_of_a_published_plan_names_its_document() -> None:
    printed = [figure for figure in explained("data").figures.values() if figure.printed]
    assert {"total", "education"} < {figure.id.key.row for figure in printed if not figure.place}
    sections = {figure.id.table: set[str]() for figure in printed}
    for figure in printed:
        sections[figure.id.table].add(figure.source.rpartition(": ")[2])
    assert sections == {
        "revenue": {"Revenue Budgets"},
        "capital": {"Capital Budgets"},
        "options": {"Planned Revenue Budget Changes (Policy Options)"},
    }


def test_parts_that_do_not_add_up_are_seen() -> None:
    plan = explained("data")
    key = Key("education", "net_budget", plan.plan.years[2])
    figure = plan.figure("position", key)
    assert figure is not None
    whole = plan.explanation(figure)
    wrong = whole._replace(parts=tuple(SignedPart(-1, part.figure) for part in whole.parts))

    class Wrong(ExplainedPlan):
        def explanations(self) -> Iterator[Explanation]:
            return iter([wrong, whole._replace(parts=())])

    assert len(list(unexplained(Wrong(plan.plan)))) == 2


@pytest.mark.parametrize("texts", [shipped_texts(), AWKWARD["whole council"]])
def test_a_figure_stands_in_the_cell_of_the_exported_workbook(texts: dict[str, str]) -> None:
    book, plan = book_of(texts), ExplainedPlan(plan_of(texts))
    cells = {at.text(""): book.cell(at) for at in book.places.values()}
    assert plan.figures
    for figure in plan.figures.values():
        there = cells[figure.cell]
        assert there is not None
        value = there.content.result if isinstance(there.content, Formula) else there.content
        assert figure.is_unknown or value == amount(figure.pence, figure.unit)


@pytest.mark.parametrize(
    ("expression", "cells"),
    [
        (At("A", 1, 1), [1]),
        (Fixed(At("A", 1, 1)), [1]),
        (NIL, []),
        (Sum((At("A", 1, 1), At("A", 2, 1))), [1, 2]),
        (Minus(Sum((At("A", 1, 1),))), [-1]),
        (Between(At("A", 1, 1), "-", Sum((At("A", 2, 1), At("A", 3, 1)))), [1, -2, -3]),
        (Between(At("A", 1, 1), "-", Between(At("A", 2, 1), "-", At("A", 3, 1))), [1, -2, 3]),
        (Between(At("A", 1, 1), "*", Fixed(At("A", 9, 9))), [1]),
        (Between(At("A", 1, 1), "*", At("A", 2, 1)), None),
        (Rounded(At("A", 1, 1), 2), None),
        (Between(At("A", 1, 1), "-", Rounded(At("A", 2, 1), 2)), None),
    ],
)
def test_what_a_formula_adds_up(expression: Expression, cells: list[int] | None) -> None:
    """Each cell by its row, with its sign."""
    found = signed_cells(expression)
    assert (None if found is None else [one.sign * one.at.row for one in found]) == cells


WORDS = {
    ("data", "position net_budget education 2026-27"): (
        "Education: the net budget of 2026-27 is £26.261m, £2.489m more than in 2025-26."
    ),
    ("data", "position change early-help-and-prevention 2025-26"): (
        "Early Help and Prevention: £64,000 less net spending in 2025-26 than the year before."
    ),
    ("data", "options total education"): (
        "Total Net Savings Education and Inclusion (plus is more spending): £9.305m more net "
        "spending by 2027-28 than before the plan."
    ),
    ("data", "capital total total"): (
        "Children and Young People, all capital schemes: £91.594m in the programme and under "
        "development together."
    ),
    ("examples/ring-fenced", "gap gap total 2025-26"): (
        "Gap after reserves: a shortfall of £23,136 in 2025-26."
    ),
    ("examples/ring-fenced", "gap gap_before_reserves total 2024-25"): (
        "Gap before reserves: funding is £375 more than is needed in 2024-25."
    ),
    ("examples/ring-fenced", "gap annual_gap total 2024-25"): (
        "Annual gap: funding is £375 more than is needed in 2024-25: no gap of a year before it "
        "is taken off."
    ),
    ("examples/ring-fenced", "gap annual_gap total 2025-26"): (
        "Annual gap: the gap of 2025-26 is £23,511 more than the year before."
    ),
    ("examples/ring-fenced", "funding rise council-tax 2025-26"): (
        "Council tax, rise in Band D: 2.99% more in 2025-26 than the year before."
    ),
    ("examples/ring-fenced", "reserves draw working-balance 2025-26"): (
        "General fund working balance: £250,000 is drawn in 2025-26."
    ),
    ("examples/ring-fenced", "revenue net total/hra 2024-25"): (
        "Total Housing Revenue Account: the net budget of 2024-25 is minus £400,000: more income "
        "than spending."
    ),
}


@pytest.mark.parametrize(("folder", "pasted"), WORDS)
def test_a_figure_in_words(folder: str, pasted: str) -> None:
    plan = explained(folder)
    figure = next(one for one in plan.figures.values() if one.id.pasted == pasted)
    assert plan.explanation(figure).words == WORDS[folder, pasted]
