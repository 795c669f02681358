"""Handwritten plans that a workbook could stumble on, and drawn ones that print their totals."""

from typing import NamedTuple

from hypothesis import strategies as st

from tests.kit import plans_oracle as oracle
from tests.kit.assumed import ASSUMED_LEVELS, ASSUMPTIONS
from tests.kit.plans_sketch import Sketch, StatedAt
from tests.kit.plans_strategy import sketches
from tests.kit.support import CAPITAL, OPTIONS, PLANS, REVENUE, SHIPPED, small_texts
from tests.kit.whole_council import WHOLE_COUNCIL, with_funding

Texts = dict[str, str]

PENCE_OF_MILLIONS = """\
name: To the penny
unit: £m
financial_years: [2024-25, 2025-26, 2026-27]
schemes:
  - id: a
    name: A penny and a million
    allocations: {2024-25: 0.00000001, 2025-26: 1234567.89012345, 2026-27: -0.1}
    stated: {programme: 1234567.79012346, total: 1234567.79012346}
  - id: b
    name: Tenths
    allocations: {2024-25: 0.1, 2025-26: 0.2, 2026-27: -0.3}
    under_development: 0.7
    stated: {programme: 0, total: 0.7}
stated: {2024-25: 0.10000001, 2025-26: 1234568.09, 2026-27: -0.4, programme: 9, total: n/a}
"""
TENTHS_THAT_COME_TO_NIL = """\
name: Tenths
financial_year: 2024-25
unit: £m
contains_options_of: []
services:
  - id: nil
    name: Adds up to nil
    services:
      - {id: one, name: One, gross: 0.1, income: 0}
      - {id: two, name: Two, gross: 0.2, income: 0}
      - {id: three, name: Three, gross: -0.3, income: 0}
    stated: {gross: 0, net: 0}
  - {id: some, name: Some, gross: 1.5, income: -0.5, stated: {net: 1.1}}
stated: {gross: 1.6, net: 1.1}
"""
MILLIONS_ON_THOUSANDS = """\
name: Levels
unit: £m
basis: level
financial_years: [2024-25, 2025-26, 2026-27]
services:
  - service: care
    name: Care, as this table prints it
    options:
      - {id: fees, name: Fees, kind: saving, status: new,
         changes: {2024-25: -0.0105, 2025-26: -0.0155, 2026-27: -0.01}, stated: -0.01}
      - {id: demand, name: Demand, kind: investment, status: new,
         changes: {2024-25: 0, 2025-26: 1.3, 2026-27: 1.3}, stated: 1.4}
    stated: {2024-25: -0.0105, 2025-26: 1.2845, 2026-27: 1.29, total: 1.29}
stated: {2024-25: -0.01, 2025-26: 1.28, 2026-27: 1.29, total: n/a}
"""
ONE_OFFS = """\
name: One-offs
unit: £000
basis: change
financial_years: [2024-25, 2025-26, 2026-27]
services:
  - service: schools
    options: []
    stated: {2024-25: "-", total: 0}
  - service: care
    options:
      - {id: grant, name: Grant, kind: saving, status: new, recurs: false,
         changes: {2024-25: -10, 2026-27: -7.5}}
      - {id: pilot, name: Pilot, kind: investment, status: previously approved, recurs: false,
         changes: {2025-26: 40.25}}
      - {id: fees, name: Fees, kind: saving, status: new, changes: {2025-26: -3}}
    stated: {2024-25: -10, 2025-26: 37, 2026-27: -8, total: 20}
stated: {2024-25: -10, 2025-26: 37.25, 2026-27: -7.5, total: 19.75}
"""
NAMES = """\
name: "=1+1"
financial_year: 2024-25
unit: £
contains_options_of: []
services:
  - {id: formula, name: "=SUM(A1:A9)", gross: 1000000000000.01, income: -0.02}
  - {id: plus, name: "+44 151", gross: 2, income: -1}
  - {id: minus, name: "-cmd|' /C calc'!A0", net: -0.99}
  - {id: at, name: "@SUM(1)", net: 5, stated: {net: 5}}
  - {id: quote, name: '"quoted" ''twice''', net: 1}
  - {id: link, name: "http://example.org/ & mailto:a@b.example", net: 1}
  - {id: braces, name: "{=1}", net: 1}
  - {id: wild, name: "*", net: 1}
stated: {net: 1000000000006.99}
"""
LATER_REVENUE = REVENUE.replace("financial_year: 2024-25", "financial_year: 2025-26").replace(
    "gross: 200, income: -150, stated: {net: 50}", "gross: 0.230, income: -0.155"
)


def later_in_millions() -> str:
    """A later budget, in another unit, that the plan did not foresee."""
    lines = LATER_REVENUE.replace("unit: £000", "unit: £m").replace("exact: true", "exact: false")
    lines = lines.replace("gross: 100, income: -20, stated: {net: 80}", "net: 0.0905")
    return lines.replace("stated: {gross: 300, income: -170, net: 130}", "stated: {net: 0.166}")


def years_that_are_months(text: str) -> str:
    """2010-11 and 2011-12 are financial years, and to a spreadsheet perhaps months."""
    return text.replace("2025-26", "2011-12").replace("2024-25", "2010-11")


NOTED = small_texts(
    revenue=REVENUE.replace("name: Care,", "name: Care, note: Rates are provisional,")
    .replace("stated: {gross: 300", "stated: {label: Council tax requirement, gross: 300")
    .replace("unit: £000", "unit: £000\nnote: Before the settlement"),
    capital=CAPITAL.replace("name: Roof,", "name: Roof, note: '=SUM(A1)',").replace(
        "stated: {2024-25: 1.5,", "stated: {label: Approved programme, 2024-25: 1.5,"
    ),
    options=OPTIONS.replace("name: Fees,", 'name: Fees, note: "Subject to |\\n  consultation",')
    .replace("name: Demand,", "name: Demand, source: {title: Report 7, section: Annex B},")
    .replace("  - service: care\n", "  - service: care\n    note: Agreed by the committee\n")
    .replace("    stated: {2024", "    stated: {label: Net savings of care, 2024")
    .replace("\nstated: {2024", "\nstated: {label: Total Net Savings, 2024"),
)
BELOW_NIL = {
    **{
        f"revenue_{year.replace('-', '_')}.yaml": (
            f"name: Small\nfinancial_year: {year}\nunit: £000\ncontains_options_of: []\n"
            f"services: [{{id: roads, name: Roads, net: {net}}}]\n"
        )
        for year, net in (("2024-25", -20), ("2025-26", 40))
    },
    "policy_options.yaml": """\
name: Small
unit: £m
basis: change
financial_years: [2024-25, 2025-26, 2026-27]
services:
  - service: roads
    options:
      - {id: salt, name: Salt, kind: investment, status: new,
         changes: {2025-26: 0.050, 2026-27: 0.030}}
      - {id: tolls, name: Tolls, kind: saving, status: previously approved,
         changes: {2025-26: -0.100, 2026-27: -0.100}}
      - {id: flood, name: Flood, kind: investment, status: new, recurs: false,
         changes: {2025-26: 0.015}}
""",
}
GOES_ON = {
    "revenue_2025_26.yaml": """\
name: Small
financial_year: 2025-26
unit: £000
contains_options_of: [2025-26]
projected: true
services: [{id: roads, name: Roads, net: 100}, {id: parks, name: Parks, net: 50}]
""",
    "policy_options.yaml": """\
name: Small
unit: £m
basis: change
financial_years: [2025-26, 2026-27]
services:
  - service: roads
    options:
      - {id: salt, name: Salt, kind: investment, status: previously approved, invest_to_save: true,
         funds: [tolls], changes: {2025-26: 0.010}, before: {2024-25: 0.030}, new_in: 2024-25}
      - {id: tolls, name: Tolls, kind: saving, status: previously approved, affects: income,
         changes: {2025-26: -0.020, 2026-27: tbc}, before: {2023-24: -0.005, 2024-25: -0.015}}
  - service: parks
    options:
      - {id: pond, name: Pond, kind: investment, status: previously approved, recurs: false,
         affects: gross, changes: {2026-27: 0.008}, before: {2023-24: 0.002, 2024-25: 0.004}}
""",
}
"""A plan that goes on from another: its budget is projected, and options changed before it."""
REVENUE_FILE, CAPITAL_FILE, OPTIONS_FILE = small_texts()
LATER_FILE = "revenue_2025_26.yaml"
AWKWARD: dict[str, Texts] = {
    "small": small_texts(),
    "revenue alone": {REVENUE_FILE: REVENUE},
    "revenue alone, without its options": {
        REVENUE_FILE: REVENUE.replace("contains_options_of: [2024-25]", "contains_options_of: []")
    },
    "capital alone": {CAPITAL_FILE: CAPITAL},
    "options alone": {OPTIONS_FILE: OPTIONS},
    "one line, one year": {
        OPTIONS_FILE: OPTIONS.replace(", 2025-26]", "]")
        .replace(", 2025-26: -5}, stated: -15", "}")
        .replace("changes: {2025-26: 30}, stated: 30", "changes: {}")
        .replace(", 2025-26: 25, total: 15", ""),
        CAPITAL_FILE: "name: One\nunit: £m\nfinancial_years: [2024-25]\n"
        "schemes: [{id: roof, name: Roof, allocations: {2024-25: 0.75}}]\n",
    },
    "empty": {
        CAPITAL_FILE: "name: N\nunit: £m\nfinancial_years: [2024-25, 2025-26]\nschemes: []\n",
        OPTIONS_FILE: "name: N\nunit: £000\nbasis: change\nfinancial_years: [2024-25]\n"
        "services: []\n",
    },
    "to the penny": {CAPITAL_FILE: PENCE_OF_MILLIONS},
    "tenths": {REVENUE_FILE: TENTHS_THAT_COME_TO_NIL},
    "levels in £m": {**small_texts(options=MILLIONS_ON_THOUSANDS), LATER_FILE: LATER_REVENUE},
    "one-offs": {**small_texts(options=ONE_OFFS), LATER_FILE: later_in_millions()},
    "names": {REVENUE_FILE: NAMES},
    "noted": NOTED,
    "below nil": BELOW_NIL,
    "goes on": GOES_ON,
    "goes on with gross and income": {
        **GOES_ON,
        "revenue_2025_26.yaml": GOES_ON["revenue_2025_26.yaml"]
        .replace("projected: true\n", "")
        .replace(
            "{id: parks, name: Parks, net: 50}", "{id: parks, name: Parks, gross: 60, income: -10}"
        ),
    },
    "whole council": WHOLE_COUNCIL,
    "cash limit": with_funding(
        "  - {id: limit, name: Cash limit, amounts: {2024-25: -99}}",
        kind="cash_limit",
        years="2024-25",
    ),
    "assumptions": ASSUMPTIONS,
    "assumptions as levels in £m": ASSUMED_LEVELS,
    "years that are months": {
        name: years_that_are_months(text) for name, text in small_texts().items()
    },
    **{
        folder.name: {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.yaml"))}
        for folder in (PLANS / "nested", PLANS / "odd", SHIPPED)
    },
}


class Printed(NamedTuple):
    """A drawn plan, and the totals that it prints, in pence."""

    sketch: Sketch
    stated: dict[StatedAt, int]

    @property
    def texts(self) -> Texts:
        return self.sketch.texts(self.stated)


@st.composite
def printed_plans(draw: st.DrawFn) -> Printed:
    """A whole plan that prints most of its totals, some of them a little wrong."""
    sketch = draw(sketches(exact=draw(st.booleans())))
    random = draw(st.randoms(use_true_random=False))
    stated: dict[StatedAt, int] = {}
    for at, pence in oracle.printed_totals(sketch).items():
        if random.random() < 0.8:
            off = random.choice((0, 0, 0, 1, -1, 2, -7))
            stated[at] = pence + off * sketch.printing_of(at[0]).step
    return Printed(sketch, stated)
