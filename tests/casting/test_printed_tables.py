"""The tables that casting is tried on say the truth, by arithmetic that casting has no part in."""

from decimal import Decimal
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cfbudget.casting.results import Casting, Relation, RelationOutcome, Suspect
from tests.casting.kit.changes import outcomes, with_columns, with_words
from tests.casting.kit.equations import Equals, cell_name, form_of, unfound
from tests.casting.kit.errors import Planted, plant
from tests.casting.kit.evidence import allowance, residual
from tests.casting.kit.score import always_holds, flagged, named, place_of, score, suggested
from tests.casting.kit.tables import Printed, printed_table, printed_tables

quick = settings(max_examples=60, deadline=None)


def told(table: Printed) -> Casting:
    """What casting would say if it knew the truth."""
    return Casting(
        tuple(_relation(table, number) for number in range(len(table.truth))), (), (), False, ()
    )


def _relation(table: Printed, number: int) -> Relation:
    equation = table.truth[number]
    off = residual(table, equation)
    outcome: RelationOutcome = "agrees" if not off else "rounding"
    if abs(off) > allowance(table, equation):
        outcome = "differs"
    return Relation(
        equation.kind,
        cell_name(equation.total),
        tuple(f"{'+' if sign > 0 else '-'}{cell_name(place)}" for sign, place in equation.terms),
        "",
        table.amount(equation.total),
        None,
        outcome,
        Decimal(1),
        None,
    )


@settings(max_examples=150, deadline=None)
@given(printed_tables())
def test_what_a_table_says_of_itself_holds(table: Printed) -> None:
    for equation in table.truth:
        off = residual(table, equation)
        assert abs(off) <= allowance(table, equation)
        if equation.kind == "sum" and not table.sizes.rounded:
            assert not off


@quick
@given(printed_tables())
def test_every_figure_stands_where_the_truth_says(table: Printed) -> None:
    """Read back by digits alone."""
    for (row, column), steps in table.steps.items():
        digits = "".join(character for character in table.cells[row][column] if character.isdigit())
        if not table.style.trimmed:
            assert int(digits or "0") == abs(steps)
    assert len({len(row) for row in table.cells}) == 1


@quick
@given(printed_tables())
def test_the_truth_scores_full_and_nothing_scores_nothing(table: Printed) -> None:
    result = score(table, told(table))
    assert result == ((), (), (), ())
    result = score(table, Casting((), (), (), False, ()))
    assert set(result.missed) == set(table.truth)


@quick
@given(printed_tables())
def test_the_truth_holds_whatever_the_figures(table: Printed) -> None:
    full = told(table).relations[:6]
    assert all(always_holds(table, relation) for relation in full)
    wrong = [one._replace(terms=one.terms[1:]) for one in full if one.kind == "sum"]
    assert not any(always_holds(table, relation) for relation in wrong)


@quick
@given(printed_tables(), st.integers(0, 2**32))
def test_a_planted_error_breaks_what_it_is_said_to(table: Printed, seed: int) -> None:
    planted = plant(Random(seed), table)
    assume(planted and planted.breaks)
    assert isinstance(planted, Planted)
    row, column = planted.place
    assert planted.table.cells[row][column] != table.cells[row][column]
    changed = [
        (at, n)
        for at, cells in enumerate(table.cells)
        for n, text in enumerate(cells)
        if planted.table.cells[at][n] != text
    ]
    assert changed == [planted.place]
    casting = told(planted.table)
    assert flagged(planted, casting.relations)
    assert not named(planted, casting)
    suspect = Suspect(cell_name(planted.place), "", planted.was, "")
    assert named(planted, casting._replace(suspects=(suspect,)))
    if planted.revealing:
        assert suggested(planted, casting._replace(suspects=(suspect,)))


@quick
@given(printed_tables(), st.randoms(use_true_random=False))
def test_moving_columns_and_back_changes_nothing(table: Printed, random: Random) -> None:
    order = list(range(len(table.layout.columns)))
    random.shuffle(order)
    cells, names = with_columns(table, order)
    assert sorted(names) == sorted(names.values())
    back = {was: now for now, was in names.items()}
    moved = told(table)._replace(
        relations=tuple(
            one._replace(
                total=back[one.total],
                terms=tuple(f"{term[0]}{back[term[1:]]}" for term in one.terms),
            )
            for one in told(table).relations
        )
    )
    assert outcomes(moved, names) == outcomes(told(table))
    for now, was in names.items():
        (row, column), (_, before) = place_of(now), place_of(was)
        assert cells[row][column] == table.cells[row][before]


def test_words_are_changed_and_figures_and_units_are_not() -> None:
    table = printed_table(Random("words 3"), lines=4)
    changed = with_words(Random(1), table)
    for row, cells in enumerate(table.cells):
        for column, text in enumerate(cells):
            if row >= table.head and column:
                assert changed[row][column] == text
            else:
                kept = [character for character in text if not character.isalpha()]
                assert [c for c in changed[row][column] if not c.isalpha()] == kept


def test_equations_are_the_same_however_they_are_written() -> None:
    nil = frozenset({"B9"})
    one = form_of("sum", "B5", [(1, "B3"), (1, "B4"), (1, "B9")], nil)
    assert one == form_of("sum", "B4", [(1, "B5"), (-1, "B3")], nil)
    assert one != form_of("sum", "B4", [(1, "B5"), (1, "B3")], nil)
    assert form_of("percentage", "C3", [(1, "B3"), (1, "B5")], nil) != form_of(
        "percentage", "C5", [(1, "B3"), (1, "B3")], nil
    )


def test_a_total_of_one_line_stands_for_that_line() -> None:
    twice = form_of("sum", "B3", [(1, "B2")], frozenset())
    by_total = form_of("sum", "B5", [(1, "B3"), (1, "B4")], frozenset())
    by_line = form_of("sum", "B5", [(1, "B2"), (1, "B4")], frozenset())
    assert unfound([twice, by_total], [twice, by_line]) == []
    assert unfound([twice, by_total], [by_line]) == [twice]
    assert unfound([by_total], [by_line]) == [by_total]
    assert Equals([form_of("sum", "C2", [(-1, "B2")], frozenset())]).root("B2") in (
        ("C2", -1),
        ("B2", 1),
    )
