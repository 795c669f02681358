"""The records of many plans put into a store, each plan's as a file of its own."""

from typing import TYPE_CHECKING

from cfbudget.cli.many_plans import WantedPlans, done_together, how_many, need_pyarrow
from cfbudget.cli.which_plan import fail, say
from cfbudget.stores import NotReached, names_below, remove

if TYPE_CHECKING:
    from cfbudget.many.consolidated import Consolidated


def partitions_in_store(wanted: WantedPlans, address: str) -> "Consolidated":
    """Do every plan, and put the records of each into its partition of a folder in a store.

    A store renames nothing: so nothing may be there before, and what was put there is removed if
    not all plans were done.
    """
    from cfbudget.many.partitions import partitions_of

    need_pyarrow()
    try:
        if names_below(address):
            hint = "name another folder, or delete what is there"
            raise fail(f"{address} holds something, and a store replaces no folder", hint)
        try:
            together = done_together(wanted, partitions_of(wanted.plans, address))
            missing = len(together.read) - len(names_below(address))
        except BaseException:
            remove(address, names_below(address))
            raise
    except NotReached as error:
        raise fail(f"cannot write to {address}: {error.reason}", error.hint) from None
    if missing:
        raise fail(f"{missing} of the partitions that were put into {address} are not there")
    say(f"wrote {address}: {how_many(together)}")
    return together
