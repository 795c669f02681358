"""Files are written beside their target and renamed into place."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_text(target: Path, text: str) -> None:
    """Write a file whole, or leave what was there.

    Raises:
        OSError: it could not be written; nothing was changed.
    """
    with written_beside(target) as beside:
        beside.write_text(text, encoding="utf-8", newline="")


@contextmanager
def written_beside(target: Path) -> Iterator[Path]:
    """A path to write to, which takes the target's place once all is written.

    A device or a pipe has no place beside it: it is written directly.

    Raises:
        OSError: it could not be written; nothing was changed.
    """
    if target.exists() and not target.is_file():
        yield target
        return
    target = target.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.chmod(_mode(target))
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """The rights of the file that is replaced, else those of any new file."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
