"""What holds for every printed table that is cast: tables are drawn with the truth beside them.

A table is asked to be found whole where its own figures say all of it: see `is_plain`. Which
errors can be revealed, and which not, stands in `printed_errors`.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import count, islice
from random import Random

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
from tests.casting.kit.tables import Printed, printed_table
from tests.casting.kit.trial import said, written

FEWEST, SPREAD = 2, 13
"""Tables have at most this many lines: as many as FEWEST, and up to SPREAD − 1 more."""


def drawn(
    many: int, holds: Callable[[Printed], bool] | None = None, *, unrelated: bool = False
) -> Iterator[tuple[Random, Printed]]:
    """The first tables of the seeds 0, 1, 2 … for which something holds, each with its chances.

    The same every time, whatever library is installed: an inference is never certain, and a gate
    must be repeatable. `python -m tests.casting.kit.tables` goes on to thousands of others.
    """
    made = (
        (
            Random(f"chances of {seed}"),
            printed_table(Random(seed), lines=FEWEST + seed % SPREAD, unrelated=unrelated),
        )
        for seed in count()
    )
    return islice((each for each in made if holds is None or holds(each[1])), many)


def rows(table: Printed) -> list[list[str]]:
    return [list(row) for row in table.cells]


def test_a_table_whose_figures_say_enough_is_found_whole() -> None:
    for _, table in drawn(60, is_plain):
        missed = score(table, cast(rows(table))).missed
        assert not missed, "\n".join(written(table, equation) for equation in missed)


def test_nothing_differs_in_a_table_without_an_error() -> None:
    for _, table in drawn(60, tells_rounding):
        differing = score(table, cast(rows(table))).differing
        assert not differing, "\n".join(map(said, differing))


def test_an_error_that_the_rest_reveals_is_flagged_and_named() -> None:
    revealed = 0
    for random, table in drawn(90, is_plain):
        planted = plant(random, table)
        if planted is None or not planted.revealing:
            continue
        revealed += 1
        found = cast(rows(planted.table))
        assert flagged(planted, found.relations)
        if planted.nameable:
            assert named(planted, found), found.suspects
            assert suggested(planted, found), (found.suspects, planted.was)
    assert revealed > 45


def test_the_order_of_columns_changes_only_the_names_of_cells() -> None:
    for random, table in drawn(40, is_plain):
        order = list(range(len(table.layout.columns)))
        random.shuffle(order)
        cells, names = with_columns(table, order)
        assert outcomes(cast(cells), names) == outcomes(cast(rows(table)))


def test_neither_case_nor_language_of_labels_changes_an_equation_or_outcome() -> None:
    for random, table in drawn(40, is_plain):
        before = outcomes(cast(rows(table)))
        assert outcomes(cast(in_case(table, upper=random.random() < 0.5))) == before
        assert outcomes(cast(with_words(random, table))) == before


def test_no_relation_is_contradicted_in_most_of_its_columns_or_rows() -> None:
    for random, table in drawn(40):
        planted = plant(random, table)
        for each in (table, planted.table if planted else table):
            assert not contradicted(cast(rows(each)).relations)


def test_unrelated_figures_are_not_said_to_differ() -> None:
    for _, table in drawn(40, unrelated=True):
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
