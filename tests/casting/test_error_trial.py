"""The trial of planted errors: what it plants breaks what was known, and its counts can be bad."""

from collections import Counter

from tests.casting.kit.checks import parse_checks
from tests.casting.kit.error_trial import ErrorTrial
from tests.casting.kit.printed_errors import PrintedError, plant_errors
from tests.casting.kit.scores import KnownTable

ROWS = [
    ["Service", "Gross", "Income", "Net"],
    ["Care", "1,000", "(200)", "800"],
    ["Roads", "520", "-", "520"],
    ["Total", "1,520", "(200)", "1,320"],
    ["Grant", "", "", "(320)"],
    ["Council tax", "", "", "1,000"],
]
CHECKS = "exact\nacross 2-4 : D = +B +C\ndown B-D : 4 = 2..3\ndown D : 6 = 4 5\n"
SMALL = KnownTable("small", ROWS, parse_checks(CHECKS))


def planted(kind: str) -> list[PrintedError]:
    return [one for one in plant_errors(SMALL, "1", cells=99, lines=99) if one.kind == kind]


def test_each_kind_changes_one_cell_or_one_line() -> None:
    for kind in ("digit", "exchange", "sign"):
        for error in planted(kind):
            changed = [
                (row, other)
                for row, other in zip(ROWS, error.rows, strict=True)
                if list(row) != list(other)
            ]
            assert len(changed) == 1
            assert sum(a != b for a, b in zip(*changed[0], strict=True)) == 1
    assert [len(error.rows) for error in planted("dropped line")] == [5] * 3
    assert [len(error.rows) for error in planted("doubled line")] == [7] * 3


def test_a_sign_is_taken_off_or_put_before() -> None:
    signs = {error.where: error.rows for error in planted("sign")}
    assert signs["C2"][1][2] == "200"
    assert signs["B2"][1][1] == "-1,000"
    assert "C3" not in signs  # nil has no sign


def test_what_an_error_breaks_is_named_as_the_table_now_names_it() -> None:
    dropped = {error.where: error for error in planted("dropped line")}
    assert dropped["2"].broken == {"B2", "B3", "C2", "C3", "D2", "D3"}
    assert dropped["5"].broken == {"D4", "D5"}
    assert dropped["2"].name_before("D3") == "D4"
    doubled = {error.where: error for error in planted("doubled line")}
    assert doubled["3"].broken == {f"{column}{row}" for column in "BD" for row in (2, 3, 4, 5)}
    assert doubled["3"].name_before("D5") == "D4"


def test_totals_are_not_dropped_and_what_breaks_nothing_is_not_planted() -> None:
    assert {error.where for error in planted("dropped line")} == {"2", "3", "5"}
    nil = KnownTable("nil", [["a", "-"], ["b", "5"], ["t", "5"]], parse_checks("down B : 3 = 1 2"))
    dropped = [e.where for e in plant_errors(nil, "1", cells=0, lines=9) if e.kind[0] == "d"]
    assert "1" not in dropped


def test_the_same_seed_plants_the_same() -> None:
    first = list(plant_errors(SMALL, "word", cells=2, lines=1))
    assert first == list(plant_errors(SMALL, "word", cells=2, lines=1))
    assert Counter(error.kind for error in first) == {
        "digit": 2,
        "exchange": 2,
        "sign": 2,
        "dropped line": 1,
        "doubled line": 1,
    }


def test_every_error_is_flagged_silent_or_told() -> None:
    trial = ErrorTrial("1", cells=3, lines=3)
    trial.run(SMALL)
    for kind, count in trial.planted.items():
        assert trial.flagged[kind] + trial.silent[kind] <= count
    wanting = [text for text in trial.told if "silent" in text or "not flagged" in text]
    assert trial.flagged.total() + len(wanting) == trial.planted.total()
