"""openpyxl is imported without numpy, and numpy can be imported afterwards."""

import subprocess
import sys

CODE = """
import sys
from cfbudget.cli.lean_openpyxl import NEEDLESS, import_openpyxl
import_openpyxl()
import openpyxl
assert not openpyxl.NUMPY
assert not {name.partition(".")[0] for name in sys.modules} & {*NEEDLESS}
import numpy
"""


def test_numpy_is_left_out_and_stays_whole() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
