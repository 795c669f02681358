"""The SHA-256 that a workbook bears is that of the bytes that were read, whatever happens since."""

from hashlib import sha256
from pathlib import Path

import pytest

from cfbudget.checks import report
from cfbudget.checks.report import Report
from cfbudget.loaded import load_folder
from cfbudget.plan.plan import Plan
from cfbudget.workbook.sheets.about import digest_of
from tests.kit.returned import came_back, cfbudget, plan_in
from tests.kit.support import small_texts

NAME = "capital_programme.yaml"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plan_in(tmp_path / "plan", small_texts())


def saved_while_it_is_read(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saves a file of the plan after it was read, and before its workbook is built."""
    check = report.check

    def checked(read: Plan) -> Report:
        (plan / NAME).write_text("name: Another Council\n", encoding="utf-8")
        return check(read)

    monkeypatch.setattr(report, "check", checked)


def digests_in(path: Path) -> dict[str, object]:
    about = came_back(path).sheets["About"]
    return {
        file: about[row, column + 1].value
        for (row, column), cell in about.items()
        if (file := digest_of(str(cell.value))) is not None
    }


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def test_a_workbook_bears_the_digests_of_what_was_read(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: digest(path.read_bytes()) for path in plan.iterdir()}
    saved_while_it_is_read(plan, monkeypatch)
    assert cfbudget("export", plan.parent / "sent.xlsx", "--data", plan).status == 0
    assert digests_in(plan.parent / "sent.xlsx") == before


def test_a_workbook_is_held_against_what_was_read(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = plan.parent / "sent.xlsx"
    assert cfbudget("export", path, "--data", plan).status == 0
    saved_while_it_is_read(plan, monkeypatch)
    done = cfbudget("verify", path, "--data", plan)
    assert (done.status, "CF613" in done.stdout) == (0, False)


def test_a_digest_is_of_the_bytes_and_not_of_the_text(plan: Path) -> None:
    """As any other program finds it: with a mark at the start, and ends of lines as they are."""
    content = b"\xef\xbb\xbf" + (plan / NAME).read_bytes().replace(b"\n", b"\r\n")
    (plan / NAME).write_bytes(content)
    loaded = load_folder(str(plan))
    assert loaded.plan is not None
    assert loaded.digests[NAME] == digest(content)
    assert [*loaded.digests] == [*loaded.texts] == sorted(loaded.texts)
