"""Two plans' gaps compared: what of the difference is spending, funding and reserves."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cfbudget
from cfbudget.cli.app import command_line
from cfbudget.reports.compare.gap_outcome import GENERAL_ONLY
from cfbudget.reports.compare.words import outcome
from cfbudget.years import FinancialYear
from tests.kit.support import plan_of
from tests.kit.whole_council import (
    LINES,
    OPTIONS,
    RESERVES,
    REVENUE,
    USES,
    council,
    funding,
    with_funding,
)
from tests.kit.whole_council import WHOLE_COUNCIL as TEXTS

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
    assert "The gap after reserves of 2024-25 is £1.000m larger" in page.stdout.replace("\n", " ")
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


def words_of(**changed: str) -> list[str]:
    """How a comparison of the council with itself ends, some of the new one's texts changed."""
    texts = {**with_funding(), "reserves.yaml": RESERVES}
    new = plan_of({**texts, **{f"{name}.yaml": text for name, text in changed.items()}})
    return list(outcome(cfbudget.compare(plan_of(texts), new), "a", "b"))


SAME = "et budgets, the services' net budgets and the policy options are the same in both plans."


def test_nothing_is_said_to_differ_only_where_no_table_does() -> None:
    (nothing,) = words_of()
    assert nothing == (
        "Nothing differs: the net budgets, the services' net budgets, the policy options, the "
        "funding and the planned use of reserves are the same in both plans."
    )
    less = funding(LINES.replace("2025-26: 1575.11", "2025-26: 0"))
    assert words_of(funding=less) == [
        f"The n{SAME}",
        "The gap after reserves of 2025-26 is £79.543m larger in b than in a.",
    ]
    # A million more of rates and a million less of the reserve: the gap stays, its parts do not.
    swapped = funding(LINES.replace("-18", "-19", 1), reserves=USES.replace("-6", "-5"))
    assert words_of(funding=swapped, reserves=RESERVES.replace("2024-25: 6", "2024-25: 5")) == [
        f"The n{SAME}",
        "The gap after reserves is the same in both plans, though its funding and planned use of "
        "reserves differ.",
    ]


def test_a_service_of_another_fund_differs_in_the_gap_alone() -> None:
    fenced = REVENUE.replace("name: Schools,", "name: Schools, fund: dsg,")
    assert words_of(revenue_2024_25=fenced) == [
        f"The n{SAME}",
        "The gap after reserves of 2026-27 is £40.000m smaller in b than in a; that of 2024-25 "
        "and 2025-26 differs too.",
        GENERAL_ONLY,
    ]


def test_a_gap_that_differs_is_told_beside_what_moves_no_money() -> None:
    renamed = OPTIONS.replace("status: new", "status: previously approved", 1)
    found = words_of(policy_options=renamed, funding=funding(LINES.replace("-18}", "-17}")))
    assert found == [
        "The net budget of every year compared is the same in both plans.",
        "The gap after reserves of 2026-27 is £1.000m larger in b than in a.",
    ]
