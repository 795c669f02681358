"""A plan's file as it was drafted from a table."""

from collections.abc import Iterable
from typing import NamedTuple

from cfbudget.ids import LONGEST, RESERVED, id_of
from cfbudget.imports.yaml_text import YamlValue


class Drafted(NamedTuple):
    """One file: its name in the plan's folder, the word of its schema, and its content."""

    file: str
    schema: str
    content: dict[str, YamlValue]


class Ids:
    """Ids that are given once each."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = {*taken, *RESERVED}

    def of(self, name: str, *, within: str = "", otherwise: str = "") -> str:
        """The id of a name; where it is taken, with its service's before it, or a number behind.

        Args:
            otherwise: what an id that is taken ends with.
        """
        plain = id_of(name)[: LONGEST - 20].strip("-") or "line"
        tries = [plain]
        if otherwise:
            tries.append(f"{plain}-{otherwise}")
        if within:
            tries.append(f"{within}-{plain}"[:LONGEST].strip("-"))
        number = 2
        while tries[0] in self.taken:
            tries.pop(0)
            if not tries:
                tries.append(f"{plain}-{number}")
                number += 1
        self.taken.add(tries[0])
        return tries[0]


def source_of(file: str, section: str) -> YamlValue:
    """What a plan's file says of its source."""
    return {"title": file, "section": section} if section and section != file else file
