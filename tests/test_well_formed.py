"""Nothing is said against what is well formed: a plan, a change to it, its workbook."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cfbudget
from cfbudget.problem import Problem
from tests.kit import plans_oracle as oracle
from tests.kit.altered import case_of
from tests.kit.plans_sketch import Option, Sketch, year_text
from tests.kit.plans_well_formed import well_formed
from tests.kit.scenarios import applied, written
from tests.kit.support import plan_of

BOTH = frozenset({"options", "capital"})
slow = [HealthCheck.too_slow, HealthCheck.data_too_large]


def said_of(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{p.rule} {p.message}" for p in problems if p.severity != "notice"]


@settings(max_examples=150, suppress_health_check=slow)
@given(well_formed())
def test_a_well_formed_plan_has_no_warning(sketch: Sketch) -> None:
    report = cfbudget.check(plan_of(sketch.texts(oracle.printed_totals(sketch))))
    assert said_of(report.problems) == []


def measure(line: Option, service: str, sketch: Sketch) -> dict[str, object]:
    """Another option as large as one that the plan has."""
    figures = zip(sketch.years, line.changes, strict=True)
    printing = sketch.options_printing
    return {
        "service": service,
        "id": f"as-{line.id}",
        "name": f"A measure like {line.id}",
        "kind": line.kind,
        "status": "new",
        "changes": {year_text(year): written(pence, printing) for year, pence in figures if pence},
    }


@st.composite
def changes(draw: st.DrawFn, sketch: Sketch) -> list[dict[str, object]]:
    """A few changes as a budget holder makes them, each of something else."""
    years = [year_text(year) for year in sketch.years]
    lines = [(block.service, line) for block in sketch.blocks or () for line in block.options]
    made: list[dict[str, object]] = []
    for service, line in draw(st.lists(st.sampled_from(lines), min_size=1, unique=True)):
        printing = sketch.options_printing
        larger = 2 * next(pence for pence in line.changes if pence)
        amounts = {year: written(larger, printing) for year in years}
        made.append(
            draw(
                st.sampled_from(
                    (
                        {"add": measure(line, service, sketch)},
                        {"set": line.id, "to": amounts},
                        {"delay": line.id, "years": 1},
                        {"deliver": line.id, "share": "50%"},
                        {"drop": line.id},
                    )
                )
            )
        )
    for scheme in draw(st.lists(st.sampled_from(sketch.schemes or ()), unique=True)):
        at = draw(st.integers(0, len(years) - 1))
        to = {years[at]: written(2 * scheme.allocations[at], sketch.capital_printing)}
        made.append({"set": scheme.id, "measure": "allocation", "to": to})
    return made


@settings(max_examples=150, suppress_health_check=slow)
@given(well_formed(needs=BOTH), st.data())
def test_a_well_formed_change_has_no_warning(sketch: Sketch, data: st.DataObject) -> None:
    trial = applied(plan_of(sketch.texts()), *data.draw(changes(sketch)))
    assert said_of(trial.problems) == []


@settings(max_examples=15, suppress_health_check=slow)
@given(well_formed())
def test_the_workbook_of_a_well_formed_plan_is_the_plan(
    tmp_path_factory: pytest.TempPathFactory, sketch: Sketch
) -> None:
    texts = sketch.texts(oracle.printed_totals(sketch))
    folder: Path = tmp_path_factory.mktemp("well-formed")
    case = case_of(texts, folder)
    assert case.held(case.found).findings == ()
