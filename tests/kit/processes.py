"""The command line as a process."""

import os
import subprocess
from pathlib import Path

from tests.kit.support import SHIPPED, small_texts
from tests.kit.warm_command import COMMAND, is_plain, run_warm

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
    if is_plain({**clean, **env}):
        seen = run_warm(words, folder, {**clean, **env})
        return subprocess.CompletedProcess(
            [COMMAND, *words], seen.returncode, seen.stdout, seen.stderr
        )
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
