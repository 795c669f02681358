"""Plain values as the lines of a YAML file: a record a line where it fits, else a key a line."""

from collections.abc import Iterator, Mapping, Sequence

from cfbudget.scenario.written.nodes_of_values import scalar

PlainValue = str | bool | Mapping[str, "PlainValue"] | Sequence["PlainValue"]
WIDTH = 118


def yaml_text(content: Mapping[str, PlainValue], head: Sequence[str] = ()) -> str:
    """A file's text.

    Args:
        head: the lines of its comment, without their sign.
    """
    comments = [f"# {line}".rstrip() for line in head]
    return "\n".join([*comments, *_keys(content, "")]) + "\n"


def flow(value: PlainValue) -> str:
    """A value on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(one)}" for key, one in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]"


def _keys(content: Mapping[str, PlainValue], indent: str) -> Iterator[str]:
    for key, value in content.items():
        line = f"{indent}{scalar(key)}: {flow(value)}"
        if records := _records(value):
            yield f"{indent}{scalar(key)}:"
            for record in records:
                yield from _record(record, f"{indent}  ")
        elif isinstance(value, Mapping) and len(line) > WIDTH:
            yield f"{indent}{scalar(key)}:"
            yield from _keys(value, f"{indent}  ")
        else:
            yield line


def _record(record: PlainValue, indent: str) -> Iterator[str]:
    """A record of a list: on one line where it fits and holds no other records."""
    line = f"{indent}- {flow(record)}"
    if not isinstance(record, Mapping):
        yield line
        return
    if len(line) <= WIDTH and not any(map(_records, record.values())):
        yield line
        return
    first, *others = _keys(record, f"{indent}  ")
    yield f"{indent}- {first.lstrip()}"
    yield from others


def _records(value: PlainValue) -> Sequence[PlainValue]:
    """The mappings of a list of them; nothing of any other value."""
    if isinstance(value, str | bool | Mapping):
        return ()
    return value if any(isinstance(one, Mapping) for one in value) else ()
