"""Changes to a printed table that alter nothing of how it adds up."""

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from cfbudget.casting.results import Casting, Relation, RelationOutcome
from tests.casting.kit.equations import Form, cell_name, form_of
from tests.casting.kit.score import form_reported
from tests.casting.kit.tables import Printed

LETTERS = "abcdefghijklmnopqrstuvwxyzäéîøųŵżабвгдежзклмнорсту"


def with_columns(table: Printed, order: Sequence[int]) -> tuple[list[list[str]], dict[str, str]]:
    """The table with its figure columns in this order, and each cell's name where it was.

    Args:
        order: positions of figure columns from 0, all of them.
    """
    cells = [[row[0], *(row[n + 1] for n in order)] for row in table.cells]
    names = {
        cell_name((at, place + 1)): cell_name((at, n + 1))
        for at in range(len(cells))
        for place, n in enumerate(order)
    }
    return cells, names


def with_words(random: Random, table: Printed) -> list[list[str]]:
    """The table with each word of its labels and header another; units and figures stay."""
    words: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        if match[0] not in words:
            words[match[0]] = "".join(random.choices(LETTERS, k=random.randint(3, 9)))
        return words[match[0]]

    return _relabelled(table, lambda text: re.sub(r"[^\W\d_]{2,}", other, text))


def in_case(table: Printed, *, upper: bool) -> list[list[str]]:
    """The table with its labels and header in capitals or without any."""
    return _relabelled(table, str.upper if upper else str.lower)


def _relabelled(table: Printed, changed: Callable[[str], str]) -> list[list[str]]:
    return [
        [
            changed(text) if at < table.head or not column else text
            for column, text in enumerate(row)
        ]
        for at, row in enumerate(table.cells)
    ]


def outcomes(
    casting: Casting, names: Mapping[str, str] | None = None
) -> set[tuple[Form, RelationOutcome]]:
    """Every equation that is reported, in its one form, with its outcome.

    Args:
        names: what the cells are called instead.
    """
    return {(_renamed(relation, names or {}), relation.outcome) for relation in casting.relations}


def _renamed(relation: Relation, names: Mapping[str, str]) -> Form:
    kind, cells = form_reported(relation, frozenset())
    renamed = [(names.get(cell, cell), factor) for cell, factor in cells]
    if kind != "sum":
        return kind, tuple(renamed)
    (first, factor), *rest = renamed
    return form_of("sum", first, [(-factor * other, cell) for cell, other in rest], frozenset())
