"""openpyxl without what it imports only where it is installed, and no command needs it for.

numpy takes longer to import than a small plan's workbook to read, to write numpy's numbers; PIL is
for pictures. Only a command's own process goes without: who uses this as a library may want both.
"""

import sys

NEEDLESS = ("numpy", "PIL")


def import_openpyxl() -> None:
    """Import openpyxl, with these hidden from it and from nothing else."""
    if "openpyxl" in sys.modules:
        return
    modules: dict[str, object] = sys.modules  # type: ignore[assignment]
    hidden = [name for name in NEEDLESS if name not in modules]
    modules.update(dict.fromkeys(hidden))  # None is for Python what must not be imported
    try:
        import cfbudget.read.whole_cells  # noqa: F401
    finally:
        for name in hidden:
            del modules[name]
