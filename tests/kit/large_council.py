"""A whole council as large as they are: thirty services in five directorates, eighty options,
schemes, funding and reserves.
"""

YEARS = ("2025-26", "2026-27", "2027-28", "2028-29")
DIRECTORATES, SERVICES, OPTIONS = 5, 6, 80
KINDS = ("saving", "saving", "income-generation", "pressure", "demand", "investment", "inflation")
HEAD = "name: Northshire Council\nunit: £000\n"
LISTED = f"financial_years: [{', '.join(YEARS)}]\n"


def _by_year(amounts: list[object]) -> str:
    return ", ".join(f"{year}: {amount}" for year, amount in zip(YEARS, amounts, strict=True))


def _revenue() -> str:
    lines = [f"{HEAD}financial_year: 2025-26\ncontains_options_of: [2025-26]\nservices:\n"]
    for one in range(DIRECTORATES):
        lines.append(f"  - id: directorate-{one}\n    name: Directorate {one}\n    services:\n")
        for two in range(SERVICES):
            number = one * SERVICES + two
            figures = f"gross: {4000 + number * 613 % 9000}, income: -{300 + number * 217 % 2500}"
            lines.append(
                f"      - {{id: service-{number}, name: Service number {number}, {figures}}}\n"
            )
    return "".join(lines)


def _options() -> str:
    lines = [f"{HEAD}basis: change\n{LISTED}services:\n"]
    services = DIRECTORATES * SERVICES
    for service in range(services):
        lines.append(f"  - service: service-{service}\n    options:\n")
        for number in range(service, OPTIONS, services):
            kind = KINDS[number % len(KINDS)]
            sign = -1 if kind in ("saving", "income-generation") else 1
            changes = _by_year([sign * (7 + (number * 37 + at * 53) % 240) for at in range(4)])
            status = "new" if number % 4 else "previously approved"
            said = f"ref: R{number:02d}, owner: Director {number % 5}"
            name = f"Proposal {number} with a name as long as such names are in council papers"
            lines.append(
                f"      - {{id: option-{number}, name: {name}, kind: {kind}, status: {status}, "
                f"{said}, fte: {{2025-26: -{1 + number % 5}}}, changes: {{{changes}}}}}\n"
            )
    return "".join(lines)


def _capital() -> str:
    lines = [f"name: Northshire Council\nunit: £m\n{LISTED}schemes:\n"]
    for number in range(24):
        allocations = _by_year([(number * 7 + at * 3) % 11 + 0.5 for at in range(4)])
        lines.append(
            f"  - {{id: scheme-{number}, name: Scheme {number}, allocations: {{{allocations}}}}}\n"
        )
    return "".join(lines)


FUNDING = f"""\
{HEAD}{LISTED}kind: funding
lines:
  - {{id: business-rates, name: Business rates, amounts: {{{_by_year([-52_000] * 4)}}}}}
  - id: council-tax
    name: Council tax
    tax_base: {{{_by_year([52_000.4, 52_300, 52_600, 52_900])}}}
    band_d: {{{_by_year([1500.25, 1560.25, 1620.25, 1680.25])}}}
reserves:
  - {{reserve: budget, amounts: {{{_by_year([-4000, -2000, 0, 0])}}}}}
"""
RESERVES = f"""\
{HEAD}{LISTED}reserves:
  - {{id: budget, name: Budget reserve, opening: 21000, draws: {{2025-26: 4000, 2026-27: 2000}}}}
  - {{id: balance, name: General balance, opening: 9000}}
"""
LARGE = {
    "revenue_2025_26.yaml": _revenue(),
    "policy_options.yaml": _options(),
    "capital_programme.yaml": _capital(),
    "funding.yaml": FUNDING,
    "reserves.yaml": RESERVES,
}
