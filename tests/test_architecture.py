"""What is said of where things are: every module that is named is there."""

import ast
import re
from pathlib import Path

import pytest

from tests.kit.support import ROOT
from tests.test_imports import LAYERS, SOURCE

PACKAGES = sorted(path.parent for path in SOURCE.rglob("__init__.py"))
NAMED = re.compile(r"`([a-z]+(?:[_./][a-z]+)+)`")
"""A name of two words at least: one word may be a value, or an id."""
NO_MODULES = {"cfbudget.load", "education/saving/new", "tests/test_kinds.py"}


def missing(text: str, package: str) -> set[str]:
    """The names in a text that are no module of a package, of its rooms, nor of the program."""
    there = [path.relative_to(SOURCE).with_suffix("") for path in SOURCE.rglob("*.py")]
    found = set()
    for name in set(NAMED.findall(text)) - NO_MODULES:
        wanted = name.removesuffix(".py").replace(".", "/")
        near = [p for p in there if p.as_posix() == wanted or p.as_posix().startswith(package)]
        if not any(p.as_posix().endswith(wanted) for p in near):
            found.add(name)
    return found


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_the_modules_that_a_package_names_are_there(path: Path) -> None:
    package = SOURCE / path
    text = ast.get_docstring(ast.parse((package / "__init__.py").read_text("utf-8"))) or ""
    assert text
    assert missing(text, package.relative_to(SOURCE).as_posix().removeprefix(".")) == set()


def test_where_things_are_names_every_part_and_is_one_screen() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for part in (name for layer in LAYERS for name in layer):
        assert f"`{part}`" in text or f"`{part}/`" in text, part
    files = {name for name in re.findall(r"`([\w/]+\.py)`", text) if "/" in name}
    assert {f for f in files if not (SOURCE / f).exists() and not (ROOT / f).exists()} == set()
    assert len(text.splitlines()) <= 60


def test_a_module_that_is_not_there_is_missed() -> None:
    assert missing("`scenario_file`, `no_such` and `cli.flags`", "scenario") == {"no_such"}
