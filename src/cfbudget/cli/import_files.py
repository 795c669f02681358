"""The files of an import put in place: all of them or none."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cfbudget.cli.import_answers import Keeping
from cfbudget.cli.output import unwritten, wrote
from cfbudget.cli.which_plan import fail
from cfbudget.grammar import listed

if TYPE_CHECKING:
    from cfbudget.imports.answers import Answers


def existing_texts(into: str) -> dict[str, str]:
    """The texts of the plan's files that the folder has already; none where it is not there."""
    from cfbudget.read.folder import read_folder

    folder = Path(into)
    try:
        is_there = folder.exists()
        is_folder = folder.is_dir()
    except (OSError, ValueError):
        raise fail(f"no folder can have this name: --into {into[:60]}") from None
    if is_there and not is_folder:
        raise fail(f"{into} is a file, not a folder: name the plan's folder")
    if not is_there and not folder.parent.is_dir():
        raise fail(f"there is no folder {folder.parent}: make it, or write elsewhere")
    return read_folder(folder).texts if is_there else {}


def refuse_others(into: str, existing: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Refuse to write a whole plan beside the files of another."""
    from cfbudget.problem import printable

    if others := sorted(existing.keys() - texts.keys()):
        raise fail(
            f"{printable(into)} holds {others[0]}, which is no file of this plan",
            "import into another folder",
        )


def spare_existing(into: str, files: Sequence[str], *, force: bool) -> None:
    """Refuse to replace a plan's file, unless that is asked for."""
    found = [name for name in files if Path(into, name).exists()]
    if found and not force:
        names = listed(Path(into, name) for name in found)
        exist = "exists" if len(found) == 1 else "exist"
        raise fail(f"{names} {exist}: give --force to replace, or import into another folder")


def put_in_place(into: str, texts: Mapping[str, str], keeping: Keeping, used: "Answers") -> None:
    """Write the files and the recipe of what was answered, all or none."""
    from cfbudget.imports.recipe import recipe_text

    folder = Path(into)
    answered = {**keeping.kept, **used}
    files = {folder / name: text for name, text in texts.items()}
    if answered and answered != keeping.kept:
        files[keeping.recipe] = recipe_text(answered)
    for target in put_texts(folder, files):
        kept = "what was answered, for the next one" if target == keeping.recipe else ""
        wrote(target, kept)


def put_texts(folder: Path, files: Mapping[Path, str]) -> tuple[Path, ...]:
    """Write files into a folder, all or none, and make it if need be.

    Returns: the files.
    """
    from cfbudget.written_files import write_together

    made = not folder.exists()
    try:
        folder.mkdir(exist_ok=True)
        write_together({target: text.encode() for target, text in files.items()})
    except OSError as error:
        if made and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        raise unwritten(folder, error) from None
    return tuple(files)
