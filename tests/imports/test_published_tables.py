"""Tables that councils published, each against the plan that was written of it by hand."""

from pathlib import Path

import pytest

from tests.casting.kit.scores import read_tables
from tests.kit.imported import imports, same_plan
from tests.kit.support import ROOT, TABLES

PLANS = Path(__file__).parent / "plans"
NONE = ("--contains-options-of", "none")
REVENUE = {
    "canterbury-services-2014": (*NONE, "--name", "Canterbury"),
    "west-norfolk-2023": (*NONE, "--name", "West Norfolk"),
    "stockport-services-2024": (*NONE, "--name", "Stockport"),
    "statswales-outturn": (*NONE, "--name", "Wales", "--year", "2022-23", "--unit", "£000"),
}


def table(name: str) -> Path:
    return TABLES / name / "table.csv"


@pytest.mark.parametrize("name", REVENUE)
def test_budgets_of_services(name: str, tmp_path: Path) -> None:
    proof = imports(table(name), "revenue", tmp_path, *REVENUE[name])
    same_plan(tmp_path, PLANS / name, "revenue")
    assert ("Left out" in proof) is (name == "stockport-services-2024")


def test_a_wrong_total_is_imported_as_it_is_printed_and_named(tmp_path: Path) -> None:
    name = ("--name", "King's Lynn and West Norfolk")
    proof = imports(table("west-norfolk-2024"), "revenue", tmp_path, *NONE, *name)
    same_plan(tmp_path, ROOT / "examples" / "west-norfolk-2024")
    assert "Does not add up: B24 " in proof
    assert "Most likely wrong: D15 (£2,099,130): would cast if (2,199,130)" in proof
    assert "25 sums add up, and 4 do not: stated as printed, for check to name." in proof


def test_what_pays_below_the_budget_of_services(tmp_path: Path) -> None:
    name = "stockport-services-2024"
    imports(table(name), "revenue", tmp_path, *REVENUE[name])
    proof = imports(table(name), "funding", tmp_path)
    same_plan(tmp_path, PLANS / name)
    assert "What pays is printed plus; a plan has it minus." in proof


def test_a_gap_with_the_budgets_that_are_to_be_paid_for(tmp_path: Path) -> None:
    name = ("--name", "Gateshead Council")
    source = table("gateshead-mtfs-2023")
    imports(source, "revenue", tmp_path, *NONE, *name, "--map", "Estimated Base Budget=base-budget")
    imports(source, "funding", tmp_path, "--map", "Estimated Funding Resources=funding-resources")
    wanted = ROOT / "examples" / "gateshead-2023"
    again = tmp_path / "wanted"
    again.mkdir()
    for path in wanted.glob("*.yaml"):
        text = path.read_text("utf-8")
        # The example has its names in its own letters.
        for printed in (
            "Estimated Base budget",
            "Estimated Funding Resources",
            "Pandemic Reserves",
            "Budget Sustainability Reserve",
        ):
            text = text.replace(printed.capitalize(), printed)
        text = text.replace("label: Minimum funding gap", "label: Minimum Cumulative Funding Gap")
        (again / path.name).write_text(text, "utf-8")
    same_plan(tmp_path, again)


def test_schemes_with_what_pays_for_each_year_in_columns(tmp_path: Path) -> None:
    name = "bathnes-capital-2005"
    answers = ("--kind", "Council=borrowing", "--name", "Bath and North East Somerset")
    proof = imports(table(name), "capital", tmp_path, *answers)
    same_plan(tmp_path, PLANS / name)
    assert "Left out: E10, I10, M10, E14, I14 and 4 more: a capital programme's file" in proof


def test_a_programme_with_what_pays_for_it_in_rows(tmp_path: Path) -> None:
    name = "east-sussex-capital-2023"
    answers = ("--kind", "Specific Funding=grants", "--name", "East Sussex")
    imports(table(name), "capital", tmp_path, *answers)
    same_plan(tmp_path, PLANS / name)


def test_levels_under_headings_of_services(tmp_path: Path) -> None:
    name = "lancaster-savings-2009"
    headings = (
        "Savings approved by members to date",
        "Savings still to be confirmed / subject to member approval",
    )
    kinds = [word for heading in headings for word in ("--kind", f"{heading}=saving")]
    answers = ("--basis", "level", "--service", "corporate", "--status", "previously-approved")
    signs = ("--kind", "minus=saving", "--kind", "plus=other", "--name", "Lancaster")
    proof = imports(table(name), "options", tmp_path, *answers, *signs, *kinds)
    same_plan(tmp_path, PLANS / name)
    assert "A blank level is read as nil: B11." in proof


CAPITAL = {
    "bathnes-capital-2005": (
        *("--kind", "Council=borrowing"),
        *("--name", "Bath and North East Somerset"),
    ),
    "east-sussex-capital-2023": ("--kind", "Specific Funding=grants", "--name", "East Sussex"),
}


@pytest.mark.parametrize(
    "printed", ["chromium-loose", "chromium-tight", "libreoffice-loose", "libreoffice-tight"]
)
def test_tables_printed_as_pdf(printed: str, tmp_path: Path) -> None:
    pages = [one.name for one in read_tables(TABLES)]
    for kind, tables in (("revenue", REVENUE), ("capital", CAPITAL)):
        for name, answers in tables.items():
            page = ("--page", str(pages.index(name) + 1))
            imports(TABLES / "pdf" / f"{printed}.pdf", kind, tmp_path / name, *answers, *page)
            same_plan(tmp_path / name, PLANS / name, kind)
