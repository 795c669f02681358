"""Known tables, cast: all that adds up is found, and what was printed wrong is named."""

import subprocess
import sys

import pytest

from tests.casting.kit.known_casting import cast_known
from tests.casting.kit.scores import MADE_TABLES, TABLES, KnownTable, read_tables, score
from tests.kit.support import ROOT

ALL = [*read_tables(TABLES), *read_tables(MADE_TABLES)]

# What is known to be missed, by table.
MISSED = {
    "net-budget-in-millions": ["B17 = -B13", "C17 = -C13", "D17 = -D13"],
    "trial-balance": ["D16 = +C16"],
}


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_what_adds_up_is_found_and_what_is_wrong_named(table: KnownTable) -> None:
    found = score(table, cast_known(table).casting)
    assert [str(check) for check in found.missed] == MISSED.get(table.name, [])
    assert [str(check) for check in found.other_outcome] == []
    assert [str(check) for check in found.unflagged] == []
    assert found.false == ()
    assert found.unnamed == ()


def test_a_table_that_casts_has_no_suspects() -> None:
    casting = {t.name: cast_known(t).casting for t in ALL if t.checks.wrong is None}
    accused = {name: (c.suspects, c.unproved) for name, c in casting.items()}
    assert {name: found for name, found in accused.items() if any(found)} == {}


def test_the_scores_that_the_docs_show_are_those_of_the_benchmark() -> None:
    shown = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (ROOT / "docs" / "cast.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and "/" in line.rsplit("|", 2)[1]
    ]
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "casting.py"],
        capture_output=True,
        check=True,
        text=True,
    )
    scored = [line.split() for line in done.stdout.splitlines()[1:]]
    assert shown == [line for line in scored if len(line) == len(shown[0])]
