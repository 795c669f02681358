"""Real tables, cast: all that adds up is found, and what was printed wrong is named."""

import subprocess
import sys

import pytest

from cfbudget.casting.casting import cast
from tests.casting.kit.scores import TABLES, KnownTable, read_tables, score
from tests.kit.support import ROOT

ALL = list(read_tables(TABLES))


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_what_adds_up_is_found_and_what_is_wrong_named(table: KnownTable) -> None:
    found = score(table, cast(table.rows))
    assert [str(check) for check in found.missed] == []
    assert [str(check) for check in found.other_outcome] == []
    assert [str(check) for check in found.unflagged] == []
    assert found.false == ()
    assert found.unnamed == ()


def test_a_table_that_casts_has_no_suspects() -> None:
    casting = {t.name: cast(t.rows) for t in ALL if t.checks.wrong is None}
    assert {name: found.suspects for name, found in casting.items() if found.suspects} == {}


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
