"""The files of a plan that is to be filled in: valid, commented, and nil or tbc in every figure."""

from collections.abc import Sequence

from cfbudget.new_plan.yaml_lines import flow
from cfbudget.read.folder import CAPITAL, FUNDING, OPTIONS, RESERVES
from cfbudget.years import FinancialYear

YEARS = 4
PLACEHOLDER = "Name of the council"

REVENUE = """\
# The revenue budget of {first}: what each service spends (gross) and earns (income).
# Fill in each 0.
name: {name}
financial_year: {first}
unit: £000            # what a plain figure counts: £, £000 or £m
exact: true           # printed totals are sums of printed lines; delete it where they were rounded
contains_options_of: [{first}]   # the years whose options this budget already contains, or []
# source: {{title: Budget book {first}, section: Table 3}}
services:             # spending is plus, income minus; net = gross + income
"""
SERVICES = """\
  - {id: adults, name: Adults, gross: 0, income: 0}
  - {id: childrens-services, name: Children's Services, gross: 0, income: 0}
  # one that prints its net alone: {id: roads, name: Roads, net: 0}
# What the plan prints as its totals, to be compared with the computed ones:
# stated: {label: Total, gross: 0, income: 0, net: 0}
"""
DIRECTORATES = """\
  - id: people        # a directorate: only the lowest services have amounts
    name: People
    services:
      - {id: adults, name: Adults, gross: 0, income: 0}
      - {id: childrens-services, name: Children's Services, gross: 0, income: 0}
  - id: place
    name: Place
    services:
      - {id: roads, name: Roads, gross: 0, income: 0}
      - {id: leisure, name: Leisure, gross: 0, income: 0}
  - {id: corporate, name: Corporate, gross: 0, income: 0}
  - id: housing       # ring-fenced: it balances, or its reserves move by as much
    name: Council Housing
    fund: hra
    services:
      - {id: repairs, name: Repairs and Maintenance, gross: 0, income: 0}
      - {id: tenancies, name: Tenancies and Rents, gross: 0, income: 0}
# What the plan prints as its totals, to be compared with the computed ones:
# stated: {label: Total, gross: 0, income: 0, net: 0}
"""
FUNDS = "funds: [{id: hra, name: Housing Revenue Account}]\n"
POLICY_OPTIONS = """\
# The planned changes to the revenue budget, each against the year before: savings minus, more
# spending plus. tbc is not known yet: it is in no figure. A year that is left out is nil.
name: {name}
unit: £000
exact: true
basis: change         # or level: figures already are cumulative changes
financial_years: [{years}]
services:
  - service: adults   # the id of a service of the revenue budget
    options:
      - id: a-saving
        name: Name of a saving
        kind: saving  # or income-generation, investment, pressure, demand, inflation, grant, ...
        status: new   # or previously approved
        changes: {{{first}: tbc, {second}: tbc}}
        # recurs: false    a one-off: it is taken back in the year after
        # stated: -50      the line's printed total
  - service: childrens-services
    options:
      - {{id: more-children, name: More children to care for, kind: demand, status: new,
         changes: {{{first}: tbc}}}}
"""
CAPITAL_PROGRAMME = """\
# The capital programme: what is approved for each scheme and year, plus.
# It is never added to revenue.
name: {name}
unit: £m
exact: true
financial_years: [{years}]
schemes:
  - id: a-scheme
    name: Name of a scheme
    allocations: {{{first}: tbc, {second}: tbc}}
    # under_development: 2.000                  not yet in the programme
    # financing: {{grants: {{{first}: 1.200}}}}      what pays for it
"""
WHAT_PAYS = """\
# What pays for the net budget: minus, as income. Specific grants stay in the income of services.
# Every line has a figure for every year, or 0; what does not recur may leave years out.
name: {name}
unit: £000
financial_years: [{years}]
kind: funding         # or cash_limit, of a directorate
lines:
  - {{id: business-rates, name: Business rates, amounts: {nil}}}
  - id: council-tax   # the council tax requirement = tax base × Band D
    name: Council tax
    tax_base: {nil}   # dwellings counted as Band D, to two decimals
    band_d: {nil}     # always in pounds and pence
  - {{id: collection-fund, name: Collection fund surplus, recurs: false, amounts: {{{first}: 0}}}}
reserves:             # planned use, minus, and the same as its draw in {reserves}
  - {{reserve: general-balance, amounts: {{{first}: 0}}}}
"""
BALANCES = """\
# The reserves: closing = opening + contributions − draws, all plus.
name: {name}
unit: £000
financial_years: [{years}]
reserves:
  - {{id: general-balance, name: General fund balance, opening: 0, draws: {{{first}: 0}},
     floor: 5%}}      # the least it may fall to: an amount, or a share of the net budget
  - {{id: hra-balance, name: Housing Revenue Account balance, fund: hra, opening: 0}}
"""


def starter(
    first: FinancialYear, name: str = PLACEHOLDER, *, is_whole_council: bool = False
) -> dict[str, str]:
    """The texts of a new plan's files, by name, for some years from `first` on.

    Args:
        is_whole_council: whether it has directorates, a ring-fenced fund, funding and reserves.
    """
    years = starter_years(first)
    words = {
        "name": flow(name),
        "first": str(first),
        "second": str(years[1]),
        "years": ", ".join(map(str, years)),
        "nil": flow({str(year): "0" for year in years}),
        "reserves": RESERVES,
    }
    revenue = REVENUE.format(**words)
    if is_whole_council:
        revenue = revenue.replace("services: ", f"{FUNDS}services: ", 1) + DIRECTORATES
    else:
        revenue += SERVICES
    files = {
        f"revenue_{str(first).replace('-', '_')}.yaml": revenue,
        OPTIONS: POLICY_OPTIONS.format(**words),
        CAPITAL: CAPITAL_PROGRAMME.format(**words),
    }
    if is_whole_council:
        files[FUNDING] = WHAT_PAYS.format(**words)
        files[RESERVES] = BALANCES.format(**words)
    return files


def starter_years(first: FinancialYear) -> Sequence[FinancialYear]:
    """The years of a starter."""
    return tuple(FinancialYear(first.start + more) for more in range(YEARS))
