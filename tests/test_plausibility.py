"""Slips that could be meant: wrong units, lines entered twice, ids that change, stale reasons."""

import pytest

import cfbudget
from tests.kit.support import CAPITAL, OPTIONS, REVENUE, plan_of, small_texts

NEXT_YEAR = REVENUE.replace("financial_year: 2024-25", "financial_year: 2025-26")
NEXT_YEAR = NEXT_YEAR.replace("options_of: [2024-25]", "options_of: [2024-25, 2025-26]")


def warned(texts: dict[str, str]) -> list[str]:
    """The codes of the warnings that a plan raises."""
    problems = cfbudget.check(plan_of(texts)).problems
    return [problem.rule for problem in problems if problem.severity == "warning"]


def edited(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(("unit", "found"), [("£", {"CF414"}), ("£000", set()), ("£m", {"CF414"})])
def test_the_unit_of_a_later_budget(unit: str, found: set[str]) -> None:
    later = edited(NEXT_YEAR, "unit: £000", f"unit: {unit}")
    assert set(warned({**small_texts(), "revenue_2025_26.yaml": later})) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("3000", []),
        ("3001", ["CF414"]),  # over ten times a budget of 300
        ("0.149", []),  # a small option is a small option
        ("0", []),
    ],
)
def test_an_option_beside_the_budget(change: str, found: list[str]) -> None:
    options = edited(OPTIONS, "{2024-25: -10, 2025-26: -5}, stated: -15", "{}")
    options = edited(options, "{2025-26: 30}, stated: 30", f"{{2025-26: {change}}}")
    options = "\n".join(line for line in options.splitlines() if "stated" not in line)
    assert warned(small_texts(options=options)) == found


def scaled(budget: str, changes: list[str], unit: str = "£000") -> dict[str, str]:
    """A plan with a gross budget, and an investment for each change, in their own unit."""
    revenue = edited(REVENUE, "gross: 100, income: -20, stated: {net: 80}", f"net: {budget}")
    head = OPTIONS[: OPTIONS.index("      - {id: fees")].replace("unit: £000", f"unit: {unit}")
    lines = [
        f"      - {{id: demand-{at}, name: Demand {at}, kind: investment, status: new, "
        f"changes: {{2025-26: {change}}}}}\n"
        for at, change in enumerate(changes)
    ]
    return {
        "revenue_2024_25.yaml": revenue.replace("stated: {gross", "#"),
        "policy_options.yaml": head + "".join(lines),
    }


@pytest.mark.parametrize(
    ("budget", "changes", "found"),
    [
        ("1_200_000", ["50"], []),
        ("1_200_000", ["20", "10", "5", "2"], []),
        ("1_200_000", ["1"], []),
        ("100_000", ["0.573"], []),  # one such figure tells nothing
        ("100_000", ["0.573", "0.2"], []),
        ("100_000", ["0.573", "0.2", "0.1"], ["CF414"]),
        ("100_000", ["0.573", "0.2", "0.1", "2.763"], ["CF414"]),
        ("100_000", ["0.573", "0.2", "1", "2.763"], []),  # as many are of a usual size
        ("100_000", ["0.573", "0.2", "0.1", "49.3"], []),  # just over a two-thousandth
        ("1_200_000", ["5.9", "4.2", "3.1"], ["CF414"]),
        ("1_200_000", ["6.1", "6.2", "3.1"], []),
        ("0", ["0.1", "0.1", "0.1"], []),
    ],
)
def test_several_options_that_are_all_too_small(
    budget: str, changes: list[str], found: list[str]
) -> None:
    """A few small options of a large council are that; it takes several, far too small, to tell."""
    assert warned(scaled(budget.replace("_", ""), changes)) == found


PUBLISHED = (10, 43, 54, 65, 86, 100, 234, 478, 573, 751, 945, 2763, 15066)


@pytest.mark.parametrize(("unit", "found"), [("£", ["CF414"]), ("£000", []), ("£m", ["CF414"])])
def test_the_unit_of_a_list_of_options(unit: str, found: list[str]) -> None:
    """The sizes of a published plan: right in £000, and a slip a thousand times either way."""
    assert warned(scaled("198530", [str(size) for size in PUBLISHED], unit)) == found


def test_one_option_out_of_scale_among_several() -> None:
    texts = scaled("100", ["10", "4000", "30"])
    (problem,) = cfbudget.check(plan_of(texts)).problems
    assert (problem.rule, problem.message) == (
        "CF414",
        "the options come to £4.040m of changes, beside a budget of £0.300m",
    )
    assert problem.hint == (
        "check the unit of the options, £000; the largest, £4.000m, is on line 10"
    )
    assert warned(scaled("100", ["10", "3000", "30"])) == []


@pytest.mark.parametrize("larger", [0, 1])
@pytest.mark.parametrize(
    ("gross", "found"), [("300", []), ("29_800", ["CF414"]), ("29_799", []), ("300_000", ["CF414"])]
)
def test_budgets_beside_each_other_where_there_are_no_options(
    larger: int, gross: str, found: list[str]
) -> None:
    """A budget of 300 beside one of 100 times as much, and of a little less."""
    budgets = [REVENUE, NEXT_YEAR]
    for at, text in enumerate(budgets):
        bare = edited(text, "gross: 100, income: -20, stated: {net: 80}", "gross: 100, income: 0")
        bare = edited(bare, "stated: {gross: 300", "# {gross: 300")
        if at == larger:
            bare = edited(bare, "gross: 100", f"gross: {gross.replace('_', '')}")
        budgets[at] = bare
    names = ("revenue_2024_25.yaml", "revenue_2025_26.yaml")
    assert warned(dict(zip(names, budgets, strict=True))) == found


def test_a_budget_of_net_alone_and_of_nothing_has_a_size_too() -> None:
    net = edited(REVENUE, "gross: 100, income: -20", "net: 80").replace("stated: {gross", "#")
    assert warned(small_texts(revenue=net)) == []
    nothing = edited(REVENUE, "gross: 100, income: -20, stated: {net: 80}", "net: 0")
    nothing = edited(nothing, "gross: 200, income: -150, stated: {net: 50}", "net: 0")
    nothing = nothing.replace("stated: {gross", "#")
    later = {"revenue_2025_26.yaml": NEXT_YEAR}
    assert warned({**small_texts(revenue=nothing), **later}) == []


BARE = "\n".join(line for line in OPTIONS.splitlines() if "stated: {" not in line)
BEFORE = edited(REVENUE, "options_of: [2024-25]", "options_of: []")


@pytest.mark.parametrize(("saved", "found"), [("-130", []), ("-131", ["CF415"])])
def test_a_saving_beside_what_its_service_spends(saved: str, found: list[str]) -> None:
    """It spends 100, and 30 are added to it."""
    options = edited(BARE, "-10, 2025-26: -5}, stated: -15", f"{saved}}}")
    assert warned(small_texts(options=options, revenue=BEFORE)) == found


@pytest.mark.parametrize(("later", "found"), [("-130", []), ("-131", ["CF415"])])
def test_a_saving_that_the_budget_contains_was_taken_before(later: str, found: list[str]) -> None:
    """A service that has all but closed spends less than closing it has saved."""
    options = edited(BARE, "-10, 2025-26: -5}, stated: -15", f"-900, 2025-26: {later}}}")
    assert warned(small_texts(options=options)) == found


@pytest.mark.parametrize(("added_to", "saved_by"), [("all", "care"), ("care", "all")])
def test_what_is_added_above_or_within_can_be_taken_too(added_to: str, saved_by: str) -> None:
    revenue = (
        "name: A\nfinancial_year: 2024-25\nunit: £000\ncontains_options_of: []\nservices:\n"
        "  - {id: all, name: All, services: [{id: care, name: Care, gross: 100, income: 0}]}\n"
    )
    options = (
        "name: A\nunit: £000\nbasis: change\nfinancial_years: [2024-25, 2025-26]\nservices:\n"
        f"  - {{service: {added_to}, options: [{{id: new-staff, name: New staff, "
        "kind: investment, status: new, changes: {2024-25: 50}}]}\n"
        f"  - {{service: {saved_by}, options: [{{id: review, name: Review, kind: saving, "
        "status: new, changes: {2025-26: -150}}]}\n"
    )
    texts = {"revenue_2024_25.yaml": revenue, "policy_options.yaml": options}
    assert warned(texts) == []
    texts["policy_options.yaml"] = options.replace("-150", "-151")
    assert warned(texts) == ["CF415"]


def test_a_net_alone_is_not_called_what_is_spent() -> None:
    revenue = edited(BEFORE, "gross: 100, income: -20, stated: {net: 80}", "net: 80")
    revenue = revenue.replace("stated: {gross", "#")
    options = edited(BARE, "-10, 2025-26: -5}, stated: -15", "-111}")
    (problem,) = (
        p
        for p in cfbudget.check(plan_of(small_texts(options=options, revenue=revenue))).problems
        if p.rule == "CF415"
    )
    assert problem.message == (
        "'Fees' saves £111,000 of the £110,000 that Care spends net, with what is added to it"
    )
    assert problem.hint == (
        "check its figures, and its service; no gross is printed, and it may be more"
    )


def test_a_service_that_earns_may_earn_more() -> None:
    """Raising income is a saving too, and what is spent does not bound it."""
    options = edited(OPTIONS, "-10, 2025-26: -5}, stated: -15", "-150}")
    options = "\n".join(line for line in options.splitlines() if "stated: {" not in line)
    for earns in ("gross: 100, income: -220", "net: -120"):
        revenue = edited(REVENUE, "gross: 100, income: -20, stated: {net: 80}", earns)
        revenue = revenue.replace("stated: {gross", "#")
        assert warned(small_texts(options=options, revenue=revenue)) == []


def test_the_top_up_of_an_approved_line_is_another_line() -> None:
    options = edited(
        OPTIONS,
        "id: demand, name: Demand, kind: investment",
        "id: demand, name: Fees, kind: saving",
    )
    options = edited(options, "{2025-26: 30}, stated: 30", "{2025-26: -3}")
    options = "\n".join(line for line in options.splitlines() if "stated: {" not in line)
    assert warned(small_texts(options=options)) == []
    both_new = options.replace("previously approved", "new")
    assert warned(small_texts(options=both_new)) == ["CF416"]


def test_a_name_twice() -> None:
    revenue = edited(REVENUE, "name: Schools", "name: Care")
    assert warned(small_texts(revenue=revenue)) == ["CF416"]
    assert warned(small_texts(capital=edited(CAPITAL, "name: Hall", "name: roof*"))) == ["CF416"]


def test_a_name_twice_in_two_places_is_two() -> None:
    nested = edited(
        REVENUE,
        "gross: 200, income: -150, stated: {net: 50}",
        "services: [{id: inner, name: Care, gross: 200, income: -150}]",
    )
    assert warned(small_texts(revenue=nested)) == []


def test_an_id_that_changes_from_year_to_year() -> None:
    later = edited(NEXT_YEAR, "id: schools", "id: education")
    assert warned({**small_texts(), "revenue_2025_26.yaml": later}) == ["CF417"]
    renamed = edited(later, "name: Schools", "name: Education")
    assert warned({**small_texts(), "revenue_2025_26.yaml": renamed}) == []


def test_a_later_budget_that_contains_less() -> None:
    later = edited(NEXT_YEAR, "options_of: [2024-25, 2025-26]", "options_of: []")
    assert warned({**small_texts(), "revenue_2025_26.yaml": later}) == ["CF418"]


def test_a_later_budget_without_its_own_years_options() -> None:
    """The file was copied, and the list not extended."""
    later = edited(NEXT_YEAR, "options_of: [2024-25, 2025-26]", "options_of: [2024-25]")
    assert warned({**small_texts(), "revenue_2025_26.yaml": later}) == ["CF418"]


def test_last_years_budget_may_be_kept_beside_this_ones() -> None:
    earlier = edited(REVENUE, "financial_year: 2024-25", "financial_year: 2023-24")
    earlier = edited(earlier, "options_of: [2024-25]", "options_of: []")
    assert warned({**small_texts(), "revenue_2023_24.yaml": earlier}) == []


def test_a_budget_after_the_plan() -> None:
    later = edited(NEXT_YEAR, "financial_year: 2025-26", "financial_year: 2035-36")
    assert warned({**small_texts(), "revenue_2035_36.yaml": later}) == ["CF419"]


def test_a_reason_with_nothing_to_settle() -> None:
    revenue = edited(REVENUE, "id: care,", "id: care, accepted: {CF412: it is a levy},")
    assert warned(small_texts(revenue=revenue)) == ["CF420"]
    levy = edited(revenue, "income: -20, stated: {net: 80}", "income: 20")
    levy = levy.replace("stated: {gross", "#")
    problems = cfbudget.check(plan_of(small_texts(revenue=levy))).problems
    assert [(p.rule, p.accepted) for p in problems] == [("CF412", "it is a levy")]


def test_a_figure_printed_coarser_than_its_table() -> None:
    """Rounding is counted in the finest place of the table, and the hint says so."""
    revenue = edited(REVENUE, "exact: true", "exact: false")
    revenue = edited(revenue, "gross: 100,", "gross: 100.4,")
    found = cfbudget.check(plan_of(small_texts(revenue=revenue))).problems
    assert [problem.rule for problem in found] == ["CF301"] * 3
    assert found[0].hint is not None
    assert found[0].hint.endswith("counted in the finest place that the table prints")
