"""The plan travels with the package: built as a wheel, and as an sdist that builds the same."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.kit.support import ROOT, SHIPPED


def built(source: Path, kind: str, target: Path) -> Path:
    argv = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        kind,
        "--directory",
        str(target),
    ]
    subprocess.run(argv, cwd=source, check=True, capture_output=True)
    (found,) = target.iterdir()
    return found


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A wheel built from the checkout, and one built from the sdist."""
    folder = tmp_path_factory.mktemp("built")
    sdist = built(ROOT, "sdist", folder / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (unpacked,) = (folder / "unpacked").iterdir()
    return {
        "checkout": built(ROOT, "wheel", folder / "one"),
        "sdist": built(unpacked, "wheel", folder / "two"),
    }


@pytest.mark.parametrize("source", ["checkout", "sdist"])
def test_a_wheel_prints_the_plan_from_any_folder(
    wheels: dict[str, Path], source: str, tmp_path: Path
) -> None:
    with zipfile.ZipFile(wheels[source]) as archive:
        archive.extractall(tmp_path / "installed")
    done = subprocess.run(
        [sys.executable, "-m", "cfbudget", "totals", "position"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert "108,164" in done.stdout
    assert "this is the shipped one" in done.stderr


@pytest.mark.parametrize("source", ["checkout", "sdist"])
def test_a_wheel_holds_the_plan_its_schemas_and_the_mark_of_types(
    wheels: dict[str, Path], source: str
) -> None:
    with zipfile.ZipFile(wheels[source]) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    for path in SHIPPED.rglob("*.*"):
        name = f"cfbudget/data/{path.relative_to(SHIPPED).as_posix()}"
        assert held[name] == path.read_bytes()
    assert "cfbudget/py.typed" in held
