"""What takes the net budget of a year from the baseline to a scenario."""

from collections.abc import Iterator, Mapping

from cfbudget.calculate.bridge_lines import Bridge, BridgeLine
from cfbudget.calculate.plan_bridge import bridge_between
from cfbudget.calculate.services import service_tree, walk
from cfbudget.charts.largest import largest_of, others_label
from cfbudget.charts.steps import ChartStep, Waterfall
from cfbudget.charts.year_steps import MOST
from cfbudget.layout.chart import Split
from cfbudget.layout.grid import ShownFigure
from cfbudget.money import places_of
from cfbudget.plan.kinds import KINDS
from cfbudget.plan.plan import Plan
from cfbudget.problem import Refusal
from cfbudget.tables.compare_labels import label_of
from cfbudget.tables.standing_sentences import CHANGE_SIGN, forecast_heading
from cfbudget.years import FinancialYear

BUDGETS = "Revenue budgets"


class ScenarioBridge:
    """The steps from a plan's net budget to that of the same plan with a scenario.

    Raises:
        LookupError: the plan has no net budget; it says why.
    """

    def __init__(self, baseline: Plan, trial: Plan, scenario: str) -> None:
        found = bridge_between(baseline, trial)
        if isinstance(found, Refusal):
            raise LookupError(f"{found.reason}; {found.hint}")
        self.bridge: Bridge = found
        self.name, self.scenario = baseline.name, scenario
        self.tops = {
            node.id: (top.id, top.name)
            for plan in (baseline, trial)
            for top in service_tree(plan)
            for node in walk([top])
        }

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        return self.bridge.years

    def frame(self, by: Split, year: FinancialYear) -> Waterfall:
        unit = self.bridge.unit
        title = f"{self.name}: what {self.scenario} does to the net budget of {year}, by {by}"
        return Waterfall(title, CHANGE_SIGN, unit, places_of(self.bridge.step, unit))

    def steps(self, by: Split, year: FinancialYear) -> list[ChartStep]:
        """The baseline's net budget of a year, what the scenario moves, and the scenario's."""
        forecast = any(found.year == year for found in self.bridge.forecasts[1])
        when = forecast_heading(year).lower() if forecast else str(year)
        old, new = self.bridge.old[year], self.bridge.new[year]
        return [
            ChartStep("baseline", f"Baseline {year}", self._figure(old), is_level=True),
            *self._moves(by, year),
            ChartStep("scenario", f"Scenario {when}", self._figure(new), is_level=True),
        ]

    def _moves(self, by: Split, year: FinancialYear) -> Iterator[ChartStep]:
        together: dict[str, int] = {}
        labels: dict[str, str] = {}
        for line in self.bridge.lines:
            id_, label = self._named(by, line)
            labels.setdefault(id_, label)
            together[id_] = together.get(id_, 0) + line.amounts[year]
        moves: Mapping[str, int] = {id_: pence for id_, pence in together.items() if pence}
        shown = largest_of(list(moves), lambda id_: abs(moves[id_]), MOST)
        for id_ in shown:
            yield ChartStep(f"move/{id_}", labels[id_], self._figure(moves[id_], signed=True))
        if others := [moves[id_] for id_ in moves if id_ not in shown]:
            figure = self._figure(sum(others), signed=True)
            yield ChartStep("others", others_label(len(others)), figure)

    def _named(self, by: Split, line: BridgeLine) -> tuple[str, str]:
        """What a line stands under."""
        if by == "service":
            service = line.service
            return self.tops.get(service, (service, line.now.service_name))
        if by == "option":
            of = ": its budget" if line.what == "service" else ""
            return f"{line.what}/{line.now.id}/{line.causes[0]}", f"{label_of(line)}{of}"
        if line.what == "service":
            return "budgets", BUDGETS
        together = KINDS[line.now.kind].together
        return line.now.kind, together[:1].upper() + together[1:]

    def _figure(self, pence: int, *, signed: bool = False) -> ShownFigure:
        unit = self.bridge.unit
        return ShownFigure(pence, unit, places_of(self.bridge.step, unit), signed)
