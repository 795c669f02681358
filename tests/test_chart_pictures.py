"""Charts as pictures, pages and files: what is drawn is the chart, and the same each time."""

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from cfbudget.charts.plan_charts import plan_chart
from cfbudget.layout.chart import CHART_NAMES, Chart
from cfbudget.layout.page import Page
from cfbudget.money import plain
from cfbudget.render.chart_picture import chart_png, chart_svg
from cfbudget.render.chart_vega import chart_spec
from cfbudget.render.page_html import page_html
from cfbudget.render.page_markdown import page_markdown
from tests.kit.small_plans import revenue
from tests.kit.support import ROOT, SHIPPED, plan_of
from tests.test_charts import EXAMPLES, plan_in
from tests.test_formats import run

SVG = "{http://www.w3.org/2000/svg}"
RING_FENCED = EXAMPLES / "ring-fenced"
PLAN_OF = dict.fromkeys(CHART_NAMES, SHIPPED) | {"gap": RING_FENCED, "reserves": RING_FENCED}


@pytest.fixture(scope="module", params=CHART_NAMES)
def chart(request: pytest.FixtureRequest) -> Chart:
    return plan_chart(plan_in(PLAN_OF[request.param]), request.param)


def drawn(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every mark of a specification."""
    for values in spec["datasets"].values():
        yield from values


def test_a_specification_draws_every_bar_with_its_exact_amount(chart: Chart) -> None:
    spec = chart_spec(chart)
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")
    assert spec["title"]["text"] == [chart.title] or " ".join(spec["title"]["text"]) == chart.title
    lines = {s.id for s in chart.series if s.drawn == "line"} if chart.is_upright else set()
    wanted = sorted(
        (bar.label, plain(piece.figure.pence, piece.figure.unit))
        for bar in chart.bars
        for piece in bar.pieces
    )
    marks = [mark for mark in drawn(spec) if "amount" in mark and "limit" not in mark]
    assert sorted((mark["label"], mark["amount"]) for mark in marks) == wanted
    for mark in marks:
        if "begins" in mark and not chart.begins:
            moved = Decimal(str(mark["ends"])) - Decimal(str(mark["begins"]))
            assert abs(moved - Decimal(mark["amount"])) < Decimal("0.000001")
    assert bool(lines) == any("level" in mark for mark in marks)
    shown = [mark["shown"].split("  ")[0] for mark in drawn(spec) if "shown" in mark]
    assert sorted(shown) == sorted(bar.figure.text for bar in chart.bars)


def test_a_picture_says_what_each_mark_is_and_has_nothing_a_page_may_not_hold(
    chart: Chart,
) -> None:
    svg = chart_svg(chart)
    root = ElementTree.fromstring(svg)
    own, *titles = [element.text or "" for element in root.iter(f"{SVG}title")]
    assert own == chart.title
    said = root.find(f"{SVG}desc")
    assert said is not None
    assert all(sentence in (said.text or "") for sentence in chart.description)
    pieces = sum(len(bar.pieces) for bar in chart.bars)
    assert len(titles) == pieces + sum(1 for bar in chart.bars if bar.limit)
    for bar in chart.bars:
        if bar.pieces:
            assert any(bar.figure.text in title for title in titles) or len(bar.pieces) > 1
    assert not re.search(r"<script|<style|style=|href=|aria-label=|url\(| on[a-z]+=", svg)
    assert len(svg) < 120_000


def test_two_charts_of_one_name_can_stand_in_a_page() -> None:
    chart = plan_chart(plan_in(SHIPPED), "position")
    usual, own = (set(re.findall(r' id="([^"]+)"', chart_svg(chart, id_))) for id_ in ("", "first"))
    assert own == {"first-title", "first-description"}
    assert not own & usual


def test_the_same_chart_has_the_same_bytes() -> None:
    chart = plan_chart(plan_in(SHIPPED), "position")
    assert chart_svg(chart) == chart_svg(chart)
    assert chart_png(chart) == chart_png(chart)
    assert chart_png(chart).startswith(b"\x89PNG")


def test_a_name_is_text_wherever_it_is_drawn() -> None:
    name = "<b>Care</b> 'n' \"more\" \\\\ {{datum}} ${x}"
    written = name.replace('"', '\\"').replace("\\\\ {", "\\\\\\\\ {")
    plan = plan_of(revenue(f'  - {{id: care, name: "{written}", net: 5}}\n', contains=""))
    chart = plan_chart(plan, "position")
    label = chart.groups[0].bars[0].label
    root = ElementTree.fromstring(chart_svg(chart))
    assert label in ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]
    html = page_html(Page((chart,)))
    assert "<b>" not in html


def test_a_page_shows_a_chart_with_its_words_and_its_table() -> None:
    chart = plan_chart(plan_in(EXAMPLES / "gateshead-2023"), "gap")
    said = "2023-24: the gap is 34.176 before reserves, and 10.656 after them."
    page = Page((chart,))
    assert said in page_markdown(page)
    html = page_html(page)
    assert "<svg " in html
    assert f"<p>{said}</p>" in html
    assert "<td>10.656</td>" in html


# -- the command ----------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["svg", "png", "html", "json", "csv", "md", "xlsx", "txt"])
def test_every_format_is_written(ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"chart.{ending}"
    status, out, err = run(["chart", "savings", "--data", str(SHIPPED), "-o", str(target)])
    assert (status, out) == (0, ""), err
    begins = {
        "svg": b"<svg ",
        "png": b"\x89PNG",
        "html": b"<!doctype html>",
        "json": b"{",
        "csv": b"chart,group,label,",
        "md": b"## Children & Families",
        "xlsx": b"PK",
        "txt": b"Children & Families",
    }
    assert target.read_bytes().startswith(begins[ending])


def test_json_is_the_specification_and_csv_the_exact_amounts() -> None:
    words = ["chart", "programme", "--data", str(SHIPPED), "-f"]
    spec = json.loads(run([*words, "json"])[1])
    rows = list(csv.DictReader(io.StringIO(run([*words, "csv"])[1])))
    marks = [mark for mark in drawn(spec) if "amount" in mark]
    assert sorted(m["amount"] for m in marks) == sorted(row["amount"] for row in rows)
    need = [row for row in rows if row["label"] == "School Basic Need"]
    assert sum(Decimal(row["amount"]) for row in need) == Decimal("55.056")
    assert {row["table"] for row in need} == {"capital"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pie"], "'pie' is none of bridge, position, savings, programme, payback, gap, reserves"),
        (["gap", "--year", "2024-25"], "only a bridge has it: leave it out of gap"),
        (["savings", "--by", "kind"], "only a bridge has it: leave it out of savings"),
        (["bridge", "--by", "colour"], "'colour' is none of kind, service, option"),
        (["bridge", "-f", "png"], "a picture goes to a file: give -o FILE.png"),
        (["bridge", "-o", "chart.gif"], "no format is known for 'chart.gif'"),
        (["bridge", "--year", "2024-25"], "has no bridge to 2024-25: there is one to 2025-26"),
        (["gap"], "no gap chart:"),
    ],
)
def test_what_cannot_be_drawn_is_refused(words: list[str], said: str) -> None:
    status, out, err = run(["chart", *words, "--data", str(SHIPPED)])
    assert (status, out) == (2, "")
    assert said in " ".join(re.sub("[─│╭╮╰╯]", " ", err).split())


def test_without_the_extra_pictures_say_in_one_line_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("cfbudget.cli.report_extra.find_spec", lambda _: None)
    target = tmp_path / "chart.svg"
    status, out, err = run(["chart", "position", "--data", str(SHIPPED), "-o", str(target)])
    assert (status, out) == (2, "")
    assert err == (
        "cfbudget: a chart as svg needs libraries that are not installed: "
        "pip install 'cfbudget[report]'\n"
    )
    assert not target.exists()
    assert run(["chart", "position", "--data", str(SHIPPED)])[0] == 0


def test_a_picture_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "none" / "chart.png"
    status, out, err = run(["chart", "position", "--data", str(SHIPPED), "-o", str(target)])
    assert (status, out) == (2, "")
    assert "nothing was written to it" in err
    assert str(ROOT) not in out
