"""A page as a Word document: every text of it, as tables and styles that Word itself works with."""

import zipfile
from io import BytesIO

import hypothesis.strategies as st
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.section import Section
from docx.table import Table
from hypothesis import given, settings

from cfbudget.layout.grid import Emphasis, Grid, GridRow
from cfbudget.layout.page import Block, Caption, Facts, Heading, Page, Sentences, Title, page
from cfbudget.problem import printable
from cfbudget.render.page_docx import page_docx
from tests.kit.word import all_cells, cells_of, part, tables_of

NAMES = st.text(
    st.sampled_from("aZ é<&>\"'“()%-–1,\t\n\x00\x1b\x85\u202e\ud800\udcff\uffff漢😀"), max_size=12
)
FIGURES = st.sampled_from(["", "-", "(3,380)", "77,523", "+173", "12.5%", "tbc", "1,234,567.89†"])


@st.composite
def drawn_grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(1, 14))
    left = draw(st.frozensets(st.integers(0, width - 1)))
    styles: list[Emphasis] = ["", "bold"]
    rows = [
        GridRow(
            draw(NAMES),
            draw(st.one_of(st.just([]), st.lists(FIGURES, min_size=width, max_size=width))),
            draw(st.sampled_from(styles)),
            draw(st.integers(0, 3)),
            draw(st.booleans()),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]
    headings = draw(st.lists(NAMES, min_size=width + 1, max_size=width + 1))
    return Grid(headings, rows, left)


BLOCKS: st.SearchStrategy[Block] = st.one_of(
    drawn_grids(),
    st.builds(Title, NAMES),
    st.builds(Heading, NAMES),
    st.builds(Caption, NAMES),
    st.builds(Facts, st.lists(NAMES, max_size=2)),
    st.builds(Sentences, st.lists(NAMES, max_size=2)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(BLOCKS, max_size=6).map(page))
def test_every_text_stands_in_the_document_in_its_order(drawn: Page) -> None:
    content = page_docx(drawn).content
    assert together(content, drawn) == all_cells(drawn)
    words = [printable(text) for block in drawn.blocks for text in said_in(block)]
    said = [one.text for one in Document(BytesIO(content)).paragraphs]
    rest = iter(said)
    assert all(word in rest for word in words)


def said_in(block: Block) -> tuple[str, ...]:
    """What a block says besides tables and their captions."""
    if isinstance(block, Title | Heading):
        return (block.text,)
    return tuple(block.lines) if isinstance(block, Facts | Sentences) else ()


def together(content: bytes, drawn: Page) -> list[list[list[str]]]:
    """The tables, those that go on with another one's columns put beside it again."""
    found = iter(tables_of(content))
    made = []
    for expected in all_cells(drawn):
        table = next(found)
        while len(table[0]) < len(expected[0]):
            table = [[*row, *more[1:]] for row, more in zip(table, next(found), strict=True)]
        made.append(table)
    assert next(found, None) is None
    return made


def room_of(section: Section) -> int:
    sides = (section.left_margin, section.right_margin)
    return int(section.page_width or 0) - sum(int(side or 0) for side in sides)


def width_of(table: Table) -> int:
    return sum(int(column.width or 0) for column in table.columns)


def wide(columns: int, figure: str = "(1,234,567)") -> Grid:
    headings = ("£000", *(f"{year}-{(year + 1) % 100:02}" for year in range(2024, 2024 + columns)))
    return Grid(headings, [GridRow("A service with a longer name", [figure] * columns)] * 3)


def test_a_table_is_turned_where_it_is_too_wide_and_then_stands_in_several() -> None:
    drawn = page([Title("Few"), wide(4), Title("More"), wide(12), Title("Many"), wide(40)])
    content = page_docx(drawn).content
    document = Document(BytesIO(content))
    ways = [section.orientation for section in document.sections]
    assert ways == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    widths = [len(table[0]) for table in tables_of(content)]
    assert widths[:2] == [5, 13]
    assert len(widths) > 3
    assert together(content, drawn) == all_cells(drawn)
    captions = [p.text for p in document.paragraphs if p.style and p.style.name == "Caption"]
    assert captions[:3] == ["Table 1: Few", "Table 2: More", "Table 3: Many"]
    assert set(captions[3:]) == {"Table 3: Many (continued)"}
    upright, turned = (room_of(section) for section in document.sections)
    first, *others = (width_of(table) for table in document.tables)
    assert first <= upright
    assert upright < max(others) <= turned


def test_a_table_has_headings_that_repeat_and_rows_that_stay_whole() -> None:
    rows = [GridRow(f"Line {at}", ["1", "(2)"]) for at in range(60)]
    total = GridRow("Total", ["60", "(120)"], "bold", apart=True)
    grid = Grid(("£000", "2024-25", "2025-26"), [*rows, total])
    content = page_docx(page([Title("Plan"), Caption("What these are"), grid])).content
    (table,) = Document(BytesIO(content)).tables
    xml = part(content, "word/document.xml")
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == len(table.rows) == 62
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    kept = [bool(row._tr.xpath(".//w:keepNext")) for row in table.rows]
    assert kept == [True, True, *[False] * 58, True, False]
    (described,) = table._tbl.xpath("./w:tblPr/w:tblDescription/@w:val")
    assert described == "61 rows; columns: £000, 2024-25, 2025-26"
    (last,) = table.rows[-1].cells[1].paragraphs
    assert all(run.bold for run in last.runs)
    assert table.rows[-1]._tr.xpath(".//w:tcBorders/w:top")
    assert not table.rows[-2]._tr.xpath(".//w:tcBorders")


def test_what_a_document_says_of_itself_has_no_clock() -> None:
    drawn = page([Title("Northtown: <b>revenue\x1b"), wide(3)])
    content = page_docx(drawn).content
    assert page_docx(drawn).content == content
    about = Document(BytesIO(content)).core_properties
    assert (about.title, about.language) == ("Northtown: <b>revenue\\x1b", "en-GB")
    assert "<dcterms:" not in part(content, "docProps/core.xml")
    with zipfile.ZipFile(BytesIO(content)) as stored:
        assert {entry.date_time for entry in stored.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_word_finds_its_way_by_headings_and_captions() -> None:
    facts, closing = Facts(("£000.",)), Sentences(("E",))
    drawn = page([Title("A"), facts, Heading("B"), Caption("C"), wide(2), wide(2), closing])
    document = Document(BytesIO(page_docx(drawn).content))
    styled = [(p.style.name if p.style else "", p.text) for p in document.paragraphs]
    assert styled == [
        ("Heading 1", "A"),
        ("List Bullet", "£000."),
        ("Heading 2", "B"),
        ("Caption", "Table 1: C"),
        ("Caption", "Table 2: B"),
        ("Normal", "E"),
    ]
    assert "SEQ Table" in part(page_docx(drawn).content, "word/document.xml")


def test_a_figure_that_is_wrong_is_marked() -> None:
    rows = [GridRow("Total", ["24 ✗"]), GridRow("Line", ["24"])]
    grid = Grid(("Stated figures", "2024-25"), rows, marks="✗")
    document = Document(BytesIO(page_docx(page([Title("Plan"), grid])).content))
    assert document.paragraphs[1].text == "Table 1: Stated figures"
    runs = [row.cells[1].paragraphs[0].runs[0] for row in document.tables[0].rows]
    assert [bool(run.font.color.rgb) for run in runs] == [False, True, False]


@pytest.mark.parametrize("columns", [1, 6])
def test_a_word_without_a_blank_leaves_figures_their_room(columns: int) -> None:
    grid = wide(columns)._replace(rows=[GridRow("x" * 500, ["(1,234,567)"] * columns)])
    content = page_docx(page([grid])).content
    assert tables_of(content) == [cells_of(grid)]
    document = Document(BytesIO(content))
    (section,) = document.sections
    assert width_of(document.tables[0]) <= room_of(section)
