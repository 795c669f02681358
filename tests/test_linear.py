"""Reading and checking a plan take work in proportion to it, right or wrong, whatever it holds."""

from collections.abc import Callable, Iterator

import pytest

import cfbudget
from cfbudget.loaded import load_texts
from tests.kit.counting import growth
from tests.kit.support import OPTIONS, REVENUE, plan_of

SERVICE = "  - {{id: s-{0}, name: Service {0}, gross: 1{0}, income: -1, stated: {{net: 1}}}}\n"
BLOCK = "  - service: s-{0}\n    options:\n"
OPTION = (
    "      - {{id: o-{0}, name: Line {0}, kind: saving, status: new, changes: {{2024-25: -1}}}}\n"
)
HEAD = OPTIONS[: OPTIONS.index("  - service")]


def plan(services: str, options: str) -> dict[str, str]:
    head = REVENUE[: REVENUE.index("  - {id")]
    return {"revenue_2024_25.yaml": head + services, "policy_options.yaml": HEAD + options}


def lines(*patterns: str, count: int) -> str:
    return "".join(pattern.format(at) for at in range(count) for pattern in patterns)


def many_services(count: int) -> dict[str, str]:
    """Every total of a service is wrong, too."""
    return plan(lines(SERVICE, count=count), lines(BLOCK, OPTION, count=count))


def many_options(count: int) -> dict[str, str]:
    return plan(SERVICE.format(0), BLOCK.format(0) + lines(OPTION, count=count))


def several_years(count: int) -> dict[str, str]:
    texts = many_services(count)
    budget = texts["revenue_2024_25.yaml"]
    for year in range(25, 32):
        later = budget.replace("financial_year: 2024-25", f"financial_year: 20{year}-{year + 1}")
        texts[f"revenue_20{year}_{year + 1}.yaml"] = later
    return texts


@pytest.mark.parametrize("made", [many_services, many_options, several_years])
def test_checking_a_large_plan(made: Callable[[int], dict[str, str]]) -> None:
    def check(count: int) -> Callable[[], object]:
        found = plan_of(made(count))
        return lambda: cfbudget.check(found)

    assert growth(check, 50) < 5


def broken(*faults: tuple[str, str]) -> Callable[[int], dict[str, str]]:
    def made(count: int) -> dict[str, str]:
        option = OPTION
        for right, wrong in faults:
            assert right in option
            option = option.replace(right, wrong)
        return plan(SERVICE.format(0), BLOCK.format(0) + lines(option, count=count))

    return made


def unknown_services(count: int) -> dict[str, str]:
    return plan(
        SERVICE.format(0), lines(BLOCK.replace("s-{0}", "unknown-{0}"), OPTION, count=count)
    )


def faulty() -> Iterator[Callable[[int], dict[str, str]]]:
    yield unknown_services
    yield broken(("kind: saving, status: new, ", ""))
    yield broken(("kind", "kond"), ("status", "stotus"), ("changes", "chonges"))
    yield broken((": saving", ": pressure"), (": new", ": old"))
    yield broken(("-1}}", "one}}"), ("id: o-", "id: O_"))
    yield broken(("2024-25", "2034-35"))


@pytest.mark.parametrize("made", list(faulty()))
def test_reading_a_large_plan_that_is_wrong_in_every_line(
    made: Callable[[int], dict[str, str]],
) -> None:
    def read(count: int) -> Callable[[], object]:
        texts = made(count)
        return lambda: load_texts(texts)

    assert load_texts(made(2)).problems
    assert growth(read, 50) < 5
