"""`cfbudget.cast`: rows of texts and exact numbers."""

from decimal import Decimal

import pytest

import cfbudget
from cfbudget.casting.public import Given

ROWS: list[list[Given]] = [
    ["Service", "Gross", "Income", "Net"],
    ["Care", 1204, "(200)", Decimal("1004")],
    ["Parks", "2,318", -117, 2210],
    ["Total", 3522, Decimal("-3.17E2"), "3,205"],
    [None, None],
]


def test_texts_and_numbers_are_cast_alike() -> None:
    found = cfbudget.cast(ROWS)
    texts = [["" if cell is None else f"{cell}" for cell in row] for row in ROWS]
    texts[3][2] = "-317"
    assert found == cfbudget.cast(texts)
    assert isinstance(found, cfbudget.Casting)
    assert all(isinstance(relation, cfbudget.Relation) for relation in found.relations)
    (suspect,) = found.suspects
    assert isinstance(suspect, cfbudget.Suspect)
    assert (suspect.cell, suspect.suggested) == ("D3", Decimal(2201))


@pytest.mark.parametrize("cell", [1.5, True, object()])
def test_what_is_not_printed_with_certain_places_is_refused(cell: object) -> None:
    with pytest.raises(TypeError, match=r"row 1 .*give the text as printed, an int or a Decimal"):
        cfbudget.cast([["Care", cell]])  # type: ignore[list-item]


def test_a_decimal_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2 holds"):
        cfbudget.cast([["Care", 1], ["Parks", Decimal("NaN")]])


def test_a_row_is_not_one_text() -> None:
    with pytest.raises(TypeError, match="row 1 is one text"):
        cfbudget.cast(["Care,1204"])


def test_no_rows() -> None:
    assert cfbudget.cast([]).relations == ()
