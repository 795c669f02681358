"""The names of the sheets that a workbook has only with scenarios: one, or several side by side."""

from cfbudget.workbook.sheets.plan_statements import FILLED

SCENARIO, OF_SCENARIO, OF_DIFFERENCE = "Scenario", "Scenario_", "Difference_"
"""Of one scenario: what it does in all, its tables, and what these differ by."""
BESIDE, SCENARIOS = "Beside", "Scenarios"
"""Of several: the columns side by side, and what each does."""
_OF_TABLES = frozenset(f"_{table.capitalize()}" for table in FILLED)


def of_one_of_several(at: int) -> str:
    """What the names of the sheets of the first, second .. of several scenarios begin with."""
    return f"{SCENARIO}{at}_"


def is_of_scenario(sheet: str) -> bool:
    """Whether a workbook has a sheet of this name only with a scenario."""
    of, line, table = sheet.partition("_")
    if not line:
        return sheet in (SCENARIO, BESIDE, SCENARIOS)
    is_numbered = of.startswith(SCENARIO) and of.removeprefix(SCENARIO).isdecimal()
    return f"_{table}" in _OF_TABLES and (f"{of}_" in (OF_SCENARIO, OF_DIFFERENCE) or is_numbered)
