"""LibreOffice as a second calculator, and as a printer of what the calculator shows."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PDFTOTEXT = shutil.which("pdftotext")
# Where the tests must prove the workbook, they fail without their tools.
MAY_SKIP = os.environ.get("CFBUDGET_CI") != "1"
TIMEOUT = 240

needs_libreoffice = pytest.mark.skipif(
    MAY_SKIP and SOFFICE is None,
    reason="needs LibreOffice: apt-get install libreoffice-calc-nogui",
)
WRITER = SOFFICE is not None and (Path(SOFFICE).resolve().parent / "libswlo.so").exists()
needs_writer = pytest.mark.skipif(
    MAY_SKIP and not WRITER,
    reason="needs LibreOffice's Writer: apt-get install libreoffice-writer-nogui",
)
needs_pdftotext = pytest.mark.skipif(
    MAY_SKIP and PDFTOTEXT is None, reason="needs pdftotext: apt-get install poppler-utils"
)


ALWAYS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""A user's settings: formulas are worked out whenever a workbook is opened."""


def recalculated(paths: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Workbooks stored again with what LibreOffice makes of their formulas, by the first path.

    LibreOffice trusts the results that a workbook was stored with, unless its user wants them
    worked out: here he does. All workbooks go through one start of LibreOffice.

    Args:
        paths: workbooks of different names.
        folder: an empty folder to work in.
    """
    assert len({path.name for path in paths}) == len(paths)
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS, encoding="utf-8")
    found = _convert("xlsx", paths, folder)
    return {path: found / path.name for path in paths}


class Word(NamedTuple):
    """A printed word and the box around it, in points from the top left of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Page(NamedTuple):
    width: float
    height: float
    words: tuple[Word, ...]


def printed(path: Path, folder: Path) -> list[Page]:
    """A workbook's pages as they come out of a printer, word by word."""
    assert PDFTOTEXT, "apt-get install poppler-utils"
    pdf = _convert("pdf", [path], folder) / path.with_suffix(".pdf").name
    done = subprocess.run(
        [PDFTOTEXT, "-bbox", str(pdf), "-"],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=TIMEOUT,
    )
    space = "{http://www.w3.org/1999/xhtml}"
    return [
        Page(
            float(page.attrib["width"]),
            float(page.attrib["height"]),
            tuple(
                Word(
                    str(word.text),
                    *(float(word.attrib[side]) for side in ("xMin", "yMin", "xMax", "yMax")),
                )
                for word in page.iter(f"{space}word")
            ),
        )
        for page in ET.fromstring(done.stdout).iter(f"{space}page")
    ]


def stored_as(ending: str, path: Path, folder: Path) -> Path:
    """A file as LibreOffice stores it in another format."""
    return _convert(ending, [path], folder) / path.with_suffix(f".{ending}").name


def _convert(ending: str, paths: Sequence[Path], folder: Path) -> Path:
    """Let LibreOffice store files in another format; the folder where they are.

    It has a profile of its own, so that it does not wait for one that already runs.
    """
    assert SOFFICE, "apt-get install libreoffice-calc-nogui"
    found, profile = folder / ending, folder / "profile"
    done = subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={profile.absolute().as_uri()}",
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            str(found),
            *map(str, paths),
        ],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=TIMEOUT,
    )
    missing = [path.stem for path in paths if not (found / f"{path.stem}.{ending}").is_file()]
    assert not missing, f"LibreOffice did not store {missing}: {done.stdout}{done.stderr}"
    return found
