"""Slips of funding, reserves, financing and refs are warned of; what councils do write is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cfbudget
from tests.kit.support import ROOT, plan_of
from tests.kit.whole_council import LINES, RESERVES, WHOLE_COUNCIL, with_funding

OURS = {"CF422", "CF423", "CF435", "CF436", "CF437", "CF438"}
TAX = "tax_base: {2024-25: 50000.55, 2025-26: 50500, 2026-27: 51000}"
BAND_D = "band_d: {2024-25: 1500.25, 2025-26: 1575.11, 2026-27: 1637.96}"


def warned(texts: dict[str, str]) -> list[str]:
    """The warnings of these rules, each with what it says."""
    problems = cfbudget.check(plan_of(texts)).problems
    return [f"{p.rule} {p.message}" for p in problems if p.rule in OURS]


def of_lines(old: str, new: str) -> list[str]:
    assert old in LINES
    return warned(with_funding(LINES.replace(old, new), reserves=""))


@pytest.mark.parametrize("name", ["examples/gateshead-2023", "examples/ring-fenced", "data"])
def test_a_real_plan_is_not_accused(name: str) -> None:
    folder = (ROOT / name).glob("*.yaml")
    assert warned({path.name: path.read_text(encoding="utf-8") for path in folder}) == []


def test_councils_of_other_shapes_are_not_accused() -> None:
    assert warned(WHOLE_COUNCIL) == []
    # A first year has none before it.
    one = "financial_years: [2024-25]"
    text = with_funding(reserves="")["funding.yaml"].replace(
        "financial_years: [2024-25, 2025-26, 2026-27]", one
    )
    for year in ("2025-26", "2026-27"):
        for figure in ("-18", "50500", "51000", "1575.11", "1637.96"):
            text = text.replace(f", {year}: {figure}", "")
    assert warned({"funding.yaml": text}) == []


# -- council tax ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("band_d", "found"),
    [
        ("{2024-25: 1500.25, 2025-26: 2250.37, 2026-27: 1500.25}", ""),
        ("{2024-25: 1500.25, 2025-26: 2250.38, 2026-27: 1500.25}", "£2,250.38 in 2025-26"),
        ("{2024-25: 1500.25, 2025-26: 750.13, 2026-27: 750.13}", ""),
        ("{2024-25: 1500.25, 2025-26: 750.12, 2026-27: 750.12}", "£750.12 in 2025-26"),
        ("{2024-25: 201.97, 2025-26: 20197, 2026-27: 208.01}", "£208.01 in 2026-27"),
        ("{2024-25: 1500.25, 2025-26: 0, 2026-27: 1637.96}", "is nil in 2025-26"),
        ("{2024-25: 99.99, 2025-26: 12.00, 2026-27: 45.50}", ""),  # a parish
        ("{2024-25: 100, 2025-26: 12.00, 2026-27: 12.00}", "£12.00 in 2025-26"),
    ],
)
def test_a_band_d_that_no_council_has(band_d: str, found: str) -> None:
    said = of_lines(BAND_D, f"band_d: {band_d}")
    assert len(said) == (1 if found else 0)
    assert found in "".join(said)


@pytest.mark.parametrize(
    ("tax_base", "found"),
    [
        ("{2024-25: 41236.55, 2025-26: 4165.02, 2026-27: 42070.75}", "to 4165.02 in 2025-26"),
        ("{2024-25: 50000.55, 2025-26: 0, 2026-27: 51000}", "is nil in 2025-26"),
        ("{2024-25: 20, 2025-26: 35, 2026-27: 35}", ""),
    ],
)
@pytest.mark.parametrize("given", ["band_d", "amounts"])
def test_a_tax_base_that_no_council_has(given: str, tax_base: str, found: str) -> None:
    amounts = "amounts: {2024-25: -0.004, 2025-26: -0.004, 2026-27: -0.004}"
    lines = LINES.replace(TAX, f"tax_base: {tax_base}")
    lines = lines if given == "band_d" else lines.replace(BAND_D, amounts)
    said = warned(with_funding(lines, reserves=""))
    assert len(said) == (1 if found else 0)
    assert found in "".join(said)


RISES = st.lists(st.integers(-50, 50), min_size=2, max_size=2)


@given(st.integers(1, 400_000), st.integers(1, 20_000_000), RISES, RISES)
def test_what_moves_by_up_to_a_half_is_no_slip(
    band_d: int, base: int, rises: list[int], growth: list[int]
) -> None:
    def by_year(first: int, moves: list[int]) -> str:
        figures = [first]
        for move in moves:  # towards the figure before, so that it is a half at most
            step = abs(figures[-1] * move) // 100
            figures.append(figures[-1] + (step if move > 0 else -step))
        years = ("2024-25", "2025-26", "2026-27")
        shown = (f"{figure // 100}.{figure % 100:02}" for figure in figures)
        return ", ".join(f"{year}: {text}" for year, text in zip(years, shown, strict=True))

    lines = LINES.replace(TAX, f"tax_base: {{{by_year(base, growth)}}}")
    lines = lines.replace(BAND_D, f"band_d: {{{by_year(band_d, rises)}}}")
    assert warned(with_funding(lines, reserves="")) == []


# -- other lines ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        ("{2024-25: -18, 2025-26: -180, 2026-27: -18}", ""),
        ("{2024-25: -18, 2025-26: -180.001, 2026-27: -18.1}", "£180.001m in 2025-26"),
        ("{2024-25: -18, 2025-26: -18000, 2026-27: -18}", "£18.000m in 2026-27"),
        ("{2024-25: -18, 2025-26: -1.799, 2026-27: -1.799}", "£1.799m in 2025-26"),
        ("{2024-25: -18, 2025-26: 0, 2026-27: -18}", ""),  # a grant that ends, and one that begins
        ("{2024-25: -0.7, 2025-26: -0.05, 2026-27: -0.05}", ""),  # small beside the council tax
        ("{2024-25: -18, 2025-26: -0.1, 2026-27: 0}, recurs: false", ""),
    ],
)
def test_a_line_that_is_in_another_unit_for_a_year(amounts: str, found: str) -> None:
    old = "amounts: {2024-25: -18, 2025-26: -18, 2026-27: -18}"
    said = of_lines(old, f"amounts: {amounts}")
    assert len(said) == (1 if found else 0)
    assert found in "".join(said)


@pytest.mark.parametrize(("opening", "found"), [("opening: 1040", False), ("opening: 1041", True)])
@pytest.mark.parametrize("fund", ["", "fund: hra, "])
def test_a_reserve_beside_the_net_budget(opening: str, found: bool, fund: str) -> None:
    texts = with_funding(reserves="" if fund else None)
    texts["reserves.yaml"] = RESERVES.replace("opening: 30", f"{fund}{opening}")
    if fund:
        texts["revenue_2024_25.yaml"] += "funds:\n  - {id: hra, name: Housing}\n"
    assert bool(warned(texts)) == (found and not fund)


def test_a_parish_may_keep_many_years_budgets() -> None:
    texts = {name: text.replace("£m", "£") for name, text in with_funding(reserves="").items()}
    texts["reserves.yaml"] = RESERVES.replace("£m", "£").replace("opening: 30", "opening: 5000000")
    assert warned(texts) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("General", False),
        ("Use of general reserves", False),
        ("Use of reserves", False),
        ("General fund working balance", False),
        ("Working balance", True),
        ("General insurance", True),  # another reserve's own name
    ],
)
def test_what_funding_calls_a_reserve(name: str, found: bool) -> None:
    use = f"  - {{reserve: general, name: {name}, amounts: {{2024-25: -6, 2025-26: -4}}}}"
    other = "  - {id: insurance, name: General insurance, opening: 2}\n"
    texts = {**with_funding(reserves=use), "reserves.yaml": RESERVES + other}
    assert bool(warned(texts)) == found


# -- refs and financing ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("ref: S1", "ref: S2", False),
        ("ref: S1", "ref: s1", True),
        ("ref: S1", "ref: S1, name: fees", False),  # one proposal in two services
        ("ref: S1", "ref: S1, kind: investment, funds: [fees]", False),
    ],
)
def test_a_ref_on_two_options(first: str, second: str, found: bool) -> None:
    head = with_funding()["policy_options.yaml"]
    start = head[: head.index("      - {id: fees")]
    if "name:" not in second:
        second += ", name: Systems"
    if "kind:" not in second:
        second += ", kind: demand"
    options = (
        f"      - {{id: fees, name: Fees, kind: saving, status: new, changes: {{2025-26: -3}}, "
        f"{first}}}\n  - service: schools\n    options:\n"
        f"      - {{id: systems, status: new, changes: {{2025-26: 1}}, {second}}}\n"
    )
    said = warned({**with_funding(reserves=""), "policy_options.yaml": start + options})
    assert said == (["CF422 the ref 's1' is that of 'Fees' too"] if found else [])


@pytest.mark.parametrize(
    ("allocations", "borrowing", "found"),
    [
        ("{2024-25: 1.5}", "{2024-25: -0.5}", 1),
        ("{2024-25: 1.5, 2025-26: -0.5}", "{2024-25: 1.5, 2025-26: -0.5}", 0),
        ("{2024-25: 1.5}", "{2024-25: 1.5, 2025-26: 0}", 0),
    ],
)
@pytest.mark.parametrize("of_the_programme", [False, True])
def test_financing_that_is_minus(
    allocations: str, borrowing: str, found: int, of_the_programme: bool
) -> None:
    financing = f"financing: {{borrowing: {borrowing}}}"
    text = "name: Small Council\nunit: £m\nfinancial_years: [2024-25, 2025-26]\n"
    if of_the_programme:
        text += f"{financing}\nschemes:\n  - {{id: roof, name: Roof, allocations: {allocations}}}\n"
    else:
        text += "schemes:\n  - id: roof\n    name: Roof\n"
        text += f"    allocations: {allocations}\n    {financing}\n"
    assert len(warned({"capital_programme.yaml": text})) == found
