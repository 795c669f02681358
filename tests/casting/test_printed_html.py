"""Tables of HTML pages as a browser shows them."""

from pathlib import Path

import pytest

from cfbudget.casting.stored_cells import Span, StoredCells
from tests.casting.kit.files import only, pasted, refused, saved


def test_spans_footers_notes_and_what_is_not_closed() -> None:
    page = """
    <h2>Revenue &amp; capital</h2><script>"<table><tr><td>9</table>"</script>
    <table><tr><th rowspan=2>Service<th colspan=2>2024-25<tr><th>Gross<th>Net
    <tfoot><tr><td>Total<td>3<td>4</tfoot>
    <tbody><tr><td>Care<sup>1</sup><td>1,234<sup>1</sup><td>&pound;1.2m
    <tr style="display:none"><td>Hid<br>den<td colspan=10000000>2<td>
    <tr><td>Of which<td>5&nbsp;000<td>1\u2009234<td><span style="display: none">000</span>7
    </table>"""
    (table,) = pasted(page)
    assert table.name == "Revenue & capital"
    assert table.rows == (
        ("Service", "2024-25"),
        ("", "Gross", "Net"),
        ("Care¹", "1,234", "£1.2m"),
        ("Hid den", "2"),
        ("Of which", "5 000", "1 234", "7"),
        ("Total", "3", "4"),
    )
    assert table.stored == StoredCells(spans=(Span(0, 1, 0, 2), Span(3, 1, 3, 499)))


def test_nested_tables_stand_for_themselves() -> None:
    page = (
        "<table><tr><td>Left<table><caption>Inner <b>one</b></caption><tr><td>a<td>1</table>"
        "behind<td>5</table><table></table>"
    )
    outer, inner = pasted(page)
    assert (outer.name, outer.rows) == ("", (("Left behind", "5"),))
    assert (inner.name, inner.rows) == ("Inner one", (("a", "1"),))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("(1,234)<sup>2</sup>", "(1,234)"),
        ("12.5%<sup>[a]</sup>", "12.5%"),
        ("1<sup>st</sup> quarter", "1st quarter"),
        ("Area in m<sup>2</sup>", "Area in m²"),
        ("Care<sup>(a)</sup>", "Care(a)"),
        ("Care<sup>b</sup>", "Care [b]"),
        ("Phase 2<sup>3</sup>", "Phase 2³"),
        ("1,234<sup>1", "1,234"),
        ("</sup>5", "5"),
        ("<!-- 9 -->7<!-- -->", "7"),
        ("<p>a</p><p>b</p>", "a b"),
        ("&#163;5&ndash;6 &bogus; &#xZZ;", "£5–6 &bogus; &#xZZ;"),
        ("<b>1</b>,<i>234</i>", "1,234"),
    ],
)
def test_a_cell(cell: str, text: str) -> None:
    assert only(f"<table><tr><td>x<td>{cell}</table>") == (("x", text),)


def test_rows_that_spans_reach_into() -> None:
    page = (
        "<table><tr><td rowspan=0>a<td>1<tr><td rowspan=2 colspan=2>2<td>3<tr><td>4"
        "<tbody><tr><td>b<td colspan=x rowspan=-1>5<tr></table>"
    )
    assert only(page) == (("a", "1"), ("", "2", "", "3"), ("", "", "", "4"), ("b", "5"))


def test_the_encoding_that_a_page_names(tmp_path: Path) -> None:
    page = '<meta charset="iso-8859-1"><table><tr><td>Café<td>£5–6</table>'
    (table,) = saved(tmp_path / "a.html", page.encode("cp1252"))
    assert table.rows == (("Café", "£5–6"),)
    page = page.replace("iso-8859-1", "koi8-r").replace("Café", "Ж").replace("£5–6", "5")
    assert saved(tmp_path / "a.html", page.encode("koi8-r"))[0].rows == (("Ж", "5"),)
    page = page.replace("koi8-r", "rot13")
    assert saved(tmp_path / "a.html", page)[0].rows == (("Ж", "5"),)


def test_a_page_without_a_table(tmp_path: Path) -> None:
    found = refused(tmp_path / "a.html", "<html><p>Nothing, and a <table></table>.")
    assert found.reason == "no table was found in it"


@pytest.mark.parametrize(
    "page",
    [
        "<table>" * 100,
        "<table><tr><td>1</table>" * 300,
        "<table><tr>" + "<td>1" * 501,
        "<table>" + "<tr><td>1" * 20_001,
    ],
)
def test_pages_over_a_bound(tmp_path: Path, page: str) -> None:
    refused(tmp_path / "a.html", page)


@pytest.mark.parametrize(
    "part",
    [
        "<!--",
        "<![CDATA[",
        "<?",
        "<script>",
        '<a b="',
        "<a b='",
        "<a ",
        "</a",
        "<td ",
        "&#",
        "<sup>",
    ],
)
def test_a_part_repeated_without_end_costs_little(part: str) -> None:
    assert only("<table><tr><td>a<td>1</table>" + part * 20_000 + ">") == (("a", "1"),)
