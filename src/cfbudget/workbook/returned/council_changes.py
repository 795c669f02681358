"""Changed inputs of the funding and the reserves, as the changes of a scenario."""

from collections.abc import Iterator

from cfbudget.money import plain
from cfbudget.plan.plan import Plan
from cfbudget.problem import Refusal
from cfbudget.scenario.changes.held_funding import drawn, is_used, used
from cfbudget.workbook.returned.changed_inputs import ChangedInput, ChangeFields
from cfbudget.years import FinancialYear

APART = (
    "the draw of a reserve and what funding uses of it are one figure: type both, on the sheets "
    "Reserves and Funding, or none"
)


def council_changes(plan: Plan, inputs: list[ChangedInput]) -> list[ChangeFields] | Refusal:
    """What was typed over funding lines, tax bases, Band D and draws; or why it cannot be said."""
    balances = [one for one in inputs if one.key.measure in ("opening", "contribution")]
    for one in balances:
        if one.table == "reserves":
            what = f"{one.key.row}: its {one.key.measure}"
            hint = "change it in reserves.yaml; a scenario sets draws alone"
            return Refusal(f"{what} cannot be a change of a scenario", hint)
    draws = _draws(plan, inputs)
    return draws if isinstance(draws, Refusal) else [*_lines(inputs), *draws]


def _lines(inputs: list[ChangedInput]) -> Iterator[ChangeFields]:
    for one in inputs:
        if one.table == "funding" and one.key.measure != "reserves_used":
            yield {
                "set": one.key.row,
                "measure": one.key.measure,
                "year": str(one.key.year),
                "to": plain(one.pence, one.unit),
            }


def _draws(plan: Plan, inputs: list[ChangedInput]) -> list[ChangeFields] | Refusal:
    """Draws, each with the use that moves with it."""
    typed: dict[tuple[str, FinancialYear], dict[str, ChangedInput]] = {}
    for one in inputs:
        if one.key.measure in ("draw", "reserves_used") and one.key.year is not None:
            typed.setdefault((one.key.row, one.key.year), {})[one.key.measure] = one
    made: list[ChangeFields] = []
    for (reserve, year), both in typed.items():
        draw, use = both.get("draw"), both.get("reserves_used")
        now = used(plan, reserve, year)
        more = -(use.pence - now) if use else 0
        if draw is not None:
            if is_used(plan, reserve) and draw.pence - drawn(plan, reserve, year) != more:
                return Refusal(f"{reserve} {year}: {APART}", "mend the workbook, and save it")
            to = plain(draw.pence, draw.unit)
        elif use is not None and plan.reserves is None:
            to = plain(-use.pence, use.unit)
        else:
            return Refusal(f"{reserve} {year}: {APART}", "mend the workbook, and save it")
        made.append({"set": reserve, "measure": "draw", "year": str(year), "to": to})
    return made
