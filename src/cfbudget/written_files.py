"""Files are written beside their target and renamed into place."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from errno import EEXIST
from pathlib import Path
from shutil import copy2, rmtree
from stat import S_ISREG


def write_text(target: Path, text: str) -> None:
    """Write a file whole, or leave what was there.

    A name in it that is no text is written as \\udcff, which in JSON stands for the same.

    Raises:
        OSError: it could not be written; nothing was changed.
    """
    with written_beside(target) as beside:
        beside.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")


def write_pieces(target: Path, pieces: Iterable[str]) -> None:
    """The same of a text that comes in pieces, none of which is kept."""
    with (
        written_beside(target) as beside,
        beside.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file,
    ):
        file.writelines(pieces)


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


@contextmanager
def folder_beside(target: Path) -> Iterator[Path]:
    """A new folder to write into, which takes the target's place once all is written.

    A link is followed: what it leads to is replaced.

    Raises:
        OSError: it could not be written; nothing was changed.
    """
    target = Path(os.path.realpath(target))
    with removed_after(name_beside(target)) as beside, removed_after(name_beside(target)) as old:
        beside.mkdir()
        yield beside
        _exchange(target, beside, old)


def _exchange(target: Path, beside: Path, old: Path) -> None:
    """Put a folder in a place; what was there stands elsewhere, or is put back."""
    try:
        if os.path.lexists(target):
            target.replace(old)
        beside.replace(target)
    except BaseException:
        if os.path.lexists(old) and not os.path.lexists(target):
            old.replace(target)
        raise


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write several files, all of them or none.

    Each stands beside its target and is read again before the first takes its place; where one
    cannot, those that did are put back.

    Raises:
        OSError: they could not all be written; nothing was changed.
    """
    with ExitStack() as until_done:
        beside: dict[Path, Path] = {}
        kept: dict[Path, Path] = {}
        for named, content in contents.items():
            target = Path(os.path.realpath(named))
            beside[target] = until_done.enter_context(removed_after(name_beside(target)))
            kept[target] = until_done.enter_context(removed_after(name_beside(target)))
            beside[target].touch(0o600, exist_ok=False)
            beside[target].write_bytes(content)
            beside[target].chmod(_mode(target))
            if beside[target].read_bytes() != content:
                raise OSError(f"{named} could not be read again as it was written")
            if target.exists():
                copy2(target, kept[target])
        _put_in_place(beside, kept)


def _put_in_place(beside: Mapping[Path, Path], kept: Mapping[Path, Path]) -> None:
    """Rename each file to its target; what was there comes back where one of them fails."""
    begun: list[Path] = []
    try:
        for target, new in beside.items():
            begun.append(target)
            new.replace(target)
    except BaseException:
        for target in begun:
            if kept[target].exists():
                kept[target].replace(target)
            elif not beside[target].exists():
                target.unlink(missing_ok=True)
        raise


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


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files into a folder, all or none. One that is not there is made; no file is replaced.

    Raises:
        OSError: they could not be written; nothing was.
    """
    contents = {folder / name: text.encode() for name, text in texts.items()}
    for target in contents:
        if os.path.lexists(target):
            raise FileExistsError(EEXIST, os.strerror(EEXIST), str(target))
    is_new = not folder.is_dir()
    if is_new:
        folder.mkdir()
    try:
        write_together(contents)
    except BaseException:
        if is_new:
            _remove_empty(folder)
        raise


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
