"""What only pictures and documents need: the extra `report`, which may not be installed."""

from importlib.util import find_spec

from cfbudget.cli.which_plan import fail

INSTALL = "pip install 'cfbudget[report]'"


def need_report_extra(what: str, *modules: str) -> None:
    """End with 2 where a library is not installed, in one line that says what to type.

    Args:
        what: it is needed for.
        modules: what is imported for it.
    """
    if any(find_spec(module) is None for module in modules):
        raise fail(f"{what} needs libraries that are not installed: {INSTALL}")
