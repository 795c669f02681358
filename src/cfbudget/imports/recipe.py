"""A recipe: the answers of an import, kept in a small file, so that the next one asks nothing."""

from collections.abc import Mapping
from typing import NamedTuple

from cfbudget import rules
from cfbudget.ids import did_you_mean
from cfbudget.imports.answers import OF_WORDS, OPTIONS, Answers, refused
from cfbudget.imports.yaml_text import YamlValue, yaml_text
from cfbudget.nodes import MappingNode, Node, Scalar
from cfbudget.problem import Problem, clipped
from cfbudget.read.yaml_nodes import compose

ENDING = ".recipe"
HEAD = (
    "What a table did not tell: cfbudget import reads these answers again for the next table of",
    "the same layout. What is typed on the command line stands in their place.",
)


class Recipe(NamedTuple):
    """What a recipe answers, and what is wrong with it."""

    given: Answers
    problems: tuple[Problem, ...]


def recipe_name(kind: str) -> str:
    """The recipe's name in the plan's folder, where no other is given."""
    return f"import_{kind}{ENDING}"


def recipe_text(used: Answers) -> str:
    """The answers as a file."""
    content: dict[str, YamlValue] = {}
    for (what, word), answer in sorted(used.items()):
        if what in OF_WORDS:
            words = content.setdefault(what, {})
            assert isinstance(words, dict)
            words[word] = answer
        else:
            content[what] = answer
    return yaml_text(HEAD, content)


def read_recipe(text: str, file: str) -> Recipe:
    """The answers of a recipe's text."""
    composed = compose(text, file)
    problems = list(composed.problems)
    found: dict[tuple[str, str], str] = {}
    if not isinstance(composed.root, MappingNode):
        return Recipe(found, tuple(problems))
    for key, value in composed.root.items():
        if key not in OPTIONS:
            hint = did_you_mean(key, OPTIONS, f"a recipe has {', '.join(OPTIONS)}")
            at = composed.root.keys_at[key]
            problems.append(rules.UNKNOWN_KEY.at(at, f"unknown key {clipped(key)!r}", hint))
            continue
        for word, answer in _answers(key, value):
            if (refusal := refused((key, word), answer.text)) is not None:
                rule = rules.NOT_A_CHOICE
                problems.append(rule.at(answer.place, refusal.reason, refusal.hint))
            else:
                found[key, word] = answer.text.strip()
        if isinstance(value, MappingNode) is not (key in OF_WORDS):
            hint = "write words and answers below it" if key in OF_WORDS else "write one answer"
            problems.append(rules.WRONG_SHAPE.at(value.place, f"{key!r} has another shape", hint))
    return Recipe(found, tuple(problems))


def _answers(key: str, value: Node) -> list[tuple[str, Scalar]]:
    if isinstance(value, Scalar) and key not in OF_WORDS:
        return [("", value)]
    if isinstance(value, MappingNode) and key in OF_WORDS:
        return [(word, one) for word, one in value.items() if isinstance(one, Scalar)]
    return []


def map_of(text: str, file: str) -> Recipe:
    """A file of labels and the services that they are: its lines are LABEL: ID."""
    composed = compose(text, file)
    found: dict[tuple[str, str], str] = {}
    problems = list(composed.problems)
    root = composed.root
    entries: Mapping[str, Node] = root if isinstance(root, MappingNode) else {}
    if root is not None and not isinstance(root, MappingNode):
        hint = "write LABEL: ID on each line"
        problems.append(rules.WRONG_SHAPE.at(root.place, "this is no list of labels", hint))
    for label, value in entries.items():
        answer = value.text.strip() if isinstance(value, Scalar) else ""
        if (refusal := refused(("map", label), answer)) is not None:
            rule = rules.NOT_A_CHOICE
            problems.append(rule.at(value.place, refusal.reason, refusal.hint))
        else:
            found["map", label] = answer
    return Recipe(found, tuple(problems))
