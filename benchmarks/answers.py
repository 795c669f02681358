"""What a contender is to answer, and whether it did: no time counts beside a wrong answer."""

from collections import Counter
from collections.abc import Mapping

from benchmarks.made.plan import Amounts, MadePlan, id_of

Answer = Mapping[str, int]
"""A whole number for each name: most often £000 by service and year."""


class WrongAnswer(Exception):
    """A contender that answers otherwise: it does other work, or does it wrongly."""


def compare(name: str, answer: Answer, expected: Answer) -> None:
    """Raise WrongAnswer where a contender's answer is not the expected one."""
    if answer == expected:
        return
    keys = [key for key in {**expected, **answer} if answer.get(key) != expected.get(key)]
    shown = "; ".join(f"{k}: {answer.get(k)}, not {expected.get(k)}" for k in keys[:3])
    raise WrongAnswer(f"{name} answers otherwise in {len(keys)} of {len(expected)}: {shown}")


def by_service(totals: Amounts) -> Answer:
    """What all that add up a made plan answer: each service's changes, and each year's total."""
    found = Counter({f"{id_of(name)} {year}": amount for (name, year), amount in totals.items()})
    for (_, year), amount in totals.items():
        found[f"total {year}"] += amount
    return found


def all_agree(plan: MadePlan) -> Answer:
    """What a check answers: each option's stated total and those of the plan were compared."""
    stated = plan.options + plan.years + 1
    return {"compared": stated, "agree": stated, "warnings": 0}
