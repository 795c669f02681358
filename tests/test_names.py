"""One name, one thing: no two modules define a class, or a type's name, that the other has."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.test_imports import SOURCE


def types_named(code: str) -> Iterator[str]:
    """The classes and the names of types that a module defines."""
    for node in ast.parse(code).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            yield from (name for name in names if name[0].isupper() and not name.isupper())


def named_twice(codes: Mapping[str, str]) -> dict[str, list[str]]:
    """The names that several modules define, with these."""
    where: dict[str, list[str]] = defaultdict(list)
    for module, code in codes.items():
        for name in dict.fromkeys(types_named(code)):
            where[name].append(module)
    return {name: modules for name, modules in where.items() if len(modules) > 1}


def test_a_name_has_one_meaning() -> None:
    codes = {str(path.relative_to(SOURCE)): path.read_text("utf-8") for path in _sources()}
    assert len(codes) > 200
    assert named_twice(codes) == {}


def test_a_second_meaning_is_seen() -> None:
    codes = {"a": "class Cell: ...", "b": "Cell = int\nTOTAL = 1", "c": "class Row: ...\nTOTAL = 2"}
    assert named_twice(codes) == {"Cell": ["a", "b"]}


def _sources() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))
