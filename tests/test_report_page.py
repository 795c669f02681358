"""The report as Chromium shows it: read, searched, sorted, copied and printed, with no network."""

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page
from typer.testing import CliRunner

from cfbudget.cli.app import command_line
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.layout.shown_parts import USUAL, with_views, without_empty
from cfbudget.layout.units import exact
from cfbudget.loaded import load_folder
from cfbudget.tables.plan_tables import plan_tables
from tests.kit.chromium import (
    AXE,
    Screen,
    chromium,
    focused,
    needs_axe,
    needs_chromium,
    opened,
    press_until,
)
from tests.kit.processes import plan_in
from tests.kit.support import REVENUE, ROOT, SHIPPED

pytestmark = needs_chromium

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \" '&amp;"
PLANS = ("shipped", "ring-fenced", "hostile", "trial", "beside")
EVERY_TABLE = """() => [...document.querySelectorAll('main table')].map((table) => ({
    section: table.closest('section').querySelector('h2').textContent,
    caption: table.caption.textContent,
    rows: [...table.tBodies[0].rows].map((row) =>
        [...row.cells].map((cell) => [cell.textContent, cell.dataset.v ?? null])),
}))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The reports that are looked at, by name."""
    folder = tmp_path_factory.mktemp("reports")
    named = REVENUE.replace("name: Care", f"name: {json.dumps(HOSTILE)}")
    plans = {
        "shipped": ["--data", str(SHIPPED)],
        "ring-fenced": ["--data", str(ROOT / "examples" / "ring-fenced")],
        "hostile": ["--data", str(plan_in(folder / "plan", revenue=named))],
        "beside": [
            *("--data", str(SHIPPED), "--beside", str(folder / "slips.yaml")),
            *("--beside", str(folder / "later.yaml")),
        ],
        "trial": ["--data", str(SHIPPED), "--scenario", str(folder / "slips.yaml")],
    }
    slips = "name: Slips\nchanges:\n  - {delay: pension-liabilities, years: 1}\n"
    (folder / "slips.yaml").write_text(slips, encoding="utf-8")
    later = slips.replace("Slips", "Later").replace("years: 1", "years: 2")
    (folder / "later.yaml").write_text(later, encoding="utf-8")
    made = {}
    for name, words in plans.items():
        made[name] = folder / f"{name}.html"
        done = CliRunner().invoke(command_line("report"), ["report", *words, "-o", str(made[name])])
        assert done.exit_code == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def shipped(browser: Browser, reports: dict[str, Path]) -> Iterator[Page]:
    """The report of the shipped plan on a wide screen; each test leaves it as it was."""
    with opened(browser, reports["shipped"]) as page:
        yield page


def shown_tables(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(EVERY_TABLE)
    return found


def test_the_figures_are_the_core_s_cell_by_cell(shipped: Page) -> None:
    plan = load_folder(str(SHIPPED)).plan
    assert plan is not None
    found = shown_tables(shipped)
    wanted = 0
    for table in with_views(map(without_empty, plan_tables(plan)), USUAL):
        for panel in table.panels:
            grid = panel_grid(table, panel)
            rows = [
                [
                    [row.label, None],
                    *(
                        [cell.text, exact(cell.pence, cell.unit)]
                        if not isinstance(cell, str)
                        else [cell, None]
                        for cell in row.cells or [""] * (len(grid.headings) - 1)
                    ),
                ]
                for row in grid.rows
            ]
            assert rows in [one["rows"] for one in found], (table.title, panel.caption)
            wanted += 1
    assert wanted == 6


@needs_axe
@pytest.mark.parametrize(
    ("name", "scheme"),
    [("shipped", "light"), ("shipped", "dark"), ("ring-fenced", "dark"), ("trial", "light")],
)
def test_axe_reports_nothing(
    name: str, scheme: Literal["light", "dark"], browser: Browser, reports: dict[str, Path]
) -> None:
    with opened(browser, reports[name], Screen(scheme=scheme)) as page:
        page.evaluate(AXE.read_text("utf-8"))
        assert violations(page) == []
        page.locator("td > button").nth(1).click()
        assert violations(page) == []


@needs_axe
def test_axe_sees_what_is_wrong(browser: Browser, reports: dict[str, Path]) -> None:
    with opened(browser, reports["hostile"]) as page:
        page.evaluate(AXE.read_text("utf-8"))
        page.evaluate("document.querySelector('h1').style.color = '#ddd'")
        page.evaluate("document.querySelector('#cf_search').labels[0].remove()")
        assert {found.partition(":")[0] for found in violations(page)} >= {
            "color-contrast",
            "label",
        }


def violations(page: Page) -> list[str]:
    """What axe finds wrong, with the first place of each; of WCAG 2.2 it looks only if told to."""
    wanted = "{resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}"
    found = page.evaluate(f"axe.run(document, {wanted})")
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html']}" for one in found["violations"]]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PLANS)
def test_nothing_is_wider_than_the_screen(
    name: str, width: int, browser: Browser, reports: dict[str, Path]
) -> None:
    with opened(browser, reports[name], Screen(width)) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        beyond = """(width) => [...document.querySelectorAll('body *')].filter((one) =>
            !one.closest('.scroll') && !one.closest('.unseen') && !one.closest('svg')
            && one.getBoundingClientRect().right > width + 0.5).map((one) => one.outerHTML)"""
        assert page.evaluate(beyond, width) == []
        # What scrolls can be reached by the keyboard, and says what it is.
        unreached = """() => [...document.querySelectorAll('.scroll')].filter((one) =>
            one.scrollWidth > one.clientWidth
            && !(one.tabIndex === 0 && one.getAttribute('aria-labelledby'))).length"""
        assert page.evaluate(unreached) == 0


SCROLLING = """() => [...document.querySelectorAll('.scroll')].map((one) => ({
    columns: one.querySelectorAll('thead th').length,
    scrolls: one.scrollWidth > one.clientWidth,
    told: getComputedStyle(one.nextElementSibling, '::after').content.includes('more to the right'),
    shadow: getComputedStyle(one).backgroundImage.includes('gradient') }))"""


def test_a_narrow_screen_shows_four_years_and_tells_of_more(
    browser: Browser, reports: dict[str, Path]
) -> None:
    with opened(browser, reports["shipped"], Screen(360)) as page:
        tables = page.evaluate(SCROLLING)
    assert any(one["scrolls"] for one in tables)
    for one in tables:
        assert one["told"] == one["shadow"] == one["scrolls"]
    assert any(one["columns"] == 5 and not one["scrolls"] for one in tables)


def test_names_with_markup_are_text(browser: Browser, reports: dict[str, Path]) -> None:
    with opened(browser, reports["hostile"]) as page:
        labels = page.eval_on_selector_all("tbody th", "all => all.map((one) => one.textContent)")
        assert HOSTILE in labels
        assert page.eval_on_selector_all("script", "all => all.length") == 2
        assert page.eval_on_selector_all("main img", "all => all.length") == 0


def test_without_a_script_all_is_there(browser: Browser, reports: dict[str, Path]) -> None:
    text = reports["shipped"].read_text("utf-8")
    with opened(browser, reports["shipped"], Screen(has_script=False)) as page:
        assert page.locator("main table").count() == text.count("<table ")
        assert page.locator("td", has_text="108,164").count() > 1
        assert page.locator("main button").count() == 0


# -- by keyboard alone ------------------------------------------------------------------------


def test_search_shows_the_options_that_say_what_is_typed(shipped: Page) -> None:
    page = shipped
    page.evaluate("document.activeElement.blur()")
    press_until(page, "Tab", lambda at: focused(at, "#cf_search"))
    rows = page.locator("section[aria-labelledby^=policy-options] tr[data-r=line]:visible")
    every = rows.count()
    page.keyboard.type("transport GROWTH")
    labels = {row.split("\t")[0].strip() for row in rows.all_inner_texts()}
    assert labels == {
        "Home to School Transport – Special Educational Needs (SEN) Growth",
        "Home to School Transport - Mainstream Growth",
    }
    assert "2 of 30 options" in page.locator("#cf_found").inner_text()
    totals = page.locator("main tr[data-r=total]:visible").all_inner_texts()
    assert any("24,265" in total for total in totals)
    page.keyboard.press("Tab")
    assert focused(page, "#cf_where a", "2")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    assert rows.count() == every


def test_columns_sort_and_go_back_to_the_plan_s_order(shipped: Page) -> None:
    page = shipped
    table = page.locator("section", has=page.locator("h2", has_text="one a row")).locator("table")
    head = table.locator("thead th").last

    def amounts() -> list[Decimal]:
        cells = table.locator("tr[data-r=line] td:last-child")
        return [*map(Decimal, cells.evaluate_all("all => all.map((c) => c.dataset.v)"))]

    plan = amounts()
    head.locator("button").focus()
    for way, wanted in (
        ("ascending", sorted(plan)),
        ("descending", sorted(plan, reverse=True)),
        ("none", plan),
    ):
        page.keyboard.press("Enter")
        assert head.get_attribute("aria-sort") == way
        assert amounts() == wanted
        assert table.locator("tbody tr").last.get_attribute("data-r") == "total"
    assert plan != sorted(plan)


def test_a_sorted_table_keeps_its_groups_and_their_totals(shipped: Page) -> None:
    page = shipped
    table = page.locator(
        "section", has=page.locator("h2", has_text="Policy options, changes")
    ).locator("table")
    where = "all => all.map((row) => row.dataset.r === 'line' ? '' : row.cells[0].textContent)"
    before = table.locator("tbody tr").evaluate_all(where)
    head = table.locator("thead button").nth(1)
    head.focus()
    page.keyboard.press("Space")
    assert table.locator("tbody tr").evaluate_all(where) == before
    page.keyboard.press("Space")
    page.keyboard.press("Space")


def test_a_table_is_copied_as_csv_with_plain_figures(shipped: Page) -> None:
    page = shipped
    part = page.locator("section", has=page.locator("h2", has_text="Revenue budget"))
    press_until(
        page,
        "Tab",
        lambda at: focused(at, "section:has(#revenue-budget-2024-25) .tools button"),
    )
    page.keyboard.press("Enter")
    part.get_by_text("Copied: 4 rows.").wait_for()
    text = page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert list(csv.reader(io.StringIO(text))) == [
        ["£000", "Gross", "Income", "Net"],
        ["Children's Social Care", "77523", "-3380", "74143"],
        ["Early Help and Prevention", "8884", "-3722", "5162"],
        ["Education", "112123", "-90190", "21933"],
        ["Total Children & Families", "198530", "-97292", "101238"],
    ]


def test_the_contents_lead_to_every_part(shipped: Page) -> None:
    page = shipped
    links = page.locator("nav a")
    targets = links.evaluate_all("all => all.map((link) => link.hash.slice(1))")
    heads = page.locator("main h2").evaluate_all("all => all.map((head) => head.id)")
    assert targets == heads
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    press_until(page, "Tab", lambda at: focused(at, "nav a", "Checks"))
    page.keyboard.press("Enter")
    page.wait_for_function(
        "Math.abs(document.querySelector('#checks').getBoundingClientRect().top) < 100"
    )
    page.keyboard.press("Tab")
    within = "document.activeElement.compareDocumentPosition(document.querySelector('#checks')) & 2"
    assert page.evaluate(within)


def test_a_figure_opens_its_explanation_and_the_focus_returns(shipped: Page) -> None:
    page = shipped
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    press_until(page, "Tab", lambda at: focused(at, "#table_1 td > button", "83,899"))
    page.keyboard.press("ArrowRight")
    assert focused(page, "#table_1 td > button", "101,238")
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    assert dialog.locator("h2").inner_text() == "Total Children & Families: net budget 2024-25"
    assert "101,238 £000" in dialog.inner_text()
    press_until(page, "Tab", lambda at: focused(at, "dialog button", "Education"))
    page.keyboard.press("Enter")
    assert dialog.locator("h2").inner_text() == "Education: net budget 2024-25"
    assert "revenue_2024_25.yaml:29" in dialog.inner_text()
    press_until(page, "Tab", lambda at: focused(at, "#cf_told_back"))
    page.keyboard.press("Enter")
    assert dialog.locator("h2").inner_text() == "Total Children & Families: net budget 2024-25"
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    assert focused(page, "#table_1 td > button", "101,238")
    page.keyboard.press("Shift+Tab")
    assert not focused(page, "#table_1 td > button")


def test_every_figure_of_the_plan_s_tables_opens_what_adds_up_to_it(shipped: Page) -> None:
    """Of each figure that is a sum, the parts with their signs come to it, as they are shown."""
    figures = shipped.evaluate(
        "JSON.parse(document.querySelector('#cf_figures').textContent).figures"
    )
    told = shipped.locator("main td[data-x]").evaluate_all(
        "all => all.map((cell) => [cell.dataset.x, cell.textContent])"
    )
    assert len(told) > 500
    for number, text in told:
        assert figures[int(number)]["a"] == text.removeprefix("+")
    sums = [one for one in figures if one.get("p") and one["p"][0][0]]
    assert len(sums) > 150
    for one in sums:
        if one["u"] == "£000":
            parts = [(sign, figures[at]["a"]) for sign, at in one["p"]]
            total = sum((-1 if sign == "−" else 1) * amount(text) for sign, text in parts)
            assert total == amount(one["a"]), one


def test_a_difference_opens_the_two_figures_that_it_is_of(
    browser: Browser, reports: dict[str, Path]
) -> None:
    with opened(browser, reports["trial"]) as page:
        part = page.locator("section", has=page.locator("h2", has_text="with Slips")).first
        part.locator("td > button", has_text="+75").first.click()
        told = page.locator("dialog[open]")
        assert "£75,000 more with Slips" in told.inner_text()
        parts = told.locator("tbody tr").all_inner_texts()
        assert [text.split()[0] for text in parts] == ["+", "−"]
        told.locator("tbody button").first.click()
        assert told.locator("h2").inner_text().endswith(", with Slips")


def amount(text: str) -> int:
    """A printed amount of £000."""
    size = int(re.sub(r"[(),]", "", text).replace("-", "0"))
    return -size if text.startswith("(") else size


# -- on paper ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PLANS)
def test_no_table_is_cut_on_paper(
    name: str, browser: Browser, reports: dict[str, Path], tmp_path: Path
) -> None:
    with opened(browser, reports[name]) as page:
        rows = [[text for text, _ in row] for table in shown_tables(page) for row in table["rows"]]
        page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    printed = []
    for sheet in document:
        width, height = sheet.get_size()
        assert (round(min(width, height)), round(max(width, height))) == (595, 842)
        text = sheet.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        assert all(left > 0 and right < width for left, _, right, _ in boxes)
        printed.append(" ".join(text.get_text_range().split()))
    # Each row stands whole on one page: its label's first words, then its figures.
    for row in rows:
        figures = [text for text in row[1:] if re.fullmatch(r"[\d,.()+†%-]+", text)]
        wanted = " ".join(figures)
        assert any(wanted in sheet for sheet in printed), row


def test_headings_repeat_on_every_sheet(shipped: Page, tmp_path: Path) -> None:
    shipped.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    sheets = texts_of(tmp_path / "report.pdf")
    begun = next(at for at, text in enumerate(sheets) if "Policy options, changes" in text)
    ended = next(at for at, text in enumerate(sheets) if "3,506 24,265" in text)
    assert ended > begun
    assert all(
        "£000 2024-25 2025-26 2026-27 2027-28 By 2027-28" in sheets[at] for at in (begun, ended)
    )


def texts_of(file: Path) -> list[str]:
    """What stands on each sheet, in one line."""
    sheets = pypdfium2.PdfDocument(file)
    return [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in sheets]
