"""The pictures of docs/import.md show what import makes of its tables today."""

import importlib.util
from pathlib import Path
from types import ModuleType

from tests.kit.support import ROOT

PICTURES = ROOT / "docs" / "pictures"


def script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("layouts", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_layout_has_its_picture_and_it_is_of_today() -> None:
    drawn = script(ROOT / "docs" / "layouts.py").pictures()
    assert {path.stem: path.read_text("utf-8") for path in PICTURES.glob("*.svg")} == drawn
    page = (ROOT / "docs" / "import.md").read_text("utf-8")
    assert all(f"(pictures/{name}.svg)" in page for name in drawn)
