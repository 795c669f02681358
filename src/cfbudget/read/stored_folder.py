"""A plan's folder in a store: its files are fetched, and read as any folder's are."""

from pathlib import Path
from tempfile import TemporaryDirectory

from cfbudget import rules
from cfbudget.problem import Place, Problem
from cfbudget.read.folder import (
    LARGEST_OTHER,
    Folder,
    is_plan_file,
    largest,
    near_miss,
    read_folder,
    too_large,
)
from cfbudget.stores import NotReached, beneath, content, sizes_in

LONGEST_NAME = 200  # characters: a store may have names that no file of this machine can have


def read_stored(address: str) -> Folder:
    """Every plan file's text, with the problems that a folder of this machine would have."""
    try:
        sizes = sizes_in(address)
    except NotReached as error:
        problem = rules.NO_PLAN.at(Place(""), error.reason, error.hint)
        return Folder({}, [problem], {}, {})
    unread: list[Problem] = []
    with TemporaryDirectory(prefix="cfbudget-") as home:
        here = Path(home, "plan")
        if "" in sizes:  # a file's address: a workbook's, or no plan's
            here = here.with_name(address.rpartition("/")[2])
        else:
            here.mkdir()
        for name, size in sizes.items():
            _fetch(address, name, size, here, unread)
        found = read_folder(here)
    if unread:
        # What is said of the folder as a whole would be said without these files.
        unread += [problem for problem in found.problems if problem.place.file]
        return found._replace(problems=unread)
    return found


def _fetch(address: str, name: str, size: int | None, here: Path, unread: list[Problem]) -> None:
    """Put a file of a plan where its folder is read; of others only the name says something."""
    target = here / name if name else here
    is_wanted = is_plan_file(name) or not name
    if not is_wanted and not near_miss(name) and not _may_be_read(name):
        return
    if size is None:
        target.mkdir()
        return
    if is_wanted and size > largest(name):
        unread.append(too_large(size, Place(name)))
        return
    try:
        is_read = is_wanted or size <= LARGEST_OTHER
        target.write_bytes(content(beneath(address, name) if name else address) if is_read else b"")
    except NotReached as error:
        message = f"it cannot be read: {error.reason}"
        unread.append(rules.UNREADABLE.at(Place(name), message, error.hint))


def _may_be_read(name: str) -> bool:
    """Whether it may be a scenario, and a file of this machine may have its name."""
    return name.endswith((".yaml", ".yml")) and len(name) < LONGEST_NAME and "\0" not in name
