"""Charts as text: at any width, with no figure cut, and without what draws pictures."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.charts.plan_charts import plan_chart
from cfbudget.layout.chart import CHART_NAMES, Chart
from cfbudget.render.chart_strip import BLOCKS, PLAIN, Strip
from cfbudget.render.chart_text import chart_text
from tests.kit.pages import drawn
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.support import SHIPPED
from tests.test_chart_pictures import PLAN_OF
from tests.test_charts import every_chart, plan_in
from tests.test_properties import read


def strip_of(chart: Chart, at: int, width: int = 41, plain: bool = False) -> str:
    """How a bar is drawn."""
    bar = list(chart.bars)[at]
    return "".join(glyph for glyph, _ in Strip(chart, width, PLAIN if plain else BLOCKS).drawn(bar))


@settings(max_examples=40, deadline=None)
@given(sketches(), st.integers(min_value=1, max_value=140))
def test_no_figure_is_cut_at_any_width(sketch: Sketch, width: int) -> None:
    for chart in every_chart(read(sketch)):
        text = drawn(chart_text(chart, width))
        words = text.split()
        for bar in chart.bars:
            assert bar.figure.text in words
        if width >= 60:
            assert max(map(len, text.splitlines())) <= max(width, 100)


@pytest.mark.parametrize("name", CHART_NAMES)
def test_where_blocks_cannot_be_shown_bars_are_plain(name: str) -> None:
    chart = plan_chart(plan_in(PLAN_OF[name]), name)
    blocks, plain = (drawn(chart_text(chart, None, encoding)) for encoding in ("utf-8", "latin-1"))
    assert set(blocks) & set("█▓▒░")
    assert not set(plain) & set("".join(BLOCKS))
    assert set(plain) & set("#=+-")
    assert len(plain.splitlines()) == len(blocks.splitlines())


def test_a_bar_is_as_long_as_its_amount_and_stands_on_nil() -> None:
    savings = plan_chart(plan_in(SHIPPED), "savings")
    drawn = [strip_of(savings, at) for at in range(5)]
    nil = drawn[0].index("│")
    assert {line.index("│") for line in drawn} == {nil}
    assert drawn[0][nil - 1] == "█"  # (2,111)
    assert drawn[0][nil + 1 :].strip() == ""
    assert drawn[3].count("▒") == 25  # 20,799 of 24,265, which has 30
    assert drawn[2][nil + 1 :].strip() in BLOCKS.parts  # 321
    bridge = plan_chart(plan_in(SHIPPED), "bridge")
    assert strip_of(bridge, 0).startswith("│█")
    level, fall = strip_of(bridge, 0), strip_of(bridge, 1)
    assert level.rstrip(BLOCKS.parts).count("█") - 2 <= len(fall.rstrip()) - 1
    assert fall.startswith("│ ")


def test_a_floor_crosses_its_bar() -> None:
    reserves = plan_chart(plan_in(PLAN_OF["reserves"]), "reserves")
    start, end, *_ = (strip_of(reserves, at) for at in range(3))
    assert "┃" not in start
    assert end.index("┃") == pytest.approx(2_000 / 3_200 * 40, abs=1.5)
    assert "!" in strip_of(reserves, 1, plain=True)


def test_a_chart_on_a_terminal_imports_nothing_that_draws_pictures() -> None:
    code = (
        "import sys; sys.argv = ['cfbudget', 'chart', 'bridge', '--data', sys.argv[1]]\n"
        "from cfbudget.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'altair', 'vl_convert', 'pandas', 'numpy'} & set(sys.modules)), "
        "file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(SHIPPED)], capture_output=True, text=True, check=False
    )
    assert "108,164" in done.stdout
    assert done.stderr.strip() == "[]"
