"""An approved budget does not move: what a trial forecasts against it, in every output."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.calculate.forecasts import forecast_years, forecasts
from cfbudget.calculate.plan_bridge import compare
from cfbudget.money import headline
from cfbudget.render.data import records_csv, records_json
from cfbudget.reports.compare.page import sentences
from cfbudget.reports.compare.records import bridge_records
from cfbudget.reports.solve.records import solution_records
from cfbudget.reports.trial.records import scenario_records
from cfbudget.scenario.changes.applied import Applied
from cfbudget.scenario.solve.gap import solve
from cfbudget.tables.beyond_plan import beyond_between, beyond_table
from cfbudget.tables.compare import Bridged
from cfbudget.tables.position import position_table
from cfbudget.tables.trial import trial_tables
from tests.kit import plans_oracle as oracle
from tests.kit.pages import bridge_grid
from tests.kit.plans_sketch import Budget, Sketch, year_text
from tests.kit.plans_strategy import sketches
from tests.kit.scenarios import applied, scenarios, town, tried
from tests.kit.scenarios_oracle import Worked, nearest_penny, worked
from tests.kit.support import plan_of
from tests.kit.workbooks import shipped_texts

PLAN = town()
SHIPPED = plan_of(dict(shipped_texts()))
RISE = re.compile(
    r"(raises|lowers) the net budget by (under \S+|\S+)(?: \(.*?\))? from (.+) to (\S+)\.$"
)
TRAVEL = {"set": "personal-travel-budgets", "to": {"2024-25": -400}}
SLIP = {"delay": "buses", "years": 2}
Records = list[dict[str, str]]


def rises(trial: Applied) -> list[tuple[str, ...]]:
    found = (RISE.search(note) for note in position_table(trial.plan).notes)
    return [match.groups() for match in found if match]


def records(trial: Applied) -> Records:
    return list(
        csv.DictReader(io.StringIO(records_csv(scenario_records(trial_tables(trial, "a trial")))))
    )


# -- the words of the position --------------------------------------------------------------


def test_what_the_plan_does_is_measured_from_the_approved_budget() -> None:
    """108,337 in 2027-28 against 101,238, which is not the forecast of 101,411."""
    trial = applied(SHIPPED, TRAVEL)
    assert rises(trial) == [("raises", "£7.099m", "the approved budget of 2024-25", "2027-28")]
    notes = position_table(trial.plan).notes
    assert notes[0] == (
        "2024-25: forecast 101,411 against a budget of 101,238: overspend 173, in £000."
    )
    assert notes[1].startswith("With the scenario the plan raises")


def test_a_forecast_column_is_headed_so() -> None:
    table = position_table(applied(SHIPPED, TRAVEL).plan)
    net = [column for column in table.columns if column.measure == "net_budget"]
    assert [column.heading for column in net] == [
        "Forecast 2024-25",
        "2025-26",
        "2026-27",
        "2027-28",
    ]
    assert [column.is_forecast for column in net] == [True, False, False, False]
    assert "2024-25: a forecast against the approved budget" in table.panels[2].caption


def test_what_no_budget_contains_is_no_forecast() -> None:
    """Nor is a budget that the trial itself sets, nor a change of capital."""
    for change in (
        {"set": "fees", "to": {"2025-26": -4}},
        {"set": "personal-travel-budgets", "to": {"2025-26": -4}},
        {"set": "education", "measure": "gross", "to": 112_500},
        {"set": "school-basic-need", "measure": "allocation", "to": {"2024-25": "15"}},
    ):
        plan = SHIPPED if change["set"] != "fees" else PLAN
        trial = applied(plan, change)
        assert not forecast_years(trial.plan)
        table = position_table(trial.plan)
        said = (
            *table.notes,
            *(p.caption for p in table.panels),
            *(c.heading for c in table.columns),
        )
        assert "orecast" not in " ".join(said)
        assert not [record for record in records(trial) if record["forecast"]]


def test_changes_that_cancel_out_are_still_a_forecast() -> None:
    """Two options of one service: the total is as budgeted, but its parts are not."""
    trial = applied(
        PLAN, {"set": "fees", "to": {"2024-25": -12}}, {"set": "pilot", "to": {"2024-25": 10}}
    )
    (found,) = forecasts(trial.plan)
    assert found.over == 0
    said = trial_tables(trial, "a trial").sentences
    assert "2024-25: forecast 170 against a budget of 170: as budgeted, in £000." in said


# -- tidy data ------------------------------------------------------------------------------


def test_records_say_what_is_a_forecast() -> None:
    found = [record for record in records(applied(SHIPPED, TRAVEL)) if record["forecast"]]
    assert {record["forecast"] for record in found} == {"yes"}
    assert {(record["measure"], record["year"]) for record in found} == {("net_budget", "2024-25")}
    assert {(record["table"], record["scenario"]) for record in found} == {
        ("position", "scenario"),
        ("position", "difference"),
        ("attribution", "difference"),
    }
    trial = trial_tables(applied(SHIPPED, TRAVEL), "a trial")
    assert json.loads(records_json(scenario_records(trial))) == records(applied(SHIPPED, TRAVEL))


def test_the_answer_of_solve_is_a_forecast_in_the_data_too() -> None:
    solved = solve(SHIPPED, service="education", year="2024-25", net="21800")
    found = list(csv.DictReader(io.StringIO(records_csv(solution_records(solved)))))
    assert [
        (record["measure"], record["year"], record["scenario"])
        for record in found
        if record["forecast"]
    ] == [("net_budget", "2024-25", "scenario"), ("net_budget", "2024-25", "difference")]
    later = solve(SHIPPED, service="education", year="2025-26", net="23000")
    assert "yes" not in records_csv(solution_records(later))


# -- compare --------------------------------------------------------------------------------


def bridged(old: Applied, new: Applied) -> Bridged:
    bridge = compare(old.plan, new.plan)
    beyond = beyond_between(old, new, "beyond the plan")
    return Bridged(bridge, "data", "slips.yaml", (old.plan.name, new.plan.name), beyond)


def test_compare_words_an_approved_year_as_a_forecast() -> None:
    shown = bridged(applied(SHIPPED), applied(SHIPPED, TRAVEL))
    assert bridge_grid(shown).rows[-1].label == "Net budget, slips.yaml (2024-25: forecast)"
    assert bridge_grid(shown).rows[0].label == "Net budget, data"
    said = list(sentences(shown))
    assert said[0] == (
        "In slips.yaml, 2024-25: forecast 101,411 against a budget of 101,238: overspend 173, "
        "in £000."
    )
    assert said[1] == (
        "The net budget of every year from 2025-26 to 2027-28 is £173,000 higher in slips.yaml "
        "than in data."
    )
    found = list(csv.DictReader(io.StringIO(records_csv(bridge_records(shown)))))
    marked = {(record["row"], record["year"]) for record in found if record["forecast"]}
    assert marked == {(row, "2024-25") for row in ("personal-travel-budgets", "difference", "new")}
    assert json.loads(records_json(bridge_records(shown))) == found


def test_two_plans_that_are_no_trials_have_no_forecast() -> None:
    texts = dict(shipped_texts())
    name = "policy_options.yaml"
    texts[name] = texts[name].replace("changes: {2024-25: -573}", "changes: {2024-25: -400}")
    shown = Bridged(compare(SHIPPED, plan_of(texts)), "a", "b", ("x", "x"))
    assert shown.bridge.lines
    assert "orecast" not in " ".join(sentences(shown))
    assert ",yes" not in records_csv(bridge_records(shown))


def test_compare_names_what_falls_beyond_the_plan_new_less_old() -> None:
    slips = applied(PLAN, SLIP)
    for old, new, sign in ((applied(PLAN), slips, 1), (slips, applied(PLAN), -1)):
        shown = bridged(old, new)
        found = list(csv.DictReader(io.StringIO(records_csv(bridge_records(shown)))))
        moved = [record for record in found if record["table"] == "beyond"]
        assert {record["cause"] for record in moved} == {"beyond the plan"}
        assert [(r["row"], r["year"], int(r["amount"])) for r in moved] == [
            ("buses", "2027-28", sign * -7),
            ("buses", "2028-29", sign * -3),
            ("buses", "", sign * -10),
            ("total", "2027-28", sign * -7),
            ("total", "2028-29", sign * -3),
            ("total", "", sign * -10),
        ]
    assert bridged(slips, slips).beyond is None


# -- beyond the plan ------------------------------------------------------------------------


def test_what_falls_beyond_the_plan_is_data_with_a_net_amount_and_in_no_total() -> None:
    trial = applied(PLAN, SLIP, {"delay": "demand", "years": 3})
    found = [record for record in records(trial) if record["table"] == "beyond"]
    assert {record["scenario"] for record in found} == {"scenario"}
    by_row: dict[str, dict[str, int]] = {}
    for record in found:
        by_row.setdefault(record["row"], {})[record["year"]] = int(record["amount"])
    demand, buses = by_row["demand"], by_row["buses"]
    assert buses == {"2027-28": -7, "2028-29": -3, "": -10}
    assert by_row["total"] == {year: demand[year] + buses[year] for year in buses}
    sources = {record["source"].partition(":")[0] for record in found if record["role"] == "line"}
    assert sources == {"policy_options.yaml"}
    assert (
        "Beyond the plan, and in none of its figures: net (7) in 2027-28, 27 in 2028-29, in £000."
    ) in trial_tables(trial, "a trial").sentences
    assert "2027-28" not in {r["year"] for r in records(trial) if r["table"] != "beyond"}


def test_a_trial_within_the_plan_has_nothing_beyond_it() -> None:
    trial = applied(PLAN, {"delay": "fees", "years": 1})
    assert beyond_table(trial, "a trial") is None
    assert "eyond the plan" not in " ".join(trial_tables(trial, "a trial").sentences)


# -- every plan and scenario ----------------------------------------------------------------


def effective(sketch: Sketch, changes: Mapping[int, int], recurs: bool) -> dict[int, int]:
    """An option's changes less what a one-off takes back, where they are not nil."""
    shown = oracle.years_shown(sketch)
    after = {year: min((later for later in shown if later > year), default=0) for year in changes}
    years = {*changes, *after.values()}
    back = {} if recurs else {after[year]: -pence for year, pence in changes.items()}
    made = {year: changes.get(year, 0) + back.get(year, 0) for year in years}
    return {year: pence for year, pence in made.items() if pence}


def altered(sketch: Sketch, trial: Worked) -> Iterator[int]:
    """The years in which a scenario alters an option, worked out from its words."""
    before = {
        option.id: effective(
            sketch, dict(zip(sketch.years, option.changes, strict=True)), option.recurs
        )
        for block in sketch.blocks or ()
        for option in block.options
    }
    for option, changes in trial.changes.items():
        whole = {year: nearest_penny(amount) for year, amount in changes.items()}
        within = {year: pence for year, pence in whole.items() if year in sketch.years}
        now, then = effective(sketch, within, trial.recurs[option]), before.get(option, {})
        yield from (year for year in {*now, *then} if now.get(year, 0) != then.get(year, 0))
    for uplift in trial.uplifts:
        made = trial._uplifted(uplift)
        yield from (year for year, amount in made.items() if nearest_penny(amount))


def changing(sketch: Sketch) -> set[int]:
    """The plan's years, and the first after them that is shown: it takes one-offs back."""
    after = [year for year in oracle.years_shown(sketch) if year > sketch.years[-1]]
    return {*sketch.years, *after[:1]}


def as_struck(sketch: Sketch, trial: Worked, budget: Budget, year: int) -> int:
    """What the net budget of a year was approved as: with the options as its budget has them."""
    struck = oracle.changes_within(sketch, "total")
    now = trial._changes_within("total")
    contained = oracle.contained(sketch, budget) if budget.year == year else ()
    levels = (struck if other in contained else now for other in oracle.years_shown(sketch))
    upto = zip(oracle.years_shown(sketch), levels, strict=True)
    return trial._opening(budget, "total") + sum(
        changes.get(other, 0) for other, changes in upto if other <= year
    )


@settings(max_examples=150, deadline=None)
@given(sketches(needs=frozenset({"revenue", "options"})), st.data())
def test_every_rise_is_from_the_approved_budget_to_the_last_net_budget(
    sketch: Sketch, data: st.DataObject
) -> None:
    changes = data.draw(scenarios(sketch, least=1))
    trial = tried(plan_of(sketch.texts()), changes, allow_conflicts=True)
    assert isinstance(trial, Applied)
    made = worked(sketch, changes)
    years = [year for year in oracle.years_shown(sketch) if oracle.base_at(sketch, year)]
    if len(years) < 2:
        assert not rises(trial)
        return
    base = oracle.base_at(sketch, years[0])
    assert base
    first = as_struck(sketch, made, base, years[0])
    last = made.position()["total", f"net_budget {year_text(years[-1])}"]
    found = rises(trial)
    if first == last:
        assert not found
    else:
        ((verb, amount, start, end),) = found
        assert (verb, amount) == (
            "raises" if last > first else "lowers",
            headline(last - first, trial.plan.revenue[0].unit),
        )
        assert (start[-7:], end) == (year_text(years[0]), year_text(years[-1]))


@settings(max_examples=150, deadline=None)
@given(sketches(needs=frozenset({"revenue", "options"})), st.data())
def test_a_year_is_a_forecast_if_and_only_if_what_its_budget_contains_is_altered(
    sketch: Sketch, data: st.DataObject
) -> None:
    changes = data.draw(scenarios(sketch, least=1))
    trial = tried(plan_of(sketch.texts()), changes, allow_conflicts=True)
    assert isinstance(trial, Applied)
    years = set(altered(sketch, worked(sketch, changes)))
    expected = {
        budget.year: years & {y for y in oracle.contained(sketch, budget) if y <= budget.year}
        for budget in sketch.budgets
    }
    said = " ".join(trial_tables(trial, "a trial").sentences)
    notes = " ".join(position_table(trial.plan).notes)
    columns = {
        str(column.year): column.heading
        for column in position_table(trial.plan).columns
        if column.measure == "net_budget"
    }
    marked = {record["year"] for record in records(trial) if record["forecast"]}
    for budget in sketch.budgets:
        year = year_text(budget.year)
        is_forecast = bool(expected[budget.year])
        assert (f"{year}: forecast" in said) == is_forecast
        if position_table(trial.plan).notes:
            assert (f"{year}: forecast" in notes) == is_forecast
        if year in columns:
            upto = {y for y in oracle.years_shown(sketch) if y <= budget.year}
            inside = set(oracle.contained(sketch, budget))
            # A year before the plan, and one after the first that takes back, change nothing.
            is_kept = inside & changing(sketch) == upto & changing(sketch)
            assert (columns[year] == f"Forecast {year}") == (is_forecast and is_kept)
            assert (year in marked) == (is_forecast and is_kept)


@settings(max_examples=60, deadline=None)
@given(sketches(needs=frozenset({"options"})), st.data())
def test_what_falls_beyond_every_plan_adds_up_and_stands_in_the_data(
    sketch: Sketch, data: st.DataObject
) -> None:
    changes = data.draw(scenarios(sketch, least=1, only=frozenset({"delay", "deliver", "add"})))
    trial = tried(plan_of(sketch.texts()), changes, allow_conflicts=True)
    assert isinstance(trial, Applied)
    expected = worked(sketch, changes).beyond()
    table = beyond_table(trial, "a trial")
    assert (table is None) == (not expected)
    if table is None:
        return
    lines = {
        (key.row, key.year.start): cell.pence
        for key, cell in table.cells.items()
        if key.year and key.row != "total" and cell.pence
    }
    assert lines == expected
    relations = dict(table.relations())
    for total, parts in relations.items():
        assert table.cells[total].pence == sum(table.cells[part].pence for part in parts)
    assert any(total.row == "total" for total in relations)
