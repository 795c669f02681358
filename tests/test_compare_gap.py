"""Two plans' gaps compared: what of the difference is spending, funding and reserves."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cfbudget
from cfbudget.cli.app import command_line
from cfbudget.years import FinancialYear
from tests.kit.support import plan_of
from tests.kit.whole_council import WHOLE_COUNCIL as TEXTS
from tests.kit.whole_council import council, with_funding

SECOND = FinancialYear(2025)
CHANGES = (
    {"set": "council-tax", "measure": "rise", "year": "2025-26", "to": "2.99%"},
    {"set": "general", "measure": "draw", "year": "2025-26", "to": "5"},
    {"set": "fees", "to": {"2025-26": "-2"}},
)


def test_the_gap_is_bridged_by_spending_funding_and_reserves() -> None:
    old = council()
    gap = cfbudget.compare(old, cfbudget.apply(old, CHANGES)).gap
    assert gap is not None
    # A saving of 1 less, Band D of £30 less on 50,500 dwellings, and 1 more of the reserve.
    figures = (gap.net_budget, gap.funding, gap.reserves)
    assert [by_year[SECOND] for by_year in figures] == [100_000_000, 151_500_000, -100_000_000]
    assert gap.new[SECOND] - gap.old[SECOND] == 151_500_000


def test_a_plan_without_funding_has_no_gap_to_compare() -> None:
    texts = {name: text for name, text in with_funding().items() if name != "funding.yaml"}
    bridge = cfbudget.compare(plan_of(texts), council())
    assert bridge.gap is None
    assert bridge.has_funding == (False, True)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        for file, text in TEXTS.items():
            new = text.replace("-18000, 2025", "-17000, 2025") if name == "new" else text
            (tmp_path / name / file).write_text(new, encoding="utf-8")
    return str(tmp_path / "old"), str(tmp_path / "new")


def test_the_page_and_the_records_show_the_gap(folders: tuple[str, str]) -> None:
    page = CliRunner().invoke(command_line(), ["compare", *folders])
    assert page.exit_code == 0
    assert "Funding, new − old" in page.stdout
    assert "the same in both plans; what pays for them is not" in page.stdout
    assert "Nothing differs" not in page.stdout
    found = CliRunner().invoke(command_line(), ["compare", *folders, "-f", "json"])
    gap = [r for r in json.loads(found.stdout) if r["measure"] == "gap" and r["year"] == "2024-25"]
    assert [(r["row"], r["amount"]) for r in gap] == [
        ("gap/old", "-0.24732514"),
        ("gap/net-budget", "0"),
        ("gap/funding", "1"),
        ("gap/reserves", "0"),
        ("gap/new", "0.75267486"),
    ]
