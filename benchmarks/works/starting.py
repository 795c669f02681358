"""How long it takes until a command says how it is used."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.contender import Contender
from benchmarks.marks import Mark
from benchmarks.programs import CFBUDGET, HERE, PYTHON
from benchmarks.work import Size, Work

FLOOR = "floor --help"
COMMANDS = ("totals", "check", "export", "verify", "model", "schema")


def starting(folder: Path, size: Size) -> Sequence[Contender]:
    marks = (Mark("cpu", 1.1, FLOOR),)
    return (
        Contender(FLOOR, (PYTHON, str(HERE / "floor.py"), "--help")),
        Contender("cfbudget --help", (CFBUDGET, "--help"), marks=marks),
        *(
            Contender(f"cfbudget {command} --help", (CFBUDGET, command, "--help"), marks=marks)
            for command in COMMANDS
        ),
    )


STARTING = Work("starting", "Starting", FLOOR, 15, starting, small=True)
