"""The bridge from an old plan to a new one in words: what to know, what it comes to."""

from collections.abc import Iterator

from cfbudget.calculate.bridge_lines import Bridge
from cfbudget.grammar import listed
from cfbudget.money import Unit, headline, headlines
from cfbudget.reports.compare.budget_words import budget_facts, budget_moved
from cfbudget.reports.compare.gap_outcome import gap_differs, gap_outcome
from cfbudget.tables.former_id_words import unfollowed_words
from cfbudget.tables.not_known_words import lines_not_known
from cfbudget.tables.standing_sentences import CHANGE_SIGN, against_budget
from cfbudget.years import FinancialYear

LEVELS = (
    "Each line: what it does to the net budget of each year, a level: the lines of a column add "
    "up to its difference, and no line is to be added up over the years."
)
INDICATIVE = (
    "Net budgets are indicative: pay, price and funding changes that are not listed are in neither."
)
BASE = (
    "Base changed: by service, how the openings differ; an opening is the budget less the options "
    "that it contains."
)
SAME_BUDGET = (
    "Where a budget is the same and the options in it differ, a change of such an option moves the "
    "opening the other way, and no net budget."
)
OTHER = (
    "What differs beyond the listed options is pay, prices, funding or anything else that no "
    "option says."
)


# -- before the figures ---------------------------------------------------------------------


def facts(bridge: Bridge) -> Iterator[str]:
    """What the figures are, what they are against, and what is not compared."""
    yield f"{bridge.unit.name}; {CHANGE_SIGN}."
    yield from budget_facts(bridge) if bridge.budgets else (LEVELS, INDICATIVE)
    for name, lists_options in zip(("old", "new"), bridge.lists_options, strict=True):
        if not lists_options:
            yield f"The {name} plan has no policy options."
    for name, alone in zip(("old", "new"), bridge.alone, strict=True):
        if alone:
            yield f"Not compared: {listed(alone)}, of which only the {name} plan has a net budget."
    if bridge.begin[0] != bridge.begin[1] and not bridge.budgets:
        name = "old" if bridge.begin[0] < bridge.begin[1] else "new"
        yield (
            f"Changes are counted from {bridge.start} on: what the {name} plan changes before is "
            "in its opening."
        )
    for name, ended in zip(("old", "new"), bridge.ended, strict=True):
        if ended:
            yield (
                f"In the opening of the {name} plan and not listed, as they change nothing from "
                f"{bridge.start} on: {'; '.join(ended)}."
            )


# -- after them -----------------------------------------------------------------------------


def outcome(bridge: Bridge, old: str, new: str) -> Iterator[str]:
    """What the bridge comes to, in whole sentences."""
    yield from _forecasts(bridge, old, new)
    if bridge.budgets:
        yield budget_moved(bridge, old, new)
    elif not bridge.lines:
        yield _nothing_bridged(bridge)
    else:
        yield from _moved(bridge, old, new)
    yield from _by_cause(bridge)
    yield from gap_outcome(bridge, old, new)
    yield from _openings(bridge)
    yield from unfollowed_words(bridge.unfollowed)
    for name, lacks in zip((old, new), bridge.not_known, strict=True):
        if lacks:
            yield f"{name} excludes {lines_not_known(lacks)}."
    if bridge.same_net:
        names = listed(bridge.same_net)
        yield f"Gross and income differ in the base budget, and the net does not: {names}."
    if bridge.has_funding[0] != bridge.has_funding[1]:
        name = "new" if bridge.has_funding[1] else "old"
        yield f"Only the {name} plan says what pays for its net budget: no gap is compared."
    if bridge.capital_differs:
        too = " too" if bridge.lines else ""
        yield f"The capital programmes differ{too}; they are not in this bridge."


def _nothing_bridged(bridge: Bridge) -> str:
    """What is the same where the bridge has no line; and whether that is all there is."""
    same = ["the net budgets", "the services' net budgets", "the policy options"]
    if bridge.gap and not gap_differs(bridge):
        same += ["the funding", "the planned use of reserves"]
    sentence = f"{listed(same)} are the same in both plans."
    one_has_funding = bridge.has_funding[0] != bridge.has_funding[1]
    if gap_differs(bridge) or bridge.same_net or bridge.capital_differs or one_has_funding:
        return sentence[0].upper() + sentence[1:]
    return f"Nothing differs: {sentence}"


def _forecasts(bridge: Bridge, old: str, new: str) -> Iterator[str]:
    """Where a plan is a trial: how approved budgets, which do not move, would turn out in it."""
    for name, found in zip((old, new), bridge.forecasts, strict=True):
        for forecast in found:
            yield f"In {name}, {against_budget(forecast, bridge.unit)}"


def _moved(bridge: Bridge, old: str, new: str) -> Iterator[str]:
    """How far apart the last year's net budgets are, or where they differ at all."""
    forecast = frozenset().union(*bridge.forecast_years)
    moved = {year: pence for year, pence in bridge.difference.items() if year not in forecast}
    if not moved:
        return
    differing = [year for year, pence in moved.items() if pence]
    *_, last = moved
    if not differing:
        other = "other " if forecast else ""
        cancels = (
            ""
            if forecast or gap_differs(bridge)
            else ": what differs moves no money, or cancels out"
        )
        yield f"The net budget of every {other}year compared is the same in both plans{cancels}."
    elif last not in differing:
        yield (
            f"The net budget of {last} is the same in both plans; that of {listed(differing)} "
            "is not."
        )
    else:
        pence = moved[last]
        years = _span(list(moved), forecast) if set(moved.values()) == {pence} else str(last)
        yield f"The net budget of {years} is {_apart(pence, bridge.unit)} in {new} than in {old}."


def _span(years: list[FinancialYear], forecast: frozenset[FinancialYear]) -> str:
    """Years as a span; one by one where a forecast, which is no net budget, lies between."""
    first, last = years[0], years[-1]
    if first == last or any(first < year < last for year in forecast):
        return listed(years)
    return f"every year from {first} to {last}"


def _by_cause(bridge: Bridge) -> Iterator[str]:
    """What each cause has of the last year's difference, where there are several."""
    last = bridge.years[-1]
    found = {c: sum(line.amounts[last] for line in ls) for c, ls in bridge.by_causes.items()}
    told = {causes: pence for causes, pence in found.items() if pence}
    sizes = headlines(*told.values(), unit=bridge.unit) if told else ()
    parts = [
        f"{' and '.join(causes)} {size} {_higher(pence)}"
        for (causes, pence), size in zip(told.items(), sizes, strict=True)
    ]
    if len(parts) > 1:
        yield f"By cause, in {last}: {'; '.join(parts)}."


def _apart(pence: int, unit: Unit) -> str:
    return f"{headline(pence, unit)} {_higher(pence)}"


def _higher(pence: int) -> str:
    return "higher" if pence > 0 else "lower"


def _openings(bridge: Bridge) -> Iterator[str]:
    causes = {cause for line in bridge.lines for cause in line.causes}
    if "base changed" in causes:
        yield BASE
    if any(line.same_budget for line in bridge.lines):
        yield SAME_BUDGET
    if "other movements" in causes:
        yield from _other_movements(bridge)
        yield OTHER


def _other_movements(bridge: Bridge) -> Iterator[str]:
    """Which budgets the years stand on where these are of different years."""
    standing: dict[tuple[FinancialYear, FinancialYear], list[FinancialYear]] = {}
    for year, bases in bridge.bases.items():
        if bases[0] != bases[1]:
            standing.setdefault(bases, []).append(year)
    for (old, new), years in standing.items():
        yield (
            f"Other movements: for {listed(years)} the old plan stands on its {old} budget, and "
            f"the new one on its {new} budget."
        )
