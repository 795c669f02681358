"""What is kept of a file that is replaced, and that nothing stays beside it."""

import os
from pathlib import Path

import pytest

from cfbudget.written_files import removed_after, write_text


def test_an_error_just_after_it_is_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = os.close

    def refuse(handle: int) -> None:
        closed(handle)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "close", refuse)
    with pytest.raises(OSError, match="Input/output error"):
        write_text(tmp_path / "a.csv", "text")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_signal_during_the_removal_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    unlink = Path.unlink
    interrupted: list[Path] = []

    def interrupt(path: Path, missing_ok: bool = False) -> None:
        if not interrupted:
            interrupted.append(path)
            raise SystemExit(143)
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", interrupt)

    def work() -> None:
        with removed_after(tmp_path / "a") as path:
            if kind == "folder":
                path.mkdir()
                (path / "part").touch()
            else:
                path.touch()

    with pytest.raises(SystemExit):
        work()
    assert os.listdir(tmp_path) == []


def test_what_is_kept_of_a_file_that_is_replaced(tmp_path: Path) -> None:
    """Its rights, and a link that leads to it; another name of the same file keeps the old one."""
    target, link, other = (tmp_path / name for name in ("a.csv", "link.csv", "other.csv"))
    target.write_text("old")
    target.chmod(0o604)
    link.symlink_to("a.csv")
    other.hardlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert (target.read_text(), other.read_text()) == ("new", "old")
    assert target.stat().st_mode & 0o777 == 0o604


def test_a_link_that_leads_to_nothing_yet(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to("a.csv")
    write_text(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "a.csv").read_text() == "new"


def test_a_device_is_written_to_directly(tmp_path: Path) -> None:
    write_text(Path(os.devnull), "text")
    assert not Path(os.devnull).is_file()
