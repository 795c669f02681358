"""The records of many plans as a part of a page: in a workbook they stand beside the totals."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from cfbudget.layout.grid import CellContent, Grid, GridRow, ShownFigure
from cfbudget.layout.page import Block, Sentences, Title
from cfbudget.layout.units import COUNT, PER_CENT, TAX_BASE
from cfbudget.many.partitions import FIELDS
from cfbudget.money import FTE, UNITS, Unit

MOST = 20_000
"""So many records a workbook takes in a few seconds."""
ANY_UNIT: Mapping[str, Unit] = {**UNITS, **{u.name: u for u in (FTE, COUNT, TAX_BASE, PER_CENT)}}
WORDS = tuple(field for field in FIELDS[1:] if field != "amount")


def records_blocks(parts: Sequence[Path], count: int) -> Iterator[Block]:
    """The records that were written as parts, in their order.

    Args:
        count: how many they are; of more than `MOST` it is said where they go.
    """
    yield Title("Records")
    if count > MOST:
        said = f"{count:,} records are more than the {MOST:,} that a workbook has beside totals"
        yield Sentences((f"{said}: write them with -o FILE.parquet or -o FILE.csv.",))
        return
    rows = [_row(record) for part in parts for record in _read(part)]
    yield Grid(("plan", *WORDS, "amount"), rows, left=frozenset(range(len(WORDS))))


def _read(part: Path) -> Iterable[Mapping[str, str]]:
    found: list[dict[str, str]] = json.loads(f"[{part.read_text(encoding='utf-8')}]")
    return found


def _row(record: Mapping[str, str]) -> GridRow:
    return GridRow(record["plan"], [*(record[field] for field in WORDS), _amount(record)])


def _amount(record: Mapping[str, str]) -> CellContent:
    """The amount as a number, with all of its places."""
    text, unit = record["amount"], ANY_UNIT.get(record["unit"])
    if unit is None or not text:
        return text
    _, _, part = text.partition(".")
    return ShownFigure(int(Decimal(text) * unit.pence), unit, len(part))
