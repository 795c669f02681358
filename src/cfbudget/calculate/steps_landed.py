"""Whether steps land: what takes one figure to another has to come to the difference."""


class Astray(Exception):
    """Steps that do not come to where they lead: a fault in the program, never in a plan."""


def land(what: str, steps: int, difference: int) -> None:
    """Hold the sum of some steps to the difference that they explain, both in pence.

    Raises:
        Astray: they do not come to it.
    """
    if steps != difference:
        raise Astray(
            f"{what}: the steps come to {steps} pence, and the difference is {difference}: this "
            "is a fault of cfbudget"
        )
