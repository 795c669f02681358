"""`cfbudget model`: what it refuses, and that anything typed or read ends with a reason."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.kit.models import FILES, SET, hashed, model, refused, tried, written


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that holds the plan of Hightown as `data`; no command may change that."""
    plan = tmp_path / "data"
    plan.mkdir()
    for name, text in FILES.items():
        (plan / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CFBUDGET_DATA", raising=False)
    before = hashed(plan)
    yield tmp_path
    assert hashed(plan) == before


# -- bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--drop", "fee"), "did you mean 'fees' (Fees)?"),
        (("--drop", "e"), "write the id of one of the plan's options: none is near this"),
        (("--set", "fees@2024=-4"), "write 2024-25 or 2023-24: a year has two parts"),
        (("--set", "fees@2031-32=-4"), "its years are 2024-25, 2025-26, 2026-27"),
        (("--set", "fees=-4"), "an option has changes by year"),
        (("--set", "fees"), "'fees' cannot be read: write personal-travel-budgets@2024-25=-400"),
        (("--set", "fees@2024-25"), "cannot be read"),
        (("--set", "fees@2024-25="), "cannot be read"),
        (("--set", "@2024-25=1"), "cannot be read"),
        (("--set", " @2024-25=1"), "no option is named"),
        (("--set", "fees@2024-25=four"), "'four' is not an amount"),
        (("--set", "fees@2024-25=0.000001"), "finer than a penny"),
        (("--set", "fees@2024-25=£4"), "could be pounds or £000"),
        (("--set", "care@2024-25=4"), "which of its amounts"),
        (("--delay", "fees"), "cannot be read: write an-option=1"),
        (("--delay", "fees=x"), "'x' is not a number of years"),
        (("--delay", "fees=1@"), "cannot be read"),
        (("--deliver", "fees=60"), "write 60%"),
        (("--deliver", "fees=1001%"), "'1001%' is over 1000%"),
        (("--deliver", "fees=-1%"), "would turn a change into its opposite"),
        (("--deliver", "fees=x%"), "'x%' is not a share"),
        (("--drop", "fees@2031-32"), "2031-32 is outside the plan"),
        (("--drop", "fees=1"), "cannot be read"),
        (("--drop", ""), "cannot be read"),
        (("--uplift", "care=2%@2025-26"), "cannot be read"),
        (("--uplift", "care.gross=2%"), "uplift needs 'from'"),
        (("--uplift", "care.gross=2%@2025-26,always"), "cannot be read"),
        (("--uplift", "care.cost=2%@2025-26"), "'cost' cannot be measured here"),
        (("--reprofile", "roof@2024-25=1"), "cannot be read"),
        (("--reprofile", "roof@2024-25..2025-26=9"), "it holds £1.500m in 2024-25, £0.250m"),
        (("--bring-in", "hall=1"), "cannot be read"),
        (("--bring-in", "hall@2025-26=9"), "Hall has £3.000m under development"),
        (("--bring-in", "hall@2030-31=1"), "its years are 2024-25, 2025-26, 2026-27"),
        (("--scenario", "gone.yaml"), "there is no file gone.yaml"),
        (("--scenario", "data"), "error CF102"),
        (("--scenario", ""), "error CF102"),
    ],
)
def test_bad_input_is_said_with_what_to_type(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    err = " ".join(refused(*words).replace("│", " ").split())
    assert said in err


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "CF111"),
        ("# nothing\n", "CF111"),
        ("a text\n", "CF111"),
        ("- {drop: fees}\n", "CF111"),
        ("name: [A\n", "CF104"),
        ("name: A\n---\nname: B\n", "CF104"),
        ("name: A\n\tchanges: []\n", "CF104"),
        ('name: "\\ud800"\n', "CF104"),
        ("name: A\x00\n", "CF117"),
        ("name: A\x1b[31m\n", "CF117"),
        ("name: \u202eA\n", "CF117"),
        ('name: "\\e[31mred"\nchanges: []\n', "CF115"),
        ("name: A\nchanges: " + "[" * 10_000 + "]" * 10_000 + "\n", "CF105"),
        ("name: A\nchanges: [" + "{set: " * 10_000 + "}" * 10_000 + "]\n", "CF105"),
        (f"name: {'x' * 30_000}\n", "CF105"),
        (f"name: {'x' * 600}\n", "CF115"),
        ("name: A\nname: B\n", "CF107"),
        ("name: A\nchanges: &a [{drop: fees}]\ninclude: *a\n", "CF106"),
        ("name: A\nchanges: [{drop: !!python/object/apply:os.system fees}]\n", "CF106"),
        ("name: A\nchanges: [{drop: fees, drop: demand}]\n", "CF107"),
        ("name: A\nchanges: [{drop: fees, <<: {from: 2025-26}}]\n", "CF109"),
        ("name: A\nchanges: [{{a: b}: c, drop: fees}]\n", "CF111"),
        ("name: A\nchanges: [{set: fees, to: {2024-25: 0123}}]\n", "CF112"),
        ("name: A\nchanges: [{set: fees, to: {2024-25: 12:30}}]\n", "CF112"),
        ("name: A\nchanges: [{set: fees, to: {2024-25: 1_008}}]\n", "CF112"),
        ("name: A\nchanges: [{set: fees, to: {2024-25: .nan}}]\n", "CF112"),
        ("name: A\nchanges: [{set: fees, to: {2024-25: 1e3}}]\n", "CF112"),
        ("name: A\nchanges: [{set: fees, to: {2024-25: no}}]\n", "CF112"),
        ("name: A\nchanges: [{set: fees, to: {2024-25: 7,523}}]\n", "CF113"),
        ("name: A\nchanges: [{delay: fees, years: 0x1}]\n", "CF503"),
        ("name: A\nchanges: [{delay: fees, years: 01}]\n", "CF503"),
        ("name: A\nchanges: [{delay: fees, years: yes}]\n", "CF503"),
        (
            "name: A\nchanges: [{uplift: care, measure: net, by: 2%, from: 2025-26, yearly: on}]\n",
            "CF114",
        ),
        ("name: no\nchanges: [{drop: no}]\n", "CF501"),
        ("name: A\nchanges: [no]\n", "CF111"),
        ("name: A\nchanges: no\n", "CF111"),
        ("name: A\ninclude: [s.yaml]\n", "CF505"),
        ("name: A\ninclude: [gone.yaml]\n", "CF102"),
        ("name: A\ninclude: [data/policy_options.yaml]\n", "CF109"),
        ("name: A\ninclude: [/dev/null]\n", "CF102"),
        ('name: A\ninclude: [""]\n', "CF102"),
        ("name: A\nunit: £000\n", "CF109"),
    ],
)
def test_hostile_files(folder: Path, text: str, rule: str) -> None:
    name = written(text)
    if not rule:
        tried("--scenario", name)
    else:
        assert f"error {rule}" in refused("--scenario", name)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-32"])
def test_a_file_that_is_not_utf_8(folder: Path, encoding: str) -> None:
    Path("s.yaml").write_bytes("name: Café\nchanges: []\n".encode(encoding))
    assert "error CF103" in refused("--scenario", "s.yaml")


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_line_ends_and_a_byte_order_mark(folder: Path, ends: str) -> None:
    text = "name: A\nchanges:\n  - {drop: fees}\n".replace("\n", ends)
    Path("s.yaml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    tried("--scenario", "s.yaml")


def test_a_file_that_is_too_large_and_a_pipe(folder: Path) -> None:
    with Path("large.yaml").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    assert "error CF105" in refused("--scenario", "large.yaml")
    os.mkfifo("pipe.yaml")
    assert "error CF102" in refused("--scenario", "pipe.yaml")


def test_a_name_that_no_file_can_have(folder: Path) -> None:
    assert "error CF102" in refused("--scenario", "x" * 5000 + ".yaml")


def test_a_link_to_itself(folder: Path) -> None:
    Path("loop.yaml").symlink_to("loop.yaml")
    assert "error CF102" in refused("--scenario", "loop.yaml")


def test_a_scenario_kept_under_a_name_that_is_not_utf_8(folder: Path) -> None:
    model(*SET, "--save", "kept\udcff.yaml")


def test_a_scenario_kept_under_a_name_that_no_file_can_have(folder: Path) -> None:
    assert "cannot write" in refused(*SET, "--save", "x" * 300 + ".yaml")


@pytest.mark.parametrize("name", ["-.yaml", "_.yaml", "x\u202ey.yaml"])
def test_what_is_kept_can_be_read_whatever_the_file_is_called(folder: Path, name: str) -> None:
    tried(*SET, "--save", name)
    assert model("--scenario", name).status == 0


def test_a_chain_of_includes(folder: Path) -> None:
    for at in range(25):
        written(f"name: S{at}\ninclude: [s{at + 1}.yaml]\n", f"s{at}.yaml")
    assert "too many files in a row" in refused("--scenario", "s0.yaml")


fuzzed = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FLAGS = ("--set", "--delay", "--deliver", "--drop", "--uplift", "--reprofile", "--bring-in")
PARTS = st.sampled_from(
    [
        "fees",
        "care",
        "roof",
        "hall",
        "saving",
        "care/saving",
        "=",
        "@",
        "2024-25",
        "2025-26",
        "%",
        "60%",
        "1",
        "-4",
        "..",
        ".gross",
        ".net",
        ".allocation",
        ",yearly",
        "0",
        "£",
        "m",
        " ",
        "[red]",
        "9" * 20,
    ]
)
TYPED = st.lists(PARTS, max_size=7).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12
)


@fuzzed
@given(st.lists(st.tuples(st.sampled_from(FLAGS), TYPED), min_size=1, max_size=3))
@example([("--set", "fees@2024-25=" + "9" * 41)])
def test_anything_typed_ends_with_a_result_or_a_reason(
    folder: Path, typed: list[tuple[str, str]]
) -> None:
    done = model(*(f"{flag}={text}" for flag, text in typed))
    assert (done.status == 0) == bool(done.out)
    assert done.status == 0 or (done.status == 2 and done.err)


WORDS = st.sampled_from(
    [
        "fees",
        "care",
        "roof",
        "hall",
        "saving",
        "education/saving",
        "2024-25",
        "2025-26",
        "60%",
        "1",
        "-4",
        "",
        "gross",
        "net",
        "allocation",
        "under_development",
        "true",
        "x",
        "0.5",
    ]
)
VALUES = st.recursive(
    WORDS,
    lambda below: st.lists(below, max_size=2) | st.dictionaries(WORDS, below, max_size=2),
    max_leaves=4,
)
KEYS = st.sampled_from(
    [
        "set",
        "delay",
        "deliver",
        "drop",
        "add",
        "uplift",
        "reprofile",
        "bring_in",
        "to",
        "measure",
        "year",
        "from",
        "years",
        "share",
        "by",
        "yearly",
        "amount",
        "allocations",
        "why",
        "service",
        "id",
        "name",
        "kind",
        "status",
        "changes",
    ]
)
CHANGES = st.dictionaries(KEYS, VALUES, max_size=5)


def has_an_empty_to(value: object) -> bool:
    """A known fault: see test_a_re_profile_to_no_year_is_refused."""
    return isinstance(value, dict) and value.get("to") == {} and "reprofile" in value


@fuzzed
@given(
    st.lists(CHANGES | VALUES, max_size=3).filter(
        lambda found: not any(has_an_empty_to(change) for change in found)
    )
)
def test_any_file_of_changes_ends_with_a_result_or_a_reason(
    folder: Path, listed: list[object]
) -> None:
    text = yaml.safe_dump({"name": "A", "changes": listed}, default_style='"')
    done = model("--scenario", written(text))
    assert (done.status == 0) == bool(done.out)
    assert done.status == 0 or (done.status == 2 and "error CF" in done.err)


@fuzzed
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_as_a_file_ends_with_a_reason(folder: Path, text: str) -> None:
    assert "error CF" in refused("--scenario", written(text))


@fuzzed
@given(st.binary(max_size=60))
def test_any_bytes_as_a_file_end_with_a_reason(folder: Path, content: bytes) -> None:
    Path("s.yaml").write_bytes(content)
    assert "error CF" in refused("--scenario", "s.yaml")
