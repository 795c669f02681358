"""Which service of the revenue budget a printed name is: mapped, never guessed."""

from cfbudget.ids import id_of, nearest
from cfbudget.imports.answers import NONE
from cfbudget.imports.known import Known
from cfbudget.imports.reading import TableReading


def service_of(reading: TableReading, label: str, *, must_be_known: bool = False) -> str | None:
    """The id of the service that a label names; None where that is still to be asked.

    Args:
        must_be_known: whether a name that no service has is None, and nothing is asked.
    """
    if given := reading.mapped(label):
        if given not in (*reading.known.services, NONE) and reading.known.services:
            reading.trouble(
                None,
                f"{label!r} is mapped to {given!r}, which is no service of the revenue budget",
                f"map it to one of {', '.join(list(reading.known.services)[:20])}",
            )
        return given
    if found := _same(label, reading.known):
        return found
    if must_be_known:
        return None
    if not reading.known.services:
        reading.notes.append(
            "The folder has no revenue budget yet, so services are named after the table."
        )
        return id_of(label)
    reading.asking.ask(
        "map",
        f"Which service of the revenue budget is {label!r}?",
        word=label,
        likely=likely_service(label, reading.known),
        choices=(*reading.known.services, NONE),
    )
    return None


def _same(label: str, known: Known) -> str | None:
    wanted = id_of(label)
    if wanted in known.services:
        return wanted
    named = (one for one, name in known.services.items() if id_of(name) == wanted)
    return next(named, None)


def _without_common(service: str) -> str:
    """An id without the words that many services have."""
    kept = [word for word in service.split("-") if word not in ("services", "service")]
    return "-".join(kept) or service


def likely_service(label: str, known: Known) -> str:
    """The service whose name is nearest, or that has most of its words; empty where none has."""
    own = {_without_common(one): one for one in known.services}
    if found := nearest(_without_common(id_of(label)), own):
        return own[found]
    words = set(id_of(label).split("-")) - {"and", "of", "the", "services", "service"}
    shared = {
        one: len(words & set(f"{one}-{id_of(name)}".split("-")))
        for one, name in known.services.items()
    }
    best = max(shared, key=lambda one: shared[one], default="")
    return best if best and shared[best] else ""
