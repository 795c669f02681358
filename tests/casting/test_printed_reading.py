"""Files and streams that hold no table, too much of one, or anything at all."""

import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.casting.read import printed_table
from cfbudget.casting.read.file_kinds import FileKind
from cfbudget.casting.read.printed_file import _text_tables, read_printed, read_printed_stream
from cfbudget.problem import Refusal
from cfbudget.read.bounds import Refused
from tests.casting.kit.files import only, refused

KINDS: tuple[FileKind, ...] = ("html", "markdown", "csv", "tsv", "boxed", "pasted")
PIECES = st.sampled_from(
    ["<table>", "<tr>", "<td>", "</td>", "<sup>", "</sup>", "</table>", "<td rowspan=3 colspan=9>",
     "<!--", "-->", "<tfoot>", "<caption>", "<h1>", "</h1>", "|", "│", "---", "|---|", "─", "\n",
     "\n\n", " ", "  ", "\t", '"', ",", ";", "1,234", "(310)", "-", "2024-25", "Total", "£", "%",
     "sep=;\n", "'", "**", "`", "[a](b)", "&pound;", "\x1b[1m", "\r", "\f", "1", "( 5)", "- 3.5",
     "<span style=display:none>", "</span>", "# "]
)  # fmt: skip


def same(found: object) -> None:
    if isinstance(found, Refusal):
        assert found.reason
        assert found.hint
        return
    assert isinstance(found, tuple)
    assert found
    for each in found:
        assert each.rows
        assert all(row == () or row[-1] for row in each.rows)
        assert all(cell == cell.strip() and "\n" not in cell for row in each.rows for cell in row)


@settings(max_examples=300)
@given(
    st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=60).map("".join).map(str.encode))
)
def test_any_bytes_are_tables_or_a_refusal(data: bytes) -> None:
    same(read_printed_stream(io.BytesIO(data)))


@settings(max_examples=300)
@given(st.sampled_from(KINDS), st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200))
def test_any_text_in_any_reader(kind: FileKind, text: str) -> None:
    try:
        tables = _text_tables(text, kind)
    except Refused as found:
        same(found.refusal)
    else:
        same(tuple(each for each in tables if each.rows) or Refusal("none", "none"))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"", "there is nothing in it"),
        ("a.txt", b" \r\n\t", "there is nothing in it"),
        ("a.csv", b"\xef\xbb\xbf\n", "there is nothing in it"),
        ("a.ods", b"PK\x03\x04", "it is damaged or incomplete"),
        ("a", b"PK\x03\x04" + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
         "it is damaged or incomplete"),
        ("a.pdf", b"%PDF-1.7", "it is damaged or incomplete, or no PDF"),
        ("a", b"\n%PDF-1.7", "it is damaged or incomplete, or no PDF"),
        ("a.pdf", b"<html>", "it is damaged or incomplete, or no PDF"),
        ("a.docx", b"PK\x03\x04", "it is a Word document"),
        ("a.rtf", b"{\\rtf1", "it is a text document (.rtf)"),
        ("a.xml", b"<?xml version='1.0'?><x xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
         "it is an XML spreadsheet of 2003"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is neither text nor a workbook"),
        ("a.csv", bytes(1000), "it is neither text nor a workbook"),
        ("a.csv", b"1," * 30_000, "line 1 has more than 50,000 characters"),
        ("a.csv", b"1\n" * 20_001, "it has more than 20,000 lines"),
        ("a.csv", b"1," * 501 + b"1", "row 1 of the table has more than 500 columns"),
        ("a.csv", (b"1," * 400 + b"1\n") * 1_000, "the table has more than 400,000 cells"),
        ("a.txt", b"1  " * 600, "its figures stand in more than 500 columns"),
    ],
)  # fmt: skip
def test_what_is_refused(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    assert refused(tmp_path / name, data).reason == reason


def test_a_large_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("it is opened"))
    found = read_printed(path)
    assert isinstance(found, Refusal)
    assert found.reason == "it has more than 32 MB"


def test_a_stream_without_end_is_read_up_to_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            assert 0 <= size <= printed_table.MOST_BYTES + 1
            return b"1" * size

    found = read_printed_stream(Endless())  # type: ignore[arg-type]
    assert isinstance(found, Refusal)
    assert found.reason == "it has more than 32 MB"


def test_paths_that_are_no_file(tmp_path: Path) -> None:
    missing = read_printed(tmp_path / "none.csv")
    assert isinstance(missing, Refusal)
    assert missing.reason == "the file does not exist"
    folder = read_printed(tmp_path)
    assert isinstance(folder, Refusal)
    assert folder.reason == "it is a folder, not a file"
    assert isinstance(read_printed(Path("a\0b")), Refusal)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="whoever may do all is refused nothing"
)
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("A,1")
    path.chmod(0)
    found = read_printed(path)
    assert isinstance(found, Refusal)
    assert found.reason == "the file may not be read"


def test_a_sheet_of_what_has_none(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.csv", "A,1", sheet="S").hint == "leave --sheet out"


def test_what_is_not_seen_is_left_out() -> None:
    assert only("Care\u200b\x1b[31m,\ufeff1\x1b[0m\nRoads\u202e,2\n") == (
        ("Care", "1"),
        ("Roads", "2"),
    )
