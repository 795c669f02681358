"""The tax base and the Band D of a council tax, imported into funding."""

from collections.abc import Sequence
from pathlib import Path

import pytest

import cfbudget
from cfbudget.plan.funding_files import FundingLine
from tests.kit.imported import imports, run_import

HEADS = "Northtown funding £000,2024/25,2025/26"
RATES = 'Business rates,"(45,200)","(46,100)"'
BASE = 'Council tax base,"98,210.4","98,900.0"'
BAND = 'Band D council tax (£),"1,712.93","1,798.41"'
TAX = 'Council tax,"(168,228)","(177,863)"'
TOTAL = 'Total funding,"(213,428)","(223,963)"'


def table(folder: Path, *lines: str) -> Path:
    path = folder / "funding.csv"
    path.write_text("\n".join((HEADS, *lines)) + "\n", "utf-8")
    return path


def line_of(folder: Path, tax: str = "council-tax") -> FundingLine:
    funding = cfbudget.load(folder).funding
    assert funding is not None
    (found,) = [line for line in funding.lines if line.id == tax]
    return found


def amounts(folder: Path, name: str) -> list[int]:
    return [figure.pence for figure in getattr(line_of(folder), name).values()]


def test_tax_base_and_band_d_make_the_council_tax(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    imports(table(tmp_path, RATES, BASE, BAND, TAX, TOTAL), "funding", plan, "--name", "Northtown")
    assert amounts(plan, "tax_base") == [9_821_040, 9_890_000]
    assert amounts(plan, "band_d") == [171_293, 179_841]
    assert amounts(plan, "amounts") == []
    text = (plan / "funding.yaml").read_text("utf-8")
    assert "amount: {2024-25: -168228, 2025-26: -177863}" in text


def test_without_a_printed_amount_they_are_a_line(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    imports(table(tmp_path, RATES, BASE, BAND), "funding", plan, "--name", "Northtown")
    assert amounts(plan, "band_d") == [171_293, 179_841]


@pytest.mark.parametrize(
    ("lines", "stated"),
    [((RATES, BASE, TAX, TOTAL), ""), ((BASE, BAND, TAX.replace("168,228", "168,300")), "1712.93")],
)
def test_else_the_printed_amount_stands(lines: Sequence[str], stated: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    proof = imports(table(tmp_path, *lines), "funding", plan, "--name", "Northtown")
    assert amounts(plan, "tax_base") == [9_821_040, 9_890_000]
    assert len(amounts(plan, "amounts")) == 2
    text = (plan / "funding.yaml").read_text("utf-8")
    assert ("band_d" in text) == bool(stated)
    assert stated in text
    assert ("Does not add up" in proof) == bool(stated)


CARE = 'Adult social care precept,"(1,200)","(1,300)"'


def test_which_line_it_is_of_is_asked_where_several_could_be(tmp_path: Path) -> None:
    source, plan = table(tmp_path, RATES, BASE, TAX, CARE), tmp_path / "plan"
    asked = run_import(source, "funding", plan, "--name", "Northtown")
    assert asked.status == 2
    assert "Which line of council tax is 'Council tax base' of?" in asked.err
    assert not plan.exists()
    imports(source, "funding", plan, "--name", "N", "--map", "Council tax base=council-tax")
    assert amounts(plan, "tax_base") == [9_821_040, 9_890_000]
    wrong = run_import(
        source, "funding", plan, "--name", "N", "--force", "--map", "Council tax base=tax"
    )
    assert wrong.status == 2
    assert "no line of the table is 'tax'" in wrong.err


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ((RATES, BAND, TAX), "a Band D whose tax base is not printed"),
        ((RATES, BASE), "a tax base without its Band D or its council tax"),
        ((RATES, BASE.replace('"98,900.0"', ""), TAX), "it is not printed for every year"),
    ],
)
def test_what_cannot_be_worked_with_is_left_out_by_name(
    lines: Sequence[str], why: str, tmp_path: Path
) -> None:
    proof = imports(table(tmp_path, *lines), "funding", tmp_path / "plan", "--name", "N")
    assert why in proof


YEARS_DOWN = """Year,Tax base,Band D £,Council tax requirement £000
2024/25,"98,210.4","1,712.93","168,228"
2025/26,"98,900.0","1,798.41","177,863"
"""
PARISHES = """Parish,Tax base 2024/25,Band D 2024/25 £,Precept 2024/25 £
Northtown,"1,210.4",112.93,"136,690"
Southtown,900.0,98.41,"88,569"
Total,"2,110.4",,"225,259"
"""


def test_years_may_be_rows_beside_a_column_of_tax_bases(tmp_path: Path) -> None:
    source, plan = tmp_path / "tax.csv", tmp_path / "plan"
    source.write_text(YEARS_DOWN, "utf-8")
    imports(source, "funding", plan, "--name", "Northtown")
    assert amounts(plan, "tax_base") == [9_821_040, 9_890_000]
    assert amounts(plan, "band_d") == [171_293, 179_841]
    assert "amount: {2024-25: -168228" in (plan / "funding.yaml").read_text("utf-8")
    source.write_text(YEARS_DOWN.replace("2025/26", "2026/27"), "utf-8")
    gap = run_import(source, "funding", tmp_path / "other", "--name", "Northtown")
    assert gap.status == 2
    assert "its years do not follow one another" in gap.err


def test_each_line_may_have_its_tax_base_beside_it(tmp_path: Path) -> None:
    source, plan = tmp_path / "parishes.csv", tmp_path / "plan"
    source.write_text(PARISHES, "utf-8")
    proof = imports(source, "funding", plan, "--name", "Parishes")
    for parish, base, band in (("northtown", 121_040, 11_293), ("southtown", 90_000, 9_841)):
        funding = cfbudget.load(plan).funding
        assert funding is not None
        (line,) = [one for one in funding.lines if one.id == parish]
        assert [f.pence for f in (*line.tax_base.values(), *line.band_d.values())] == [base, band]
    assert "Left out: B4: a total of it has no place in funding." in proof
    assert cfbudget.check(cfbudget.load(plan)).agrees
