"""Every command takes every format, from one list; a page is the same whoever shows it."""

import shutil
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from typer.testing import CliRunner

from cfbudget.cli.app import command_line
from cfbudget.cli.common_options import ENDINGS, FORMATS
from cfbudget.layout.grid import Grid, GridRow, ShownFigure
from cfbudget.layout.page import (
    Block,
    Caption,
    Facts,
    Heading,
    Items,
    Page,
    Sentences,
    Title,
    page,
)
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.layout.table import Table
from cfbudget.loaded import load_folder
from cfbudget.money import THOUSANDS
from cfbudget.render.page_html import page_html
from cfbudget.render.page_markdown import page_markdown
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.workbook.book.proof import prove
from cfbudget.workbook.sheets.page_book import page_book
from tests.kit.pages import text_of
from tests.kit.support import PLANS, SHIPPED, TABLES

COMMANDS = {
    "totals": ["totals", "--data", "data"],
    "check": ["check", "data", "--all"],
    "verify": ["verify", "plan.xlsx", "--data", "data"],
    "model": ["model", "--set", "personal-travel-budgets@2024-25=-400", "--data", "data"],
    "compare": ["compare", "data", "data"],
    "solve": ["solve", "--service=total", "--year=2026-27", "--net=104000", "--data=data"],
    "explain": ["explain", "net", "total", "2027-28", "--data=data"],
    "payback": ["payback", "--rate=3.5%", "--data=data"],
    "chart": ["chart", "position", "--data=data"],
    "report": ["report", "--data=data"],
    "cast": ["cast", "table.csv"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("formats")
    shutil.copytree(SHIPPED, made / "data")
    shutil.copy(TABLES / "stockport-services-2024" / "table.csv", made)
    status, _, err = run(["export", str(made / "plan.xlsx"), "--data", str(made / "data")])
    assert status == 0, err
    return made


def run(words: list[str]) -> tuple[int, str, str]:
    done = CliRunner().invoke(command_line(words[0]), words)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_writes_every_format(
    command: str, ending: str, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(folder)
    target = tmp_path / f"result{ending}"
    status, _, err = run([*COMMANDS[command], "-o", str(target)])
    assert status == 0, err
    assert target.stat().st_size > 50
    if ending == ".xlsx":
        book = openpyxl.load_workbook(target)
        assert any(row for sheet in book for row in sheet.iter_rows(values_only=True))
    if ending == ".docx":
        assert Document(str(target)).paragraphs[0].text


@pytest.mark.parametrize("format_", [f for f in FORMATS if f not in ("xlsx", "docx")])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_prints_every_format(
    command: str, format_: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    status, out, err = run([*COMMANDS[command], "-f", format_])
    assert status == 0, err
    starts = {"json": ("[", "{"), "html": ("<!doctype html>",), "md": ("## ",)}
    assert out.startswith(starts.get(format_, ("",)))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_format_that_nobody_knows_is_refused_by_all(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    for words in (["-f", "pdf"], ["-o", "result.pdf"], ["-f", "xlsx"], ["-f", "docx"]):
        status, out, err = run([*COMMANDS[command], *words])
        assert (status, out) == (2, ""), err


# -- a page ---------------------------------------------------------------------------------

HOSTILE = "<b>Care & \x1b[31mCo</b>"


def small() -> Page:
    rows = [
        GridRow(HOSTILE, [ShownFigure(-338_000_00, THOUSANDS, 0), "words"], depth=1),
        GridRow(
            "Total", [ShownFigure(17_300_000, THOUSANDS, 0, signed=True), ""], "bold", apart=True
        ),
    ]
    grid = Grid(("£000", "2024-25", "Source"), rows, left=frozenset({1}))
    return page(
        (
            Title(f"Plan: {HOSTILE}"),
            Facts(("£000; plus is more.",)),
            Heading("A section"),
            Caption("What these are"),
            grid,
            Items(("one", "two")),
            Sentences(("It adds up.",)),
            Sentences(()),
        )
    )


def test_text_and_markdown_hold_the_same() -> None:
    text, markdown = text_of(small(), None), page_markdown(small())
    for words in ("(338)", "+173", "words", "A section", "What these are", "It adds up."):
        assert words in text
        assert words in markdown
    assert "\x1b" not in text + markdown
    assert not text.endswith("\n\n")


def test_html_is_whole_and_takes_nothing_for_markup() -> None:
    open_tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in ("meta",):
                open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert open_tags.pop() == tag

    html = page_html(small())
    Reader().feed(html)
    assert open_tags == []
    assert "\x1b" not in html
    assert "<b>" not in html
    assert "&lt;b&gt;Care &amp; " in html
    assert '<th scope="row"' in html


def plan_tables_of(folder: Path) -> list[Table]:
    plan = load_folder(str(folder)).plan
    assert plan is not None
    return list(plan_tables(plan))


@pytest.mark.parametrize("name", ["shipped", "nested", "odd"])
def test_the_workbook_of_a_page_adds_up_live(name: str) -> None:
    tables = plan_tables_of(SHIPPED if name == "shipped" else PLANS / name)
    blocks: list[Block] = []
    for table in tables:
        blocks += [Title(table.title), *(panel_grid(table, panel) for panel in table.panels)]
    book = page_book(page(blocks))
    prove(book)
    live = sum(1 for _ in book.formulas())
    sums = {key for table in tables for key, _ in table.relations()}
    assert live >= len(sums) * 3 // 4
    declared = sum(cell.is_input for table in tables for cell in table.cells.values())
    inputs = [
        cell.content
        for sheet in book.sheets.values()
        for cell in sheet.cells.values()
        if cell.style.role == "input"
    ]
    assert len(inputs) == declared
    assert all(isinstance(content, Decimal) for content in inputs)


def test_the_sheets_of_a_page_have_names_of_their_own() -> None:
    grid = Grid(("£000", "A"), [GridRow("x", ["1"])])
    titles = ["Plan: a / b", "Plan: a / b", "A" * 60, "A" * 60, "Plan: ", "'quoted'"]
    book = page_book(page([block for title in titles for block in (Title(title), grid)]))
    assert len(book.sheets) == len(titles)
    assert len({name.lower() for name in book.sheets}) == len(titles)
    assert all(0 < len(name) <= 31 for name in book.sheets)
    assert list(book.formulas()) == []
