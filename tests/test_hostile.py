"""Hostile and broken files: each is a problem with its place, quickly, and never a traceback."""

import os
from pathlib import Path

import pytest

from cfbudget.loaded import Loaded, load_folder, load_texts
from cfbudget.problem import printable
from tests.kit.support import REVENUE, loaded, rules_of

HEAD = REVENUE.split("services:")[0]


def one_service(line: str) -> Loaded:
    return load_texts({"revenue_2024_25.yaml": f"{HEAD}services:\n  - {line}\n"})


@pytest.mark.parametrize(
    "amount",
    [".nan", ".inf", "-.inf", "1e30", "1" + "0" * 30, "0x1F", "0o17", "1_008", "12:30", "true"],
)
def test_amounts_that_are_none(amount: str) -> None:
    found = one_service(f"{{id: a, name: A, gross: {amount}, income: 0}}")
    assert rules_of(found) == ["CF112"]
    assert found.problems[0].place[1:3] == (7, 29)


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        ("services: " + "[" * 10_000 + "]" * 10_000, "CF105", (1, 210)),
        ("services: " + "{a: " * 10_000 + "}" * 10_000, "CF105", (1, 807)),
        ("name: A\n--- \nname: B\n", "CF104", (2, 1)),
        ("name: [A\n", "CF104", (1, 7)),
        ("name: A\n\tunit: £000\n", "CF104", (2, 1)),
        ('name: "\\ud800"\n', "CF104", (1, 10)),
        ("%YAML 9.9\n---\nname: A\n", "CF104", (1, 1)),
        ("name: A\x00\n", "CF117", (1, 8)),
        ("name: A\n# \x1b[31m red\n", "CF117", (2, 3)),
        ("name: \u202eA\n", "CF117", (1, 7)),
        ("name: A\u2028B\n", "CF117", (1, 8)),
        ("", "CF111", (0, 0)),
        ("# nothing\n", "CF111", (0, 0)),
        ("a text\n", "CF111", (1, 1)),
        ("- a list\n", "CF111", (1, 1)),
    ],
)
def test_files_that_are_no_table(text: str, rule: str, place: tuple[int, int]) -> None:
    found = load_texts({"policy_options.yaml": text})
    assert rules_of(found) == [rule]
    assert found.problems[0].place[1:3] == place


def nested(shape: str, deep: int) -> str:
    """A text with lists or mappings `deep` within each other, of a shape."""
    match shape:
        case "lists":
            return "[" * deep + "]" * deep
        case "mappings":
            return "{a: " * deep + "}" * deep
        case "mappings as keys":
            return "{" * deep + "}" * deep
        case "both":
            return "[a: " * (deep // 2) + "[" * (deep % 2) + "]" * (deep // 2 + deep % 2)
        case "lists on lines":
            return "[\n" * deep + "]" * deep
        case "block lists":
            return "- " * deep
        case "block keys":
            return "? " * deep
        case "never closed":
            return "[" * deep
    return "\n".join(" " * depth + "a:" for depth in range(deep))


PLACES = {
    "lists": (1, 201),
    "mappings": (1, 801),
    "mappings as keys": (1, 201),
    "both": (1, 401),
    "lists on lines": (201, 1),
    "block lists": (1, 401),
    "block keys": (1, 401),
    "never closed": (1, 201),
    "block mappings": (201, 201),
}
"""Where the 201st list or mapping begins, which is one too many."""


@pytest.mark.parametrize("deep", [201, 210, 999, 1_000, 1_001, 1_200, 4_000])
@pytest.mark.parametrize("shape", PLACES)
def test_nesting_too_deep_is_one_problem_at_one_place(shape: str, deep: int) -> None:
    # libyaml looks ahead of its events, and some versions stop at 1,000 before we can.
    found = load_texts({"policy_options.yaml": nested(shape, deep)})
    [deep_one] = [problem for problem in found.problems if problem.rule != "CF111"]  # odd keys
    assert (deep_one.rule, deep_one.message) == ("CF105", "nested more than 200 deep")
    assert deep_one.place[1:3] == PLACES[shape]


@pytest.mark.parametrize("shape", PLACES)
def test_nesting_that_is_not_too_deep(shape: str) -> None:
    found = load_texts({"policy_options.yaml": nested(shape, 200)})
    assert "CF105" not in rules_of(found)


@pytest.mark.parametrize("before", ["", "a: " + "[" * 150 + "]" * 150 + "\n"])
@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("name: {gross: 1 net: 2, a: b: c}", 20, "put a comma between entries"),
        ("name: [A", 7, "close the bracket or quote that opens here"),
        ("name: " + "[" * 50 + "}", 57, "put a comma between entries"),
        ("name: a: b", 8, "check the indentation"),
    ],
)
def test_a_slip_in_a_file_that_is_not_deep(before: str, text: str, column: int, hint: str) -> None:
    found = load_texts({"policy_options.yaml": f"{before}{text}\n"})
    assert rules_of(found) == ["CF104"]
    assert found.problems[0].place[1:3] == (1 + before.count("\n"), column)
    assert hint in str(found.problems[0].hint)


def test_an_alias_bomb() -> None:
    lines = ["a: &a [lol, lol]"]
    for name, inner in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{inner}'] * 9)}]")
    found = load_texts({"policy_options.yaml": "\n".join(lines)})
    bombs = [problem for problem in found.problems if problem.rule == "CF106"]
    assert len(bombs) == 9 + 8 * 9  # each anchor and each alias, expanded never


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_scalar_of_ten_megabytes(quote: str) -> None:
    found = one_service(f"{{id: a, name: {quote}{'x' * 10_000_000}{quote}, gross: 1, income: 0}}")
    assert rules_of(found) == ["CF105"]
    assert found.problems[0].place[1:3] == (7, 19)
    assert len(found.problems[0].message) < 100


@pytest.mark.parametrize("name", ["\\e[31mred", "\\x07", "\\u202eback", "\\u2066", "two\\nlines"])
def test_a_name_that_a_terminal_would_act_on(name: str) -> None:
    found = one_service(f'{{id: a, name: "{name}", gross: 1, income: 0}}')
    if name == "two\\nlines":
        assert found.plan is not None
        assert found.plan.revenue[0].services[0].name == "two lines"
    else:
        assert rules_of(found) == ["CF115"]


def test_text_in_a_message_is_shown_harmlessly() -> None:
    assert printable("a\x1b[31mb\x07\u202ec\td") == "a\\x1b[31mb\\x07\\u202ec d"
    assert printable("Gŵyl 👩‍👧 [red]") == "Gŵyl 👩‍👧 [red]"


def test_a_merge_key_and_a_mapping_as_key() -> None:
    assert "CF109" in rules_of(one_service("{id: a, name: A, gross: 1, income: 0, <<: {net: 4}}"))
    assert "CF111" in rules_of(one_service("{{a: b}: c, id: a, name: A, gross: 1, income: 0}"))


def test_a_tag_runs_nothing() -> None:
    found = one_service("!!python/object/apply:os.system {id: a, name: A, gross: 1, income: 0}")
    assert rules_of(found) == ["CF106"]


def test_a_year_twice_in_two_spellings() -> None:
    options = "changes: {2024-25: -10, 24/25: -5}"
    found = loaded(
        options=f"""\
name: A
unit: £000
basis: change
financial_years: [2024-25]
services:
  - service: care
    options:
      - {{id: a, name: A, kind: saving, status: new, {options}}}
"""
    )
    assert rules_of(found) == ["CF202"]


# -- the folder -----------------------------------------------------------------------------


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    found = load_folder(str(tmp_path / "no"))
    assert [p.message for p in found.problems] == ["this folder does not exist"]


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = load_folder(str(tmp_path / "file"))
    assert [p.message for p in found.problems] == ["this is a file, not a folder"]


def test_a_name_that_no_folder_can_have(tmp_path: Path) -> None:
    for name in ("x" * 5000, "a\0b"):
        assert rules_of(load_folder(str(tmp_path / name))) == ["CF101"]


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "docker-compose.yaml").write_text("services: {}\n")
    assert rules_of(load_folder(str(tmp_path))) == ["CF101"]


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "revenue_2024_25.yaml").mkdir()
    assert rules_of(load_folder(str(tmp_path))) == ["CF102"]


def test_a_pipe_in_place_of_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "policy_options.yaml")
    assert rules_of(load_folder(str(tmp_path))) == ["CF102"]


def test_a_link_to_nothing_and_to_itself(tmp_path: Path) -> None:
    (tmp_path / "policy_options.yaml").symlink_to("nowhere")
    (tmp_path / "capital_programme.yaml").symlink_to("capital_programme.yaml")
    assert rules_of(load_folder(str(tmp_path))) == ["CF102", "CF102"]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policy_options.yaml").write_text("name: A\n")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    found = load_folder(str(tmp_path))
    assert rules_of(found) == ["CF102"]
    assert "permission denied" in found.problems[0].message


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    with (tmp_path / "policy_options.yaml").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    assert rules_of(load_folder(str(tmp_path))) == ["CF105"]


@pytest.mark.parametrize(
    ("encoding", "place"), [("latin-1", (1, 10)), ("utf-16", (1, 1)), ("utf-32", (1, 1))]
)
def test_a_file_that_is_not_utf_8(tmp_path: Path, encoding: str, place: tuple[int, int]) -> None:
    (tmp_path / "policy_options.yaml").write_bytes("name: Café\n".encode(encoding))
    found = load_folder(str(tmp_path))
    assert rules_of(found) == ["CF103"]
    assert found.problems[0].place[1:3] == place


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_line_ends_and_a_byte_order_mark(tmp_path: Path, ends: str) -> None:
    text = REVENUE.replace("gross: 100", "gross: many").replace("\n", ends)
    (tmp_path / "revenue_2024_25.yaml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    found = load_folder(str(tmp_path))
    assert rules_of(found) == ["CF112"]
    assert found.problems[0].place[1:3] == (7, 35)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("policy_option.yaml", "policy_options.yaml"),
        ("Policy_Options.yaml", "policy_options.yaml"),
        ("policy-options.yml", "policy_options.yaml"),
        ("capital programme.yaml", "capital_programme.yaml"),
        ("capital_program.yaml", "capital_programme.yaml"),
        ("revenue.yaml", "revenue_YYYY_YY.yaml"),
        ("revenue-2025-26.yaml", "revenue_2025_26.yaml"),
        ("Revenue_2025_26.yml", "revenue_2025_26.yaml"),
        ("revenue_2025_26.yaml.txt", "revenue_2025_26.yaml"),
        ("budget_2025_26.yaml", "revenue_2025_26.yaml"),
        ("policy_options (1).yaml", "policy_options.yaml"),
        ("policy_options - Copy.yaml", "policy_options.yaml"),
        ("Copy of capital_programme.yaml", "capital_programme.yaml"),
        ("revenue_2025_26 (copy).yaml", "revenue_2025_26.yaml"),
    ],
)
def test_a_name_that_is_nearly_right(tmp_path: Path, name: str, meant: str) -> None:
    (tmp_path / name).write_text(REVENUE)
    found = load_folder(str(tmp_path))
    assert rules_of(found) == ["CF108"]
    assert found.problems[0].hint == f"rename it to {meant}, or move it elsewhere"


@pytest.mark.parametrize("name", ["docker-compose.yaml", "notes.txt", "slip.yaml", "options.md"])
def test_a_name_that_is_something_else(tmp_path: Path, name: str) -> None:
    (tmp_path / "revenue_2024_25.yaml").write_text(REVENUE)
    (tmp_path / name).write_text("anything")
    assert load_folder(str(tmp_path)).plan is not None
