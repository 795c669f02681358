"""How a casting of a real table compares with what is known to add up in it."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cfbudget.casting.results import Casting, Relation
from tests.casting.kit.checks import Check, Checks, Outcome, Rows, outcome, parse_checks, printed

TABLES = Path(__file__).parents[2] / "tables"
MADE_TABLES = Path(__file__).parents[2] / "made_tables"

Equation = tuple[str, ...]
"""The signed cells of an equation whose terms less its total are nil; comparable as it stands."""


class KnownTable(NamedTuple):
    """A table with what should add up in it."""

    name: str
    rows: Rows
    checks: Checks


class Score(NamedTuple):
    """What was found of a table. Outcomes are as the figures say, without the program."""

    known: int
    """Checks that can be tested."""
    reported: int
    found: int
    as_printed: int
    """Of those found, how many have the same cell as their total."""
    missed: tuple[Check, ...]
    other_outcome: tuple[Check, ...]
    """Found, but said to come to something else."""
    extra: tuple[Relation, ...]
    """Reported, and not among the checks; they may hold all the same."""
    false: tuple[Relation, ...]
    """Said to differ, though no check makes the total wrong."""
    wrong: int
    """Checks that are really wrong."""
    unflagged: tuple[Check, ...]
    """Really wrong, and not reported as differing."""
    to_name: int
    """Cells that are really wrong; where the checks do not say, checks that are."""
    unnamed: tuple[str, ...]
    """Of those, what is not a suspect."""


def read_tables(folder: Path) -> Iterator[KnownTable]:
    """The tables of a folder and of the folders in it, by name."""
    for path in sorted(folder.rglob("*.checks")):
        inner = path.parent.name if path.parent != folder else ""
        name = inner if path.stem == "table" else f"{inner}/{path.stem}".lstrip("/")
        with path.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        yield KnownTable(name, rows, parse_checks(path.read_text(encoding="utf-8")))


def equation(rows: Rows, total: str, terms: Sequence[tuple[int, str]]) -> Equation:
    """The equation without its blank and nil cells, each way round and either sign the same.

    Where nothing is left of it (0 = 0 + 0), it is known by its total.
    """
    signs = {total: -1}
    for sign, cell in terms:
        signs[cell] = signs.get(cell, 0) + sign
    left = sorted((cell, sign) for cell, sign in signs.items() if sign and not _nil(rows, cell))
    if not left:
        return (f"nil {total}",)
    turned = -1 if left[0][1] < 0 else 1
    return tuple(f"{sign * turned:+}{cell}" for cell, sign in left)


def _nil(rows: Rows, cell: str) -> bool:
    try:
        found = printed(rows, cell)
    except ValueError:
        return False
    return found is None or not found.amount


def _key(rows: Rows, check: Check) -> Equation:
    if check.percentage:
        return ("percentage", check.total, *(cell for _, cell in check.terms))
    return equation(rows, check.total, check.terms)


def _relation_key(rows: Rows, relation: Relation) -> Equation:
    terms = [(-1 if term.startswith("-") else 1, term.lstrip("+-")) for term in relation.terms]
    if relation.kind.startswith("percentage"):
        return (relation.kind, relation.total, *(cell for _, cell in terms))
    return equation(rows, relation.total, terms)


def score(table: KnownTable, casting: Casting) -> Score:
    """Compare a casting of a table with its checks."""
    rows, checks = table.rows, table.checks
    outcomes = known_outcomes(table)
    reported: dict[Equation, list[Relation]] = {}
    for relation in casting.relations:
        reported.setdefault(_relation_key(rows, relation), []).append(relation)
    matches = {check: reported.get(_key(rows, check), []) for check in outcomes}
    found = [check for check in outcomes if matches[check]]
    wrong = [check for check, comes_to in outcomes.items() if comes_to == "differs"]
    # A check that cannot be tested is none to find, and to report it is no mistake.
    expected = {_key(rows, check) for check in checks.checks}
    to_name, unnamed = _naming(checks, wrong, casting)
    return Score(
        known=len(outcomes),
        reported=len(casting.relations),
        found=len(found),
        as_printed=sum(any(r.total == check.total for r in matches[check]) for check in found),
        missed=tuple(check for check in outcomes if not matches[check]),
        other_outcome=tuple(
            c for c in found if all(relation.outcome != outcomes[c] for relation in matches[c])
        ),
        extra=tuple(r for r in casting.relations if _relation_key(rows, r) not in expected),
        false=_false(rows, wrong, casting),
        wrong=len(wrong),
        unflagged=tuple(c for c in wrong if all(r.outcome != "differs" for r in matches[c])),
        to_name=to_name,
        unnamed=unnamed,
    )


def _false(rows: Rows, wrong: Sequence[Check], casting: Casting) -> tuple[Relation, ...]:
    totals = {check.total for check in wrong}
    equations = {_key(rows, check) for check in wrong}
    return tuple(
        relation
        for relation in casting.relations
        if relation.outcome == "differs"
        and relation.total not in totals
        and _relation_key(rows, relation) not in equations
    )


def _naming(
    checks: Checks, wrong: Sequence[Check], casting: Casting
) -> tuple[int, tuple[str, ...]]:
    """How many cells are to be named as suspects, and those that are not.

    Where the checks do not say which cells are wrong, a suspect for each wrong check must do.
    """
    suspects = {suspect.cell for suspect in casting.suspects}
    if checks.wrong is not None:
        return len(checks.wrong), tuple(cell for cell in checks.wrong if cell not in suspects)
    unnamed = tuple(check.total for check in wrong if not suspects.intersection(check.cells))
    return len(wrong), unnamed


def known_outcomes(table: KnownTable) -> dict[Check, Outcome]:
    """The checks that can be tested, with what each comes to."""
    outcomes = {}
    for check in table.checks.checks:
        comes_to = outcome(check, table.rows, exact=table.checks.exact)
        if comes_to is not None and not table.checks.missing.intersection(check.cells):
            outcomes[check] = comes_to
    return outcomes
