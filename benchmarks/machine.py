"""What was measured on, when, and which versions of everything."""

import datetime
import os
import platform
import re
import subprocess
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.programs import HERE, OTHERS, library, program

PACKAGES = ("pydantic", "typer", "rich", "PyYAML", "XlsxWriter", "openpyxl", "pandas", "pyarrow")


def machine() -> str:
    """A line: cores, model, memory and system."""
    model = _first(Path("/proc/cpuinfo"), r"model name\s*: (.*)") or platform.machine()
    kilobytes = _first(Path("/proc/meminfo"), r"MemTotal:\s*(\d+)")
    memory = f", {int(kilobytes) / 1e6:.0f} GB of memory" if kilobytes else ""
    return f"{os.cpu_count()} cores ({model}){memory}, {platform.system()}"


def measured() -> str:
    """What is measured, and when: cfbudget, its commit and the day."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    return f"cfbudget {version('cfbudget')} ({_commit()}), {today}"


def versions() -> str:
    """A line: what cfbudget stands on, and the other programs."""
    return ", ".join((f"Python {platform.python_version()}", *_packages(), *_programs()))


def _packages() -> Iterator[str]:
    for name in PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} missing"


def _programs() -> Iterator[str]:
    for name, package in OTHERS.items():
        path = program(name)
        number = _said(path) if path else None
        yield f"{package} {number or 'missing'}"
    yield f"DuckDB {library('duckdb') or 'missing'}"


def _said(path: str) -> str | None:
    """The first version that a program names."""
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+(?:\.\d+)+", done.stdout + done.stderr)
    return found[0] if found else None


def _commit() -> str:
    """The commit, and whether the program is another than it: what is beside the program is not."""
    changed = _git("status", "--porcelain", "src", "data")
    return (_git("rev-parse", "--short", "HEAD") or "no commit") + ", changed" * bool(changed)


def _git(*words: str) -> str:
    command = ["git", "-C", str(HERE.parent), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _first(path: Path, pattern: str) -> str | None:
    found = re.search(pattern, path.read_text("utf-8")) if path.exists() else None
    return found[1] if found else None
