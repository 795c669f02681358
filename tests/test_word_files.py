"""Word documents as they are written: what LibreOffice reads of them, and a council's template."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt, Twips
from typer.testing import CliRunner

from cfbudget.charts.plan_charts import plan_chart
from cfbudget.cli import report_extra
from cfbudget.cli.app import command_line
from cfbudget.layout.grid import ShownFigure
from cfbudget.layout.page import Block, Page, Title, page
from cfbudget.loaded import load_folder
from cfbudget.render.page_docx import page_docx
from cfbudget.render.word_package import PAGES, empty_document
from cfbudget.reports.totals.page import totals_page
from cfbudget.tables.plan_tables import plan_tables
from tests.kit.libreoffice import needs_pdftotext, needs_writer, printed, stored_as
from tests.kit.pages import grids
from tests.kit.support import ROOT, SHIPPED
from tests.kit.word import all_cells, cells_of, html_tables, part, tables_of
from tests.test_word import wide

A5 = (Twips(8392), Twips(11907))
EXAMPLES = ("gateshead-2023", "ring-fenced", "west-norfolk-2024")
PLANS = (SHIPPED, *(ROOT / "examples" / name for name in EXAMPLES))


def blocks_of(folder: Path) -> Iterator[Block]:
    plan = load_folder(str(folder)).plan
    assert plan is not None
    yield from totals_page(plan_tables(plan), (), notes=True).blocks


@pytest.fixture(scope="module")
def all_plans() -> Page:
    """Every plan that is shipped, and a table that takes turned pages."""
    blocks = [block for folder in PLANS for block in blocks_of(folder)]
    return page([*blocks, Title("Wide"), wide(12)])


@pytest.fixture(scope="module")
def stored(all_plans: Page, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("word") / "plans.docx"
    path.write_bytes(page_docx(all_plans).content)
    return path


def test_the_tables_of_every_plan_hold_its_figures(all_plans: Page, stored: Path) -> None:
    found = tables_of(stored.read_bytes())
    assert found == all_cells(all_plans)
    assert len(found) > 20


@needs_writer
def test_libreoffice_reads_the_same_figures_cell_by_cell(all_plans: Page, stored: Path) -> None:
    found = html_tables(stored_as("html", stored, stored.parent))
    expected = all_cells(all_plans)
    assert found == [[[" ".join(cell.split()) for cell in row] for row in t] for t in expected]


@needs_writer
@needs_pdftotext
@pytest.mark.parametrize("template", [None, "council"])
def test_no_figure_is_cut_or_broken_on_paper(
    template: str | None, all_plans: Page, tmp_path: Path
) -> None:
    """The council's font is a wide one."""
    path = tmp_path / "plans.docx"
    path.write_bytes(page_docx(all_plans, council() if template else None).content)
    pages = printed(path, tmp_path)
    words = Counter(word.text for one in pages for word in one.words)
    figures = Counter(
        cell.text
        for grid in grids(all_plans)
        for row in grid.rows
        for cell in row.cells
        if isinstance(cell, ShownFigure) and " " not in cell.text
    )
    assert len(figures) > 200
    assert {text: count for text, count in (figures - words).items() if text != "-"} == {}
    assert {one.width > one.height for one in pages} == {True, False}
    assert all(word.right <= one.width - 30 for one in pages for word in one.words)


def test_a_chart_is_a_picture_with_words_and_its_table() -> None:
    plan = load_folder(str(ROOT / "examples" / "gateshead-2023")).plan
    assert plan is not None
    chart = plan_chart(plan, "gap")
    content = page_docx(page([Title("Plan"), chart])).content
    assert page_docx(page([Title("Plan"), chart])).content == content
    document = Document(BytesIO(content))
    (picture,) = document.inline_shapes
    section = document.sections[0]
    room = int(section.page_width or 0) - int(section.left_margin or 0) * 2
    assert 0 < picture.width <= room
    described = picture._inline.docPr.get("descr")
    assert described == " ".join((*chart.facts, *chart.description))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert f"Figure 1: {chart.title}" in texts
    assert f"Table 1: {chart.title}" in texts
    assert tables_of(content) == [cells_of(chart.grid)]


# -- a council's template ----------------------------------------------------------------------


def council(*, lacks: str = "", text: str = "Insert report here") -> bytes:
    """A template with a letterhead, on A5, in a font and with headings of its own."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = A5
    section.left_margin = section.right_margin = Cm(1.5)
    section.header.paragraphs[0].text = "Northtown Council"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Logo"
    document.styles["Normal"].font.name = "Verdana"
    heading = document.styles["Heading 1"]
    heading.font.size = Pt(31)
    if lacks:
        document.styles[lacks].delete()
    document.add_paragraph(text)
    document.add_section()
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(command_line(words[0]), [*words])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


TOTALS = ("totals", "--data", str(SHIPPED), "-o", "paper.docx")


def test_a_template_gives_its_styles_page_header_and_footer(made: Path) -> None:
    (made / "council.docx").write_bytes(council())
    status, out, err = run(*TOTALS, "--template", "council.docx")
    assert (status, out) == (0, "")
    assert err.splitlines()[-2:] == [
        "cfbudget: council.docx: its own text is left out",
        "cfbudget: wrote paper.docx",
    ]
    document = Document("paper.docx")
    first, *others = document.sections
    assert first.header.paragraphs[0].text == "Northtown Council"
    assert first.first_page_header.paragraphs[0].text == "Logo"
    assert {section.orientation for section in others} == {WD_ORIENT.LANDSCAPE}
    assert not any(section.different_first_page_header_footer for section in others)
    assert (first.page_width, first.page_height) == A5
    assert "Insert" not in part(Path("paper.docx").read_bytes(), "word/document.xml")
    heading = document.styles["Heading 1"]
    assert heading.font.size == Pt(31)
    assert tables_of(Path("paper.docx").read_bytes())


def test_a_style_that_a_template_lacks_is_ours(made: Path) -> None:
    (made / "council.docx").write_bytes(council(lacks="Caption", text=""))
    (made / "other.docx").write_bytes(council(lacks="List Bullet", text=""))
    _, _, err = run(*TOTALS, "--template", "council.docx")
    assert "council.docx: it has no style Caption, so this is ours" in err
    assert "left out" not in err
    assert "Table 1: " in [p.text for p in Document("paper.docx").paragraphs][3][:9]
    _, _, err = run(*TOTALS, "--template", "other.docx")
    assert "it has no style List Bullet" in err
    assert any(p.text.startswith("•\t£000") for p in Document("paper.docx").paragraphs)


def changed(template: bytes, old: bytes, new: bytes) -> bytes:
    """A document one of whose files says something else."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(template)) as stored, zipfile.ZipFile(made, "w") as changing:
        for name in stored.namelist():
            changing.writestr(name, stored.read(name).replace(old, new))
    return made.getvalue()


def test_a_template_of_word_is_one_too(made: Path) -> None:
    kinds = b"document.main+xml", b"template.main+xml"
    (made / "council.dotx").write_bytes(changed(council(), *kinds))
    status, _, err = run(*TOTALS, "--template", "council.dotx")
    assert status == 0, err
    assert Document("paper.docx").sections[0].page_width == A5[0]


def test_a_template_that_says_no_page_has_one_of_a4() -> None:
    bare = changed(empty_document(), PAGES.encode(), b"")
    (section,) = Document(BytesIO(page_docx(page([wide(3)]), bare).content)).sections
    assert section.page_width == Twips(11906)
    assert section.left_margin == Twips(1134)


MACROS = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is no Word document"),
        (b"name: Children & Families", "it is no Word document"),
        (council()[:9000], "it is no Word document"),
        (changed(council(), *MACROS), "it holds macros, which are not taken over"),
        (changed(council(), b"<w:body>", b"<w:body"), "something in it is not as Word"),
        (changed(council(), b"wordprocessingml", b"spreadsheetml"), "it is no Word document"),
    ],
    ids=["empty", "text", "cut", "macros", "damaged", "sheet"],
)
def test_what_is_no_template_is_refused(content: bytes, reason: str, made: Path) -> None:
    (made / "council.docx").write_bytes(content)
    status, out, err = run(*TOTALS, "--template", "council.docx")
    assert (status, out) == (2, "")
    first, hint = err.splitlines()
    assert first.startswith(f"cfbudget: the template council.docx cannot be used: {reason}")
    assert hint.startswith("   hint: ")
    assert sorted(path.name for path in made.iterdir()) == ["council.docx"]


def test_a_template_is_for_a_word_document_and_is_not_written_over(made: Path) -> None:
    (made / "paper.docx").write_bytes(template := council())
    for words in (("-o", "paper.md"), ()):
        status, _, err = run("totals", "--data", str(SHIPPED), "--template", "paper.docx", *words)
        assert status == 2
        assert "give -o FILE.docx" in err
    status, _, err = run(*TOTALS, "--template", "paper.docx")
    assert (status, Path("paper.docx").read_bytes()) == (2, template)
    assert "is the template itself" in err


def test_without_the_extra_one_line_says_what_to_install(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_extra, "find_spec", lambda _: None)
    what = "a Word document needs libraries that are not installed"
    needed = f"cfbudget: {what}: pip install 'cfbudget[report]'\n"
    for command in (TOTALS, ("new", "plan", "-o", "new.docx")):
        assert run(*command) == (2, "", needed)
    assert list(made.iterdir()) == []


def test_what_was_written_is_opened_again(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cfbudget.render.page_docx.stored_texts", lambda _: ("other",))
    status, _, err = run(*TOTALS)
    assert status == 2
    assert "This is a fault of cfbudget" in err
    assert list(made.iterdir()) == []
