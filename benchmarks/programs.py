"""Where the programs are: cfbudget beside the Python that runs this, others in PATH.

`benchmarks/install` puts into `.others` what comes from PyPI.
"""

import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
OWN = HERE / ".others"
PYTHON = sys.executable
CFBUDGET = str(Path(sys.executable).parent / "cfbudget")
OTHERS = {
    "ledger": "ledger",
    "hledger": "hledger",
    "bean-query": "beanquery",
    "soffice": "LibreOffice",
}
"""The other programs, and what they are called."""


def program(name: str) -> str | None:
    """The path of a program, or None where it is missing."""
    return shutil.which(name, path=os.pathsep.join((str(OWN / "bin"), os.environ.get("PATH", ""))))


def missing(name: str) -> str:
    """Why a program cannot be run, if it cannot."""
    return "" if program(name) else f"{OTHERS[name]} is missing (benchmarks/install)"


def library(name: str) -> str | None:
    """The version of a library beside the other programs, or None where it is missing."""
    found = next(OWN.glob(f"lib/python*/site-packages/{name}-*.dist-info"), None)
    return found.name.split("-")[1].removesuffix(".dist") if found else None
