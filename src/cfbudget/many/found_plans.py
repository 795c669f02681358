"""The plans that stand in and below folders, each with a name that no other of them has."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cfbudget.problem import printable
from cfbudget.read.folder import holds_plan, is_plan_file, near_miss
from cfbudget.stores import NotReached, beneath, is_address, names_below


class PlanPlace(NamedTuple):
    """A plan by its name among others, and where it stands."""

    plan: str
    """The path below the folder that was named, with slashes: `northtown/2024-25`."""
    address: str
    """The folder, or the workbook, as messages name it and as it is read."""


class FoundPlans(NamedTuple):
    """The plans below some folders, in the order in which these were named, then of their paths."""

    places: tuple[PlanPlace, ...]
    repeated: tuple[str, ...] = ()
    """Addresses of plans that were found before, by another name or path: each counts once."""


def found_plans(folders: Iterable[str]) -> FoundPlans:
    """Every plan in and below some folders.

    A folder that is a plan is that plan alone. One that holds none, and what is no folder, is
    taken for a plan too: to read it says what is wrong with it.
    """
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    repeated: list[str] = []
    for folder in folders:
        for address, parts in plans_below(folder):
            real = address if is_address(address) else os.path.realpath(address)
            if real in found:
                repeated.append(address)
            else:
                found[real] = (address, parts)
    names = distinct_names(found)
    places = (PlanPlace(names[real], address) for real, (address, _) in found.items())
    return FoundPlans(tuple(places), tuple(repeated))


def plans_below(folder: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The plan that a folder is, else those below it by path: each with its path's parts."""
    if is_address(folder):
        return _stored_below(folder)
    itself = ((folder, (Path(os.path.realpath(folder)).name,)),)
    try:
        if not Path(folder).is_dir() or holds_plan(Path(folder)):
            return itself
    except (OSError, ValueError):  # no such name can be: to read it says why
        return itself
    below = sorted(_walked(folder, (), {os.path.realpath(folder)}), key=lambda found: found[1])
    return tuple(below) or itself


def _stored_below(address: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The same for a folder in a store, which lists all that is below it at once."""
    address = address.rstrip("/")
    itself = ((address, (address.rpartition("/")[2],)),)
    try:
        below = {tuple(name.split("/")[:-1]) for name in names_below(address) if _is_of_plan(name)}
    except NotReached:  # to read it says why
        return itself
    if not below or () in below:
        return itself
    shown = (parts for parts in sorted(below) if not any(part.startswith(".") for part in parts))
    return tuple((beneath(address, "/".join(parts)), parts) for parts in shown) or itself


def _is_of_plan(name: str) -> bool:
    file = name.rpartition("/")[2]
    return bool(is_plan_file(file) or near_miss(file))


def _walked(
    folder: str, parts: tuple[str, ...], seen: set[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The plans below a folder, those within other plans too; a link that leads back is not taken.

    Hidden folders are passed over. One that cannot be looked into may hold a plan.
    """
    try:
        with os.scandir(folder) as entries:
            inside = [e for e in entries if not e.name.startswith(".") and e.is_dir()]
    except OSError:  # it is a plan of the folder around it, which says so when it is read
        return
    # A folder itself comes before a link to it, so that it has its own name.
    for entry in sorted(inside, key=lambda entry: (entry.is_symlink(), entry.name)):
        real = os.path.realpath(entry.path)
        if real in seen:
            continue
        seen.add(real)
        below = (*parts, entry.name)
        if holds_plan(Path(entry.path)):
            yield entry.path, below
        yield from _walked(entry.path, below, seen)


def distinct_names(found: "dict[str, tuple[str, tuple[str, ...]]]") -> dict[str, str]:
    """A name for each plan by its real path: its parts, with more before them where two are alike.

    Args:
        found: by real path an address and the parts of a path below a folder.
    """
    length = {real: len(parts) for real, (_, parts) in found.items()}
    while True:
        names = {real: _name(real, found[real][1], count) for real, count in length.items()}
        counts = Counter(names.values())
        alike = [real for real, name in names.items() if counts[name] > 1]
        longer = [real for real in alike if length[real] < len(Path(real).parts)]
        if not longer:
            return names
        for real in longer:
            length[real] += 1


def _name(real: str, parts: Sequence[str], count: int) -> str:
    """The last parts of a plan's path, as many as are asked for."""
    more = Path(real).parts[-count : -len(parts)] if count > len(parts) else ()
    return printable("/".join((*more, *parts)).replace("//", "/"))
