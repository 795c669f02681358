"""Every command with every kind of path that cannot be used, or whose name a terminal acts on."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from cfbudget.cli.app import run
from cfbudget.problem import CONTROL
from cfbudget.render.word_package import empty_document
from tests.kit.support import small_texts

TABLE = "Line,2024-25\na,1234567\nb,7654321\nTotal,8888888\n"
SCENARIO = "name: A trial\nchanges:\n  - {drop: fees}\n"
BYTES, ESCAPES = os.fsdecode(b"n\xff"), "n\x1b[31m\n\u202e\x9b"
# What stands at each stem, with any ending: nothing that can be read or written, or a plan, a
# table, a scenario and a workbook under a name that must not be shown as it is.
REFUSED = ("missing/n", "circle", "x" * 300, "file/n", "locked/n")
USABLE = (BYTES, ESCAPES)
ENDINGS = (".csv", ".json", ".md", ".txt", ".yaml", ".xlsx", ".docx", ".parquet")
READS = (
    "totals --data {}",
    "check {}",
    "check {} -f csv",
    "check {} -f json",
    "check {} -f md",
    "payback --data {}",
    "solve --service total --year 2025-26 --net 100 --data {}",
    "model --drop fees --data {}",
    "export out.csv --data {}",
    "export out.xlsx --data {}",
    "compare {} plan",
    "compare plan {}",
    "compare plan {} -f csv",
    "compare plan {} -f json",
    "compare plan {} -f md",
    "compare plan {}.yaml",
    "compare plan {}.xlsx",
    "compare {}.xlsx {}.yaml --data plan",
    "verify {}.xlsx --data plan",
    "verify {}.xlsx --data plan -f csv",
    "verify {}.xlsx --data plan -f json",
    "verify {}.xlsx --data plan -f md",
    "model --scenario {}.yaml --data plan",
    "model --scenario {}.yaml --data plan -o out.xlsx",
    "export out.xlsx --scenario {}.yaml --data plan",
    "totals -o out.docx --template {}.docx --data plan",
    "cast {}.csv",
    "cast {}.csv -f csv",
    "cast {}.csv -f json",
    "cast {}.csv -f md",
    "cast {}.csv -o out.xlsx",
)
WRITES = (
    *(f"totals --data plan -o {{}}{ending}" for ending in (".csv", ".json", ".md", ".txt")),
    "totals --data plan -o {}.docx",
    "check plan -o {}.csv",
    "payback --data plan -o {}.md",
    "solve --service total --year 2025-26 --net 100 --data plan -o {}.json",
    "solve --service care --year 2025-26 --net 100 --data plan --save {}.yaml --force",
    "compare plan plan -o {}.csv",
    "verify book.xlsx --data plan -o {}.csv",
    "verify book.xlsx --data plan --save-scenario {}.yaml --force",
    "model --drop fees --data plan -o {}.txt",
    "model --drop fees --data plan --save {}.yaml --force",
    "model --drop fees --data plan -o {}.xlsx --force",
    *(f"export {{}}{end} --data plan --force" for end in (".csv", ".json", ".parquet", ".xlsx")),
    "cast table.csv -o {}.md",
    "cast table.csv -o {}.xlsx",
)


class Ended(NamedTuple):
    status: int
    out: str
    err: str


Command = Callable[[str, str], Ended]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The plan's workbook."""
    folder = tmp_path_factory.mktemp("book")
    _plan(folder / "plan")
    words = ["export", "book.xlsx", "--data", "plan"]
    subprocess.run([sys.executable, "-m", "cfbudget", *words], cwd=folder, check=True)
    return (folder / "book.xlsx").read_bytes()


@pytest.fixture
def command(
    tmp_path: Path,
    book: bytes,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """Runs a command in this process: an exception that is no exit fails the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CFBUDGET_DATA", raising=False)

    def ended(template: str, path: str) -> Ended:
        words = [word.replace("{}", path) for word in template.split(" ")]
        monkeypatch.setattr(sys, "argv", ["cfbudget", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ending:
            run()
        status = ending.value.code
        assert isinstance(status, int)
        return Ended(status, *capsys.readouterr())

    _plan(tmp_path / "plan")
    (tmp_path / "table.csv").write_text(TABLE)
    (tmp_path / "book.xlsx").write_bytes(book)
    return ended


def _plan(folder: Path) -> None:
    folder.mkdir()
    for name, text in small_texts().items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def refusing(tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    (tmp_path / "file").touch()
    for ending in ("", *ENDINGS):
        (tmp_path / f"circle{ending}").symlink_to(f"other{ending}")
        (tmp_path / f"other{ending}").symlink_to(f"circle{ending}")
    for name in ("stat", "lstat", "listdir", "scandir", "open", "mkdir", "readlink"):
        monkeypatch.setattr(os, name, _locked(getattr(os, name)))
    monkeypatch.setattr(io, "open", _locked(open))
    return command


def _locked(real: Callable[..., object]) -> Callable[..., object]:
    """A function of the system's that may do nothing in one folder: root may do all."""

    def refused(path: object, *words: object, **names: object) -> object:
        if isinstance(path, str | os.PathLike) and "locked" in os.fspath(path):
            raise PermissionError(13, "Permission denied", path)
        return real(path, *words, **names)

    return refused


@pytest.mark.parametrize("template", [*READS, *WRITES])
def test_a_path_that_cannot_be_used_is_said(
    refusing: Command, tmp_path: Path, template: str
) -> None:
    before = _files(tmp_path)
    for path in REFUSED:
        ended = refusing(template, path)
        if "--save-scenario" in template and ended.status == 0:
            continue  # nothing was changed, so that nothing was to be written
        assert ended.status == 2, path
        assert (ended.out == "") == (template != "check {} -f json"), path
        assert "cfbudget: " in ended.err or ": error CF" in ended.err, path
        assert _harmless(ended), path
        assert _files(tmp_path) == before, path


@pytest.mark.parametrize("path", USABLE, ids=["bytes", "escapes"])
@pytest.mark.parametrize("template", [*READS, *WRITES])
def test_a_name_is_shown_harmlessly(
    command: Command, tmp_path: Path, template: str, path: str
) -> None:
    if template in READS:
        _plan(tmp_path / path)
        (tmp_path / f"{path}.csv").write_text(TABLE)
        (tmp_path / f"{path}.yaml").write_text(SCENARIO)
        (tmp_path / f"{path}.xlsx").write_bytes((tmp_path / "book.xlsx").read_bytes())
        (tmp_path / f"{path}.docx").write_bytes(empty_document())
    ended = command(template, path)
    assert ended.status == 0, ended.err
    assert _harmless(ended)


def test_errors_of_usage_show_what_was_typed_harmlessly(command: Command) -> None:
    for words in ("", "--", "totals ", "totals --", "totals --year ", "export a.csv "):
        ended = command(f"{words}{{}}", "n\x1b[31m\u202e\udcff")
        assert ended.status == 2
        assert "n\\x1b[31m\\u202e" in ended.err, words
        assert _harmless(ended)


def test_a_folder_that_may_not_be_listed_is_written_to(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.listdir
    (tmp_path / "out").mkdir()

    def refused(path: str | os.PathLike[str] = ".") -> list[str]:
        if os.fspath(path) == "out":
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "listdir", refused)
    assert command("export {}/plan.csv --data plan", "out").status == 0
    (tmp_path / "out" / "~$plan.csv").touch()
    assert "is open in another program" in command("export {}/plan.csv --data plan", "out").err


def _files(folder: Path) -> list[str]:
    return sorted(str(path) for path in _walk(folder))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)


def _harmless(ended: Ended) -> bool:
    """Whether all that was printed is text that a terminal only shows."""
    printed = ended.out + ended.err
    printed.encode("utf-8")
    return not re.search(f"[{CONTROL}]", printed)
