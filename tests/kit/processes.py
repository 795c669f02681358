"""The command line as a process."""

import os
import subprocess
import sys
from pathlib import Path

from tests.kit.support import SHIPPED, small_texts

COMMAND = str(Path(sys.executable).parent / "cfbudget")
FIELDS = [
    "table",
    "row",
    "label",
    "role",
    "measure",
    "year",
    "unit",
    "amount",
    "source",
    "service",
    "kind",
    "status",
    "fund",
    "category",
    "ref",
    "portfolio",
    "owner",
]


def cfbudget(
    *words: str, folder: Path = SHIPPED.parent, **env: str
) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in ("CFBUDGET_DATA", "COLUMNS")}
    return subprocess.run(
        [COMMAND, *words],
        cwd=folder,
        env={**clean, **env},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def plan_in(folder: Path, **replaced: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in small_texts(**replaced).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
