"""Charts: their figures are the core's, in the bars, in words and in the table alike."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.funding import funding_amounts
from cfbudget.calculate.gap import gap_amounts
from cfbudget.calculate.position import position_amounts
from cfbudget.calculate.reserves import reserve_amounts
from cfbudget.calculate.steps_landed import Astray
from cfbudget.charts.largest import largest_of
from cfbudget.charts.plan_charts import ChartAsked, chart_of, charts_of, plan_chart
from cfbudget.charts.steps import ChartStep, Waterfall, waterfall
from cfbudget.layout.chart import CHART_NAMES, SPLITS, Chart
from cfbudget.layout.grid import ShownFigure
from cfbudget.layout.palette import PALETTE, ChartLook, look_of_kind, shades
from cfbudget.loaded import load_folder
from cfbudget.money import THOUSANDS
from cfbudget.plan.kinds import KINDS
from cfbudget.plan.plan import Plan
from tests.kit.large_council import LARGE
from tests.kit.paid_back import paired
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.scenarios import applied
from tests.kit.small_plans import revenue
from tests.kit.support import PLANS, ROOT, SHIPPED, plan_of, small_texts
from tests.kit.whole_council import OPTIONS as WHOLE_OPTIONS
from tests.kit.whole_council import RESERVES, with_funding
from tests.test_not_known import FEES, HALL
from tests.test_properties import read

EXAMPLES = ROOT / "examples"
FOLDERS = (SHIPPED, EXAMPLES / "gateshead-2023", EXAMPLES / "ring-fenced", PLANS / "payback")


def plan_in(folder: Path) -> Plan:
    plan = load_folder(str(folder)).plan
    assert plan is not None
    return plan


def every_chart(plan: Plan) -> Iterator[Chart]:
    """All charts that the plan has figures for, a bridge of every sort among them."""
    yield from charts_of(plan)
    for by in SPLITS:
        try:
            yield chart_of(ChartAsked(plan, "bridge", by))
        except LookupError:
            continue


def found(chart: Chart) -> dict[str, int]:
    """What each bar comes to, in pence, by its id."""
    return {bar.id: bar.figure.pence for bar in chart.bars}


# -- figures --------------------------------------------------------------------------------


def hold(chart: Chart) -> None:
    """What holds of every chart: its bars are as long as their figures, and end where they say."""
    ids = [bar.id for bar in chart.bars]
    assert len(ids) == len(set(ids))
    for bar in chart.bars:
        assert sum(piece.figure.pence for piece in bar.pieces) == bar.figure.pence
        for piece in bar.pieces:
            moved = piece.ends - piece.begins
            assert moved == piece.figure.pence
            assert moved
            assert chart.series_of(piece).name
        if bar.figure.cell and bar.figure.unit == bar.figure.cell.table.unit:
            assert bar.figure.pence == bar.figure.cell.table.cells[bar.figure.cell.key].pence
    low, high = chart.extent
    assert low < high
    assert chart.unit.name in chart.title
    assert chart.sign
    assert chart.grid.rows
    assert chart.description
    in_table = {c.pence for row in chart.grid.rows for c in row.cells if isinstance(c, ShownFigure)}
    assert {bar.figure.pence for bar in chart.bars} <= in_table


NUMBER = re.compile(r"[(+]?\d[\d,.]*\d\)?†?|[(+]?\d\)?†?")


def unsaid(chart: Chart) -> list[str]:
    """The numbers in a chart's words that are no figure of it, nor part of a name or a year."""
    names = [bar.label for bar in chart.bars] + [group.label for group in chart.groups]
    names += [row.label for row in chart.grid.rows] + list(chart.grid.headings)
    known = {figure.text for figure in chart.figures}
    for name in names:  # as they stand in a sentence, with the marks that may follow on a name
        known |= {number for end in ("", ",", ".", ":", ";") for number in numbers(name + end)}
    return [one for said in chart.description for one in numbers(said) if one not in known]


def numbers(text: str) -> list[str]:
    return NUMBER.findall(re.sub(r"\b\d{4}-\d{2}\b", " ", text))


@settings(max_examples=60, deadline=None)
@given(sketches())
def test_the_charts_of_any_plan_hold_and_their_words_are_their_figures(sketch: Sketch) -> None:
    for chart in every_chart(read(sketch)):
        hold(chart)
        assert unsaid(chart) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_charts_of_printed_plans_hold(folder: Path) -> None:
    charts = list(every_chart(plan_in(folder)))
    assert charts
    for chart in charts:
        hold(chart)
        assert unsaid(chart) == []


def test_a_number_in_words_that_is_no_figure_is_seen() -> None:
    from dataclasses import replace

    chart = plan_chart(plan_in(SHIPPED), "position")
    assert unsaid(replace(chart, description=("Education: 21,934 in 2024-25.",))) == ["21,934"]


def test_the_position_and_its_bridge_are_the_net_budgets_of_the_core() -> None:
    for plan in (plan_in(SHIPPED), plan_in(EXAMPLES / "ring-fenced"), plan_of(LARGE)):
        amounts = position_amounts(plan).amounts
        nets = {key.year: p for key, p in amounts.items() if key[:2] == (TOTAL, "net_budget")}
        services = found(plan_chart(plan, "position"))
        for year, net in nets.items():
            assert sum(p for id_, p in services.items() if id_.endswith(f"/{year}")) == net
        for by in SPLITS:
            bridge = found(chart_of(ChartAsked(plan, "bridge", by)))
            for year, net in nets.items():
                assert bridge[f"net-budget/{year}"] == net
            moves = sum(p for id_, p in bridge.items() if not id_.startswith("net-budget/"))
            first, *_, last = nets.values()
            assert moves == last - first


def test_a_bridge_to_a_scenario_leads_from_the_one_net_budget_to_the_other() -> None:
    plan = plan_in(SHIPPED)
    changes = (
        {"deliver": "saving", "share": "75%", "from": "2026-27"},
        {"set": "education", "measure": "gross", "to": "113000"},
        {"drop": "pinewood-plus"},
    )
    trial = applied(plan, *changes).plan
    ends = [position_amounts(one).amounts for one in (plan, trial)]
    for year in plan.years:
        before, after = (end[Key(TOTAL, "net_budget", year)] for end in ends)
        for by in SPLITS:
            asked = ChartAsked(trial, "bridge", by, (year,), plan, "a trial")
            bridge = found(chart_of(asked))
            assert (bridge.pop("baseline"), bridge.pop("scenario")) == (before, after)
            assert sum(bridge.values()) == after - before != 0
    asked = ChartAsked(trial, "bridge", "kind", (), plan, "a trial")
    assert [bar.label for bar in chart_of(asked).bars] == [
        *("Baseline 2027-28", "Savings", "Investment", "Revenue budgets", "Scenario 2027-28"),
    ]
    with pytest.raises(LookupError, match="it is of one year"):
        chart_of(asked._replace(years=plan.years))
    assert "with a trial" in chart_of(asked._replace(name="position")).title


def test_options_capital_the_gap_and_reserves_are_those_of_the_core() -> None:
    plan = plan_in(EXAMPLES / "ring-fenced")
    amounts = position_amounts(plan).amounts
    for group in plan_chart(plan, "savings").groups:
        year = next(y for y in plan.years if str(y) == group.id)
        *changes, level = group.bars
        assert level.figure.pence == amounts[Key(TOTAL, "cumulative_change", year)]
        reversed_ = sum(
            p
            for k, p in amounts.items()
            if k.row.endswith("/reversals") and k[1:] == ("change", year)
        )
        moved = sum(bar.figure.pence for bar in changes) + reversed_
        assert moved == amounts[Key(TOTAL, "change", year)]
    gaps, funded = gap_amounts(plan), funding_amounts(plan).amounts
    for id_, pence in found(plan_chart(plan, "gap")).items():
        measure, _, text = id_.partition("/")
        year = next(y for y in plan.funding_years if str(y) == text)
        used = funded[Key(TOTAL, "reserves_used", year)] if measure == "gap" else 0
        assert pence == gaps[Key(TOTAL, "gap_before_reserves", year)] + used
    held = reserve_amounts(plan).amounts
    reserves = plan_chart(plan, "reserves")
    assert [bar.figure.pence for bar in reserves.groups[0].bars[1:]] == [
        held[Key(reserves.groups[0].id, "closing", year)] for year in plan.reserve_years
    ]
    assert {bar.limit.text for bar in reserves.bars if bar.limit} == {"2,000", "1,500"}
    capital = plan_chart(plan_in(SHIPPED), "programme")
    inside, apart = capital.groups
    for group, printed in ((inside, "78.299"), (apart, "13.295")):
        assert group.figure
        assert group.figure.text == printed
        assert sum(bar.figure.pence for bar in group.bars) == group.figure.pence


def test_steps_that_do_not_land_are_a_fault() -> None:
    def step(pence: int, *, is_level: bool = False) -> ChartStep:
        return ChartStep(str(pence), "", ShownFigure(pence, THOUSANDS, 0), is_level=is_level)

    made = Waterfall("A plan", "plus is more", THOUSANDS, 0)
    waterfall(made, [step(100, is_level=True), step(-30), step(70, is_level=True)])
    with pytest.raises(Astray):
        waterfall(made, [step(100, is_level=True), step(-31), step(70, is_level=True)])


def test_a_bridge_below_nil_has_no_axis_that_begins_elsewhere() -> None:
    texts = {
        **revenue("  - {id: care, name: Care, gross: 10, income: -40}\n"),
        **revenue("  - {id: care, name: Care, gross: 60, income: -40}\n", "2025-26", ""),
    }
    del_contains = {k: t.replace("[2024-25]", "[]") for k, t in texts.items()}
    bridge = plan_chart(plan_of(del_contains), "bridge")
    assert bridge.begins == 0
    assert [(p.begins, p.ends) for bar in bridge.bars for p in bar.pieces] == [
        (0, -3_000_000),
        (-3_000_000, 2_000_000),
        (0, 2_000_000),
    ]


# -- awkward plans --------------------------------------------------------------------------


def test_one_year_alone_has_a_bar_for_each_service_and_no_bridge() -> None:
    plan = plan_in(EXAMPLES / "west-norfolk-2024")
    (group,) = plan_chart(plan, "position").groups
    assert group.label == ""
    assert [bar.label for bar in group.bars][:1] == ["Borough Budget Requirement"]
    with pytest.raises(LookupError, match="no net budget but that of 2024-25: a bridge needs two"):
        plan_chart(plan, "bridge")


def test_of_very_many_services_the_smallest_stand_together_and_nothing_is_lost() -> None:
    lines = "".join(
        f"  - {{id: s{at}, name: Service {at}, net: {at}}}\n" for at in range(60, 0, -1)
    )
    plan = plan_of(revenue(lines, contains=""))
    chart = plan_chart(plan, "position")
    hold(chart)
    assert chart.groups[0].bars[-1].label == "All others (49)"
    assert sum(found(chart).values()) == 60 * 61 // 2 * 100_000
    assert largest_of([3, 1, 2, 5], lambda size: size, 3) == [3, 5]
    assert largest_of([3, 1, 2], lambda size: size, 3) == [3, 1, 2]


def test_what_is_not_known_yet_is_no_bar_and_every_figure_without_it_says_so() -> None:
    plan = plan_of(small_texts(options=FEES, capital=HALL))
    programme = plan_chart(plan, "programme")
    assert [bar.note for bar in programme.bars if bar.note] == ["2025-26: tbc"]
    steps = {bar.label: bar.figure.text for bar in plan_chart(plan, "bridge").bars}
    assert steps["Savings"] == "-†"
    assert steps["Net budget 2025-26"] == "160†"
    for chart in charts_of(plan):
        assert any("†" in note for note in chart.notes)
        assert unsaid(chart) == []


def test_a_gap_and_a_payback_that_lack_what_is_not_known_say_so() -> None:
    unknown = plan_of(with_unknown())
    assert any("†" in note for note in plan_chart(unknown, "gap").notes)
    assert any("Fees 2026-27" in note for note in plan_chart(unknown, "payback").notes)
    known = plan_of({**with_unknown(), "policy_options.yaml": PAID_FOR})
    assert plan_chart(known, "gap").notes == plan_chart(known, "payback").notes == ()


def with_unknown() -> dict[str, str]:
    """A council with a gap and an invest to save, of whose saving a year is not known yet."""
    unknown = PAID_FOR.replace("2026-27: -2", "2026-27: tbc")
    return {**with_funding(), "reserves.yaml": RESERVES, "policy_options.yaml": unknown}


PAID_FOR = WHOLE_OPTIONS.replace(
    "kind: demand,", "kind: investment, invest_to_save: true, funds: [fees],"
)


def test_an_invest_to_save_says_when_it_pays_back() -> None:
    def outcome(cost: tuple[int, ...], saved: tuple[int, ...]) -> tuple[str, list[str]]:
        (group,) = plan_chart(paired(cost, saved), "payback").groups
        return group.label.rpartition(": ")[2], [bar.label for bar in group.bars if bar.note]

    assert outcome((10, 0, 0), (0, -15, -10)) == ("pays back in 2026-27", ["2026-27"])
    assert outcome((10, 0, 0), (0, -1, -1)) == ("does not pay back within the plan", [])
    assert outcome((10, 0, 0), (-12, 0, 0)) == ("ahead from the first year", [])
    chart = plan_chart(plan_in(SHIPPED), "payback")
    strategy = next(group for group in chart.groups if group.label.startswith("Children in Care"))
    assert strategy.label.endswith(": pays back in 2025-26, incomplete")
    assert any(note.startswith("Incomplete: ") for note in chart.notes)


@pytest.mark.parametrize("name", CHART_NAMES)
def test_a_plan_that_lacks_the_table_of_a_chart_says_which(name: str) -> None:
    said = {
        "bridge": "has neither a revenue budget nor policy options",
        "position": "has neither a revenue budget nor policy options",
        "programme": "has no capital programme",
        "payback": "has no policy options, so no invest to save",
        "gap": "has no year with a net budget and funding",
        "reserves": "has no reserves",
    }
    texts = small_texts()
    only = "revenue_2024_25.yaml" if name == "programme" else "capital_programme.yaml"
    with pytest.raises(LookupError, match=said.get(name, "has no policy options")):
        plan_chart(plan_of({only: texts[only]}), name)


# -- colours --------------------------------------------------------------------------------


def test_a_colour_has_one_meaning() -> None:
    edges = {kind: look_of_kind(kind, "new").edge for kind in KINDS}
    assert len(set(edges.values())) == len(KINDS)
    assert set(edges.values()) <= set(PALETTE)
    for kind in KINDS:
        new, before = look_of_kind(kind, "new"), look_of_kind(kind, "previously-approved")
        assert new.edge == before.edge
        assert (new.texture, new.is_dashed) != (before.texture, before.is_dashed)
    looks: dict[str, ChartLook] = {}
    for folder in FOLDERS:
        for chart in every_chart(plan_in(folder)):
            if chart.name in ("position", "programme"):
                continue  # by year, shades of one colour
            for series in chart.series:
                assert looks.setdefault(series.id, series.look) == series.look


def test_no_two_things_of_a_legend_are_drawn_alike_without_colour() -> None:
    for folder in FOLDERS:
        for chart in every_chart(plan_in(folder)):
            drawn = [(series.drawn, series.look.texture) for series in chart.series]
            if not chart.is_told_by_labels:
                assert len(set(drawn)) == len(drawn), chart.title
            elif chart.name == "position":  # each year as dark as the one before it, or darker
                assert drawn == sorted(drawn, reverse=True)


def test_where_an_axis_begins_is_said_below_the_title() -> None:
    bridge = plan_chart(plan_in(SHIPPED), "bridge")
    assert bridge.sign.endswith("; the axis begins at 90,000")
    assert bridge.title.endswith("by kind, £000")


def test_years_are_shades_that_can_be_told_apart() -> None:
    for count in range(1, 12):
        fills = [look.fill for look in shades(PALETTE[0], count)]
        assert len(set(fills)) == count
        assert fills[-1] == PALETTE[0]
