"""A workbook's file before openpyxl sees it: a zip archive that is whole, plain and bounded."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO

from cfbudget.problem import clipped
from cfbudget.read.bounds import SAVE_AGAIN, SPLIT, BookSize, Refused
from cfbudget.read.markup import PartFacts, scan_part

MOST_PARTS = 5_000
LARGEST_DIRECTORY = 200 * MOST_PARTS  # bytes
LOCAL_HEADER = 30  # bytes before each part's data, at least
BLOCK = 1 << 20

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP = b"PK"
AS_XLSX = "open it in Excel and save it as an Excel Workbook (.xlsx)"
NAME = "name the workbook's file"
NO_WORKBOOK = "give an Excel workbook (.xlsx)"
ENCRYPTED_PART = 0x1
BEGINNINGS = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document (.rtf)",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
}
"""What files are that begin so, and are no workbook."""

# What zipfile and zlib raise on archives that are damaged, or made to do harm.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class _Measured(io.FileIO):
    """A file of which no more than a directory is read at once, whatever its length field says."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > LARGEST_DIRECTORY:
            raise Refused("it is divided into too many parts", SPLIT)
        return super().read(size) or b""


def scan_archive(path: Path, most_bytes: int, most_cells: int) -> dict[str, PartFacts]:
    """Read the whole of a workbook's archive, in little memory, and keep the facts of each part.

    Args:
        most_bytes: of all parts together, decompressed.
        most_cells: that hold something, of all sheets together.

    Raises:
        Refused: it is no workbook, is damaged, or is over a limit.
        OSError: the file cannot be read.
    """
    with checked_archive(path, most_bytes) as archive:
        entries = archive.infolist()
        _check_kind({entry.filename for entry in entries})
        counts = BookSize(most_cells)
        found: dict[str, PartFacts] = {}
        for entry in entries:
            with archive.open(entry) as part:
                found[entry.filename] = scan_part(part, entry.filename, counts)
    return found


@contextmanager
def checked_archive(path: Path, most_bytes: int) -> Iterator[zipfile.ZipFile]:
    """A zip archive that is plain and bounded; damage that is met within it is refused.

    Args:
        most_bytes: of all parts together, decompressed.

    Raises:
        Refused: it is none, is damaged, or is over a limit.
        OSError: the file cannot be read.
    """
    _check_file(path, most_bytes)
    with _damage_refused(), _Measured(path) as file, zipfile.ZipFile(file) as archive:
        _check_entries(archive.infolist(), most_bytes)
        yield archive


@contextmanager
def _damage_refused() -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        hint = "copy or download it again, and see that Excel opens it"
        raise Refused("it is damaged or incomplete", hint) from error


def _check_file(path: Path, most_bytes: int) -> None:
    try:
        status = path.stat()
    except ValueError as error:
        raise Refused("no file can have this name", NAME) from error
    if S_ISDIR(status.st_mode):
        raise Refused("it is a folder, not a workbook", NAME)
    if not S_ISREG(status.st_mode):  # to open a pipe would wait for ever
        raise Refused("it is not a file", NAME)
    if not status.st_size:
        raise Refused("the file is empty", "copy or download it again")
    if status.st_size > most_bytes:
        raise Refused(f"the file has more than {most_bytes:,} bytes", SPLIT)
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith(OLE):
            raise _ole(head, file)
    if not head.startswith(ZIP):
        raise _not_zip(head)


def _ole(block: bytes, file: BinaryIO) -> Refused:
    """A file in Microsoft's format before 2007, which also wraps what is encrypted."""
    while block:
        if ENCRYPTED in block:
            hint = "open it in Excel, take the password off (File > Info), and save it"
            return Refused("it is protected by a password", hint)
        rest = file.read(BLOCK)
        block = block[-len(ENCRYPTED) :] + rest if rest else b""
    return Refused("it is in Excel's old format (.xls)", AS_XLSX)


def _not_zip(head: bytes) -> Refused:
    for beginning, what in BEGINNINGS.items():
        if head.startswith(beginning):
            return Refused(f"it is {what}, not a workbook", NO_WORKBOOK)
    lowered = head.lower()
    if b"office:spreadsheet" in lowered:
        return Refused("it is an XML spreadsheet of 2003, not a workbook", AS_XLSX)
    if b"<html" in lowered or b"<table" in lowered:
        return Refused("it is a web page, not a workbook", AS_XLSX)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or min(head) >= 0x09:
        return Refused("it is a text file (perhaps CSV), not a workbook", AS_XLSX)
    return Refused("it is not an Excel workbook, nor of a kind that is known", NO_WORKBOOK)


def _check_entries(entries: list[zipfile.ZipInfo], most_bytes: int) -> None:
    """Everything that the directory says of the parts, before any is decompressed."""
    if len(entries) > MOST_PARTS:
        raise Refused(f"it is divided into more than {MOST_PARTS:,} parts", SPLIT)
    if sum(entry.file_size for entry in entries) > most_bytes:
        raise Refused(f"it unpacks to more than {most_bytes:,} bytes", SPLIT)
    names = set()
    for entry in entries:
        if entry.filename.casefold() in names:
            raise Refused(f"its part {clipped(entry.filename)} stands twice", SAVE_AGAIN)
        names.add(entry.filename.casefold())
        if entry.flag_bits & ENCRYPTED_PART:
            hint = "unpack it with the password, and give the workbook itself"
            raise Refused("it is a zip archive protected by a password", hint)
        # Other methods decompress without a bound on what comes out at once.
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("it is compressed in a way that no workbook is", SAVE_AGAIN)
    for entry, following in pairwise(sorted(entries, key=lambda entry: entry.header_offset)):
        if entry.header_offset + LOCAL_HEADER + entry.compress_size > following.header_offset:
            raise Refused("its parts overlap, as in a zip bomb", SAVE_AGAIN)


def _check_kind(parts: set[str]) -> None:
    """Refuse what is zipped and is not a workbook in XML."""
    if "xl/workbook.bin" in parts:
        raise Refused("it is a binary workbook (.xlsb)", AS_XLSX)
    if "content.xml" in parts:
        hint = "open it and save it as an Excel Workbook (.xlsx)"
        raise Refused("it is an OpenDocument file (.ods)", hint)
    if any(part.endswith(".iwa") for part in parts):
        raise Refused("it is a Numbers document, not a workbook", NO_WORKBOOK)
    if "[Content_Types].xml" not in parts:
        raise Refused("it is a zip archive without a workbook in it", NO_WORKBOOK)
    if "word/document.xml" in parts:
        raise Refused("it is a Word document, not a workbook", NO_WORKBOOK)
    if "ppt/presentation.xml" in parts:
        raise Refused("it is a presentation, not a workbook", NO_WORKBOOK)
