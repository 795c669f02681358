"""Whether anything but what was meant differs between two versions of a plan's files."""

from collections.abc import Iterable, Iterator

from cfbudget.edited.figures import Path
from cfbudget.nodes import ListNode, MappingNode, Node
from cfbudget.problem import Refusal
from cfbudget.read.folder_plan import composed_of
from cfbudget.years import parse_year


def touched(before: str, after: str, file: str, meant: Iterable[Path]) -> Path | None:
    """A place at which a file says something else and should not; None where there is none.

    Comments and layout stand outside of what is edited, and are not looked at.

    Args:
        meant: the places that were to be edited, each with all that is below it.
    """
    wanted = set(meant)
    above = {path[:depth] for path in wanted for depth in range(len(path))}
    here, there = (dict(_values(composed_of(text, file).root, ())) for text in (before, after))
    for path in (*here, *there):
        if here.get(path) == there.get(path) or path in above:
            continue
        if not any(path[:depth] in wanted for depth in range(len(path) + 1)):
            return path
    return None


def _values(node: Node | None, path: Path) -> Iterator[tuple[Path, str]]:
    """Every value of a file by its place; an empty list or mapping counts as one."""
    if isinstance(node, MappingNode):
        for key, value in node.items():
            yield from _values(value, (*path, _named(key)))
        if not node:
            yield path, "{}"
    elif isinstance(node, ListNode):
        for at, item in enumerate(node):
            yield from _values(item, (*path, at))
        if not node:
            yield path, "[]"
    elif node is not None:
        yield path, node.text


def _named(key: str) -> str:
    """A key as it is named here, in whichever way its year is written."""
    year = parse_year(key)
    return key if isinstance(year, Refusal) else str(year)
