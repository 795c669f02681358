"""Small printed tables, written in a test as text, and what casting should find in them.

A table is written with a bar between its cells; what adds up in it as in a `.checks` file (see
tests/tables/README.md), with two lines more: `change 2-5 : D = C / B` says that D is by how many
per cent C is over B, and `share B3 = B2 / F2` that one cell is a percentage.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from inspect import cleandoc

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting, Relation
from tests.casting.kit.checks import Check, Rows, column_of, outcome, parse_checks
from tests.casting.kit.scores import Equation, equation


def rows_of(text: str) -> list[list[str]]:
    """The cells of a table that is written with bars."""
    return [[cell.strip() for cell in line.split("|")] for line in cleandoc(text).splitlines()]


def casts(
    text: str,
    checks: str,
    *,
    wrong: str = "",
    rounding: str = "",
    unread: str = "",
    suspects: str = "",
    exact: bool | None = None,
) -> Casting:
    """Cast a table, and assert that exactly its relations are found, as they stand.

    Args:
        text: the table.
        checks: every relation that is to be found, and no other.
        wrong: the totals whose relations differ, once for each.
        rounding: those that agree within rounding; all the others agree to the last place.
        unread: those that are not checkable.
        suspects: the suspects with what they would have to be: `B5=1,204`, or `B5` alone.
    """
    rows = rows_of(text)
    known = dict(_known(rows, checks))
    casting = cast(rows, exact=exact)
    _assert_written_as_meant(rows, known, casting, wrong, rounding)
    found = {_key(rows, relation): relation for relation in casting.relations}
    assert sorted(map(said, found.values())) == sorted(
        said(found[key]) if key in found else f"{check} is missed" for key, check in known.items()
    )
    assert {key: one.total for key, one in found.items()} == {
        key: check.total for key, check in known.items()
    }
    assert _totals(casting, "differs") == sorted(wrong.split())
    assert _totals(casting, "rounding") == sorted(rounding.split())
    assert _totals(casting, "not checkable") == sorted(unread.split())
    assert {one.cell: one.suggested for one in casting.suspects} == dict(_named(suspects))
    return casting


def said(relation: Relation) -> str:
    """A relation as a failing test shows it."""
    return f"{relation.kind} {relation.total} = {' '.join(relation.terms)} {relation.outcome}"


def _known(rows: Rows, text: str) -> Iterator[tuple[Equation, Check]]:
    """Every relation that is written down, but those whose total is not stated."""
    for line in cleandoc(text).splitlines():
        kind = "percentage change" if line.startswith("change") else "percentage"
        for check in _checks(line):
            if check.percentage:
                yield (kind, check.total, *(cell for _, cell in check.terms)), check
            else:
                yield equation(rows, check.total, check.terms), check


def _checks(line: str) -> Sequence[Check]:
    if line.startswith("share "):
        total, part, whole = (
            cell.strip() for cell in re.split("[=/]", line.removeprefix("share "))
        )
        return (Check(total, ((1, part), (1, whole)), percentage=True),)
    return parse_checks(line.replace("change", "pctof")).checks


def _assert_written_as_meant(
    rows: Rows, known: dict[Equation, Check], casting: Casting, wrong: str, rounding: str
) -> None:
    """Guard against a slip in the test: its sums come to what it says they do."""
    expected = sorted(wrong.split()), sorted(rounding.split())
    shares = {check.total for check in known.values() if check.percentage}
    outcomes = [
        (check.total, outcome(check, rows, exact=casting.exact and not _percent(rows, check)))
        for check in known.values()
        if not check.percentage
    ]
    differing = sorted(total for total, comes_to in outcomes if comes_to == "differs")
    rounded = sorted(total for total, comes_to in outcomes if comes_to == "rounding")
    assert [total for total in expected[0] if total not in shares] == differing, "the test's own"
    assert [total for total in expected[1] if total not in shares] == rounded, "the test's own"


def _percent(rows: Rows, check: Check) -> bool:
    row, column = int(re.sub("[A-Z]", "", check.total)), column_of(re.sub("[0-9]", "", check.total))
    return rows[row - 1][column - 1].endswith("%")


def _key(rows: Rows, relation: Relation) -> Equation:
    terms = [(-1 if term.startswith("-") else 1, term.lstrip("+-")) for term in relation.terms]
    if relation.kind.startswith("percentage"):
        return (relation.kind, relation.total, *(cell for _, cell in terms))
    return equation(rows, relation.total, terms)


def _totals(casting: Casting, comes_to: str) -> list[str]:
    return sorted(one.total for one in casting.relations if one.outcome == comes_to)


def _named(text: str) -> Iterator[tuple[str, Decimal | None]]:
    for one in text.split():
        cell, _, amount = one.partition("=")
        yield cell, Decimal(amount.replace(",", "")) if amount else None
