"""openpyxl without numpy, which it imports where it is installed and no command needs it for.

It takes longer to import than all of a small plan's workbook to read. Only a command's own process
goes without: who uses this as a library may write numpy's numbers with openpyxl.
"""

import sys


def import_openpyxl() -> None:
    """Import openpyxl, with numpy hidden from it and from nothing else."""
    if "numpy" in sys.modules or "openpyxl" in sys.modules:
        return
    hidden: dict[str, object] = sys.modules  # type: ignore[assignment]
    hidden["numpy"] = None  # as Python has it of what must not be imported
    try:
        import cfbudget.read.whole_cells  # noqa: F401
    finally:
        del hidden["numpy"]
