"""Edited files put in their places, all of them or none."""

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cfbudget.cli.output import unwritten, wrote
from cfbudget.cli.which_plan import fail
from cfbudget.grammar import counted
from cfbudget.problem import Place, printable

if TYPE_CHECKING:
    from cfbudget.edited.edited_plan import EditedPlan
    from cfbudget.loaded import Loaded

MARK = b"\xef\xbb\xbf"
"""What some editors put at the head of a file of UTF-8; it stays where it stands."""


def put_in_place(loaded: "Loaded", edited: "EditedPlan") -> None:
    """Write the edited files of a plan, if they are still as they were read.

    Args:
        loaded: the plan as it was read, with the digests of its files.
    """
    from cfbudget.edited.unified_diff import changed_lines
    from cfbudget.written_files import write_together

    contents: dict[Path, bytes] = {}
    for file in edited.edits:
        path = Path(Place(file).path(loaded.folder))
        try:
            there = path.read_bytes()
        except OSError as error:
            raise unwritten(path, error) from None
        if sha256(there).hexdigest() != loaded.digests[file]:
            raise fail(f"{path} was changed meanwhile: nothing was written", "run it again")
        mark = MARK if there.startswith(MARK) else b""
        contents[path] = mark + edited.loaded.texts[file].encode()
    try:
        write_together(contents)
    except OSError as error:
        raise fail(f"{error.strerror or error}: nothing was written") from None
    for file, path in zip(edited.edits, contents, strict=True):
        lines = counted(changed_lines(loaded.texts[file], edited.edits[file]), "line")
        wrote(Path(printable(str(path))), lines)
