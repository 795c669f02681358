"""Scenarios for tests: applied from plain values, and drawn for a drawn plan.

A drawn scenario is a list of changes as a file would write them. What each is worth is computed
from the plan's sketch and these words alone, in `tests/kit/scenarios_oracle.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from hypothesis import strategies as st

from cfbudget.plan.plan import Plan
from cfbudget.problem import Place, Problem
from cfbudget.scenario.changes.applied import Applied, apply_scenario
from cfbudget.scenario.written.included_files import Reader, ReadScenario
from cfbudget.scenario.written.nodes_of_values import node_of
from tests.kit import plans_oracle as oracle
from tests.kit.plans_sketch import (
    PENNY_PLACES,
    Budget,
    Option,
    Printing,
    Service,
    Sketch,
    walk,
    year_text,
)
from tests.kit.plans_strategy import NAMES, STEPS
from tests.kit.support import plan_of

Change = Mapping[str, object]
"""One change, as a file writes it."""

KINDS = ("saving", "investment")
STATUSES = ("new", "previously-approved")


# -- applying -------------------------------------------------------------------------------


def read(plan: Plan, changes: Iterable[Change]) -> ReadScenario:
    """The changes as they would be read, each on a line of its own."""
    reader = Reader(plan)
    nodes = [node_of(change, Place("scenario", at, 1)) for at, change in enumerate(changes, 1)]
    reader.nodes(nodes, "scenario")
    return reader.read()


def tried(
    plan: Plan, changes: Iterable[Change], *, allow_conflicts: bool = False
) -> Applied | tuple[Problem, ...]:
    """What comes of the changes: a trial, or the problems."""
    return apply_scenario(plan, read(plan, changes), allow_conflicts=allow_conflicts)


def applied(plan: Plan, *changes: Change, allow_conflicts: bool = False) -> Applied:
    """The trial of changes that can be made."""
    found = tried(plan, changes, allow_conflicts=allow_conflicts)
    assert isinstance(found, Applied), found
    return found


def refused(plan: Plan, *changes: Change) -> tuple[Problem, ...]:
    """The problems of changes that cannot be made."""
    found = tried(plan, changes)
    assert not isinstance(found, Applied)
    assert found
    return found


def rules_of(problems: Iterable[Problem]) -> list[str]:
    """The codes of problems, in order."""
    return [problem.rule for problem in problems]


# -- drawing --------------------------------------------------------------------------------


def written(pence: int, printing: Printing) -> str:
    """An amount as a plain decimal in the unit of a file."""
    return f"{Decimal(pence) / 10 ** PENNY_PLACES[printing.unit]:f}"


def options_in(sketch: Sketch) -> list[Option]:
    return [option for block in sketch.blocks or () for option in block.options]


def groups_in(sketch: Sketch) -> dict[str, tuple[str, ...]]:
    """Every group that holds an option, and the ids of its options.

    A service whose id is that of a kind can't be told from the kind, and so is left out.
    """
    services = {block.service for block in sketch.blocks or ()}
    services |= {line.id for budget in sketch.budgets for line in walk(budget.services)}
    found: dict[str, tuple[str, ...]] = {}
    for service in (None, *sorted(services - set(KINDS))):
        blocks = oracle.blocks_within(sketch, service) if service else sketch.blocks or ()
        listed = [option for block in blocks for option in block.options]
        for kind in KINDS:
            for status in (None, *STATUSES):
                words = "/".join(word for word in (service, kind, status) if word)
                members = tuple(
                    option.id
                    for option in listed
                    if option.kind == kind and status in (None, option.status.replace(" ", "-"))
                )
                if members:
                    found[words] = members
    return found


@st.composite
def shares(draw: st.DrawFn) -> str:
    """A share from 0% to 1000%, more often a plain one."""
    plain = st.sampled_from(("0%", "50%", "60%", "75%", "100%", "150%", "1000%", "33.3333%"))
    fine = st.tuples(st.integers(0, 999), st.integers(0, 999)).map(lambda t: f"{t[0]}.{t[1]:03d}%")
    return draw(plain | fine)


class _Drawn:
    """What the changes drawn so far leave of the capital programme, so that later ones fit."""

    def __init__(self, sketch: Sketch) -> None:
        self.sketch = sketch
        self.allocations = {s.id: list(s.allocations) for s in sketch.schemes or ()}
        self.coming = {s.id: s.under_development or 0 for s in sketch.schemes or ()}
        self.added: list[str] = []
        self.years = [year_text(year) for year in sketch.years]


def operators(sketch: Sketch) -> list[str]:
    """What can be done to a plan."""
    found = ["set_budget"] if sketch.budgets else []
    if sketch.blocks is not None:
        found += ["add"]
        found += ["uplift"] if sketch.budgets else []
        if options_in(sketch):
            found += ["set_changes", "delay", "deliver", "drop"] * 2
    if sketch.schemes:
        found += ["set_allocation", "set_under_development", "reprofile", "bring_in"]
    return found


@st.composite
def scenarios(
    draw: st.DrawFn,
    sketch: Sketch,
    *,
    least: int = 0,
    most: int = 5,
    only: frozenset[str] | None = None,
) -> list[dict[str, object]]:
    """Changes that fit a plan, each by itself; several may be in conflict."""
    drawn = _Drawn(sketch)
    can = [name for name in operators(sketch) if only is None or name in only]
    changes: list[dict[str, object]] = []
    for _ in range(draw(st.integers(least, most)) if can else 0):
        name = draw(st.sampled_from(can))
        change = draw(_DRAWERS[name](drawn))
        if change:
            changes.append({**change, **draw(st.sampled_from(({}, {"why": "take-up so far"})))})
    return changes


def _amount(printing: Printing) -> st.SearchStrategy[int]:
    return STEPS.map(lambda steps: steps * printing.step)


@st.composite
def _set_changes(draw: st.DrawFn, drawn: _Drawn) -> dict[str, object]:
    targets = [*(option.id for option in options_in(drawn.sketch)), *drawn.added]
    years = draw(st.lists(st.sampled_from(drawn.years), min_size=1, unique=True))
    printing = drawn.sketch.options_printing
    to = {year: written(draw(_amount(printing)), printing) for year in years}
    return {"set": draw(st.sampled_from(targets)), "to": to}


@st.composite
def _aimed(draw: st.DrawFn, drawn: _Drawn) -> tuple[str, dict[str, object]]:
    """A target, and perhaps a `from`."""
    targets = [*(o.id for o in options_in(drawn.sketch)), *groups_in(drawn.sketch), *drawn.added]
    since = draw(st.none() | st.sampled_from(drawn.years))
    return draw(st.sampled_from(targets)), {"from": since} if since else {}


@st.composite
def _delay(draw: st.DrawFn, drawn: _Drawn) -> dict[str, object]:
    target, since = draw(_aimed(drawn))
    return {"delay": target, "years": draw(st.integers(1, 3)), **since}


@st.composite
def _deliver(draw: st.DrawFn, drawn: _Drawn) -> dict[str, object]:
    target, since = draw(_aimed(drawn))
    return {"deliver": target, "share": draw(shares()), **since}


@st.composite
def _drop(draw: st.DrawFn, drawn: _Drawn) -> dict[str, object]:
    target, since = draw(_aimed(drawn))
    return {"drop": target, **since}


@st.composite
def _add(draw: st.DrawFn, drawn: _Drawn) -> dict[str, object]:
    sketch = drawn.sketch
    services = [line.id for budget in sketch.budgets for line in walk(budget.services)]
    services = services or [block.service for block in sketch.blocks or ()]
    identity = f"added-{len(drawn.added)}"
    years = draw(st.lists(st.sampled_from(drawn.years), unique=True))
    printing = sketch.options_printing
    drawn.added.append(identity)
    return {
        "add": {
            "service": draw(st.sampled_from(services)),
            "id": identity,
            "name": draw(NAMES),
            "kind": draw(st.sampled_from(KINDS)),
            "status": draw(st.sampled_from(STATUSES)),
            "changes": {year: written(draw(_amount(printing)), printing) for year in years},
            **draw(st.sampled_from(({}, {"recurs": False}))),
        }
    }


def _measures(budget: Budget, service: Service) -> tuple[str, ...]:
    has_gross = (service.id, "gross") in oracle.revenue_figures(budget)
    return ("gross", "income", "net") if has_gross else ("net",)


@st.composite
def _set_budget(draw: st.DrawFn, drawn: _Drawn) -> dict[str, object]:
    budget = draw(st.sampled_from(drawn.sketch.budgets))
    line = draw(st.sampled_from(oracle.leaves(budget.services)))
    measure = draw(st.sampled_from(("gross", "income") if line.net is None else ("net",)))
    amount = written(draw(_amount(budget.printing)), budget.printing)
    year = {} if budget is drawn.sketch.budgets[-1] and draw(st.booleans()) else {"year": budget}
    found: dict[str, object] = {"set": line.id, "measure": measure, "to": amount}
    return {**found, "year": year_text(budget.year)} if year else found


@st.composite
def _uplift(draw: st.DrawFn, drawn: _Drawn) -> dict[str, object]:
    year = draw(st.sampled_from(drawn.sketch.years))
    base = oracle.base_at(drawn.sketch, year)
    if base is None:
        return {}
    line = draw(st.sampled_from(list(walk(base.services))))
    by = draw(shares() | st.sampled_from(("-1%", "2%", "-2.5%", "−10%")))
    return {
        "uplift": line.id,
        "measure": draw(st.sampled_from(_measures(base, line))),
        "by": by,
        "from": year_text(year),
        **draw(st.sampled_from(({}, {"yearly": True}, {"yearly": False}))),
    }


@st.composite
def _set_allocation(draw: st.DrawFn, drawn: _Drawn) -> dict[str, object]:
    scheme = draw(st.sampled_from(sorted(drawn.allocations)))
    at = draw(st.integers(0, len(drawn.years) - 1))
    printing = drawn.sketch.capital_printing
    amount = draw(_amount(printing))
    drawn.allocations[scheme][at] = amount
    return {
        "set": scheme,
        "measure": "allocation",
        "to": {drawn.years[at]: written(amount, printing)},
    }


@st.composite
def _set_under_development(draw: st.DrawFn, drawn: _Drawn) -> dict[str, object]:
    scheme = draw(st.sampled_from(sorted(drawn.coming)))
    printing = drawn.sketch.capital_printing
    amount = draw(_amount(printing))
    drawn.coming[scheme] = amount
    return {"set": scheme, "measure": "under_development", "to": written(amount, printing)}


@st.composite
def _reprofile(draw: st.DrawFn, drawn: _Drawn) -> dict[str, object]:
    scheme = draw(st.sampled_from(sorted(drawn.allocations)))
    held = drawn.allocations[scheme]
    full = [at for at, pence in enumerate(held) if pence > 0]
    if not full or len(held) < 2:
        return {}
    source = draw(st.sampled_from(full))
    goal = draw(st.sampled_from([at for at in range(len(held)) if at != source]))
    pence = draw(st.integers(1, held[source]))
    held[source] -= pence
    held[goal] += pence
    return {
        "reprofile": scheme,
        "from": drawn.years[source],
        "to": drawn.years[goal],
        "amount": written(pence, drawn.sketch.capital_printing),
    }


@st.composite
def _bring_in(draw: st.DrawFn, drawn: _Drawn) -> dict[str, object]:
    full = sorted(scheme for scheme, pence in drawn.coming.items() if pence > 0)
    if not full:
        return {}
    scheme = draw(st.sampled_from(full))
    allocations: dict[str, object] = {}
    for at in draw(
        st.lists(st.integers(0, len(drawn.years) - 1), min_size=1, max_size=2, unique=True)
    ):
        if not drawn.coming[scheme]:
            break
        pence = draw(st.integers(1, drawn.coming[scheme]))
        drawn.coming[scheme] -= pence
        drawn.allocations[scheme][at] += pence
        allocations[drawn.years[at]] = written(pence, drawn.sketch.capital_printing)
    return {"bring_in": scheme, "allocations": allocations}


_DRAWERS = {
    "set_changes": _set_changes,
    "delay": _delay,
    "deliver": _deliver,
    "drop": _drop,
    "add": _add,
    "set_budget": _set_budget,
    "uplift": _uplift,
    "set_allocation": _set_allocation,
    "set_under_development": _set_under_development,
    "reprofile": _reprofile,
    "bring_in": _bring_in,
}


def names_of(changes: Sequence[Change]) -> list[str]:
    """The operators of changes, in order."""
    return [next(iter(change)) for change in changes]


# -- a plan to check by hand ----------------------------------------------------------------

TOWN_REVENUE = """\
name: Hightown
financial_year: 2024-25
unit: £000
contains_options_of: [2024-25]
services:
  - {id: care, name: Care, gross: 100, income: -20}
  - id: learning
    name: Learning
    services:
      - {id: schools, name: Schools, gross: 200, income: -150}
      - {id: adults, name: Adult Learning, net: 40}
"""
TOWN_OPTIONS = """\
name: Hightown
unit: £000
basis: change
financial_years: [2024-25, 2025-26, 2026-27]
services:
  - service: care
    options:
      - {id: fees, name: Fees, kind: saving, status: new, changes: {2024-25: -10, 2025-26: -5}}
      - {id: demand, name: Demand, kind: investment, status: previously approved,
         changes: {2025-26: 30}}
      - {id: pilot, name: Day pilot, kind: investment, status: new, recurs: false,
         changes: {2024-25: 8}}
  - service: schools
    options:
      - {id: buses, name: School buses, kind: saving, status: previously approved,
         changes: {2025-26: -7, 2026-27: -3}}
      - {id: planner, name: Route planner, kind: investment, status: new, invest_to_save: true,
         funds: [buses], changes: {2024-25: 2}}
"""
TOWN_CAPITAL = """\
name: Hightown
unit: £m
financial_years: [2024-25, 2025-26, 2026-27]
schemes:
  - {id: roof, name: Roof, allocations: {2024-25: 1.500, 2025-26: 0.250}}
  - {id: hall, name: Hall, under_development: 3.000}
"""
"""Hightown: its net budget is 170, 180 and 177 £000; its programme 1.75 of 4.75 £m."""


def town(**replaced: str) -> Plan:
    """The plan of Hightown; a text in place of a file's, or an empty one to leave it out."""
    files = {
        "revenue_2024_25.yaml": replaced.get("revenue", TOWN_REVENUE),
        "policy_options.yaml": replaced.get("options", TOWN_OPTIONS),
        "capital_programme.yaml": replaced.get("capital", TOWN_CAPITAL),
    }
    later = {"revenue_2026_27.yaml": replaced["later"]} if "later" in replaced else {}
    return plan_of({name: text for name, text in {**files, **later}.items() if text})
