"""What holds for every printed table that is cast: tables are drawn with the truth beside them.

A table is asked to be found whole where its own figures say all of it: see `is_plain`. Which
errors can be revealed, and which not, stands in `printed_errors`.
"""

from collections.abc import Iterable
from decimal import Decimal
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Relation
from tests.casting.kit.changes import in_case, outcomes, with_columns, with_words
from tests.casting.kit.errors import plant
from tests.casting.kit.evidence import is_plain, tells_rounding
from tests.casting.kit.score import (
    flagged,
    named,
    place_of,
    score,
    signed_terms,
    suggested,
)
from tests.casting.kit.tables import Printed, printed_tables
from tests.casting.kit.trial import said, written

# The same tables every time: an inference is never certain, and a gate must be repeatable.
# `python -m tests.casting.kit.tables` goes on to thousands of others.
quick = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much],
)
plain_tables = printed_tables().filter(is_plain)
SEEDS = st.integers(0, 2**32)


def rows(table: Printed) -> list[list[str]]:
    return [list(row) for row in table.cells]


@settings(quick, max_examples=60)
@given(plain_tables)
def test_a_table_whose_figures_say_enough_is_found_whole(table: Printed) -> None:
    missed = score(table, cast(rows(table))).missed
    assert not missed, "\n".join(written(table, equation) for equation in missed)


@settings(quick, max_examples=60)
@given(printed_tables().filter(tells_rounding))
def test_nothing_differs_in_a_table_without_an_error(table: Printed) -> None:
    differing = score(table, cast(rows(table))).differing
    assert not differing, "\n".join(map(said, differing))


@settings(quick, max_examples=60)
@given(plain_tables, SEEDS)
def test_an_error_that_the_rest_reveals_is_flagged_and_named(table: Printed, seed: int) -> None:
    planted = plant(Random(seed), table)
    assume(planted is not None and planted.revealing)
    assert planted is not None
    found = cast(rows(planted.table))
    assert flagged(planted, found.relations)
    if planted.nameable:
        assert named(planted, found), found.suspects
        assert suggested(planted, found), (found.suspects, planted.was)


@quick
@given(plain_tables, st.randoms(use_true_random=False))
def test_the_order_of_columns_changes_only_the_names_of_cells(
    table: Printed, random: Random
) -> None:
    order = list(range(len(table.layout.columns)))
    random.shuffle(order)
    cells, names = with_columns(table, order)
    assert outcomes(cast(cells), names) == outcomes(cast(rows(table)))


@quick
@given(plain_tables, SEEDS, st.booleans())
def test_neither_case_nor_language_of_labels_changes_an_equation_or_outcome(
    table: Printed, seed: int, upper: bool
) -> None:
    before = outcomes(cast(rows(table)))
    assert outcomes(cast(in_case(table, upper=upper))) == before
    assert outcomes(cast(with_words(Random(seed), table))) == before


@quick
@given(printed_tables(), SEEDS)
def test_no_relation_is_contradicted_in_most_of_its_columns_or_rows(
    table: Printed, seed: int
) -> None:
    planted = plant(Random(seed), table)
    for drawn in (table, planted.table if planted else table):
        assert not contradicted(cast(rows(drawn)).relations)


@quick
@given(printed_tables(unrelated=True))
def test_unrelated_figures_are_not_said_to_differ(table: Printed) -> None:
    found = cast(rows(table)).relations
    # A lone column under the word for a total is taken to be one, at the lowest confidence.
    told = [one for one in found if one.confidence > Decimal("0.5")]
    assert not [said(one) for one in told if one.outcome == "differs"]
    if table.sizes.digits > 4 and table.sizes.nils < 10 and not table.sizes.alike:
        assert len(found) <= 1 + len(table.steps) // 30, "\n".join(map(said, found))


def contradicted(relations: Iterable[Relation]) -> list[str]:
    """The patterns of three equations or more of which half or more differ."""
    grouped: dict[str, list[bool]] = {}
    for one in relations:
        if one.outcome != "not checkable":
            grouped.setdefault(pattern_of(one), []).append(one.outcome == "differs")
    return [
        pattern
        for pattern, differing in grouped.items()
        if len(differing) > 2 and 2 * sum(differing) >= len(differing)
    ]


def pattern_of(relation: Relation) -> str:
    """The same for equations between the same rows, or between the same columns."""
    places = [place_of(cell) for cell in (relation.total, *(c for _, c in signed_terms(relation)))]
    signs = [sign for sign, _ in signed_terms(relation)]
    if relation.kind == "percentage":
        return f"share {places[0][1]} = {places[1][1]} / {places[2]}"
    if len({column for _, column in places}) == 1:
        return f"rows {[row for row, _ in places]} {signs}"
    if len({row for row, _ in places}) == 1:
        return f"columns {[column for _, column in places]} {signs}"
    return f"cells {places} {signs}"


def test_a_contradicted_pattern_would_be_seen() -> None:
    one = Relation(
        "sum", "B4", ("+B2", "+B3"), "", Decimal(3), Decimal(2), "differs", Decimal(1), None
    )
    agreeing = one._replace(total="C4", terms=("+C2", "+C3"), outcome="agrees")
    third = one._replace(total="D4", terms=("+D2", "+D3"))
    assert contradicted([one, agreeing, third]) == ["rows [3, 1, 2] [1, 1]"]
    assert not contradicted([one, agreeing, third._replace(outcome="rounding")])
