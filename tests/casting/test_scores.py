"""The scorer of real tables: it can read what they say adds up, and its scores can be bad."""

from collections import Counter
from decimal import Decimal

import pytest

from cfbudget.casting.results import Casting, Relation, RelationKind, RelationOutcome, Suspect
from tests.casting.kit.checks import Check, outcome, parse_checks, printed
from tests.casting.kit.known_casting import text_of
from tests.casting.kit.scores import (
    MADE_TABLES,
    TABLES,
    KnownTable,
    known_outcomes,
    read_tables,
    score,
)

ALL = {table.name: table for table in read_tables(TABLES)}
MADE = {table.name: table for table in read_tables(MADE_TABLES)}

# By table: how many checks agree, differ within rounding and are wrong, as its source.md has it.
COUNTS = {
    "ashfield-band-d-2024": (1, 1, 0),
    "bathnes-capital-2005": (42, 0, 0),
    "belstone-agar-2023": (4, 0, 1),
    "canterbury-services-2014": (8, 7, 0),
    "dover-street-2018": (31, 0, 0),
    "east-sussex-capital-2023": (21, 0, 0),
    "eden-fire-2023": (3, 0, 0),
    "gateshead-mtfs-2023": (12, 4, 0),
    "lancaster-savings-2009": (12, 0, 0),
    "oldham-movement-2024": (7, 0, 0),
    "penryn-town-2023": (8, 0, 1),
    "penryn-town-2023/table-expenditure": (18, 0, 0),
    "salford-taxbase-2002": (2, 0, 1),
    "schools-2024": (13, 0, 2),
    "statswales-outturn": (24, 8, 0),
    "stockport-services-2024": (28, 0, 0),
    "west-norfolk-2023": (26, 0, 0),
    "west-norfolk-2024": (25, 0, 4),
}
ROWS = [
    ["Service", "Gross", "Income", "Net"],
    ["Care", "100", "(20)", "80"],
    ["Roads", "50", "-", "50"],
    ["Total", "150", "(20)", "131"],
]
CHECKS = parse_checks("exact\nacross 2-4 : D = +B +C\ndown B-D : 4 = 2..3\nwrong D4\n")
SMALL = KnownTable("small", ROWS, CHECKS)


def relation(
    total: str, *terms: str, comes_to: RelationOutcome = "agrees", kind: RelationKind = "sum"
) -> Relation:
    nothing = Decimal(0)
    return Relation(kind, total, terms, "", nothing, nothing, comes_to, Decimal(1), None)


def casting(*relations: Relation, suspects: tuple[str, ...] = ()) -> Casting:
    named = tuple(Suspect(cell, "", None, "") for cell in suspects)
    return Casting(relations, named, (), exact=True, bounds=())


def all_of(table: KnownTable) -> list[Relation]:
    """A relation for each check of a table, as a perfect casting would report it."""
    return [
        relation(
            check.total,
            *(f"{'-' if sign < 0 else '+'}{cell}" for sign, cell in check.terms),
            comes_to=comes_to,
            kind="percentage" if check.percentage else "sum",
        )
        for check, comes_to in known_outcomes(table).items()
    ]


@pytest.mark.parametrize("name", ALL)
def test_the_checks_come_to_what_the_source_says(name: str) -> None:
    found = Counter(known_outcomes(ALL[name]).values())
    assert (found["agrees"], found["rounding"], found["differs"]) == COUNTS[name]


@pytest.mark.parametrize("name", MADE)
def test_all_adds_up_in_the_tables_that_were_made(name: str) -> None:
    table = MADE[name]
    found = known_outcomes(table)
    assert "differs" not in found.values()
    assert len(found) == len(set(table.checks.checks)) > 2
    assert f"`{name}`" in (MADE_TABLES / "README.md").read_text(encoding="utf-8")


def test_a_pasted_table_is_text_in_columns_in_which_rows_keep_their_numbers() -> None:
    rows = [["Service", "£000"], ["Care", "1,234"], ["", "-----"], ["Total", "1,234"], []]
    assert text_of(rows).splitlines() == [
        "Service    £000",
        "Care      1,234",
        "          -----",
        "Total     1,234",
        "",
    ]


def test_every_table_has_its_source() -> None:
    assert set(ALL) == set(COUNTS)
    for folder in {name.partition("/")[0] for name in ALL}:
        assert (TABLES / folder / "source.md").is_file()


@pytest.mark.parametrize("name", ALL)
def test_a_perfect_casting_has_a_perfect_score(name: str) -> None:
    table = ALL[name]
    found = score(table, casting(*all_of(table), suspects=table.checks.wrong or ()))
    assert found.found == found.known == found.as_printed == found.reported
    wanting = (found.missed, found.extra, found.false, found.other_outcome)
    assert (*wanting, found.unflagged, found.unnamed) == ((),) * 6


def test_nothing_found() -> None:
    found = score(SMALL, casting())
    assert (found.known, found.found, len(found.missed)) == (6, 0, 6)
    assert [check.total for check in found.unflagged] == ["D4", "D4"]
    assert (found.to_name, found.unnamed) == (1, ("D4",))


@pytest.mark.parametrize(
    ("found", "as_printed"),
    [
        (relation("D2", "+B2", "+C2"), 1),
        (relation("D2", "+C2", "+B2"), 1),
        (relation("B2", "+D2", "-C2"), 0),
        (relation("C2", "-B2", "+D2"), 0),
        (relation("D3", "+B3"), 1),  # C3 is nil
        (relation("D3", "+B3", "+C3"), 1),
        (relation("D3", "+B3", "-C3", kind="repeat"), 1),
        (relation("C4", "+C2"), 1),
    ],
)
def test_the_same_equation_in_another_form_is_found(found: Relation, as_printed: int) -> None:
    scored = score(SMALL, casting(found))
    assert (scored.found, scored.as_printed, scored.extra) == (1, as_printed, ())


@pytest.mark.parametrize(
    "found",
    [
        relation("D2", "+B2", "-C2"),
        relation("D2", "+B2"),
        relation("D4", "+B2", "+C2"),
        relation("D2", "+B2", "+C2", "+D3"),
        relation("D2", "+B2", "+C2", kind="percentage"),
    ],
)
def test_another_equation_is_extra(found: Relation) -> None:
    scored = score(SMALL, casting(found))
    assert (scored.found, scored.extra) == (0, (found,))


def test_a_figure_called_wrong_that_is_not_is_false() -> None:
    false = relation("D2", "+B2", "+C2", comes_to="differs")
    elsewhere = relation("B3", "+B2", comes_to="differs")
    really = relation("D4", "+D2", "+D3", comes_to="differs")
    turned = relation("B4", "+D4", "-C4", comes_to="differs")
    found = score(SMALL, casting(false, elsewhere, really, turned))
    assert found.false == (false, elsewhere)
    assert found.unflagged == ()
    assert [check.total for check in found.other_outcome] == ["D2"]


def test_a_wrong_total_called_right_is_not_flagged() -> None:
    found = score(SMALL, casting(relation("D4", "+D2", "+D3"), suspects=("D4",)))
    assert [str(check) for check in found.unflagged] == ["D4 = +B4 +C4", "D4 = +D2 +D3"]
    assert found.unnamed == ()


def test_without_the_wrong_cells_a_suspect_for_each_wrong_check_must_do() -> None:
    unsaid = SMALL._replace(checks=CHECKS._replace(wrong=None))
    assert score(unsaid, casting(suspects=("B4",))).unnamed == ("D4",)
    assert score(unsaid, casting(suspects=("D4",))).unnamed == ()


def test_what_cannot_be_tested_is_neither_known_nor_extra() -> None:
    rows = [["x", "1", "2", ""], ["y", "£1.2.3", "2", "3"], ["z", "1", "", "1"], ["t", "5", "", ""]]
    checks = parse_checks("across 1-3 : D = B C\npctof 4 : C = B / B1\nmissing C3")
    table = KnownTable("untestable", rows, checks)
    assert known_outcomes(table) == {}
    found = score(table, casting(relation("D2", "+B2", "+C2", comes_to="not checkable")))
    assert (found.known, found.extra) == (0, ())


@pytest.mark.parametrize(
    ("line", "first", "count"),
    [
        ("down B-G : 9 = 2..8 -10", "B9 = +B2 +B3 +B4 +B5 +B6 +B7 +B8 -B10", 6),
        ("down D,G : 24 = 11 -13 -14 ## a title", "D24 = +D11 -D13 -D14", 2),
        ("down Z-AB : 3 = -1..2", "Z3 = -Z1 -Z2", 3),
        ("across 2-4,7 : D = +B -C", "D2 = +B2 -C2", 4),
        ("across 2 : E = B..D", "E2 = +B2 +C2 +D2", 1),
        ("cell D12 = +D10 -E11", "D12 = +D10 -E11", 1),
        ("pctof 2-8 : F = D / D9", "F2 = D2 / D9", 7),
        ("pctof 2 : F = D / E", "F2 = D2 / E2", 1),
    ],
)
def test_checks_are_read(line: str, first: str, count: int) -> None:
    checks = parse_checks(f"# a comment\n\n{line}\n").checks
    assert str(checks[0]) == first
    assert len(checks) == count


def test_the_other_lines_are_read() -> None:
    checks = parse_checks("exact\nmissing B2 C7\nwrong D15\nwrong B24")
    assert checks.exact
    assert checks.missing == {"B2", "C7"}
    assert checks.wrong == ("D15", "B24")
    assert parse_checks("").wrong is None
    assert (checks.pasted, parse_checks("pasted").pasted) == (False, True)


@pytest.mark.parametrize("line", ["up B : 3 = 1 2", "down B : 3", "down B : 3 = 1 ? 2", "cell B2"])
def test_a_line_that_is_no_check_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        parse_checks(f"exact\n{line}")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("£1,234.50", "1234.50"),
        ("(£5)", "-5"),
        ("5-", "-5"),
        ("£1.2m", "1.2E+6"),
        ("-0.26%", "-0.26"),
        ("-", "0"),
        ("1,234*", "1234"),
        ("310 (1)", "310"),
    ],
)
def test_figures_are_read_here_too(text: str, amount: str) -> None:
    found = printed([[text]], "A1")
    assert found is not None
    assert found.amount == Decimal(amount)


def test_rounding_is_half_a_unit_for_each_figure() -> None:
    rows = [["1.0", "1.0", "0.0", "-", "2.1", "2.2", "2.0"]]
    terms = ((1, "A1"), (1, "B1"), (1, "C1"), (1, "D1"))
    found = [outcome(Check(total, terms), rows, exact=False) for total in ("E1", "F1", "G1")]
    assert found == ["rounding", "differs", "agrees"]
    assert outcome(Check("E1", terms), rows, exact=True) == "differs"
