"""A drafted file as YAML, in the style of a plan's own files; it reads back as what was drafted."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget.scenario.written.nodes_of_values import MEANS_ANOTHER, scalar

PLAIN = re.compile(r"[A-Za-z£][A-Za-z0-9£_ %./()&'’–-]*")
"""Names as plans write them without quotes: Children & Families, £000."""


class Taken(NamedTuple):
    """A figure that is taken from the source, as it is to be written."""

    text: str
    cells: tuple[tuple[int, int], ...]
    """The cells that it comes from, by row and column from 0; several are added up."""
    pence: int
    """What the plan is to read it as."""
    of: str
    """What it is a sum of, for the proof: gross, stated net, changes."""
    when: str = ""
    """The year, where it has one."""


class Flow(dict[str, "Taken | str"]):
    """A mapping that is written on one line."""


class FlowList(list[str]):
    """A list that is written on one line."""


YamlValue = str | bool | Taken | Flow | FlowList | list["YamlValue"] | dict[str, "YamlValue"]


def yaml_text(head: tuple[str, ...], content: Mapping[str, YamlValue]) -> str:
    """A file's text.

    Args:
        head: the lines of comment at its head, without their #.
    """
    lines = [f"# {line}" if line else "#" for line in head]
    return "\n".join([*lines, *_mapping(content, 0)]) + "\n"


def _mapping(content: Mapping[str, YamlValue], depth: int) -> Iterator[str]:
    space = "  " * depth
    for key, value in content.items():
        if isinstance(value, list) and not isinstance(value, FlowList) and value:
            yield f"{space}{_scalar(key)}:"
            for item in value:
                yield from _item(item, depth + 1)
        elif isinstance(value, dict) and not isinstance(value, Flow) and value:
            yield f"{space}{_scalar(key)}:"
            yield from _mapping(value, depth + 1)
        else:
            yield f"{space}{_scalar(key)}: {_inline(value)}"


def _item(item: YamlValue, depth: int) -> Iterator[str]:
    space = "  " * depth
    if not isinstance(item, dict):
        yield f"{space}- {_inline(item)}"
        return
    for at, line in enumerate(_mapping(item, depth + 1)):
        yield f"{space}- {line[len(space) + 2 :]}" if at == 0 else line


def _inline(value: YamlValue) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Taken):
        return _scalar(value.text)
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(k)}: {_inline(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(map(_inline, value)) + "]"


def _scalar(text: str) -> str:
    """A text as YAML, in quotes where it needs them."""
    is_plain = PLAIN.fullmatch(text) and text[-1] != " " and text.lower() not in MEANS_ANOTHER
    return text if is_plain else scalar(text)
