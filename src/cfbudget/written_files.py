"""Files are written beside their target and renamed into place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from stat import S_ISREG


def write_text(target: Path, text: str) -> None:
    """Write a file whole, or leave what was there.

    A name in it that is no text is written as \\udcff, which in JSON stands for the same.

    Raises:
        OSError: it could not be written; nothing was changed.
    """
    with written_beside(target) as beside:
        beside.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")


@contextmanager
def written_beside(target: Path) -> Iterator[Path]:
    """A path to write to, which takes the target's place once all is written.

    A link is followed: what it leads to is replaced. A device or a pipe has no place beside it:
    it is written directly.

    Raises:
        OSError: it could not be written; nothing was changed.
    """
    if _is_no_file(target):
        yield target
        return
    target = Path(os.path.realpath(target))
    with removed_after(name_beside(target)) as beside:
        beside.touch(0o600, exist_ok=False)
        yield beside
        beside.chmod(_mode(target))
        beside.replace(target)


def name_beside(target: Path) -> Path:
    """A path in the target's folder at which nothing stands."""
    return target.with_name(f".{target.name[:40]}.{os.urandom(8).hex()}")


@contextmanager
def removed_after(path: Path) -> Iterator[Path]:
    """Whatever is made at a path, and however that ends, it is gone afterwards.

    The path is known before anything stands there, so that a signal leaves nothing behind at any
    moment; one that comes while it is removed is raised once all is removed.
    """
    try:
        yield path
    finally:
        try:
            _remove(path)
        except BaseException:
            _remove(path)
            raise


def _remove(path: Path) -> None:
    """Remove a file or folder, if it is there and can be."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
    rmtree(path, ignore_errors=True)


def _is_no_file(target: Path) -> bool:
    """Whether something other than a file stands there, such as a device.

    Raises:
        OSError: that cannot be told, as of links in a circle: nothing can be written there.
    """
    try:
        return not S_ISREG(target.stat().st_mode)
    except FileNotFoundError:
        return False


def _mode(target: Path) -> int:
    """The rights of the file that is replaced, else those of any new file."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
