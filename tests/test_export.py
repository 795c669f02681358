"""`cfbudget export` as a process: the same bytes each time, and a file that is whole or absent."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit
from shutil import copytree

import openpyxl
import pytest

from tests.kit.support import SHIPPED, small_texts

COMMAND = [sys.executable, "-m", "cfbudget"]
OLD = b"what was there before"


class Done:
    """How an export ended, and what is left in its folder and in the one for temporary files."""

    def __init__(self, ended: subprocess.CompletedProcess[str], folder: Path) -> None:
        self.status, self.stdout, self.stderr = ended.returncode, ended.stdout, ended.stderr
        self.left = sorted(path.name for path in (folder / "out").iterdir())
        self.temporary = sorted(path.name for path in (folder / "tmp").iterdir())

    @property
    def said(self) -> str:
        """The last thing on stderr, as one line however it was laid out."""
        return " ".join(self.stderr.replace("│", " ").split())


Export = Callable[..., Done]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Runs an export of a small plan in a folder of its own."""
    for name in ("plan", "out", "tmp"):
        (tmp_path / name).mkdir()
    for name, text in small_texts().items():
        (tmp_path / "plan" / name).write_text(text, encoding="utf-8")

    def run(
        *words: str,
        command: list[str] = COMMAND,
        before: Callable[[], None] | None = None,
        **env: str,
    ) -> Done:
        away = ("SOURCE_DATE_EPOCH", "CFBUDGET_DATA", "COLUMNS")
        plan = () if "--data" in words else ("--data", str(tmp_path / "plan"))
        clean = {name: value for name, value in os.environ.items() if name not in away}
        plan = () if "--data" in words else ("--data", str(tmp_path / "plan"))
        ended = subprocess.run(
            [*command, "export", *plan, *words],
            cwd=tmp_path / "out",
            env={**clean, "TMPDIR": str(tmp_path / "tmp"), **env},
            preexec_fn=before,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        return Done(ended, tmp_path)

    return run


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out" / "plan.xlsx"


# -- the same plan, the same bytes ----------------------------------------------------------


def test_the_same_plan_gives_the_same_bytes(export: Export, target: Path, tmp_path: Path) -> None:
    assert export("plan.xlsx", PYTHONHASHSEED="1", TZ="Asia/Tokyo").status == 0
    assert export("again.xlsx", PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="C").status == 0
    elsewhere = str(copytree(tmp_path / "plan", tmp_path / "elsewhere"))
    assert export("moved.xlsx", "--data", elsewhere).status == 0
    found = {path.read_bytes() for path in target.parent.iterdir()}
    assert len(found) == 1


def test_a_date_is_written_and_nothing_else_changes_the_bytes(export: Export, target: Path) -> None:
    epoch = "1772323200"  # 2026-03-01
    for name, words, env in (
        ("plan.xlsx", [], {"SOURCE_DATE_EPOCH": epoch}),
        ("again.xlsx", [], {"SOURCE_DATE_EPOCH": epoch, "PYTHONHASHSEED": "3"}),
        ("given.xlsx", ["--date", "2026-03-01"], {}),
        ("other.xlsx", ["--date", "2026-03-02"], {}),
        ("none.xlsx", [], {}),
    ):
        assert export(name, *words, **env).status == 0
    kept = {path.stem: path.read_bytes() for path in target.parent.iterdir()}
    assert kept["plan"] == kept["again"] == kept["given"]
    assert len({*kept.values()}) == 3
    dates = {stem: date_in(target.with_name(f"{stem}.xlsx")) for stem in kept}
    assert dates == {
        "plan": "2026-03-01",
        "again": "2026-03-01",
        "given": "2026-03-01",
        "other": "2026-03-02",
        "none": "Not given: no clock time is written.",
    }


def date_in(path: Path) -> object:
    rows = openpyxl.load_workbook(path)["About"].iter_rows(values_only=True)
    return next(row[1] for row in rows if row[0] == "Date")


@pytest.mark.parametrize(
    ("words", "env", "said"),
    [
        (["--date", "2026-3-1"], {}, "'2026-3-1' is not a date"),
        (["--date", "0999-12-31"], {}, "a workbook bears no date before 1900-01-01"),
        (["--date", "1899-12-31"], {}, "a workbook bears no date before 1900-01-01"),
        ([], {"SOURCE_DATE_EPOCH": "-9999999999"}, "no date before 1900-01-01"),
        ([], {"SOURCE_DATE_EPOCH": "today"}, "SOURCE_DATE_EPOCH is 'today'"),
        ([], {"SOURCE_DATE_EPOCH": "9" * 30}, "SOURCE_DATE_EPOCH is '999"),
    ],
)
def test_what_is_no_date_is_refused(
    export: Export, words: list[str], env: dict[str, str], said: str
) -> None:
    done = export("plan.xlsx", *words, **env)
    assert (done.status, done.stdout, done.left) == (2, "", [])
    assert said in done.said


# -- whole, or not there --------------------------------------------------------------------


def test_a_workbook_is_written_and_said_to_be(export: Export, target: Path) -> None:
    done = export("plan.xlsx")
    assert (done.status, done.stdout, done.left, done.temporary) == (0, "", ["plan.xlsx"], [])
    assert done.stderr.startswith("cfbudget: wrote plan.xlsx: ")
    assert done.stderr.count("\n") == 1
    assert target.stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_file_that_is_there_is_replaced_only_by_force(export: Export, target: Path) -> None:
    target.write_bytes(OLD)
    target.chmod(0o640)
    done = export("plan.xlsx")
    assert_refused(done, "plan.xlsx exists: give --force to replace it")
    assert target.read_bytes() == OLD
    done = export("plan.xlsx", "--force")
    assert (done.status, done.left, done.temporary) == (0, ["plan.xlsx"], [])
    assert "About" in openpyxl.load_workbook(target).sheetnames
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("lock", [".~lock.plan.xlsx#", "~$plan.xlsx"])
def test_a_file_that_is_open_elsewhere_is_not_replaced(
    export: Export, target: Path, lock: str
) -> None:
    target.write_bytes(OLD)
    target.with_name(lock).touch()
    done = export("plan.xlsx", "--force")
    assert_refused(done, "plan.xlsx is open in another program", left=sorted(["plan.xlsx", lock]))
    assert target.read_bytes() == OLD


def test_a_folder_that_is_missing_or_in_the_way(export: Export, target: Path) -> None:
    assert_refused(export("none/plan.xlsx"), "there is no folder none: make it", left=[])
    target.mkdir()
    assert_refused(export("plan.xlsx", "--force"), "plan.xlsx is a folder: name a file in it")
    assert [*target.iterdir()] == []


@pytest.mark.parametrize("name", ["plan.xls", "plan", "plan.xlsx.bak", "policy_options.yaml"])
def test_an_ending_that_is_no_format_is_refused(export: Export, name: str) -> None:
    done = export(name)
    assert (done.status, done.stdout, done.left, done.temporary) == (2, "", [], [])
    assert "end it in .xlsx, .csv, .json or .parquet" in done.said


@pytest.mark.parametrize("size", [0, 2_000, 15_000])
def test_a_disk_that_is_full_leaves_what_was_there(export: Export, target: Path, size: int) -> None:
    """No file may grow beyond a size, the workbook's parts among them."""
    target.write_bytes(OLD)
    done = export("plan.xlsx", "--force", before=lambda: setrlimit(RLIMIT_FSIZE, (size, size)))
    assert_refused(done, "cannot write plan.xlsx: File too large; nothing was written")
    assert target.read_bytes() == OLD


FAULTS = {
    "no permission": (
        "import pathlib; pathlib.Path.touch = refuse(PermissionError(13, 'Permission denied'))",
        "cannot write plan.xlsx: Permission denied; nothing was written",
    ),
    "no room for the whole": (
        "import zipfile; zipfile.ZipFile.write = refuse(OSError(28, 'No space left on device'))",
        "cannot write plan.xlsx: No space left on device; nothing was written",
    ),
    "in use when it is replaced": (
        "import pathlib; pathlib.Path.replace = refuse(PermissionError(13, 'Permission denied'))",
        "cannot write plan.xlsx: Permission denied; nothing was written",
    ),
    "out of memory": (
        "import cfbudget.workbook.book.xlsx as x; x.write_workbook = refuse(MemoryError())",
        "cannot write plan.xlsx: out of memory; nothing was written",
    ),
    "a formula that is wrong": (
        "import cfbudget.workbook.book.proof as p\n"
        "p.prove = refuse(p.Disagreement('B2 =1 comes to 1'))",
        "nothing was written: B2 =1 comes to 1. This is a fault of cfbudget.",
    ),
}
WITH_FAULT = """
def refuse(fault):
    def raise_it(*words, **names):
        raise fault
    return raise_it
{fault}
from cfbudget.cli import main
main()
"""


@pytest.mark.parametrize("name", FAULTS)
def test_a_workbook_that_cannot_be_written_leaves_what_was_there(
    export: Export, target: Path, name: str
) -> None:
    fault, said = FAULTS[name]
    target.write_bytes(OLD)
    command = [sys.executable, "-c", WITH_FAULT.format(fault=fault)]
    assert_refused(export("plan.xlsx", "--force", command=command), said)
    assert target.read_bytes() == OLD


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(export: Export, target: Path) -> None:
    target.parent.chmod(0o500)
    done = export("plan.xlsx")
    target.parent.chmod(0o700)
    assert_refused(done, "cannot write plan.xlsx: Permission denied", left=[])


def test_an_interrupted_export_leaves_what_was_there(export: Export, target: Path) -> None:
    target.write_bytes(OLD)
    fault = (
        "import cfbudget.workbook.book.xlsx as x; x.write_workbook = refuse(KeyboardInterrupt())"
    )
    command = [sys.executable, "-c", WITH_FAULT.format(fault=fault)]
    done = export("plan.xlsx", "--force", command=command)
    assert done.status != 0
    assert (done.left, done.temporary) == (["plan.xlsx"], [])
    assert target.read_bytes() == OLD


def test_a_plan_with_problems_writes_nothing(export: Export, tmp_path: Path) -> None:
    (tmp_path / "plan" / "policy_options.yaml").write_text("broken: [\n")
    done = export("plan.xlsx")
    assert (done.status, done.stdout, done.left, done.temporary) == (2, "", [], [])
    assert "policy_options.yaml:" in done.stderr


def test_a_total_that_differs_is_written_and_warned_of(export: Export, tmp_path: Path) -> None:
    revenue = tmp_path / "plan" / "revenue_2024_25.yaml"
    revenue.write_text(revenue.read_text(encoding="utf-8").replace("net: 130}", "net: 131}"))
    done = export("plan.xlsx")
    assert (done.status, done.stdout, done.left) == (0, "", ["plan.xlsx"])
    assert "CF301" in done.stderr
    assert "1 differs" in done.stderr
    assert not [path for path in SHIPPED.iterdir() if path.suffix == ".xlsx"]


def assert_refused(done: Done, said: str, left: list[str] | None = None) -> None:
    """One line on stderr says why; nothing on stdout, and nothing new in any folder."""
    assert done.status == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert done.left == (["plan.xlsx"] if left is None else left)
    assert done.temporary == []
