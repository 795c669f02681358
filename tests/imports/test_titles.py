"""What a plan is called, and its total: as the source's title says, and of the file's own year."""

from pathlib import Path

import cfbudget
from tests.imports.test_layouts import NONE, written
from tests.kit.imported import imports

TITLED = """Cost of all services,,,
"{}",,,
Service,Gross 2024/25 £000,Income 2024/25 £000,Net 2023/24 £000
Adults,500,(100),350
Places,300,(50),240
Total 2024/25,800,(150),590
"""


def test_who_wrote_a_table_for_whom_is_not_its_title(tmp_path: Path) -> None:
    for number, line in enumerate(
        (
            "Report to Council, 22 February",
            "As at 31 March 2024",
            "These are as approved.",
            "Draft 3",
        )
    ):
        into = tmp_path / f"plan{number}"
        imports(written(tmp_path, TITLED.format(line)), "revenue", into, *NONE)
        assert {one.name for one in cfbudget.load(into).revenue} == {"Cost of all services"}


def test_the_last_title_above_a_table_is_its_own(tmp_path: Path) -> None:
    imports(written(tmp_path, TITLED.format("Adults and Places")), "revenue", tmp_path / "p", *NONE)
    assert {one.name for one in cfbudget.load(tmp_path / "p").revenue} == {"Adults and Places"}


def test_a_total_that_names_another_year_gives_a_budget_no_label(tmp_path: Path) -> None:
    imports(written(tmp_path, TITLED.format("As approved.")), "revenue", tmp_path / "p", *NONE)
    before, own = cfbudget.load(tmp_path / "p").revenue
    assert "2024/25" not in str(before.stated)
    assert "Total 2024/25" in str(own.stated)
