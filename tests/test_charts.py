"""Charts: their figures are the core's, in the picture, in words and in the table alike."""

import re
from xml.etree import ElementTree

from cfbudget.charts.plan_charts import plan_chart
from cfbudget.layout.page import Page
from cfbudget.loaded import load_folder
from cfbudget.plan.plan import Plan
from cfbudget.render.chart_picture import chart_png, chart_svg
from cfbudget.render.page_html import page_html
from cfbudget.render.page_markdown import page_markdown
from tests.kit.support import ROOT

GATESHEAD = ROOT / "examples" / "gateshead-2023"


def plan_of(folder: str) -> Plan:
    plan = load_folder(folder).plan
    assert plan is not None
    return plan


def test_a_picture_says_what_each_mark_is_and_has_nothing_a_page_may_not_hold() -> None:
    chart = plan_chart(plan_of(str(GATESHEAD)), "gap")
    svg = chart_svg(chart)
    root = ElementTree.fromstring(svg)
    titles = [element.text for element in root.iter("{http://www.w3.org/2000/svg}title")]
    assert titles[0] == "Gateshead Council: budget gap before and after reserves, £m"
    assert "2023-24, Gap after reserves: 10.656 £m" in titles
    assert not re.search(r"<script|<style|style=|href=|aria-label=|url\(", svg)
    assert svg == chart_svg(chart)
    assert chart_png(chart) == chart_png(chart)
    assert chart_png(chart).startswith(b"\x89PNG")


def test_a_page_shows_a_chart_with_its_words_and_its_table() -> None:
    chart = plan_chart(plan_of(str(GATESHEAD)), "gap")
    said = "2023-24: the gap is 34.176 before reserves, and 10.656 after them."
    page = Page((chart,))
    assert said in page_markdown(page)
    html = page_html(page)
    assert "<svg " in html
    assert f"<p>{said}</p>" in html
    assert "<td>10.656</td>" in html
